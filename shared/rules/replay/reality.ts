import type { Figures, ReplayReport } from '../../contract/replays.ts';
import type { ReplayWorldData } from '../../contract/studio.ts';
import { figuresOf } from './figures.ts';

const weekMs = 7 * 86_400_000;

/** A figure as the report promised it and as the ledger shows it; null where the one does not say. */
export interface Against<T> {
  readonly promised: T | null;
  readonly real: T;
}

/** What a report promised for an edition, against what happened since it came into force. */
export interface Reality {
  /** Incidents since then, and those of them whose response is known. */
  readonly incidents: number;
  readonly measured: number;
  readonly all: Against<Figures>;
  readonly byPriority: readonly (Against<Figures> & { readonly priority: number })[];
  /** Tasks a week of each team. */
  readonly byTeam: readonly (Against<number> & { readonly code: string })[];
  /** Spread of the teams' tasks (coefficient of variation). */
  readonly variation: Against<number>;
  /** Full weeks and the begun one since the edition came into force. */
  readonly weeks: readonly (Figures & { readonly from: number })[];
}

/** Compares a report with history in [from, to), ms since 1970. Without a report only reality is told. */
export function realityOf(input: {
  readonly world: Pick<ReplayWorldData, 'incidents' | 'teams'>;
  readonly from: number;
  readonly to: number;
  readonly report: Pick<ReplayReport, 'after' | 'from' | 'to'> | null;
  /** By priority, from the most urgent. */
  readonly targetSeconds: readonly number[];
}): Reality {
  const { world, from, to, report, targetSeconds } = input;
  const known = world.incidents.filter(({ responseMs }) => responseMs !== null);
  const figures = (rows: readonly (typeof known)[number][]): Figures =>
    figuresOf(
      Float64Array.from(rows, ({ responseMs }) => responseMs!),
      rows.map(({ priority }) => (targetSeconds[priority - 1] ?? 0) * 1000),
    );
  const weeksReal = Math.max(1e-9, (to - from) / weekMs);
  const weeksPromised = report
    ? Math.max(1e-9, (Date.parse(report.to) - Date.parse(report.from)) / weekMs)
    : 1;
  const byTeam = world.teams.map(({ teamId, code }) => {
    const tasks = known.filter((one) => one.teamId === teamId).length;
    const promised = report?.after.byTeam.find((team) => team.teamId === teamId)?.tasks;
    return {
      code,
      promised: promised === undefined ? null : promised / weeksPromised,
      real: tasks / weeksReal,
    };
  });
  const weeks: (Figures & { from: number })[] = [];
  for (let start = from; start < to; start += weekMs)
    weeks.push({
      from: start,
      ...figures(known.filter(({ reportedAt }) => reportedAt >= start && reportedAt < start + weekMs)),
    });
  return {
    incidents: world.incidents.length,
    measured: known.length,
    all: { promised: report?.after.all ?? null, real: figures(known) },
    byPriority: [1, 2, 3, 4].map((priority) => ({
      priority,
      promised: report?.after.byPriority.find((one) => one.priority === priority) ?? null,
      real: figures(known.filter((one) => one.priority === priority)),
    })),
    byTeam,
    variation: {
      promised: report ? spread(report.after.byTeam.map(({ tasks }) => tasks)) : null,
      real: spread(byTeam.map(({ real }) => real)),
    },
    weeks,
  };
}

/** Coefficient of variation; 0 where nothing was done. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  if (mean === 0) return 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length) / mean;
}

/** The comparison as a CSV: section, row, measure, promised, real. Seconds, shares, tasks a week. */
export function realityTable(reality: Reality): string {
  const lines = ['section,row,measure,promised,real'];
  const number = (value: number | null): string =>
    value === null ? '' : String(Math.round(value * 1000) / 1000);
  const put = (
    section: string,
    row: string,
    measure: string,
    promised: number | null,
    real: number,
  ): void => {
    lines.push([section, row, measure, number(promised), number(real)].join());
  };
  const measures = ['incidents', 'meanSeconds', 'p50Seconds', 'p90Seconds', 'withinTarget'] as const;
  for (const measure of measures)
    put('all', '', measure, reality.all.promised?.[measure] ?? null, reality.all.real[measure]);
  for (const { priority, promised, real } of reality.byPriority)
    for (const measure of measures)
      put('priority', `P${priority}`, measure, promised?.[measure] ?? null, real[measure]);
  for (const { code, promised, real } of reality.byTeam)
    put('team', `"${code}"`, 'tasksPerWeek', promised, real);
  put('team', '', 'variation', reality.variation.promised, reality.variation.real);
  for (const week of reality.weeks)
    for (const measure of measures)
      put(
        'week',
        new Date(week.from).toISOString(),
        measure,
        measure === 'incidents' ? null : (reality.all.promised?.[measure] ?? null),
        week[measure],
      );
  return `${lines.join('\n')}\n`;
}
