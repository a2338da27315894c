import type { ReportFigures } from './report.ts';

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000);

/** A field of a CSV; what a table program would take for a formula is led by an apostrophe. */
function field(text: string): string {
  const safe = /^[=+@]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A report as one table: section, row, measure, before, after, difference. Numbers in seconds, hours and shares. The interval
 * of a mean difference stands as its ends in `before` and `after`; incidents come last, with their place in the row.
 */
export function reportTable(report: ReportFigures): string {
  const { before, after } = report;
  const lines: string[] = ['section,row,measure,before,after,difference'];
  const put = (section: string, row: string, measure: string, was: number, is: number): void => {
    const cells = [section, row, measure, rounded(was), rounded(is), rounded(is - was)];
    lines.push(cells.map(field).join());
  };
  const measures = ['incidents', 'meanSeconds', 'p50Seconds', 'p90Seconds', 'withinTarget'] as const;
  for (const measure of measures) put('all', '', measure, before.all[measure], after.all[measure]);
  for (const [i, row] of before.byPriority.entries())
    for (const measure of measures)
      put('priority', `P${row.priority}`, measure, row[measure], after.byPriority[i]?.[measure] ?? 0);
  for (const measure of [
    'workloadVariation',
    'crossZoneShare',
    'allBusyShare',
    'queued',
    'bumped',
    'unserved',
  ] as const)
    put('whole', '', measure, before[measure], after[measure]);
  for (const team of before.byTeam) {
    const same = after.byTeam.find(({ teamId }) => teamId === team.teamId);
    put('team', team.code, 'busyHours', team.busyHours, same?.busyHours ?? 0);
    put('team', team.code, 'overtimeHours', team.overtimeHours, same?.overtimeHours ?? 0);
    put('team', team.code, 'tasks', team.tasks, same?.tasks ?? 0);
  }
  put('all', '', 'interval95', report.difference.low, report.difference.high);
  for (const { name, code, incidents, beforeSeconds, afterSeconds, difference } of report.villages) {
    const row = `${name} ${code}`;
    put('village', row, 'incidents', incidents, incidents);
    put('village', row, 'meanSeconds', beforeSeconds, afterSeconds);
    put('village', row, 'interval95', difference.low, difference.high);
  }
  for (const { name, code, before: was, after: is } of report.coverage.villages)
    put('village', `${name} ${code}`, 'withinTarget', was, is);
  for (const [cellId, incidents, was, is] of report.coverage.cells) {
    put('cell', String(cellId), 'incidents', incidents, incidents);
    put('cell', String(cellId), 'withinTarget', was, is);
  }
  for (const { name, teamId, ...scenario } of report.scenarios) {
    const team = before.byTeam.find((one) => one.teamId === teamId);
    for (const measure of measures)
      put(
        'scenario',
        team ? `${name} ${team.code}` : name,
        measure,
        scenario.before[measure],
        scenario.after[measure],
      );
  }
  const [was, is] = [
    report.regret.find(({ side }) => side === 'before'),
    report.regret.find(({ side }) => side === 'after'),
  ];
  if (was && is)
    for (const cause of ['bestMeanSeconds', 'waitingSeconds', 'zoneRuleSeconds', 'awaySeconds'] as const)
      put('regret', '', cause, was[cause], is[cause]);
  for (const [id, lng, lat, was, is] of report.pairs)
    put('incident', `${id} ${lng.toFixed(6)} ${lat.toFixed(6)}`, 'responseSeconds', was, is);
  return `${lines.join('\n')}\n`;
}
