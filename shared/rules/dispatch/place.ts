import type { FixClass } from '../../contract/dispatch-codes.ts';
import type { PersonId } from '../../contract/ids.ts';
import type { Policy } from '../../contract/dispatch.ts';
import { distanceMetres } from '../distance.ts';
import type { PositionFacts } from './situation.ts';

/** One source of a team's place: its vehicle, or a member's device. */
export interface TeamFix {
  /** Null is the vehicle. */
  readonly personId: PersonId | null;
  readonly leader: boolean;
  readonly licensed: boolean;
  readonly position: PositionFacts;
}

/** How old a fix is, by fix time and never by time of receipt. */
export function fixClass(fixAt: number, policy: Policy, at: number): FixClass {
  const seconds = (at - fixAt) / 1000;
  const { liveSeconds, recentSeconds, darkSeconds } = policy.fresh;
  if (seconds >= darkSeconds) return 'dark';
  if (seconds >= recentSeconds) return 'old';
  return seconds >= liveSeconds ? 'recent' : 'live';
}

/**
 * The place of a team: its vehicle, else its leader, else the freshest licensed member, else the freshest
 * fix. A dark fix gives way to any that is not.
 */
export function teamPlace(fixes: readonly TeamFix[], policy: Policy, at: number): TeamFix | null {
  const alive = fixes.filter(({ position }) => fixClass(position.fixAt, policy, at) !== 'dark');
  const pool = alive.length > 0 ? alive : fixes;
  const standing = ({ personId, leader, licensed }: TeamFix): number =>
    personId === null ? 0 : leader ? 1 : licensed ? 2 : 3;
  return (
    pool.toSorted(
      (a, b) =>
        standing(a) - standing(b) ||
        b.position.fixAt - a.position.fixAt ||
        (a.personId ?? 0) - (b.personId ?? 0),
    )[0] ?? null
  );
}

/** How far a member is from the team's place, in metres, where it has a fix that is not dark. */
export function awayMetres(
  place: TeamFix | null,
  member: TeamFix,
  policy: Policy,
  at: number,
): number | null {
  if (!place || fixClass(member.position.fixAt, policy, at) === 'dark') return null;
  return Math.round(distanceMetres(place.position.point, member.position.point));
}
