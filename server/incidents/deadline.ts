import type { Knex } from 'knex';
import type { Priority } from '../../shared/contract/incidents.ts';
import { calendarOf, dateOfDay, dayOf } from '../../shared/rules/calendar.ts';
import { clockFor, runsAlways } from '../../shared/rules/deadlines/clock.ts';
import { usualDuty, type WorkingTime } from '../../shared/rules/deadlines/duty-time.ts';
import {
  extendClock,
  instantAtShare,
  pauseClock,
  resumeClock,
  startClock,
  type ClockRun,
} from '../../shared/rules/deadlines/run.ts';
import { listCalendar } from './store-write.ts';
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
  return { clock_run: JSON.stringify(run), deadline_at: due && new Date(due.at) };
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

/** Columns while a hold rests the clock: there is no deadline until it ends. */
export const pauseRun = (row: IncidentRow, at: number): Record<string, unknown> =>
  row.clock_run ? { clock_run: JSON.stringify(pauseClock(row.clock_run, at)), deadline_at: null } : {};

/** Columns of an approved extension (延期): one original limit is added to the present deadline. */
export const extendRun = async (db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> =>
  row.clock_run ? columnsOf(await workingTime(db, at), extendClock(row.clock_run)) : {};

/** Columns when a hold ends: the rest of the budget runs from now. */
export async function continueRun(db: Knex, row: IncidentRow, at: number): Promise<Record<string, unknown>> {
  return row.clock_run ? columnsOf(await workingTime(db, at), resumeClock(row.clock_run, at)) : {};
}
