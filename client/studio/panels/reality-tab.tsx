import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { realityOf, realityTable, type Reality } from '../../../shared/rules/replay/reality.ts';
import { call } from '../../live/call.ts';
import { useLive } from '../../live/store.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { saveAs } from '../live/upload.ts';
import { minutes } from './figures.ts';
import classes from './side-panel.module.css';
import { WeeksChart } from './weeks-chart.tsx';
import { Heads } from './heads.tsx';

const day = (at: number): string => formatInstant(at).slice(0, 10);
const hundredths = (share: number): string => String(Math.round(share * 100));

/** What the report of the edition promised, against what the ledger shows since it came into force. */
export function RealityTab() {
  const words = useWords().studio.reality;
  const detail = useDesk((state) => state.detail);
  const targetSeconds = useDesk((state) => state.ground?.studio.settings.targetSeconds);
  const effectiveAt = detail?.edition.effectiveAt ?? null;
  const editionId = detail?.edition.id;
  const replayId = detail?.submittedReport ?? null;
  const reality = useQuery({
    queryKey: ['reality', editionId, effectiveAt, replayId],
    // not in force yet: looked at again until it is
    refetchInterval: ({ state }) => (state.data === null ? 5000 : false),
    enabled: editionId !== undefined && effectiveAt !== null && targetSeconds !== undefined,
    queryFn: async () => {
      const now = Date.now() + useLive.getState().offsetMs;
      const from = Date.parse(effectiveAt!);
      const retiredAt = detail!.edition.retiredAt;
      const to = Math.min(now, retiredAt === null ? now : Date.parse(retiredAt));
      if (to <= from) return null;
      const query = {
        editionId: editionId!,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      };
      const [world, replay] = await Promise.all([
        call('readReplayWorld', { query }),
        replayId === null ? null : call('readReplay', { params: { replayId } }),
      ]);
      const report = replay?.report ?? null;
      return { from, to, ...realityOf({ world, from, to, report, targetSeconds: targetSeconds! }) };
    },
  });
  const found = reality.data;
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      {reality.isFetching && <p aria-live="polite">{words.reading}</p>}
      {!reality.isFetching && !found && <p>{words.notYet}</p>}
      {found && (
        <>
          <p>
            {words.since({
              from: day(found.from),
              to: day(found.to),
              incidents: found.incidents,
              measured: found.measured,
            })}
          </p>
          {found.all.promised === null && <p className={classes['muted']}>{words.noReport}</p>}
          {found.measured === 0 ? <p>{words.nothing}</p> : <RealityTables reality={found} />}
          <Button
            size="compact-md"
            variant="default"
            onClick={() => saveAs(`reality-${editionId}.csv`, 'text/csv', `\uFEFF${realityTable(found)}`)}
          >
            {words.csv}
          </Button>
        </>
      )}
    </>
  );
}

function RealityTables({ reality }: { readonly reality: Reality }) {
  const words = useWords().studio.reality;
  const { all, byPriority, byTeam, variation, weeks } = reality;
  const rows: readonly (readonly [string, string | null, string])[] = [
    [words.rows.mean, all.promised && minutes(all.promised.meanSeconds), minutes(all.real.meanSeconds)],
    [words.rows.p50, all.promised && minutes(all.promised.p50Seconds), minutes(all.real.p50Seconds)],
    [words.rows.p90, all.promised && minutes(all.promised.p90Seconds), minutes(all.real.p90Seconds)],
    [
      words.rows.within,
      all.promised && hundredths(all.promised.withinTarget),
      hundredths(all.real.withinTarget),
    ],
    [
      words.rows.variation,
      variation.promised === null ? null : hundredths(variation.promised),
      hundredths(variation.real),
    ],
  ];
  return (
    <>
      <Against rows={rows} />
      <h2>{words.weeks}</h2>
      <WeeksChart weeks={weeks} promisedSeconds={all.promised?.p90Seconds ?? null} />
      <table className={classes['table']}>
        <Heads of={words.weekHeads} />
        <tbody>
          {weeks.map((week) => (
            <tr key={week.from}>
              <th scope="row">{day(week.from)}</th>
              <td>{week.incidents}</td>
              <td>{minutes(week.p50Seconds)}</td>
              <td>{minutes(week.p90Seconds)}</td>
              <td>{hundredths(week.withinTarget)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{words.priorities}</h2>
      <Against
        rows={byPriority
          .filter(({ real }) => real.incidents > 0)
          .map(({ priority, promised, real }) => [
            `P${priority}`,
            promised && minutes(promised.p90Seconds),
            minutes(real.p90Seconds),
          ])}
      />
      <h2>{words.teams}</h2>
      <Against
        rows={byTeam.map(({ code, promised, real }) => [
          code,
          promised === null ? null : promised.toFixed(1),
          real.toFixed(1),
        ])}
      />
    </>
  );
}

function Against({ rows }: { readonly rows: readonly (readonly [string, string | null, string])[] }) {
  const words = useWords().studio.reality;
  return (
    <table className={classes['table']}>
      <Heads of={[words.rowHead, words.promised, words.real]} />
      <tbody>
        {rows.map(([label, promised, real]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{promised ?? '—'}</td>
            <td>{real}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
