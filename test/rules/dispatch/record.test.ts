import { describe, expect, test, vi } from 'vitest';
import { DecisionRecordSchema } from '../../../shared/contract/dispatch.ts';
import type { PersonId, TeamId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { canonicalText, decide, rerun } from '../../../shared/rules/dispatch/record.ts';
import type { DecisionHead, StoredDecision } from '../../../shared/rules/dispatch/record.ts';
import { incident, line, member, noon, situation, team } from './factory.ts';
import { randomSituation } from './random-situation.ts';

vi.setConfig({ testTimeout: 120_000 });

const head: DecisionHead = {
  kind: 'first',
  actor: 'automatic',
  policyHash: '9f2c',
  editionId: null,
  coverageId: null,
  claimsLost: [],
  slot: 1,
  givenTeamId: null,
  override: null,
  change: null,
};

const stored = (seed: number): StoredDecision => ({
  situation: randomSituation(seed),
  policy: defaultPolicy,
  at: noon,
  head,
});

/** The same decision as a database would give it back: other key order, teams in another order. */
function turned(decision: StoredDecision): StoredDecision {
  const { teams, travel } = decision.situation;
  return {
    ...decision,
    situation: {
      ...decision.situation,
      teams: teams.toReversed(),
      travel: {
        ...travel,
        seconds: Array.from(travel.seconds).toReversed(),
        metres: Array.from(travel.metres).toReversed(),
        methods: Array.from(travel.methods).toReversed(),
      },
    },
  };
}

describe('1,000 stored decisions', () => {
  const decisions = Array.from({ length: 1000 }, (_, i) => stored(i + 1));
  const records = decisions.map(decide);

  test('decided again, each record has the same bytes', () => {
    const changed = decisions.filter(
      (decision, i) => rerun(JSON.stringify(decision)) !== JSON.stringify(records[i]),
    );
    expect(changed).toEqual([]);
    const differently = decisions.filter(
      (decision, i) => rerun(canonicalText(turned(decision))) !== JSON.stringify(records[i]),
    );
    expect(differently).toEqual([]);
  });

  test('each team is in its record, with a rank or with reasons', () => {
    const wrong = records.filter((record, i) => {
      const asked = decisions[i]!.situation.teams.map(({ teamId }) => teamId);
      const found = record.candidates.map(({ teamId }) => teamId).toSorted((a, b) => a - b);
      const mute = record.candidates.some(({ rank, reasons }) => (rank === null) !== reasons.length > 0);
      return mute || JSON.stringify(asked) !== JSON.stringify(found);
    });
    expect(wrong).toEqual([]);
  });

  test('somebody is chosen, or the shortfall says why not', () => {
    const chosen = records.filter(({ result }) => result.teamId !== null);
    const short = records.filter(({ result }) => result.shortfall.length > 0);
    expect(chosen.length).toBeGreaterThan(500);
    expect(short.length).toBeGreaterThan(50);
    expect(chosen.length + short.length).toBe(1000);
  });

  test('the records fit the contract', () => {
    for (const record of records.slice(0, 100)) expect(DecisionRecordSchema.parse(record)).toEqual(record);
  });
});

test('control: a fact that changed gives another record', () => {
  const decision = stored(4);
  const moved = {
    ...decision,
    situation: {
      ...decision.situation,
      travel: {
        ...decision.situation.travel,
        seconds: Array.from(decision.situation.travel.seconds, (s) => s + 1),
      },
    },
  };
  expect(JSON.stringify(decide(moved))).not.toBe(JSON.stringify(decide(decision)));
});

test('the record says what the dispatcher is shown: nearer but of another zone, too few licences, gone dark', () => {
  const facts = incident(1042, 5000, 5000, {
    priority: 3,
    zoneId: 7 as never,
    neighbourZoneIds: [4 as never],
  });
  const dark = team(9, 5200, 5000, { members: [member('officer'), member('auxiliary')] });
  const record = decide({
    situation: situation(facts, [
      team(4, 5900, 5000),
      team(7, 6400, 5000),
      { ...dark, position: { ...dark.position!, fixAt: noon - 1_260_000 } },
    ]),
    policy: defaultPolicy,
    at: noon,
    head,
  });
  const [own, neighbour, rejected] = record.candidates;
  expect(own).toMatchObject({ number: 7, verdict: 'chosen', rank: 1, zone: 'own', method: 'straight_line' });
  expect(neighbour).toMatchObject({ number: 4, verdict: 'eligible', rank: 2, zone: 'neighbour' });
  expect(neighbour!.etaSeconds).toBeLessThan(own!.etaSeconds!);
  expect(neighbour!.cost).toMatchObject({ zoneMs: 300_000 });
  expect(rejected!.reasons).toEqual([
    { code: 'licences_few', have: 1, need: 2 },
    { code: 'position_dark', ageSeconds: 1260 },
  ]);
});

test('an override names whom it passed over and which rules it waived', () => {
  const far = team(2, 9000, 9000, { onDuty: false });
  const record = decide({
    situation: situation(incident(1, 5000, 5000), [team(1, 5000, 5100), far], { line: line() }),
    policy: defaultPolicy,
    at: noon,
    head: {
      ...head,
      kind: 'manual',
      actor: 12 as PersonId,
      givenTeamId: 2 as TeamId,
      override: { reason: 'continuity', text: '' },
    },
  });
  expect(record.result.teamId).toBe(2);
  expect(record.override).toEqual({
    againstTeamId: 1,
    chosenRank: null,
    waived: ['duty_off'],
    reason: 'continuity',
    text: '',
  });
});

test('a team whose claim was lost is passed over and named', () => {
  const record = decide({
    situation: situation(incident(1, 5000, 5000), [team(1, 5000, 5100), team(2, 5000, 6000)]),
    policy: defaultPolicy,
    at: noon,
    head: { ...head, kind: 'next', claimsLost: [1 as TeamId] },
  });
  expect(record.result).toMatchObject({ teamId: 2, claimsLost: [1] });
});
