import type { Knex } from 'knex';
import type { Studio } from '../../shared/contract/studio.ts';
import type { CellStat } from '../../shared/rules/zones/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { listHistory } from '../incidents/store-history.ts';
import type { CalendarRule, Closure } from '../../shared/contract/closures.ts';
import { hoursBetween, withinHours } from '../../shared/rules/hours.ts';
import { shiftsOf, type HourOfDuty } from '../../shared/rules/forecast/shifts.ts';
import { holdsAt } from '../../shared/rules/spans.ts';
import { listDutyByHour } from '../teams/store-plan.ts';
import type { PlanGround } from './ground.ts';
import { listClosures, listRules } from './store-closures.ts';

/** Which history counts; hours are local, [hourFrom, hourTo), over midnight when they are in that order. */
export interface HistoryChoice {
  readonly from: number;
  readonly to: number;
  readonly hourFrom: number;
  readonly hourTo: number;
  readonly matterCode?: string | undefined;
  readonly priority?: number | undefined;
  /** The edition on the table: it is what is looked at, not part of the calendar. */
  readonly editionId?: number | undefined;
}

export interface Statistics {
  readonly totals: Studio['statistics'];
  readonly of: (cellId: number) => CellStat;
}

const day = 86_400_000;
/** Under so few incidents with known times the means are assumed, and work goes by residents. */
const fewest = 30;
const assumed = { driveSeconds: 300, onSceneSeconds: 1200, callTakingSeconds: 120 };
/** Incidents a week for a resident, where there is no history yet: one for a thousand. */
const perResident = 0.001;

const kept = new WeakMap<Deps, Map<string, { readonly at: number; readonly value: Statistics }>>();
const keepMs = 300_000;

/** Incidents, hours of work and means of a period for the cells of one set, from the points of the incidents. */
export async function statisticsOf(
  deps: Deps,
  db: Knex,
  ground: PlanGround,
  choice: HistoryChoice,
  at: number,
): Promise<Statistics> {
  const cache = kept.get(deps) ?? new Map<string, { at: number; value: Statistics }>();
  kept.set(deps, cache);
  // a moment that only moves on does not change the figures of ninety days
  const round = (instant: number): number => Math.round(instant / keepMs);
  const closures = await listClosures(db, choice.to, false);
  const rules = (await listRules(db, choice.to)).filter(({ editionId }) => editionId !== choice.editionId);
  const key = JSON.stringify([
    ground.coverageId,
    closures,
    rules,
    { ...choice, from: round(choice.from), to: round(choice.to) },
  ]);
  const known = cache.get(key);
  if (known && Math.abs(at - known.at) < keepMs) return known.value;
  const value = await count(db, ground, choice, { closures, rules });
  cache.delete(key);
  cache.set(key, { at, value });
  for (const oldest of cache.keys())
    if (cache.size > 20) cache.delete(oldest);
    else break;
  return value;
}

interface Calendar {
  readonly closures: readonly Closure[];
  /** The newest first: of several that hold it counts. */
  readonly rules: readonly CalendarRule[];
}

async function count(
  db: Knex,
  ground: PlanGround,
  choice: HistoryChoice,
  calendar: Calendar,
): Promise<Statistics> {
  const rows = (await listHistory(db, choice.from, choice.to)).filter((row) => {
    const hour = localHour(Date.parse(row.reported_at));
    return (
      withinHours(hour, choice.hourFrom, choice.hourTo) &&
      (choice.matterCode === undefined || row.matter_code === choice.matterCode) &&
      (choice.priority === undefined || row.priority === choice.priority)
    );
  });
  const drives: number[] = [];
  const works: number[] = [];
  const calls: number[] = [];
  const incidents = new Map<number, number>();
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const row of rows) {
    byHour[localHour(Date.parse(row.reported_at))]! += 1;
    const cellId = ground.find(row.lng, row.lat);
    if (cellId !== undefined) incidents.set(cellId, (incidents.get(cellId) ?? 0) + 1);
    add(drives, row.departed_at, row.arrived_at);
    add(works, row.arrived_at, row.ended_at);
    add(calls, row.reported_at, row.departed_at);
  }
  const measured = works.length >= fewest && drives.length >= fewest;
  const driveSeconds = measured ? mean(drives) : assumed.driveSeconds;
  const onSceneSeconds = measured ? mean(works) : assumed.onSceneSeconds;
  const callTakingSeconds = measured ? mean(calls) : assumed.callTakingSeconds;
  const weeks = Math.max(1e-9, (choice.to - choice.from) / (7 * day));
  const caseHours = (driveSeconds + onSceneSeconds) / 3600;
  const roster = await rosterOf(db, choice, calendar);
  const people = new Map(ground.cells.map(({ id, population }) => [id as number, population]));
  return {
    totals: {
      from: new Date(choice.from).toISOString(),
      to: new Date(choice.to).toISOString(),
      incidents: rows.length,
      driveSeconds,
      onSceneSeconds,
      callTakingSeconds,
      hours: ((choice.to - choice.from) / day) * hoursBetween(choice.hourFrom, choice.hourTo),
      teamsOnDuty: mean(roster.map(({ teamIds }) => teamIds.length)),
      shifts: shiftsOf(roster, byHour),
      measured,
    },
    of(cellId) {
      const population = people.get(cellId) ?? 0;
      const weekly = measured ? (incidents.get(cellId) ?? 0) / weeks : population * perResident;
      return { incidents: weekly, workloadHours: weekly * caseHours, population };
    },
  };
}

const weeksMs = 14 * day;

/**
 * The roster of the chosen hours in the last two weeks of the period; where it says nothing, in the two weeks to come. What is
 * closed and which calendar edition holds is that of the two weeks to come, at the same hour of the same day of the week.
 */
async function rosterOf(
  db: Knex,
  { to, hourFrom, hourTo }: HistoryChoice,
  { closures, rules }: Calendar,
): Promise<HourOfDuty[]> {
  const read = async (from: number, ahead: number): Promise<HourOfDuty[]> =>
    (await listDutyByHour(db, from, from + weeksMs))
      .filter(({ hour }) => withinHours(hour, hourFrom, hourTo))
      .map(({ at, ...one }) => ({
        ...one,
        closureIds: closures.filter((closure) => holdsAt(closure, at + ahead)).map(({ id }) => id),
        calendarEditionId: rules.find((rule) => holdsAt(rule, at + ahead))?.editionId ?? null,
      }));
  const staffed = (hours: readonly HourOfDuty[]): boolean => hours.some(({ teamIds }) => teamIds.length > 0);
  const last = await read(to - weeksMs, weeksMs);
  if (staffed(last)) return last;
  return read(to, 0);
}

const localHour = (at: number): number => Math.floor(at / 3_600_000 + 8) % 24;

/** Spans over a day are forgotten clocks, not work. */
function add(list: number[], from: string | null, to: string | null): void {
  if (from === null || to === null) return;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (seconds >= 0 && seconds <= 86_400) list.push(seconds);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
