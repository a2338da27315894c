import { array, assert, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PositionRecord } from '../../../shared/contract/positions.ts';
import { placeOfTeam, type PlacedMember, type TeamPlace } from '../../../server/positions/place.ts';

const now = Date.UTC(2026, 2, 16, 2);
const fix = (fixedAt: number, receivedAt = fixedAt): PositionRecord =>
  ({ kind: 'fix', fixedAt, receivedAt, point: { lng: 121.44, lat: 29.98 } }) as PositionRecord;
const member = (
  personId: number,
  ageSeconds: number | null,
  more: Partial<PlacedMember> = {},
): PlacedMember => ({
  personId,
  leader: false,
  licensed: true,
  latest: ageSeconds === null ? null : fix(now - ageSeconds * 1000),
  doubted: false,
  ...more,
});

describe('place of a team', () => {
  test('the leader while live or recent, then the licensed member with the newest fix, then anybody', () => {
    const auxiliary = member(3, 1, { licensed: false });
    const at = (leaderAge: number | null, licensedAge: number | null) =>
      placeOfTeam([member(1, leaderAge, { leader: true }), member(2, licensedAge), auxiliary], null, now)
        ?.personId;
    expect(at(119, 5)).toBe(1);
    expect(at(121, 5)).toBe(2);
    expect(at(null, 500)).toBe(2);
    expect(placeOfTeam([auxiliary, member(4, null)], null, now)?.personId).toBe(3);
    expect(placeOfTeam([member(4, null)], null, now)).toBeNull();
  });

  test('a doubted phone places the team only while no other has a fix that is not dark', () => {
    const leader = member(1, 5, { leader: true, doubted: true });
    const at = (mateAge: number) => placeOfTeam([leader, member(2, mateAge)], null, now)?.personId;
    expect(at(300)).toBe(2);
    expect(at(600)).toBe(1);
    expect(placeOfTeam([{ ...leader, doubted: false }, member(2, 300)], null, now)?.personId, 'control').toBe(
      1,
    );
  });

  test('a phone whose clock runs ahead does not win by that', () => {
    const ahead = member(2, null, { latest: fix(now + 200_000, now - 20_000) });
    expect(placeOfTeam([ahead, member(3, 5)], null, now)?.personId).toBe(3);
  });

  test('it never goes back in time, whatever the members send in whatever order', () => {
    const step = record({
      who: integer({ min: 0, max: 3 }),
      ageSeconds: integer({ min: 0, max: 4000 }),
    });
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        const latest: (PositionRecord | null)[] = [null, null, null, null];
        let place: TeamPlace | null = null;
        for (const [i, { who, ageSeconds }] of steps.entries()) {
          const at = now + i * 1000;
          const next = fix(at - ageSeconds * 1000, at);
          if ((latest[who]?.fixedAt ?? 0) < next.fixedAt) latest[who] = next;
          const members = latest.map((one, id) =>
            member(id, null, { leader: id === 0, licensed: id < 3, latest: one }),
          );
          const before: TeamPlace | null = place;
          place = placeOfTeam(members, before, at);
          if (before && place!.fixAt < before.fixAt) return false;
        }
        return true;
      }),
    );
  });
});
