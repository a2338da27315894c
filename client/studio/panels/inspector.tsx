import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { suggestMoves } from '../../../shared/rules/zones/suggest.ts';
import { deviationOf } from '../../../shared/rules/zones/tally.ts';
import { difference } from '../../../shared/rules/zones/assignment.ts';
import { useWords } from '../../words/words.tsx';
import { addZone, propose } from '../acts.ts';
import type { PlanPicture } from '../core/picture.ts';
import { useBaselineName } from '../compare.ts';
import { setDesk, useDesk, zoneNumber } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import { joinPending } from '../run-key.ts';
import { BasisForm } from './basis.tsx';
import { BorderForm } from './border-form.tsx';
import { CutForm } from './cut-form.tsx';
import { change, minutes, percent, signedPercent } from './figures.ts';
import classes from './side-panel.module.css';
import { Heads } from './heads.tsx';

/** The selected cells, the zone under the brush, the difference to the compared edition. */
export function Inspector() {
  const tool = useDesk((state) => state.tool);
  return (
    <>
      {tool === 'cut' && <CutForm />}
      {tool === 'border' && <BorderForm />}
      <Selection />
      <Suggestions />
      <Difference />
      <BasisForm />
      <NewZone />
    </>
  );
}

function Selection() {
  const words = useWords().studio.inspector;
  const pending = useDesk((state) => state.pending);
  const source = useDesk((state) => state.pendingSource);
  const ground = useDesk((state) => state.ground);
  const cursor = useDesk((state) => state.cursor);
  const picture = useDesk((state) => state.picture);
  if (!ground || !picture) return null;
  const { graph } = ground;
  const cells = [...pending.keys()].flatMap((id) => graph.indexOf.get(id) ?? []);
  const sum = (values: Float64Array): number => cells.reduce((all, cell) => all + values[cell]!, 0);
  const targets = [...new Set([...pending.values()].map(({ zoneId }) => zoneNumber(zoneId)))].join(', ');
  return (
    <>
      <h2>{words.selection}</h2>
      {cells.length === 0 ? (
        <p className={classes['muted']}>{words.nothing}</p>
      ) : (
        <>
          <p>{words.waiting({ cells: cells.length, zones: targets, source: words.sources[source] })}</p>
          <dl className={classes['pairs']}>
            <dt>{words.incidents}</dt>
            <dd>{sum(graph.incidents).toFixed(1)}</dd>
            <dt>{words.hours}</dt>
            <dd>{sum(graph.workloadHours).toFixed(1)}</dd>
            <dt>{words.area}</dt>
            <dd>{(sum(graph.squareMetres) / 1e6).toFixed(2)}</dd>
            <dt>{words.population}</dt>
            <dd>{Math.round(sum(graph.population))}</dd>
          </dl>
          <div className={classes['row']}>
            <Button size="compact-sm" variant="default" onClick={() => studioMap()?.showCells(cells)}>
              {words.show}
            </Button>
            {source === 'selection' && cells.length > 1 && (
              <JoinCells villages={[...new Set(cells.map((cell) => graph.villages[cell]!))]} />
            )}
          </div>
        </>
      )}
      {cursor !== null && (
        <p className={classes['muted']}>
          {words.cursor({
            code: graph.codes[cursor] ?? '',
            village: ground.villageNames.get(graph.villages[cursor] ?? '') ?? '',
            zone: zoneNumber(picture.assignment[cursor] ?? null),
            hours: graph.workloadHours[cursor]!.toFixed(1),
          })}
        </p>
      )}
    </>
  );
}

/** More buttons than this would push everything else out of sight. */
const fewVillages = 3;

function JoinCells({ villages }: { readonly villages: readonly string[] }) {
  const words = useWords().studio.inspector;
  const names = useDesk((state) => state.ground?.villageNames);
  if (villages.length === 1)
    return (
      <Button size="compact-sm" variant="default" onClick={() => void joinPending()}>
        {words.join}
      </Button>
    );
  const buttons = villages.map((village) => (
    <Button key={village} size="compact-sm" variant="default" onClick={() => void joinPending(village)}>
      {words.joinInto({ village: names?.get(village) ?? village })}
    </Button>
  ));
  if (villages.length <= fewVillages) return buttons;
  return (
    <details>
      <summary>{words.join}</summary>
      <div className={classes['row']}>{buttons}</div>
    </details>
  );
}

/** "Move cells 12, 40, 41 from 6 to 5: 14 % → 4 %." */
function Suggestions() {
  const words = useWords().studio.inspector;
  const zoneId = useDesk((state) => state.zoneId);
  const picture = useDesk((state) => state.picture);
  const ground = useDesk((state) => state.ground);
  const locked = useDesk((state) => state.sync?.view.locked);
  const busy = useDesk((state) => state.stroke.size > 0);
  const zone = zoneId === null ? undefined : picture?.tally.zones.get(zoneId);
  if (!picture || !ground || !zone || !locked || busy) return null;
  const moves = suggestMoves(ground.graph, picture.assignment, picture.tally, zone.zoneId, locked);
  return (
    <>
      <h2>
        {words.zone({
          zone: zoneNumber(zoneId),
          deviation: signedPercent(deviationOf(zone, picture.tally.meanHours)),
        })}
      </h2>
      {moves.length === 0 ? (
        <p className={classes['muted']}>{words.noMove}</p>
      ) : (
        <ul className={classes['list']} aria-label={words.moves}>
          {moves.map((move) => (
            <li key={`${move.cellIds.join()}-${move.to}`}>
              {words.move({
                cells: move.cellIds
                  .map((id) => ground.graph.codes[ground.graph.indexOf.get(id)!]!.slice(-6))
                  .join(', '),
                from: zoneNumber(move.from),
                to: zoneNumber(move.to),
                before: percent(move.deviationBefore),
                after: percent(move.deviationAfter),
              })}{' '}
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  propose(
                    move.cellIds.map((cellId) => ({ cellId, zoneId: move.to })),
                    'suggestion',
                  )
                }
              >
                {words.tryMove}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const largest = ({ balance }: PlanPicture): number => Math.max(balance.highest, -balance.lowest);

function Difference() {
  const words = useWords().studio.inspector;
  const ground = useDesk((state) => state.ground);
  const picture = useDesk((state) => state.picture);
  const published = useDesk((state) => state.published);
  const teams = useDesk((state) => state.detail?.teams);
  const baseline = useBaselineName();
  if (!ground || !picture || !published) return null;
  const changed = difference(ground.graph, published.assignment, picture.assignment);
  const total = ground.graph.workloadHours.reduce((sum, hours) => sum + hours, 0);
  const moved = changed.reduce(
    (sum, { cellId }) => sum + ground.graph.workloadHours[ground.graph.indexOf.get(cellId)!]!,
    0,
  );
  const touched = new Set(changed.flatMap(({ was, zoneId }) => [was, zoneId]));
  const people = new Set(
    (teams ?? []).filter(({ zoneId }) => touched.has(zoneId)).map(({ teamId }) => teamId),
  );
  const now = picture.forecast?.ok ? picture.forecast.forecast : null;
  const was = published.forecast?.ok ? published.forecast.forecast : null;
  const row = (
    label: string,
    before: number | undefined,
    after: number | undefined,
    digits: number,
    scale = 1,
  ) => (
    <tr key={label}>
      <th scope="row">{label}</th>
      <td>{before === undefined ? '—' : (before * scale).toFixed(digits)}</td>
      <td>{after === undefined ? '—' : (after * scale).toFixed(digits)}</td>
      <td>{before !== undefined && after !== undefined ? change((after - before) * scale, digits) : ''}</td>
    </tr>
  );
  return (
    <>
      <h2>{words.difference({ name: baseline })}</h2>
      <p>
        {words.changed({
          cells: changed.length,
          share: percent(total > 0 ? moved / total : 0),
          teams: people.size,
        })}
      </p>
      <table className={classes['table']}>
        <Heads of={[words.rowHead, words.compared, words.plan, words.delta]} />
        <tbody>
          {row(words.rows.highest, largest(published), largest(picture), 0, 100)}
          {row(words.rows.variation, published.balance.variation, picture.balance.variation, 0, 100)}
          {row(words.rows.compactness, published.balance.meanCompactness, picture.balance.meanCompactness, 2)}
          {row(words.rows.response, was?.meanResponseSeconds, now?.meanResponseSeconds, 1, 1 / 60)}
          {row(words.rows.cross, was?.crossZoneShare, now?.crossZoneShare, 0, 100)}
          {row(words.rows.allBusy, was?.allBusy, now?.allBusy, 1, 100)}
        </tbody>
      </table>
      {picture.forecast && !picture.forecast.ok && <ForecastRefused code={picture.forecast.refusal} />}
      {now?.strained && (
        <p className={classes['box']}>{words.strained({ busy: percent(now.utilisation) })}</p>
      )}
      {now && (
        <p className={classes['muted']}>
          {words.limits({ teams: now.workloads.length, wait: minutes(now.meanWaitSeconds) })}
        </p>
      )}
      {!picture.forecast && <p className={classes['muted']}>{words.noForecast}</p>}
    </>
  );
}

function ForecastRefused({ code }: { readonly code: string }) {
  const { refusals } = useWords();
  return <p className={classes['box']}>{refusals[code as keyof typeof refusals]}</p>;
}

function NewZone() {
  const words = useWords().studio.inspector;
  const draft = useDesk((state) => state.sync !== null);
  const [name, setName] = useState('');
  if (!draft) return null;
  return (
    <>
      <h2>{words.newZone}</h2>
      <form
        className={classes['row']}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void addZone(name.trim()).then(() => setName(''));
        }}
      >
        <TextInput
          size="xs"
          aria-label={words.zoneName}
          placeholder={words.zoneName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="compact-sm" type="submit" variant="default">
          {words.add}
        </Button>
      </form>
      <div className={classes['row']}>
        <Button size="compact-sm" variant="default" onClick={() => setDesk({ dialog: 'exchange' })}>
          {words.exchange}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setDesk({ dialog: 'take' })}>
          {words.takeOver}
        </Button>
      </div>
    </>
  );
}
