import { describe, expect, test } from 'vitest';
import type { PositionDoubt } from '../../../shared/contract/frame.ts';
import type { Policy, Rejection } from '../../../shared/contract/dispatch.ts';
import { PolicySchema } from '../../../shared/contract/dispatch.ts';
import { rejectionCodes } from '../../../shared/contract/dispatch-codes.ts';
import type { IncidentId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { bitOf, codesOf } from '../../../shared/rules/dispatch/eligibility.ts';
import { evaluate } from '../../../shared/rules/dispatch/evaluate.ts';
import { defaultPolicy, profile, profileNames } from '../../../shared/rules/dispatch/policy.ts';
import type { Situation, RefusedFix, TeamFacts } from '../../../shared/rules/dispatch/situation.ts';
import { assignment, incident, line, member, noon, situation, team } from './factory.ts';

const here = incident(1, 5000, 5000, { zoneId: 1 as ZoneId });

function reasons(
  own: Partial<TeamFacts>,
  changes: Partial<Situation> = {},
  policy: Policy = defaultPolicy,
): Rejection[] {
  const seen = situation(changes.incident ?? here, [team(1, 6000, 5000, own)], changes);
  return evaluate(seen, policy, noon)[0]!.reasons;
}

const hour = 3_600_000;

const refused = (doubt: PositionDoubt, secondsAgo = 5): RefusedFix => ({
  doubt,
  at: noon - secondsAgo * 1000,
  accuracyMetres: 900,
});

test('a team of the shift with everything may be sent', () => {
  expect(reasons({})).toEqual([]);
  expect(reasons({ status: 'returning' })).toEqual([]);
});

describe('each rule has its reason with its data', () => {
  const at = team(1, 6000, 5000).position!;
  const cases: [Rejection, Partial<TeamFacts>, Partial<Situation>?][] = [
    [{ code: 'duty_off' }, { onDuty: false }],
    [{ code: 'duty_off' }, { status: 'off_duty' }],
    [
      { code: 'team_unavailable', cause: 'break', untilAt: 9 },
      { status: 'unavailable', statusReason: 'break', statusUntilAt: 9 },
    ],
    [
      { code: 'team_reserved', cause: 'op-3', untilAt: noon + hour },
      { reservations: [{ fromAt: noon + 1_200_000, toAt: noon + hour, cause: 'op-3' }] },
    ],
    [
      { code: 'slot_full', with: [8 as IncidentId] },
      { freeSlots: 0, assignments: [assignment(8, 3)] },
    ],
    [{ code: 'position_dark', ageSeconds: 600 }, { position: { ...at, fixAt: noon - 600_000 } }],
    [{ code: 'position_dark', cause: 'fix_absent' }, { position: null }],
    [{ code: 'position_mock' }, { position: { ...at, mock: true } }],
    [{ code: 'position_mock' }, { position: null, refusedFix: refused('mock') }],
    [{ code: 'datum_unknown' }, { position: null, refusedFix: refused('datum') }],
    [
      { code: 'position_inaccurate', have: 900, need: 500 },
      { position: null, refusedFix: refused('inaccurate') },
    ],
    // control: what was refused long ago says nothing about now
    [
      { code: 'position_dark', cause: 'fix_absent' },
      { position: null, refusedFix: refused('mock', 600) },
    ],
    [{ code: 'datum_unknown' }, { position: { ...at, datumKnown: false } }],
    [{ code: 'position_inaccurate', have: 501, need: 500 }, { position: { ...at, accuracyMetres: 501 } }],
    [{ code: 'skill_missing', missing: ['环保'] }, {}, { line: line({ skills: ['环保'] }) }],
    [
      { code: 'kit_missing', missing: ['声级计'] },
      { kit: [{ code: '声级计', serviceable: false }] },
      { line: line({ kit: ['声级计'] }) },
    ],
    [
      { code: 'offer_declined', cause: 'vehicle' },
      {},
      { exclusions: [{ teamId: 1 as TeamId, cause: 'vehicle', untilAt: null }] },
    ],
    [{ code: 'radius_outside', metres: 1000, need: 999 }, {}, { incident: { ...here, radiusMetres: 999 } }],
  ];
  test.each(cases)('%o', (reason, own, changes) => {
    expect(reasons(own, changes)).toEqual([reason]);
  });

  test('access: the vehicle cannot get there', () => {
    const seen = situation(here, [team(1, 6000, 5000)]);
    const blocked = { ...seen, travel: { ...seen.travel, blocked: ['width'] } };
    expect(evaluate(blocked, defaultPolicy, noon)[0]!.reasons).toEqual([
      { code: 'access_blocked', cause: 'width' },
    ]);
  });

  test('zone, where zones are locked', () => {
    const foreign = { zoneIds: [2 as ZoneId] };
    expect(reasons(foreign, {}, profile('zonelocked'))).toEqual([{ code: 'zone_other' }]);
    expect(reasons(foreign)).toEqual([]);
    expect(reasons({ zoneIds: [2 as ZoneId, 1 as ZoneId] }, {}, profile('zonelocked'))).toEqual([]);
  });

  test('all of them are reported, not only the first', () => {
    const bad = {
      onDuty: false,
      status: 'unavailable' as const,
      position: null,
      members: [member('auxiliary')],
    };
    expect(reasons(bad).map(({ code }) => code)).toEqual([
      'duty_off',
      'licences_few',
      'team_unavailable',
      'position_dark',
    ]);
  });
});

describe('bounds', () => {
  test('the shift must hold travel, work and ten minutes; a P1 may run over', () => {
    // 1,000 m are 156 s of travel, then 1,200 s of work and 600 s of margin.
    const ends = (seconds: number) => ({ shiftEndsAt: noon + seconds * 1000 });
    expect(reasons(ends(1957))).toEqual([]);
    expect(reasons(ends(1955)).map(({ code }) => code)).toEqual(['shift_short']);
    expect(reasons(ends(60), { incident: { ...here, priority: 1 } })).toEqual([]);
  });

  test('a pause ends on its instant', () => {
    const paused = (untilAt: number) =>
      reasons({}, { exclusions: [{ teamId: 1 as TeamId, cause: 'unanswered', untilAt }] });
    expect(paused(noon)).toEqual([]);
    expect(paused(noon + 1)).toHaveLength(1);
  });

  test('a reservation after the work is no obstacle', () => {
    const reserved = { reservations: [{ fromAt: noon + 1_400_000, toAt: noon + hour, cause: 'op' }] };
    expect(reasons(reserved)).toEqual([]);
  });

  test('a second slot counts only where the policy gives two, and its cost holds the work before', () => {
    const working = {
      freeSlots: 1,
      assignments: [assignment(8, 3, { state: 'on_scene', remainingWorkSeconds: 500 })],
    };
    expect(reasons(working).map(({ code }) => code)).toEqual(['slot_full']);
    const two = { ...defaultPolicy, capacity: 2 };
    const [candidate] = evaluate(situation(here, [team(1, 6000, 5000, working)]), two, noon);
    expect(candidate).toMatchObject({ rank: 1, etaSeconds: 656, cost: { workMs: 500_000 } });
  });
});

describe('cost', () => {
  const cost = (own: Partial<TeamFacts>, changes: Partial<Situation> = {}) =>
    evaluate(situation(here, [team(1, 6000, 5000, own)], changes), defaultPolicy, noon)[0]!.cost!;

  test('a moving team may be v x age from its fix', () => {
    const at = team(1, 6000, 5000).position!;
    const moving = { position: { ...at, fixAt: noon - 50_000, speedMetresPerSecond: 5 } };
    expect(cost(moving).ageMs).toBe(30_000); // 250 m at 30 km/h
    expect(cost({ position: { ...at, fixAt: noon - 50_000 } }).ageMs).toBe(0);
  });

  test('load is 20 s for each task above the mean, at most a minute', () => {
    const load = (jobs: number) => cost({ jobs }, { shiftMeanJobs: 2 }).loadMs;
    expect([0, 2, 3, 9].map(load)).toEqual([-40_000, 0, 20_000, 60_000]);
  });

  test('the parts add up', () => {
    const { totalMs, ...parts } = cost({ jobs: 3, zoneIds: [2 as ZoneId] });
    expect(Object.values(parts).reduce((sum, ms) => sum + ms, 0)).toBe(totalMs);
    expect(parts.zoneMs).toBe(300_000);
  });
});

test('every policy of ours fits the contract', () => {
  for (const policy of [defaultPolicy, ...profileNames.map(profile)])
    expect(PolicySchema.parse(policy)).toEqual(policy);
});

test('each code has a bit of its own', () => {
  expect(rejectionCodes.length).toBeLessThan(31);
  for (const code of rejectionCodes) expect(codesOf(bitOf(code))).toEqual([code]);
});
