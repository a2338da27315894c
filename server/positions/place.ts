import type { PositionRecord } from '../../shared/contract/positions.ts';
import { ageSeconds, freshnessLimits } from '../../shared/rules/positions/freshness.ts';

/** A member of a team with the newest sound fix. */
export interface PlacedMember {
  readonly personId: number;
  readonly leader: boolean;
  readonly licensed: boolean;
  readonly latest: PositionRecord | null;
  /** Its newest fix or its way says that its places may not be trusted. */
  readonly doubted: boolean;
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
 * newest fix, else at any member's. A phone that is doubted counts only while no other has a fix that is not dark. It never goes back in time, so that an old backlog of one member cannot move a
 * team that another member has placed since.
 */
export function placeOfTeam(
  members: readonly PlacedMember[],
  before: TeamPlace | null,
  now: number,
): TeamPlace | null {
  const all = members.flatMap(({ personId, leader, licensed, doubted, latest }) =>
    latest === null
      ? []
      : [{ personId, leader, licensed, doubted, fix: latest, fixAt: comparableFixAt(latest) }],
  );
  const trusted = all.filter(
    ({ doubted, fixAt }) => !doubted && ageSeconds(fixAt, now) < freshnessLimits.darkSeconds,
  );
  const places = trusted.length > 0 ? trusted : all;
  const newest = (some: typeof places) =>
    some.reduce<(typeof places)[number] | undefined>((a, b) => (a && a.fixAt >= b.fixAt ? a : b), undefined);
  const chosen =
    places.find(({ leader, fixAt }) => leader && ageSeconds(fixAt, now) < freshnessLimits.recentSeconds) ??
    newest(places.filter(({ licensed }) => licensed)) ??
    newest(places);
  if (!chosen || (before && chosen.fixAt < before.fixAt)) return before;
  return { personId: chosen.personId, fix: chosen.fix, fixAt: chosen.fixAt };
}
