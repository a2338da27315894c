/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */
import { IconLock } from '@tabler/icons-react';
import { memo } from 'react';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { deviationOf, type ZoneNumbers } from '../../../shared/rules/zones/tally.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { chooseZone } from '../acts.ts';
import type { PlanPicture } from '../core/picture.ts';
import { useBaselineName } from '../compare.ts';
import { useDesk } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import { change, figure, minutes, percent, signedPercent } from './figures.ts';
import { Swatch } from './swatch.tsx';
import classes from './zone-table.module.css';

/** One figure with its change against the compared edition under it. */
interface Cell {
  readonly value: string;
  readonly change: string;
}

interface Row {
  readonly zoneId: ZoneId;
  readonly number: string;
  readonly locked: boolean;
  readonly chosen: boolean;
  readonly trouble: boolean;
  readonly cells: readonly Cell[];
}

const gap: Cell = { value: '—', change: '' };

/** The live numbers of every zone, each with its change against the compared edition. */
export function ZoneTable() {
  const words = useWords().studio.zones;
  const picture = useDesk((state) => state.picture);
  const published = useDesk((state) => state.published);
  const zones = useDesk((state) => state.zones);
  const locked = useDesk((state) => state.sync?.view.locked);
  const chosen = useDesk((state) => state.zoneId);
  const language = usePreferences((state) => state.language);
  const name = useBaselineName();
  if (!picture) return null;
  const trouble = new Set(
    picture.problems.flatMap((one) => (one.severity === 'error' ? (one.zoneId ?? []) : [])),
  );
  const heads = [
    'hours',
    'load',
    'incidents',
    'response',
    'cross',
    'compactness',
    'area',
    'population',
  ] as const;
  return (
    <section className={classes['scroll']} tabIndex={0} aria-label={words.title} data-panel-focus>
      <table className={classes['table']}>
        <caption className={classes['caption']}>{words.caption({ name })}</caption>
        <thead>
          <tr>
            <th scope="col">{words.heads.zone}</th>
            {heads.map((head) => (
              <th key={head} scope="col" title={words.titles[head]}>
                {words.heads[head]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.zoneIds.map((zoneId) => (
            <ZoneRow
              key={zoneId}
              row={{
                zoneId,
                number: String(zones.get(zoneId)?.number ?? zoneId),
                locked: locked?.has(zoneId) ?? false,
                chosen: chosen === zoneId,
                trouble: trouble.has(zoneId),
                cells: cellsOf(picture, published, zoneId, language),
              }}
            />
          ))}
        </tbody>
        <tfoot>
          <Totals picture={picture} published={published} />
        </tfoot>
      </table>
    </section>
  );
}

function cellsOf(
  picture: PlanPicture,
  published: PlanPicture | null,
  zoneId: ZoneId,
  language: 'zh-CN' | 'en',
): readonly Cell[] {
  const now = picture.tally.zones.get(zoneId);
  const was = published?.tally.zones.get(zoneId);
  if (!now) return [gap, gap, gap, gap, gap, gap, gap, gap];
  const ahead = picture.forecast?.ok ? picture.forecast.forecast.zones.get(zoneId) : undefined;
  const before = published?.forecast?.ok ? published.forecast.forecast.zones.get(zoneId) : undefined;
  const deviation = deviationOf(now, picture.tally.meanHours);
  const oldDeviation = was && published ? deviationOf(was, published.tally.meanHours) : deviation;
  const delta = (value: number, old: number | undefined, digits: number): string =>
    old === undefined ? '' : change(value - old, digits);
  return [
    { value: now.workloadHours.toFixed(1), change: delta(now.workloadHours, was?.workloadHours, 1) },
    { value: signedPercent(deviation), change: delta(deviation * 100, oldDeviation * 100, 0) },
    { value: now.incidents.toFixed(1), change: delta(now.incidents, was?.incidents, 1) },
    ahead
      ? {
          value: `${minutes(ahead.medianResponseSeconds)} / ${minutes(ahead.p90ResponseSeconds)}`,
          change: before ? change((ahead.p90ResponseSeconds - before.p90ResponseSeconds) / 60, 1) : '',
        }
      : gap,
    ahead
      ? {
          value: percent(ahead.crossZoneShare),
          change: before ? change((ahead.crossZoneShare - before.crossZoneShare) * 100, 0) : '',
        }
      : gap,
    { value: now.compactness.toFixed(2), change: delta(now.compactness, was?.compactness, 2) },
    {
      value: (now.squareMetres / 1e6).toFixed(2),
      change: delta(now.squareMetres / 1e6, was ? was.squareMetres / 1e6 : undefined, 2),
    },
    { value: figure(now.population, language), change: delta(now.population, was?.population, 0) },
  ];
}

const ZoneRow = memo(
  function ZoneRow({ row }: { readonly row: Row }) {
    const words = useWords().studio.zones;
    return (
      <tr data-chosen={row.chosen} data-trouble={row.trouble}>
        <th scope="row">
          <button
            type="button"
            aria-pressed={row.chosen}
            aria-label={words.choose({ zone: row.number })}
            // pressed once more it is shown: by a double click, or by Enter on the chosen one
            onClick={() => (row.chosen ? showZone(row.zoneId) : chooseZone(row.zoneId))}
          >
            <Swatch zoneId={row.zoneId} /> {row.number}
            {row.locked && <IconLock size={13} aria-label={words.locked} />}
            {row.trouble && <span aria-label={words.trouble}>!</span>}
          </button>
        </th>
        {row.cells.map((cell, i) => (
          <td key={i}>
            {cell.value}
            <small>{cell.change}</small>
          </td>
        ))}
      </tr>
    );
  },
  (a, b) => JSON.stringify(a.row) === JSON.stringify(b.row),
);

function showZone(zoneId: ZoneId): void {
  const { picture } = useDesk.getState();
  if (picture)
    studioMap()?.showCells([...picture.assignment.keys()].filter((c) => picture.assignment[c] === zoneId));
}

function Totals(props: { readonly picture: PlanPicture; readonly published: PlanPicture | null }) {
  const words = useWords().studio.zones;
  const { picture, published } = props;
  const ahead = picture.forecast?.ok ? picture.forecast.forecast : undefined;
  const before = published?.forecast?.ok ? published.forecast.forecast : undefined;
  const { balance } = picture;
  const language = usePreferences((state) => state.language);
  const sum = (of: (zone: ZoneNumbers) => number): number =>
    [...picture.tally.zones.values()].reduce((all, zone) => all + of(zone), 0);
  return (
    <tr>
      <th scope="row">{words.total}</th>
      <td title={words.titles.variation}>
        {percent(balance.variation)}
        <small>{published && change((balance.variation - published.balance.variation) * 100, 0)}</small>
      </td>
      <td>
        {signedPercent(balance.highest)}
        <small>{signedPercent(balance.lowest)}</small>
      </td>
      <td>{sum((zone) => zone.incidents).toFixed(1)}</td>
      <td title={words.titles.mean}>
        {ahead ? minutes(ahead.meanResponseSeconds) : '—'}
        <small>
          {ahead && before && change((ahead.meanResponseSeconds - before.meanResponseSeconds) / 60, 1)}
        </small>
      </td>
      <td>
        {ahead ? percent(ahead.crossZoneShare) : '—'}
        <small>{ahead && before && change((ahead.crossZoneShare - before.crossZoneShare) * 100, 0)}</small>
      </td>
      <td>
        {balance.meanCompactness.toFixed(2)}
        <small>{published && change(balance.meanCompactness - published.balance.meanCompactness, 2)}</small>
      </td>
      <td>{(sum((zone) => zone.squareMetres) / 1e6).toFixed(1)}</td>
      <td>
        {figure(
          sum((zone) => zone.population),
          language,
        )}
      </td>
    </tr>
  );
}
