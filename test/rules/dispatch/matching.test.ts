import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { AssignmentId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { betterTeam } from '../../../shared/rules/dispatch/better-team.ts';
import { evaluate } from '../../../shared/rules/dispatch/evaluate.ts';
import { combineTeams, fillLines } from '../../../shared/rules/dispatch/lines.ts';
import { judgeManual } from '../../../shared/rules/dispatch/manual.ts';
import { match } from '../../../shared/rules/dispatch/match.ts';
import { takeTurns } from '../../../shared/rules/dispatch/turns.ts';
import { matchTogether } from '../../../shared/rules/dispatch/together.ts';
import { proposePreemption } from '../../../shared/rules/dispatch/preempt-proposal.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { choose } from '../../../shared/rules/dispatch/choose.ts';
import { pickWaiting } from '../../../shared/rules/dispatch/waiting.ts';
import { assignment, drivingTeam, incident, line, member, noon, situation, team } from './factory.ts';

const plain: Policy = {
  ...defaultPolicy,
  zoneRule: ['nearest', 'nearest', 'nearest', 'nearest'],
  load: { secondsPerJob: 0, limitSeconds: 0 },
};

describe('matching several incidents at once', () => {
  const teams = [team(1, 5000, 5000), team(2, 9000, 5000)];

  test('beats nearest-first: the lone neighbour is left to who has nobody else', () => {
    // Incident 1 lies between both teams, incident 2 beyond team 1.
    const pairs = match(
      [situation(incident(1, 6500, 5000), teams), situation(incident(2, 3000, 5000), teams)],
      plain,
      noon,
    );
    expect(pairs.map(({ incidentId, teamId }) => [incidentId, teamId])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test('with too few teams the older of equals is served, a P1 before all', () => {
    const lone = [team(1, 5000, 5000)];
    const waiting = (priority: 1 | 3, minutes: number, id: number) =>
      situation(incident(id, 5500, 5000, { priority, waitingSinceAt: noon - minutes * 60_000 }), lone);
    const winner = (...list: ReturnType<typeof waiting>[]) =>
      match(list, plain, noon).find(({ teamId }) => teamId !== null)?.incidentId;
    expect(winner(waiting(3, 5, 1), waiting(3, 9, 2))).toBe(2);
    expect(winner(waiting(3, 5, 1), waiting(3, 9, 2), waiting(1, 0, 3))).toBe(3);
  });

  test('busy teams are left alone, and another order of teams is found by id', () => {
    const busy = [drivingTeam(1, 5000, 5000, assignment(9, 4)), teams[1]!];
    const pairs = match(
      [situation(incident(1, 5000, 5000), busy), situation(incident(2, 9000, 5100), busy.toReversed())],
      plain,
      noon,
    );
    expect(pairs.map(({ teamId }) => teamId)).toEqual([null, 2]);
  });

  test('situations with different teams are refused', () => {
    const other = [team(3, 1, 1)];
    expect(() =>
      match([situation(incident(1, 1, 1), teams), situation(incident(2, 1, 1), other)], plain, noon),
    ).toThrow(RangeError);
  });
});

describe('requirement lines', () => {
  const teams = [
    team(1, 5000, 5000),
    team(2, 6000, 5000),
    team(3, 7000, 5000, { kit: [{ code: '消防车', serviceable: true }] }),
  ];
  const facts = incident(1, 5000, 5000);
  const lines = [
    situation(facts, teams, { line: line({ line: 0, count: 2 }) }),
    situation(facts, teams, { line: line({ line: 1, kit: ['消防车'] }) }),
  ];

  test('are filled together, no team twice, claims in order of id', () => {
    const { fills, claims } = fillLines(lines, plain, noon);
    expect(fills.map(({ teamIds, isLead }) => [teamIds, isLead])).toEqual([
      [[1, 2], true],
      [[3], false],
    ]);
    expect(claims).toEqual([1, 2, 3]);
  });

  test('partial: what is there goes, the rest says why', () => {
    const short = [lines[0]!, situation(facts, teams, { line: line({ line: 1, kit: ['云梯'] }) })];
    const { fills } = fillLines(short, plain, noon);
    expect(fills[0]).toMatchObject({ lacking: 0, shortfall: [] });
    expect(fills[1]).toMatchObject({ lacking: 1, shortfall: [{ code: 'kit_missing', teams: 3, only: 3 }] });
    const whole = { ...plain, matching: { ...plain.matching, fill: 'all_or_nothing' as const } };
    expect(fillLines(short, whole, noon).claims).toEqual([]);
    expect(fillLines(lines, whole, noon).claims).toEqual([1, 2, 3]);
  });
});

describe('simultaneous incidents with several lines', () => {
  /* Both incidents want a lead and a tow truck. Truck 3 may lead too, and stands nearest to incident 1. */
  const truck = { kit: [{ code: '拖车', serviceable: true }] };
  const both = (teams: ReturnType<typeof team>[], changes: Parameters<typeof incident>[3] = {}) =>
    [incident(1, 5000, 5000), incident(2, 9000, 5000, changes)].flatMap((facts) => [
      situation(facts, teams, { line: line() }),
      situation(facts, teams, { line: line({ line: 1, kit: ['拖车'] }) }),
    ]);
  const pairs = ({ automatic }: ReturnType<typeof matchTogether>) =>
    automatic
      .toSorted((a, b) => a.incidentId - b.incidentId || a.line - b.line)
      .map(({ incidentId, line: place, toTeamId }) => [incidentId, place, toTeamId]);
  const whole = { ...plain, matching: { ...plain.matching, fill: 'all_or_nothing' as const } };
  const teams = [
    team(1, 5500, 5000),
    team(2, 9500, 5000),
    team(3, 6500, 5000, truck),
    team(4, 4000, 5000, truck),
  ];

  test('get their teams in one matrix: less way in all than one incident after the other', () => {
    const lines = both(teams);
    expect(pairs(matchTogether(lines, plain, noon))).toEqual([
      [1, 0, 1],
      [1, 1, 4],
      [2, 0, 2],
      [2, 1, 3],
    ]);
    // control: the same lines filled incident by incident are a longer way in all
    const near = [...teams.slice(0, 2), team(3, 7500, 5000, truck), team(4, 2000, 5000, truck)];
    const total = (list: ReturnType<typeof pairs>) =>
      list.reduce((sum, [id, place, teamId]) => {
        const seen = both(near).find(
          ({ incident: { incidentId }, line: own }) => incidentId === id && own.line === place,
        )!;
        return sum + evaluate(seen, plain, noon).find((one) => one.teamId === teamId)!.etaSeconds!;
      }, 0);
    const oneByOne = [
      ...fillLines(both(near).slice(0, 2), plain, noon).fills,
      ...fillLines(both(near.filter(({ number }) => number !== 1 && number !== 3)).slice(2), plain, noon)
        .fills,
    ].map(({ incidentId, line: place, teamIds }) => [incidentId, place, teamIds[0]!]);
    expect(total(pairs(matchTogether(both(near), plain, noon)))).toBeLessThan(total(oneByOne));
  });

  test('all or nothing: the less urgent gives up whole and hinders nobody; partial sends what there is', () => {
    const one = teams.slice(0, 3);
    expect(pairs(matchTogether(both(one, { priority: 1 }), whole, noon))).toEqual([
      [2, 0, 2],
      [2, 1, 3],
    ]);
    expect(pairs(matchTogether(both(one, { priority: 1 }), plain, noon))).toEqual([
      [1, 0, 1],
      [2, 0, 2],
      [2, 1, 3],
    ]);
  });

  test('the lead goes first where one team alone can go, and is the sooner one of two', () => {
    const lone = both([team(3, 5000, 5000, truck)]).slice(0, 2);
    expect(pairs(matchTogether(lone, plain, noon))).toEqual([[1, 0, 3]]);
    const two = both([team(3, 6000, 5000, truck), team(4, 5500, 5000, truck)]).slice(0, 2);
    expect(pairs(matchTogether(two, plain, noon))).toEqual([
      [1, 0, 4],
      [1, 1, 3],
    ]);
  });

  test('a P1 takes a team on its way for a line beside its lead; one of several is never taken', () => {
    const look = (joint: boolean) => {
      const held = assignment(9, 3, { joint });
      const moving = drivingTeam(3, 5200, 5000, held, truck);
      const far = [team(1, 5500, 5000), moving];
      const facts = incident(1, 5000, 5000, { priority: 1 });
      return pairs(
        matchTogether(
          [
            situation(facts, far, { line: line() }),
            situation(facts, far, { line: line({ line: 1, kit: ['拖车'] }) }),
            situation(incident(9, 9000, 5000), far),
          ],
          plain,
          noon,
        ),
      );
    };
    expect(look(false)).toEqual([
      [1, 0, 1],
      [1, 1, 3],
      [9, 0, null],
    ]);
    expect(look(true)).toEqual([[1, 0, 1]]);
  });
});

describe('two half teams', () => {
  const half = (number: number, east: number) =>
    team(number, east, 5000, { members: [member('officer'), member('auxiliary')] });

  test('are proposed together when no team has two officers free', () => {
    const teams = [half(1, 5500), half(2, 9000), half(3, 6000)];
    expect(combineTeams(situation(incident(1, 5000, 5000), teams), plain, noon)).toEqual({
      teamIds: [1, 3],
      etaSeconds: 156,
    });
  });

  test('never when one team could go, for coercion, or without a second half', () => {
    const facts = incident(1, 5000, 5000);
    const halves = [half(1, 5500), half(2, 9000)];
    expect(combineTeams(situation(facts, [...halves, team(3, 1, 1)]), plain, noon)).toBeNull();
    expect(combineTeams(situation(facts, [half(1, 5500)]), plain, noon)).toBeNull();
    const coercion = { line: line({ taskKind: 'coerce' }) };
    expect(combineTeams(situation(facts, halves, coercion), plain, noon)).toBeNull();
  });
});

describe('a dispatcher chooses', () => {
  const facts = incident(1, 5000, 5000, { radiusMetres: 3000 });
  const reason = { reason: 'local_knowledge', text: '' } as const;
  const judge = (changed: Parameters<typeof team>[3]) =>
    evaluate(situation(facts, [team(1, 5000, 5000), team(2, 6000, 5000, changed)]), plain, noon).find(
      ({ number }) => number === 2,
    )!;

  test('the first without a reason, another with one', () => {
    const [first, second] = evaluate(
      situation(facts, [team(1, 5000, 5000), team(2, 6000, 5000)]),
      plain,
      noon,
    );
    expect(judgeManual(first!, null)).toEqual({ ok: true, waived: [], rank: 1 });
    expect(judgeManual(second!, null)).toMatchObject({ ok: false, refusal: 'reason_missing' });
    expect(judgeManual(second!, reason)).toEqual({ ok: true, waived: [], rank: 2 });
    expect(judgeManual(second!, { reason: 'other', text: ' ' })).toMatchObject({ refusal: 'text_missing' });
  });

  test('may waive duty, skill, kit, break, position and distance, but not a full slot', () => {
    expect(judgeManual(judge({ onDuty: false }), reason)).toMatchObject({ ok: true, waived: ['duty_off'] });
    expect(judgeManual(judge({ status: 'unavailable' }), reason)).toMatchObject({
      waived: ['team_unavailable'],
    });
    expect(judgeManual(judge({ position: null }), reason)).toMatchObject({ waived: ['position_dark'] });
    const full = judge({ freeSlots: 0, assignments: [assignment(8, 3)] });
    expect(judgeManual(full, reason)).toMatchObject({ ok: false, refusal: 'slot_full' });
    expect(full.reasons).toEqual([{ code: 'slot_full', with: [8] }]);
  });
});

describe('the queue', () => {
  const freed = [team(1, 5000, 5000)];
  const pick = (list: ReturnType<typeof incident>[], policy = plain) => {
    const index = pickWaiting(
      list.length,
      (i) => ({ situation: situation(list[i]!, freed), index: 0 }),
      policy,
      noon,
    );
    return list[index]?.incidentId;
  };
  const since = (minutes: number) => ({ waitingSinceAt: noon - minutes * 60_000 });

  test('weighs distance against age, and urgency against both', () => {
    const near = incident(1, 5500, 5000, since(1));
    const far = incident(2, 9500, 5000, since(10));
    expect(pick([near, far])).toBe(1);
    expect(pick([near, incident(2, 9500, 5000, since(25))])).toBe(2);
    expect(pick([near, incident(3, 9500, 5000, { ...since(0), priority: 1 })])).toBe(3);
  });

  test('strict orders put classes first: by age, or by distance', () => {
    const order = (name: Policy['queue']['order']) => ({ ...plain, queue: { ...plain.queue, order: name } });
    const list = [
      incident(1, 5100, 5000, { ...since(90), priority: 3 }),
      incident(2, 9900, 5000, { ...since(3), priority: 2 }),
      incident(3, 5200, 5000, { ...since(1), priority: 2 }),
    ];
    expect(pick(list, order('strict_time'))).toBe(2);
    expect(pick(list, order('strict_nearest'))).toBe(3);
  });

  test('passes over what the team may not take', () => {
    const locked: Policy = { ...plain, zoneRule: ['locked', 'locked', 'locked', 'locked'] };
    const foreign = incident(1, 5000, 5000, { zoneId: 9 as ZoneId });
    expect(pick([foreign, incident(2, 9900, 9900, { zoneId: 1 as ZoneId })], locked)).toBe(2);
    expect(pick([foreign], locked)).toBeUndefined();
  });
});

describe('a P1 and teams that drive elsewhere', () => {
  const facts = incident(1, 5000, 5000, { priority: 1 });
  const driver = (changes: Parameters<typeof assignment>[2] = {}, priority: 1 | 3 = 3) =>
    drivingTeam(1, 5200, 5000, assignment(8, priority, changes));
  const idle = team(2, 9500, 5000);
  const first = (driving: ReturnType<typeof driver>, own = facts) =>
    choose(evaluate(situation(own, [driving, idle]), plain, noon)).ranking[0];

  test('takes one of lower priority, and the record says from whom', () => {
    expect(first(driver())).toMatchObject({ number: 1, preempts: 8 });
  });

  test('never from an equal, a scene, an arrival, a person or an operation; nor for a P2', () => {
    for (const driving of [
      driver({}, 1),
      driver({ state: 'on_scene' }),
      driver({ state: 'offered' }),
      driver({ remainingSeconds: 119 }),
      driver({ remainingSeconds: null }),
      driver({ manual: true }),
      driver({ joint: true }),
    ])
      expect(first(driving)).toMatchObject({ number: 2, preempts: null });
    expect(first(driver(), { ...facts, priority: 2 })).toMatchObject({ number: 2 });
  });

  test('a manual one is proposed with its effect', () => {
    const teams = [driver({ manual: true }), idle];
    const left = situation(incident(8, 9000, 5000), teams);
    const seen = proposePreemption(situation(facts, teams), () => left, plain, noon);
    expect(seen).toMatchObject({ teamId: 1, leavesIncidentId: 8, etaSeconds: 31, successorTeamId: 2 });
    expect(seen!.gainSeconds).toBeGreaterThan(600);
    const small = [driver({ manual: true }), team(2, 5400, 5000)];
    expect(proposePreemption(situation(facts, small), () => null, plain, noon)).toBeNull();
    expect(
      proposePreemption(situation(facts, [driver({ state: 'on_scene' })]), () => null, plain, noon),
    ).toBeNull();
  });
});

describe('a better team', () => {
  const facts = incident(1, 5000, 5000);
  const held = (changes: Parameters<typeof assignment>[2] = {}) =>
    drivingTeam(
      1,
      1000,
      5000,
      assignment(1, 3, { remainingSeconds: 624, remainingMetres: 5200, ...changes }),
    );
  const assignmentId = 1001 as AssignmentId;
  const see = (
    driving: ReturnType<typeof held>,
    east = 5500,
    memory: Parameters<typeof betterTeam>[2] = [],
  ) => betterTeam(situation(facts, [driving, team(2, east, 5000)]), assignmentId, memory, plain, noon);

  test('is shown when it gains two minutes and the first is still far', () => {
    expect(see(held())).toEqual({
      assignmentId,
      fromTeamId: 1,
      toTeamId: 2,
      gainSeconds: 546,
      etaSeconds: 78,
    });
    expect(see(held(), 8300)).toBeNull();
    expect(see(held({ remainingSeconds: 119 }))).toBeNull();
    expect(see(held({ remainingMetres: 499 }))).toBeNull();
    expect(see(held({ state: 'on_scene' }))).toBeNull();
  });

  test('once in three minutes, and never again after "keep"', () => {
    const pair = { assignmentId, teamId: 2 as TeamId, alertedAt: noon - 179_000, kept: false };
    expect(see(held(), 5500, [pair])).toBeNull();
    expect(see(held(), 5500, [{ ...pair, alertedAt: noon - 180_000 }])).not.toBeNull();
    expect(see(held(), 5500, [{ ...pair, alertedAt: 0, kept: true }])).toBeNull();
    expect(see(held(), 5500, [{ ...pair, teamId: 3 as TeamId }])).not.toBeNull();
  });
});

test('a shortfall puts first what alone stops most teams', () => {
  const facts = incident(1, 5000, 5000);
  const candidates = evaluate(
    situation(facts, [
      drivingTeam(1, 5000, 5000, assignment(8, 3)),
      drivingTeam(2, 5000, 5000, assignment(9, 3), { position: null }),
      team(3, 5000, 5000, { position: null }),
      drivingTeam(4, 5000, 5000, assignment(10, 3)),
      team(5, 5000, 5000, { onDuty: false }),
    ]),
    plain,
    noon,
  );
  expect(choose(candidates)).toEqual({
    ranking: [],
    shortfall: [
      { code: 'teams_busy', teams: 3, only: 2 },
      { code: 'positions_dark', teams: 2, only: 1 },
    ],
  });
  const absent = evaluate(situation(facts, [team(1, 1, 1, { onDuty: false })]), plain, noon);
  expect(choose(absent).shortfall).toEqual([{ code: 'teams_absent', teams: 1, only: 1 }]);
});

test('where a look cannot weigh all, every row has its turn and none has two before all had one', () => {
  const rows = Array.from({ length: 47 }, (_, row) => row);
  expect(takeTurns(rows, 47, 3)).toBe(rows);
  for (const first of [0, 5, 1_000_003]) {
    const turns = Array.from({ length: 4 }, (_, turn) => takeTurns(rows, 15, first + turn));
    expect(turns.map(({ length }) => length)).toEqual([15, 15, 15, 15]);
    expect(new Set(turns.slice(0, 3).flat()).size, 'control: three turns are too few').toBe(45);
    expect(new Set(turns.flat()).size).toBe(47);
  }
});
