import { dayMs, dayOf, workdaysAfter } from '../calendar.ts';
import {
  type CountedInstant,
  type WorkingTime,
  addDuty,
  closingOf,
  dutyBetween,
  fullDayMs,
} from './duty-time.ts';

/** 紧急工作时, 工作时, 工作日, 自然日 (紧急工作日). The first and the last run through nights and holidays. */
export type Clock = 'urgent_hour' | 'work_hour' | 'work_day' | 'natural_day';

/** A limit as the filing condition states it: `amount` hours or days of its clock. */
export interface Limit {
  readonly clock: Clock;
  readonly amount: number;
}

/** `elapsed`: N times the duty of a full day; `endOfDay`: closing time of the Nth working day after the start. */
export type WorkDayMode = 'elapsed' | 'endOfDay';

const hourMs = 3_600_000;

/** True for the clocks that run through nights and holidays. */
export const runsAlways = (clock: Clock): boolean => clock === 'urgent_hour' || clock === 'natural_day';

/** The most urgent incidents do not wait for office hours: P1 turns duty hours into running hours. A setting, on. */
export const clockFor = (clock: Clock, priority: number, urgentFirst = true): Clock =>
  urgentFirst && priority === 1 && clock === 'work_hour' ? 'urgent_hour' : clock;

/** The instant at which `amountMs` of the clock's own time have passed since `from`. */
export const addClock = (time: WorkingTime, clock: Clock, from: number, amountMs: number): CountedInstant =>
  runsAlways(clock) ? { at: from + Math.max(0, amountMs), final: true } : addDuty(time, from, amountMs);

/** The clock's own time between two instants, ms; 0 when `to` is not after `from`. */
export const elapsedClock = (time: WorkingTime, clock: Clock, from: number, to: number): number =>
  runsAlways(clock) ? Math.max(0, to - from) : dutyBetween(time, from, to);

/** A limit in ms of its clock's own time, for a clock that starts at `from`. */
export function limitMs(
  time: WorkingTime,
  limit: Limit,
  from: number,
  mode: WorkDayMode = 'elapsed',
): number {
  if (limit.clock === 'urgent_hour' || limit.clock === 'work_hour') return limit.amount * hourMs;
  if (limit.clock === 'natural_day') return limit.amount * dayMs;
  if (mode === 'elapsed') return limit.amount * fullDayMs(time.duty, dayOf(from));
  const { day } = workdaysAfter(time.calendar, dayOf(from), Math.ceil(limit.amount));
  return dutyBetween(time, from, closingOf(time.duty, day));
}
