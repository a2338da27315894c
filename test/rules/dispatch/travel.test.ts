import { distance as turfDistance } from '@turf/turf';
import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../../shared/contract/ids.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { awayMetres, fixClass, teamPlace } from '../../../shared/rules/dispatch/place.ts';
import type { TeamFix } from '../../../shared/rules/dispatch/place.ts';
import { defaultPolicy, profile } from '../../../shared/rules/dispatch/policy.ts';
import { localHour, roadTravel, straightLine, travelOf } from '../../../shared/rules/dispatch/travel.ts';
import { randomSource, townPoint } from '../replay/crowded-town.ts';
import { noon, team } from './factory.ts';

test('distance is that of a library, to a tenth of a millimetre', () => {
  const random = randomSource(11);
  for (let i = 0; i < 500; i++) {
    const [a, b] = [townPoint(random() * 1e4, random() * 1e4), townPoint(random() * 1e4, random() * 1e4)];
    const theirs = turfDistance([a.lng, a.lat], [b.lng, b.lat], { units: 'meters' });
    expect(Math.abs(distanceMetres(a, b) - theirs)).toBeLessThan(1e-4);
  }
});

describe('travel', () => {
  const here = townPoint(5000, 5000);
  const teams = [team(1, 4000, 5000), team(2, 5000, 6000, { position: null }), team(3, 5000, 7000)];

  test('straight line: distance x detour at the speed of the hour', () => {
    const slow = travelOf(teams, here, straightLine(defaultPolicy), 8);
    const metres = distanceMetres(townPoint(4000, 5000), here) * 1.3;
    expect(metres).toBeCloseTo(1299.4, 1);
    expect(slow.metres[0]).toBe(metres);
    expect(slow.seconds[0]).toBe(metres / (25 / 3.6));
    expect(travelOf(teams, here, straightLine(defaultPolicy), 3).seconds[0]).toBeCloseTo(156, 0);
    expect(travelOf(teams, here, straightLine(profile('nearest')), 8).seconds[2]).toBeCloseTo(250, 1);
  });

  test('a team without a place has no travel, in a form that JSON keeps', () => {
    const facts = travelOf(teams, here, straightLine(defaultPolicy), 8);
    expect(facts.seconds[1]).toBe(-1);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  test('roads where there is a way, the straight line where there is none, and each says which', () => {
    const asked: number[] = [];
    const model = roadTravel(
      defaultPolicy,
      (origins) => {
        asked.push(origins.length);
        return [
          { seconds: 99, metres: 700 },
          { seconds: Infinity, metres: Infinity },
        ];
      },
      'roads-1',
    );
    const facts = travelOf(teams, here, model, 3);
    expect(asked).toEqual([2]);
    expect(facts).toMatchObject({ version: 'roads-1', methods: ['roads', 'straight_line', 'straight_line'] });
    expect(facts.seconds[0]).toBe(99);
    expect(facts.seconds[2]).toBeCloseTo(312, 0);
  });

  test('a router that fails costs accuracy, not the decision', () => {
    const model = roadTravel(
      defaultPolicy,
      () => {
        throw new Error('no graph');
      },
      'roads-1',
    );
    expect(travelOf(teams, here, model, 3)).toMatchObject({
      methods: ['straight_line', 'straight_line', 'straight_line'],
    });
  });

  test('the hour is that of the town', () => {
    expect(localHour(defaultPolicy, noon)).toBe(10);
    expect(localHour(defaultPolicy, Date.UTC(2026, 0, 1, 17, 59, 59))).toBe(1);
  });
});

describe('the place of a team', () => {
  const fix = (personId: number | null, ageSeconds: number, changes: Partial<TeamFix> = {}): TeamFix => ({
    personId: personId as PersonId | null,
    leader: false,
    licensed: true,
    position: { ...team(1, 5000, 5000).position!, fixAt: noon - ageSeconds * 1000 },
    ...changes,
  });
  const place = (...fixes: TeamFix[]) => teamPlace(fixes, defaultPolicy, noon)?.personId;

  test('vehicle, else leader, else the freshest licensed member, else the freshest', () => {
    const vehicle = fix(null, 90);
    const leader = fix(1, 60, { leader: true });
    expect(place(fix(2, 5), leader, vehicle)).toBeNull();
    expect(place(fix(2, 5), leader)).toBe(1);
    expect(place(fix(2, 50), fix(3, 40), fix(4, 5, { licensed: false }))).toBe(3);
    expect(place(fix(5, 9, { licensed: false }), fix(4, 5, { licensed: false }))).toBe(4);
    expect(place()).toBeUndefined();
  });

  test('a dark vehicle gives way to a living phone', () => {
    expect(place(fix(null, 600), fix(2, 5))).toBe(2);
    expect(place(fix(null, 900), fix(2, 700))).toBeNull();
  });

  test('classes of age have exact bounds', () => {
    const classes = [29, 30, 119, 120, 599, 600].map((s) => fixClass(noon - s * 1000, defaultPolicy, noon));
    expect(classes).toEqual(['live', 'recent', 'recent', 'old', 'old', 'dark']);
  });

  test('how far a member is from the team, unless its phone is dark', () => {
    const there = { ...team(1, 5400, 5000).position!, fixAt: noon };
    expect(awayMetres(fix(1, 0), fix(2, 0, { position: there }), defaultPolicy, noon)).toBe(400);
    expect(awayMetres(fix(1, 0), fix(2, 600), defaultPolicy, noon)).toBeNull();
  });
});
