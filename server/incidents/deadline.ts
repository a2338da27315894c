import type { Knex } from 'knex';
import type { Priority } from '../../shared/contract/incidents.ts';
import { calendarOf, dateOfDay, dayOf } from '../../shared/rules/calendar.ts';
import { clockFor, runsAlways } from '../../shared/rules/deadlines/clock.ts';
import { usualDuty, type WorkingTime } from '../../shared/rules/deadlines/duty-time.ts';
import {
  extendClock,
  instantAtShare,
  isRunning,
  pauseClock,
  reachedShare,
  resumeClock,
  startClock,
  switchClock,
  type ClockRun,
} from '../../shared/rules/deadlines/run.ts';
import { listCalendar } from './store-holidays.ts';
import type { IncidentRow, MatterRow } from './store.ts';

/** The town's working time with the calendar of the years round an instant. */
export async function workingTime(db: Knex, at: number): Promise<WorkingTime> {
  const year = 366;
  const rows = await listCalendar(db, dateOfDay(dayOf(at) - year), dateOfDay(dayOf(at) + 2 * year));
  return { calendar: calendarOf(rows.map(({ day, kind }) => ({ date: day, kind }))), duty: usualDuty };
}

/** Clocks that run through nights and holidays need no calendar. */
const anyTime: WorkingTime = { calendar: calendarOf([]), duty: usualDuty };

const columnsOf = (time: WorkingTime, run: ClockRun) => {
  const due = instantAtShare(time, run, 1);
  // a clock that rests keeps the deadline that it had
  return {
    clock_run: JSON.stringify(run),
    ...(due && { deadline_at: new Date(due.at), deadline_provisional: !due.final }),
  };
};

/** Columns of a deadline that starts now: the clock and amount of the matter's filing condition. */
export async function startRun(
  db: Knex,
  matter: MatterRow,
  priority: Priority,
  at: number,
): Promise<Record<string, unknown>> {
  if (matter.clock === null || matter.clock_amount === null) return { clock: null, deadline_at: null };
  const clock = clockFor(matter.clock, priority);
  const time = runsAlways(clock) ? anyTime : await workingTime(db, at);
  const run = startClock(time, { clock, amount: matter.clock_amount }, at);
  return { clock, deadline_start_at: new Date(at), escalated_share: 0, ...columnsOf(time, run) };
}

/** Columns while a hold rests the clock: there is no deadline until it ends. A clock that the handling stopped stays. */
export const pauseRun = (row: IncidentRow, at: number): Record<string, unknown> =>
  row.clock_run && isRunning(row.clock_run)
    ? { clock_run: JSON.stringify(pauseClock(row.clock_run, at)), deadline_at: null }
    : {};

/**
 * Columns of an approved extension (延期): one original limit is added to the present deadline, and the shares of the
 * longer time that are not reached yet are told again.
 */
export async function extendRun(db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> {
  if (!row.clock_run) return {};
  const time = await workingTime(db, at);
  const run = extendClock(row.clock_run);
  const escalated_share = Math.min(row.escalated_share, reachedShare(time, run, at));
  return { ...columnsOf(time, run), escalated_share };
}

/** Columns of a running deadline by the calendar as it is published now; shares that are not reached any more are told again. */
export async function recountRun(db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> {
  if (!row.clock_run || !isRunning(row.clock_run)) return {};
  const time = await workingTime(db, at);
  const escalated_share = Math.min(row.escalated_share, reachedShare(time, row.clock_run, at));
  return { ...columnsOf(time, row.clock_run), escalated_share };
}

/** What the handling stopped: nobody works on it until a check sends it back. */
const isDone = ({ state }: IncidentRow): boolean => state === 'handled' || state === 'checking';

/** Columns when a hold ends: the rest of the budget runs from now, unless the handling had stopped the clock before. */
export const continueRun = async (
  db: Knex,
  row: IncidentRow,
  at: number,
): Promise<Record<string, unknown>> => (isDone(row) ? {} : resumed(db, row, at));

/** Columns when a check sends the incident back: the handling did not count, the clock goes on; a hold rests it still. */
export const reviveRun = async (db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> =>
  row.hold_until === null ? resumed(db, row, at) : {};

async function resumed(db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> {
  return row.clock_run ? columnsOf(await workingTime(db, at), resumeClock(row.clock_run, at)) : {};
}

/**
 * Columns of a new priority: P1 runs through nights and holidays, a lower one by the matter's own clock. What was used
 * stays used; a deadline that has passed stays passed.
 */
export async function switchRun(
  db: Knex,
  row: IncidentRow,
  matter: MatterRow,
  priority: Priority,
  at: number,
): Promise<Record<string, unknown>> {
  const passed = row.deadline_at !== null && Date.parse(row.deadline_at) < at;
  if (!row.clock_run || matter.clock === null || passed) return {};
  const clock = clockFor(matter.clock, priority);
  if (clock === row.clock_run.clock) return {};
  const time = await workingTime(db, at);
  return { clock, ...columnsOf(time, switchClock(time, row.clock_run, clock, at)) };
}
