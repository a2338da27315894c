import { dateOfDay, dayMs, dayOf, startOfDay } from './calendar.ts';

/** When a closure or a calendar rule holds: a span of instants, and in it days and minutes of the town's clock. */
export interface Holding {
  readonly id: number;
  readonly from: string;
  readonly to: string | null;
  /** 1 Monday to 7 Sunday; empty is every day. */
  readonly weekdays: readonly number[];
  /** `YYYY-MM-DD`; empty or absent is every day. */
  readonly dates?: readonly string[];
  /** Minutes of the day, [from, to). */
  readonly minuteFrom: number;
  readonly minuteTo: number;
}

/** Those that hold from one instant to another, without a change between. */
export interface HoldingSpan {
  readonly from: number;
  readonly to: number;
  /** Ascending. */
  readonly ids: readonly number[];
}

/** True when it holds at an instant; the database's `applies_at` says the same. */
export function holdsAt(holding: Holding, at: number): boolean {
  const { from, to, weekdays, dates = [], minuteFrom, minuteTo } = holding;
  if (at < Date.parse(from) || (to !== null && at >= Date.parse(to))) return false;
  const day = dayOf(at);
  const minute = Math.floor((at - startOfDay(day)) / 60_000);
  return (
    minute >= minuteFrom &&
    minute < minuteTo &&
    (weekdays.length === 0 || weekdays.includes(weekdayOf(day))) &&
    (dates.length === 0 || dates.includes(dateOfDay(day)))
  );
}

/** The spans of a period in which something holds, in order; between them nothing does. */
export function holdingSpans(holdings: readonly Holding[], from: number, to: number): HoldingSpan[] {
  const changes = new Set([from]);
  const note = (at: number): void => void (at > from && at < to && changes.add(at));
  const days = { first: dayOf(from), last: dayOf(to) };
  for (const holding of holdings) {
    note(Date.parse(holding.from));
    if (holding.to !== null) note(Date.parse(holding.to));
    if (plain(holding)) continue;
    for (let day = days.first; day <= days.last; day++)
      for (const minute of [0, holding.minuteFrom, holding.minuteTo]) note(startOfDay(day) + minute * 60_000);
  }
  const instants = [...changes].toSorted((a, b) => a - b);
  const spans: { from: number; to: number; ids: number[] }[] = [];
  for (const [i, at] of instants.entries()) {
    const ids = holdings
      .filter((holding) => holdsAt(holding, at))
      .map(({ id }) => id)
      .toSorted((a, b) => a - b);
    if (ids.length === 0) continue;
    const end = instants[i + 1] ?? to;
    const last = spans.at(-1);
    if (last?.to === at && last.ids.join() === ids.join()) last.to = end;
    else spans.push({ from: at, to: end, ids });
  }
  return spans;
}

const plain = ({ weekdays, dates = [], minuteFrom, minuteTo }: Holding): boolean =>
  weekdays.length === 0 && dates.length === 0 && minuteFrom === 0 && minuteTo * 60_000 === dayMs;

/** 1970-01-01, day 0, was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
