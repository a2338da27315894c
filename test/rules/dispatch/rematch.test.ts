import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { rematch } from '../../../shared/rules/dispatch/rematch.ts';
import type { CurrentAssignment, TeamFacts } from '../../../shared/rules/dispatch/situation.ts';
import { assignment, drivingTeam, incident, noon, situation, team } from './factory.ts';

/* 30 km/h with a detour of 1.3: 1,000 m are 156 s. Team 1 drives to incident 1, 3,000 m away. */

const automatic: Policy = {
  ...defaultPolicy,
  zoneRule: ['nearest', 'nearest', 'nearest', 'nearest'],
  load: { secondsPerJob: 0, limitSeconds: 0 },
  rematch: { ...defaultPolicy.rematch, mode: 'automatic' },
};
const proposing: Policy = { ...automatic, rematch: { ...automatic.rematch, mode: 'proposal' } };

const driving = (
  changes: Partial<CurrentAssignment> = {},
  own: Partial<TeamFacts> = {},
  priority: Priority = 3,
) => drivingTeam(1, 2000, 5000, assignment(1, priority, { remainingSeconds: 468, ...changes }), own);

function look(policy: Policy, first: TeamFacts, idleEast: number, priority: Priority = 3) {
  const teams = [first, team(2, idleEast, 5000)];
  return rematch([situation(incident(1, 5000, 5000, { priority }), teams)], policy, noon);
}

describe('handing over to an idle team', () => {
  test('needs a gain of the hysteresis', () => {
    // Team 2 at 2,300 m: 109 s better. At 2,200 m: 125 s better.
    expect(look(automatic, driving(), 7300).automatic).toEqual([]);
    expect(look(automatic, driving(), 7200).automatic).toMatchObject([
      { incidentId: 1, fromTeamId: 1, toTeamId: 2 },
    ]);
  });

  test('control: without hysteresis the small gain is taken', () => {
    const eager = { ...automatic, rematch: { ...automatic.rematch, hysteresisSeconds: 0 } };
    expect(look(eager, driving(), 7300).automatic).toHaveLength(1);
  });

  test('never near the scene, on the scene, against a person or in a joint operation', () => {
    for (const held of [
      { remainingSeconds: 119 },
      { state: 'on_scene' as const },
      { manual: true },
      { joint: true },
    ]) {
      expect(look(automatic, driving(held), 5100)).toEqual({ automatic: [], proposals: [] });
    }
  });

  test('a team that was switched a moment ago stays, except for a P1', () => {
    const justNow = { lastSwitchedAt: noon - 299_000 };
    expect(look(automatic, driving({}, justNow), 5100).automatic).toEqual([]);
    expect(look(automatic, driving({}, { lastSwitchedAt: noon - 300_000 }), 5100).automatic).toHaveLength(1);
    expect(look(automatic, driving({}, justNow, 1), 5100, 1).automatic).toHaveLength(1);
  });

  test('is a proposal once the team is under way, automatic before its answer and for a P1', () => {
    const underWay = look(proposing, driving(), 5100);
    expect(underWay.automatic).toEqual([]);
    expect(underWay.proposals).toMatchObject([{ changes: [{ fromTeamId: 1, toTeamId: 2 }] }]);
    expect(underWay.proposals[0]!.gainMs).toBeGreaterThan(400_000);
    expect(look(proposing, driving({ state: 'offered' }), 5100).automatic).toHaveLength(1);
    expect(look(proposing, driving({}, {}, 1), 5100, 1).automatic).toHaveLength(1);
  });

  test('nothing at all when it is switched off', () => {
    const off = { ...automatic, rematch: { ...automatic.rematch, mode: 'off' as const } };
    expect(look(off, driving(), 5100)).toEqual({ automatic: [], proposals: [] });
  });
});

describe('several incidents', () => {
  const crossed = () => {
    const teams = [
      drivingTeam(1, 1000, 5000, assignment(1, 3, { remainingSeconds: 1200 })),
      drivingTeam(2, 9000, 5000, assignment(2, 3, { remainingSeconds: 1200 })),
    ];
    return [situation(incident(1, 8500, 5000), teams), situation(incident(2, 1500, 5000), teams)];
  };

  test('two teams that cross are swapped, as one group', () => {
    expect(rematch(crossed(), automatic, noon).automatic).toMatchObject([
      { incidentId: 1, fromTeamId: 1, toTeamId: 2 },
      { incidentId: 2, fromTeamId: 2, toTeamId: 1 },
    ]);
    expect(rematch(crossed(), proposing, noon).proposals).toHaveLength(1);
  });

  test('the order of incidents changes nothing', () => {
    expect(rematch(crossed().toReversed(), automatic, noon)).toEqual(rematch(crossed(), automatic, noon));
  });

  test('who waits is served at once, even while a better plan waits for a person', () => {
    // Best: team 1 turns to the new incident beside it, idle team 2 takes over the old one.
    const teams = [
      drivingTeam(1, 2000, 5000, assignment(1, 3, { remainingSeconds: 900 })),
      team(2, 8000, 5000),
    ];
    const both = [situation(incident(1, 8200, 5000), teams), situation(incident(2, 2100, 5000), teams)];
    expect(rematch(both, automatic, noon).automatic).toHaveLength(2);
    const careful = rematch(both, proposing, noon);
    expect(careful.automatic).toMatchObject([{ incidentId: 2, fromTeamId: null, toTeamId: 2 }]);
    expect(careful.proposals).toMatchObject([{ changes: [{ incidentId: 1 }, { incidentId: 2 }] }]);
  });

  test('a waiting P1 takes the only driving team; the P4 waits', () => {
    const teams = [drivingTeam(1, 2000, 5000, assignment(1, 4, { remainingSeconds: 900 }))];
    const both = [
      situation(incident(1, 8200, 5000, { priority: 4 }), teams),
      situation(incident(2, 2100, 5000, { priority: 1 }), teams),
    ];
    expect(rematch(both, proposing, noon).automatic).toMatchObject([
      { incidentId: 2, toTeamId: 1 },
      { incidentId: 1, fromTeamId: 1, toTeamId: null },
    ]);
  });

  test('an incident whose team is about to arrive gets no second one', () => {
    const teams = [
      drivingTeam(1, 4900, 5000, assignment(1, 3, { remainingSeconds: 30 })),
      team(2, 5000, 5050),
    ];
    expect(rematch([situation(incident(1, 5000, 5000), teams)], automatic, noon).automatic).toEqual([]);
  });
});
