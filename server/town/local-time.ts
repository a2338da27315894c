/** Milliseconds by which the town's clock is ahead of UTC; China has no summer time. */
export const TOWN_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

/** Number of the local day (days since 1970-01-01 on the town's calendar). */
export const dayOf = (at: number): number => Math.floor((at + TOWN_OFFSET_MS) / DAY_MS);
/** Instant at which a local day begins. */
export const startOfDay = (day: number): number => day * DAY_MS - TOWN_OFFSET_MS;
/** Local hour, 0 to 23. */
export const hourOf = (at: number): number => Math.floor((at + TOWN_OFFSET_MS) / 3_600_000) % 24;

/** A local day as it is written. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  /** YYYY-MM-DD. */
  readonly text: string;
}

export function calendarDate(day: number): CalendarDate {
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const [year, month, date] = text.split('-').map(Number) as [number, number, number];
  return { year, month, date, text };
}

/** Number of a local day from its date. */
export const dayNumber = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / DAY_MS;

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** ISO 8601 week number. */
export function isoWeek(day: number): number {
  const thursday = day - weekdayOf(day) + 4;
  const { year } = calendarDate(thursday);
  return Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
}

/** Says whether a local date (YYYY-MM-DD) is a rest day. */
export type RestDays = (date: string) => boolean;

/** Saturdays and Sundays: the fallback where no calendar with moved working days is at hand. */
export const weekends: RestDays = (date) => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return weekdayOf(dayNumber(year, month, day)) > 5;
};

/** First days of the Spring Festival (month and date), as published by the Purple Mountain Observatory. */
const SPRING_FESTIVAL: Readonly<Record<number, readonly [month: number, date: number]>> = {
  2022: [2, 1],
  2023: [1, 22],
  2024: [2, 10],
  2025: [1, 29],
  2026: [2, 17],
  2027: [2, 6],
  2028: [1, 26],
  2029: [2, 13],
  2030: [2, 3],
};

/** Days from the Spring Festival of its year (negative before it), or null for a year that is not listed. */
export function daysFromSpringFestival(day: number): number | null {
  const festival = SPRING_FESTIVAL[calendarDate(day).year];
  return festival ? day - dayNumber(calendarDate(day).year, ...festival) : null;
}
