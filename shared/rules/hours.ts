/** True when a local hour lies in [from, to); `from` after `to` is a span over midnight, 20 to 8 the night. */
export const withinHours = (hour: number, from: number, to: number): boolean =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to;

/** How many hours of a day lie in [from, to). */
export const hoursBetween = (from: number, to: number): number => (from < to ? to - from : 24 - from + to);
