import { calendarOf, dayMs, dayOfDate, isWorkday, startOfDay } from '../../shared/rules/calendar.ts';

/** Local hour of an instant, 0 to 23. */
export const hourOf = (at: number): number => Math.floor((at - startOfDay(0)) / 3_600_000) % 24;

/** A local day as it is written. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

export function calendarDate(day: number): CalendarDate {
  const at = new Date(day * dayMs);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** ISO 8601 week number: the week belongs to the year of its Thursday. */
export function isoWeek(day: number): number {
  const thursday = day - weekdayOf(day) + 4;
  const newYear = dayOfDate(`${calendarDate(thursday).year}-01-01`);
  return Math.floor((thursday - newYear) / 7) + 1;
}

/** Says whether a local day (days since 1970-01-01) is a rest day. */
export type RestDays = (day: number) => boolean;

/** Saturdays and Sundays: where no calendar with moved working days is at hand. */
export const weekends: RestDays = (day) => !isWorkday(calendarOf([]), day);

/** First days of the Spring Festival. */
const SPRING_FESTIVAL: Readonly<Record<number, string>> = {
  2022: '2022-02-01',
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
};

/** Days from the Spring Festival of its year (negative before it), or null for a year that is not listed. */
export function daysFromSpringFestival(day: number): number | null {
  const festival = SPRING_FESTIVAL[calendarDate(day).year];
  return festival ? day - dayOfDate(festival) : null;
}
