import type { Figures, ReplayReport, ReplaySide } from '../../../shared/contract/replays.ts';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { ReportFigures } from '../../../shared/rules/replay/report.ts';
import { useWords } from '../../words/words.tsx';
import { finePercent, minutes, percent, signedMinutes } from './figures.ts';
import classes from './side-panel.module.css';
import { Heads } from './heads.tsx';

/** How well the replay of what was in force reproduces what happened: shown before anything else. */
export function CalibrationView(props: {
  readonly calibration: ReplayReport['calibration'];
  /** A comparison follows. */
  readonly compared: boolean;
  readonly numberOf: (zoneId: ZoneId) => string;
}) {
  const { calibration, compared, numberOf } = props;
  const words = useWords().studio.report;
  return (
    <section className={classes['box']} data-bad={!calibration.passed} aria-label={words.calibration}>
      <strong>
        {calibration.compared === 0
          ? words.unchecked
          : calibration.passed
            ? words.calibrated
            : compared
              ? words.comparedAnyway
              : words.notCalibrated}
      </strong>
      {calibration.compared === 0 ? (
        <p>{words.nothingCompared}</p>
      ) : (
        <p>
          {words.error({
            compared: calibration.compared,
            error: finePercent(calibration.medianRelativeError),
            limit: percent(calibration.limit),
            recorded: minutes(calibration.meanRecordedSeconds),
            replayed: minutes(calibration.meanReplayedSeconds),
          })}
        </p>
      )}
      {calibration.compared > 0 && (
        <details>
          <summary className={classes['summary']}>{words.errorDetails}</summary>
          <table className={classes['table']}>
            <tbody>
              {calibration.byHourClass
                .filter(({ incidents }) => incidents > 0)
                .map((one) => (
                  <tr key={one.hourFrom}>
                    <th scope="row">{words.hours({ from: one.hourFrom, to: one.hourTo })}</th>
                    <td>{one.incidents}</td>
                    <td>{percent(one.medianRelativeError)}</td>
                  </tr>
                ))}
              {calibration.byZone.map((one) => (
                <tr key={one.zoneId}>
                  <th scope="row">{words.zone({ zone: numberOf(one.zoneId) })}</th>
                  <td>{one.incidents}</td>
                  <td>{percent(one.medianRelativeError)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

function Pair(props: { readonly label: string; readonly before: string; readonly after: string }) {
  return (
    <tr>
      <th scope="row">{props.label}</th>
      <td>{props.before}</td>
      <td>{props.after}</td>
    </tr>
  );
}

/** Everything that a replay found, old against new; differences whose interval holds zero are grey and say so. */
export function ReportView({ figures }: { readonly figures: ReportFigures }) {
  const words = useWords().studio.report;
  const { before, after, difference } = figures;
  const teamCode = (id: number | null): string =>
    before.byTeam.find(({ teamId }) => teamId === id)?.code ?? '';
  const four = (label: string, one: Figures, other: Figures) => (
    <tr key={label}>
      <th scope="row">{label}</th>
      <td>
        {minutes(one.meanSeconds)} → {minutes(other.meanSeconds)}
      </td>
      <td>
        {minutes(one.p50Seconds)} → {minutes(other.p50Seconds)}
      </td>
      <td>
        {minutes(one.p90Seconds)} → {minutes(other.p90Seconds)}
      </td>
      <td>
        {Math.round(one.withinTarget * 100)} → {Math.round(other.withinTarget * 100)}
      </td>
    </tr>
  );
  return (
    <>
      <p className={difference.shown ? undefined : classes['grey']}>
        <strong>
          {difference.shown
            ? words.difference({
                mean: signedMinutes(difference.meanSeconds),
                low: signedMinutes(difference.low),
                high: signedMinutes(difference.high),
              })
            : words.noDifference({
                low: signedMinutes(difference.low),
                high: signedMinutes(difference.high),
              })}
        </strong>
      </p>
      <p>{words.gains({ gains: figures.gains, losses: figures.losses, incidents: figures.incidents })}</p>
      <h2>{words.response}</h2>
      <table className={classes['table']}>
        <Heads of={[words.rowHead, ...words.responseHeads]} />
        <tbody>
          {four(words.all, before.all, after.all)}
          {before.byPriority
            .filter(({ incidents }) => incidents > 0)
            .map((one) =>
              four(
                `P${one.priority}`,
                one,
                after.byPriority.find((p) => p.priority === one.priority)!,
              ),
            )}
          {figures.scenarios.map((one) =>
            four(words.scenarios[one.name]({ team: teamCode(one.teamId) }), one.before, one.after),
          )}
        </tbody>
      </table>
      <h2>{words.work}</h2>
      <table className={classes['table']}>
        <Heads of={[words.rowHead, words.before, words.after]} />
        <tbody>
          <Pair
            label={words.variation}
            before={percent(before.workloadVariation)}
            after={percent(after.workloadVariation)}
          />
          <Pair
            label={words.cross}
            before={percent(before.crossZoneShare)}
            after={percent(after.crossZoneShare)}
          />
          <Pair
            label={words.overtime}
            before={overtimeOf(before).toFixed(1)}
            after={overtimeOf(after).toFixed(1)}
          />
          <Pair label={words.queued} before={String(before.queued)} after={String(after.queued)} />
          <Pair label={words.bumped} before={String(before.bumped)} after={String(after.bumped)} />
          <Pair
            label={words.allBusy}
            before={percent(before.allBusyShare)}
            after={percent(after.allBusyShare)}
          />
          {before.unserved + after.unserved > 0 && (
            <Pair label={words.unserved} before={String(before.unserved)} after={String(after.unserved)} />
          )}
        </tbody>
      </table>
      <TeamTable figures={figures} />
      <h2>{words.regret}</h2>
      <table className={classes['table']}>
        <Heads of={words.regretHeads} />
        <tbody>
          {figures.regret.map((one) => (
            <tr key={one.side}>
              <th scope="row">{words[one.side]}</th>
              <td>{minutes(one.bestMeanSeconds)}</td>
              <td>{signedMinutes(one.waitingSeconds)}</td>
              <td>{signedMinutes(one.zoneRuleSeconds)}</td>
              <td>{signedMinutes(one.awaySeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Villages figures={figures} />
      <Coverage figures={figures} />
    </>
  );
}

const overtimeOf = ({ byTeam }: ReplaySide): number =>
  byTeam.reduce((sum, { overtimeHours }) => sum + overtimeHours, 0);

function TeamTable({ figures }: { readonly figures: ReportFigures }) {
  const words = useWords().studio.report;
  return (
    <details>
      <summary className={classes['summary']}>{words.teams}</summary>
      <table className={classes['table']}>
        <Heads of={[words.team, words.tasks, words.busyHours, words.overtime]} />
        <tbody>
          {figures.before.byTeam.map((one) => {
            const other = figures.after.byTeam.find(({ teamId }) => teamId === one.teamId);
            return (
              <tr key={one.teamId}>
                <th scope="row">{one.code}</th>
                <td>
                  {one.tasks} → {other?.tasks ?? 0}
                </td>
                <td>
                  {one.busyHours.toFixed(1)} → {(other?.busyHours ?? 0).toFixed(1)}
                </td>
                <td>
                  {one.overtimeHours.toFixed(1)} → {(other?.overtimeHours ?? 0).toFixed(1)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

/** Which villages are reached in time, and how often; the maps of the report show the same by cell. */
function Coverage({ figures: { coverage } }: { readonly figures: ReportFigures }) {
  const words = useWords().studio.report;
  const shares = (one: ReportFigures['coverage']['villages'][number]): string =>
    `${percent(one.before)} → ${percent(one.after)}`;
  return (
    <details>
      <summary className={classes['summary']}>{words.coverage}</summary>
      <table className={classes['table']}>
        <Heads of={[words.village, words.incidents, words.reached]} />
        <tbody>
          {coverage.villages.map((one) => (
            <tr key={one.code}>
              <th scope="row">{one.name}</th>
              <td>{one.incidents}</td>
              <td>{shares(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The ten villages that lose most, then all. */
function Villages({ figures }: { readonly figures: ReportFigures }) {
  const words = useWords().studio.report;
  const rows = (list: ReportFigures['villages']) => (
    <table className={classes['table']}>
      <Heads of={[words.village, words.incidents, words.change, words.interval]} />
      <tbody>
        {list.map((one) => (
          <tr key={one.code} className={one.difference.shown ? undefined : classes['grey']}>
            <th scope="row">{one.name}</th>
            <td>{one.incidents}</td>
            <td>
              {signedMinutes(one.difference.meanSeconds)} {!one.difference.shown && words.notShown}
            </td>
            <td>
              {signedMinutes(one.difference.low)} … {signedMinutes(one.difference.high)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  const worst = figures.worstVillages.flatMap(
    (code) => figures.villages.find((one) => one.code === code) ?? [],
  );
  return (
    <>
      <h2>{words.worst}</h2>
      {worst.length === 0 ? <p className={classes['muted']}>{words.noWorse}</p> : rows(worst)}
      <details>
        <summary className={classes['summary']}>{words.allVillages}</summary>
        {rows(figures.villages)}
      </details>
    </>
  );
}
