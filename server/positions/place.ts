import type { PositionRecord } from '../../shared/contract/positions.ts';
import { ageSeconds, freshnessLimits } from '../../shared/rules/positions/freshness.ts';

/** A member of a team with the newest sound fix. */
export interface PlacedMember {
  readonly personId: number;
  readonly leader: boolean;
  readonly licensed: boolean;
  readonly latest: PositionRecord | null;
}

/** Whose fix stands for the team. `fixAt` is the fix time, never later than its receipt, ms UTC. */
export interface TeamPlace {
  readonly personId: number;
  readonly fix: PositionRecord;
  readonly fixAt: number;
}

/** Fix time as it is compared across phones: a clock that runs ahead must not win over the others. */
export const comparableFixAt = (fix: PositionRecord): number => Math.min(fix.fixedAt, fix.receivedAt);

/**
 * Where a team is: at its leader, while the leader's fix is live or recent, else at the licensed member with the
 * newest fix, else at any member's. It never goes back in time, so that an old backlog of one member cannot move a
 * team that another member has placed since.
 */
export function placeOfTeam(
  members: readonly PlacedMember[],
  before: TeamPlace | null,
  now: number,
): TeamPlace | null {
  const places = members.flatMap(({ personId, leader, licensed, latest }) =>
    latest === null ? [] : [{ personId, leader, licensed, fix: latest, fixAt: comparableFixAt(latest) }],
  );
  const newest = (some: typeof places) =>
    some.reduce<(typeof places)[number] | undefined>((a, b) => (a && a.fixAt >= b.fixAt ? a : b), undefined);
  const chosen =
    places.find(({ leader, fixAt }) => leader && ageSeconds(fixAt, now) < freshnessLimits.recentSeconds) ??
    newest(places.filter(({ licensed }) => licensed)) ??
    newest(places);
  if (!chosen || (before && chosen.fixAt < before.fixAt)) return before;
  return { personId: chosen.personId, fix: chosen.fix, fixAt: chosen.fixAt };
}
