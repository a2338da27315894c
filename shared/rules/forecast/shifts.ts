import type { EditionId, TeamId } from '../../contract/ids.ts';

/** What stays the same for some hours: who is on duty, which roads are closed, which calendar edition holds. */
export interface HourOfDuty {
  /** Local hour of the day. */
  readonly hour: number;
  /** Ascending. */
  readonly teamIds: readonly number[];
  /** Ascending. */
  readonly closureIds?: readonly number[];
  /** Null where the plan itself holds. */
  readonly calendarEditionId?: number | null;
}

/** Hours that are alike, and how much of the chosen hours and of the incidents falls into them. */
export interface Shift {
  /** The crew that is on duty together; null where the roster says nothing: all that are in service. */
  readonly teamIds: TeamId[] | null;
  readonly closureIds: number[];
  readonly calendarEditionId: EditionId | null;
  readonly hours: number;
  readonly incidents: number;
}

/** So many are forecast after each stroke; a roster that turns has more, of which the most frequent stand for all. */
const mostShifts = 8;

/**
 * The hours of some weeks by crew, closures and calendar, the most frequent first. `byHour` holds the incidents of each hour
 * of the day; without any, all hours count alike. Hours in which nobody is on duty are left out, unless there is no roster.
 */
export function shiftsOf(roster: readonly HourOfDuty[], byHour: readonly number[]): Shift[] {
  const staffed = roster.filter(({ teamIds }) => teamIds.length > 0);
  const hoursTaken = staffed.length > 0 ? staffed : roster;
  const days = new Map<number, number>();
  for (const { hour } of hoursTaken) days.set(hour, (days.get(hour) ?? 0) + 1);
  const all = [...days.keys()].reduce((sum, hour) => sum + (byHour[hour] ?? 0), 0);
  const weight = (hour: number): number =>
    all > 0 ? (byHour[hour] ?? 0) / all / days.get(hour)! : 1 / hoursTaken.length;
  const kinds = new Map<string, Shift & { hours: number; incidents: number }>();
  for (const { hour, teamIds, closureIds = [], calendarEditionId = null } of hoursTaken) {
    const key = JSON.stringify([teamIds, closureIds, calendarEditionId]);
    const kind = kinds.get(key) ?? {
      teamIds: teamIds.length > 0 ? ([...teamIds] as TeamId[]) : null,
      closureIds: [...closureIds],
      calendarEditionId: calendarEditionId as EditionId | null,
      hours: 0,
      incidents: 0,
    };
    kinds.set(key, { ...kind, hours: kind.hours + 1, incidents: kind.incidents + weight(hour) });
  }
  const chosen = [...kinds.values()].toSorted((a, b) => b.hours - a.hours).slice(0, mostShifts);
  const hours = chosen.reduce((sum, one) => sum + one.hours, 0);
  const incidents = chosen.reduce((sum, one) => sum + one.incidents, 0);
  return chosen.map((one) => ({
    ...one,
    hours: one.hours / hours,
    incidents: incidents > 0 ? one.incidents / incidents : one.hours / hours,
  }));
}
