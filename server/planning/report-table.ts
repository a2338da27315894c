import type { ReplayReport } from '../../shared/contract/replays.ts';
import { quoted } from './plan-export.ts';

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000);

/** A report as one table: section, row, measure, before, after, difference. Numbers in seconds, hours and shares. */
export function reportTable(report: ReplayReport): string {
  const { before, after } = report;
  const lines: string[] = ['section,row,measure,before,after,difference'];
  const put = (section: string, row: string, measure: string, was: number, is: number): void => {
    const cells = [section, row, measure, rounded(was), rounded(is), rounded(is - was)];
    lines.push(cells.map(quoted).join());
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
    put('team', team.code, 'tasks', team.tasks, same?.tasks ?? 0);
  }
  for (const village of report.villages)
    put(
      'village',
      `${village.name} ${village.code}`,
      'meanSeconds',
      village.beforeSeconds,
      village.afterSeconds,
    );
  for (const scenario of report.scenarios)
    for (const measure of measures)
      put('scenario', scenario.name, measure, scenario.before[measure], scenario.after[measure]);
  const [was, is] = [
    report.regret.find(({ side }) => side === 'before'),
    report.regret.find(({ side }) => side === 'after'),
  ];
  if (was && is)
    for (const cause of ['bestMeanSeconds', 'waitingSeconds', 'zoneRuleSeconds', 'awaySeconds'] as const)
      put('regret', '', cause, was[cause], is[cause]);
  return `${lines.join('\n')}\n`;
}
