import type { ReportFigures } from '../../../shared/rules/replay/report.ts';

/** A field of a CSV; what a table program would take for a formula is led by an apostrophe. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  const safe = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const row = (...values: readonly (string | number)[]): string => values.map(field).join(',');

/** The figures of a report, one table after another, each under its own head; seconds and shares as numbers. */
export function reportCsv({ before, after, difference, villages, scenarios, pairs }: ReportFigures): string {
  const lines = [
    row(
      'table',
      'name',
      'incidents',
      'before_mean_s',
      'after_mean_s',
      'before_p90_s',
      'after_p90_s',
      'before_within',
      'after_within',
    ),
    row(
      'all',
      '',
      before.all.incidents,
      before.all.meanSeconds,
      after.all.meanSeconds,
      before.all.p90Seconds,
      after.all.p90Seconds,
      before.all.withinTarget,
      after.all.withinTarget,
    ),
    ...before.byPriority.map((one, i) => {
      const other = after.byPriority[i]!;
      return row(
        'priority',
        `P${one.priority}`,
        one.incidents,
        one.meanSeconds,
        other.meanSeconds,
        one.p90Seconds,
        other.p90Seconds,
        one.withinTarget,
        other.withinTarget,
      );
    }),
    ...scenarios.map((one) =>
      row(
        'scenario',
        one.name,
        one.before.incidents,
        one.before.meanSeconds,
        one.after.meanSeconds,
        one.before.p90Seconds,
        one.after.p90Seconds,
        one.before.withinTarget,
        one.after.withinTarget,
      ),
    ),
    '',
    row('difference_mean_s', 'low_s', 'high_s'),
    row(difference.meanSeconds, difference.low, difference.high),
    '',
    row('village', 'name', 'incidents', 'before_s', 'after_s', 'difference_s', 'low_s', 'high_s', 'shown'),
    ...villages.map((one) =>
      row(
        one.code,
        one.name,
        one.incidents,
        one.beforeSeconds,
        one.afterSeconds,
        one.difference.meanSeconds,
        one.difference.low,
        one.difference.high,
        one.difference.shown ? 'yes' : 'no',
      ),
    ),
    '',
    row('team', 'before_tasks', 'after_tasks', 'before_busy_h', 'after_busy_h'),
    ...before.byTeam.map((one) => {
      const other = after.byTeam.find(({ teamId }) => teamId === one.teamId);
      return row(one.code, one.tasks, other?.tasks ?? 0, one.busyHours, other?.busyHours ?? 0);
    }),
    '',
    row('incident', 'lng', 'lat', 'before_s', 'after_s'),
    ...pairs.map(([id, lng, lat, was, now]) => row(id, lng.toFixed(6), lat.toFixed(6), was, now)),
  ];
  return `${lines.join('\n')}\n`;
}
