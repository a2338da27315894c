import { type Calendar, dayMs, dayOf, isPublished, isWorkday, startOfDay } from '../calendar.ts';

/** When people are on duty, in minutes after 00:00; rules are dated, the newest that has begun holds. */
export interface DutyRule {
  /** First day number of the rule. */
  readonly fromDay: number;
  readonly periods: readonly (readonly [startMinute: number, endMinute: number])[];
}

/** The town's working time: which days, which hours. */
export interface WorkingTime {
  readonly calendar: Calendar;
  readonly duty: readonly DutyRule[];
}

/** 08:00 to 12:00 and 14:00 to 18:00, the usual hours of an office; a setting. */
export const usualDuty: readonly DutyRule[] = [
  {
    fromDay: Number.NEGATIVE_INFINITY,
    periods: [
      [480, 720],
      [840, 1080],
    ],
  },
];

const minuteMs = 60_000;

/** Periods of duty on a working day. */
export function periodsOn(duty: readonly DutyRule[], day: number): DutyRule['periods'] {
  const rules = duty.filter((rule) => rule.fromDay <= day);
  return (
    rules.reduce<DutyRule | undefined>(
      (best, rule) => (best && best.fromDay > rule.fromDay ? best : rule),
      undefined,
    )?.periods ?? []
  );
}

/** Duty of one full working day, ms: 480 minutes with the usual hours. */
export const fullDayMs = (duty: readonly DutyRule[], day: number): number =>
  periodsOn(duty, day).reduce((sum, [start, end]) => sum + (end - start) * minuteMs, 0);

/** An instant counted on the calendar; not `final` while a year on the way is unpublished. */
export interface CountedInstant {
  readonly at: number;
  readonly final: boolean;
}

/** Days that are walked at most: a deadline ten years away is a mistake, not a deadline. */
const dayLimit = 3700;

/**
 * The instant at which `amountMs` of duty have passed since `from`. A start off duty begins with the next duty minute;
 * an end that falls on closing time stays there.
 */
export function addDuty(time: WorkingTime, from: number, amountMs: number): CountedInstant {
  if (amountMs <= 0) return { at: from, final: true };
  let left = amountMs;
  let final = true;
  const first = dayOf(from);
  for (let day = first; day < first + dayLimit; day++) {
    final &&= isPublished(time.calendar, day);
    for (const [start, end] of spansOn(time, day)) {
      const begin = Math.max(start, from);
      if (begin >= end) continue;
      if (left <= end - begin) return { at: begin + left, final };
      left -= end - begin;
    }
  }
  throw new RangeError(`no ${amountMs} ms of duty within ${dayLimit} days`);
}

/** Duty between two instants, ms; 0 when `to` is not after `from`. */
export function dutyBetween(time: WorkingTime, from: number, to: number): number {
  let sum = 0;
  for (let day = dayOf(from); startOfDay(day) < to; day++)
    for (const [start, end] of spansOn(time, day))
      sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return sum;
}

/** Closing time of a working day: the end of its last period. */
export const closingOf = (duty: readonly DutyRule[], day: number): number =>
  startOfDay(day) + Math.max(0, ...periodsOn(duty, day).map(([, end]) => end)) * minuteMs;

/** Spans of duty on a day, instants; none on a day of rest. */
function spansOn(time: WorkingTime, day: number): (readonly [start: number, end: number])[] {
  if (!isWorkday(time.calendar, day)) return [];
  const zero = startOfDay(day);
  return periodsOn(time.duty, day).map(([start, end]) => [
    zero + start * minuteMs,
    zero + Math.min(end * minuteMs, dayMs),
  ]);
}
