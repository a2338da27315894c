import type { TeamId } from '../../contract/ids.ts';

/** A crew that is on duty together, and how much of the chosen hours and of the incidents falls into its time. */
export interface Shift {
  readonly teamIds: TeamId[];
  /** Share of the hours in which at least one team is on duty. */
  readonly hours: number;
  readonly incidents: number;
}

/** Who is on duty at the beginning of one hour of one day. */
export interface HourOfDuty {
  /** Local hour of the day. */
  readonly hour: number;
  /** Ascending. */
  readonly teamIds: readonly number[];
}

/** So many crews are forecast after each stroke; a roster that turns has more, of which the most frequent stand for all. */
const mostShifts = 6;

/**
 * The crews of a roster by how often they are on duty together. `byHour` holds the incidents of each hour of the day; without
 * any, all hours count alike. Hours in which nobody is on duty are left out.
 */
export function shiftsOf(roster: readonly HourOfDuty[], byHour: readonly number[]): Shift[] {
  const staffed = roster.filter(({ teamIds }) => teamIds.length > 0);
  const days = new Map<number, number>();
  for (const { hour } of staffed) days.set(hour, (days.get(hour) ?? 0) + 1);
  const all = [...days.keys()].reduce((sum, hour) => sum + (byHour[hour] ?? 0), 0);
  const weight = (hour: number): number =>
    all > 0 ? (byHour[hour] ?? 0) / all / days.get(hour)! : 1 / staffed.length;
  const crews = new Map<string, { teamIds: TeamId[]; hours: number; incidents: number }>();
  for (const { hour, teamIds } of staffed) {
    const crew = crews.get(teamIds.join()) ?? { teamIds: [...teamIds] as TeamId[], hours: 0, incidents: 0 };
    crew.hours += 1;
    crew.incidents += weight(hour);
    crews.set(teamIds.join(), crew);
  }
  const chosen = [...crews.values()].toSorted((a, b) => b.hours - a.hours).slice(0, mostShifts);
  const hours = chosen.reduce((sum, one) => sum + one.hours, 0);
  const incidents = chosen.reduce((sum, one) => sum + one.incidents, 0);
  return chosen.map((one) => ({
    teamIds: one.teamIds,
    hours: one.hours / hours,
    incidents: incidents > 0 ? one.incidents / incidents : one.hours / hours,
  }));
}
