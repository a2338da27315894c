/**
 * The civil calendar of the town: China Standard Time (UTC+8, no daylight saving), weekends, and the days that the
 * State Council moves each year (调休). A civil date is a day number, days since 1970-01-01; instants are ms UTC.
 */

export const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** One published row: a day off, or a weekend day on which people work. */
export interface CalendarDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly kind: 'holiday' | 'make_up_workday';
}

/** The published days. A year without any row is unknown: its working days cannot be counted yet. */
export interface Calendar {
  readonly years: ReadonlySet<number>;
  readonly days: ReadonlyMap<number, CalendarDay['kind']>;
}

export function calendarOf(rows: readonly CalendarDay[]): Calendar {
  const days = new Map(rows.map((row) => [dayOfDate(row.date), row.kind]));
  return { years: new Set([...days.keys()].map(yearOf)), days };
}

/** Day number of the civil date on which an instant falls in the town. */
export const dayOf = (at: number): number => Math.floor((at + offsetMs) / dayMs);

/** Instant of 00:00 of a civil date. */
export const startOfDay = (day: number): number => day * dayMs - offsetMs;

/** `YYYY-MM-DD` to a day number; a text that is no date gives NaN. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

/** Day number to `YYYY-MM-DD`. */
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const yearOf = (day: number): number => new Date(day * dayMs).getUTCFullYear();

/** Monday to Friday unless a holiday, Saturday and Sunday only to make up for one. Unknown years count as plain weeks. */
export function isWorkday(calendar: Calendar, day: number): boolean {
  const kind = calendar.days.get(day);
  if (kind) return kind === 'make_up_workday';
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
  return weekday !== 0 && weekday !== 6;
}

/** True when the days of this year are published, so that a count across it is final. */
export const isPublished = (calendar: Calendar, day: number): boolean => calendar.years.has(yearOf(day));

/** A date counted on the calendar; `final` is false when a year on the way is not published yet (暂估). */
export interface CountedDay {
  readonly day: number;
  readonly final: boolean;
}

/** The `count`-th working day after `day`, which is itself not counted. */
export function workdaysAfter(calendar: Calendar, day: number, count: number): CountedDay {
  let at = day;
  let final = true;
  for (let left = count; left > 0;) {
    at += 1;
    final &&= isPublished(calendar, at);
    if (isWorkday(calendar, at)) left -= 1;
  }
  return { day: at, final };
}

/** The day itself when it is a working day, else the next one. */
export function rolledToWorkday(calendar: Calendar, day: number): CountedDay {
  let at = day;
  let final = isPublished(calendar, at);
  while (!isWorkday(calendar, at)) {
    at += 1;
    final &&= isPublished(calendar, at);
  }
  return { day: at, final };
}
