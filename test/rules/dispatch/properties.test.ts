import { describe, expect, test, vi } from 'vitest';
import { choose } from '../../../shared/rules/dispatch/choose.ts';
import { bestTeam, evaluate } from '../../../shared/rules/dispatch/evaluate.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import type { Situation, TeamFacts } from '../../../shared/rules/dispatch/situation.ts';
import { travelOf, straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { rejectionCodes } from '../../../shared/contract/dispatch-codes.ts';
import { RecommendationSchema, CandidateSchema } from '../../../shared/contract/dispatch.ts';
import { randomSource } from '../replay/crowded-town.ts';
import { member, noon, team } from './factory.ts';
import { randomSituation } from './random-situation.ts';

vi.setConfig({ testTimeout: 120_000 });

const seeds = Array.from({ length: 400 }, (_, i) => i + 1);
const judge = (situation: Situation, at = noon) => evaluate(situation, defaultPolicy, at);
const text = (value: unknown) => JSON.stringify(value);
const ranked = (situation: Situation) => choose(judge(situation)).ranking.map(({ teamId }) => teamId);

function withTeams(
  situation: Situation,
  order: readonly number[],
  extra: readonly TeamFacts[] = [],
): Situation {
  const teams = [...order.map((index) => situation.teams[index]!), ...extra];
  return {
    ...situation,
    teams,
    travel: travelOf(teams, situation.incident.point, straightLine(defaultPolicy), 10),
  };
}

describe('400 random moments', () => {
  test('are worth judging: every reason appears, and often somebody can go', () => {
    const all = seeds.map((seed) => judge(randomSituation(seed)));
    const codes = new Set(all.flat().flatMap(({ reasons }) => reasons.map(({ code }) => code)));
    // No policy here locks zones, and nothing here blocks a road.
    const absent = rejectionCodes.filter((code) => !codes.has(code));
    expect(absent).toEqual(['access_blocked', 'zone_other']);
    expect(all.filter((list) => list[0]!.rank === 1).length).toBeGreaterThan(200);
  });

  test('every candidate fits the contract', () => {
    for (const seed of seeds.slice(0, 200))
      for (const candidate of judge(randomSituation(seed))) CandidateSchema.parse(candidate);
    expect(RecommendationSchema.shape.candidates.element).toBe(CandidateSchema);
  });

  test('the quick choice is the first of the ranking', () => {
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      const quick = bestTeam(situation, defaultPolicy, noon);
      expect(situation.teams[quick]?.teamId).toBe(ranked(situation)[0]);
    }
  });

  test('the order of the teams changes nothing', () => {
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      const random = randomSource(seed);
      const order = situation.teams
        .map((_, index) => [random(), index] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, index]) => index);
      const inOrder = withTeams(situation, [...situation.teams.keys()]);
      expect(text(judge(withTeams(situation, order)))).toBe(text(judge(inOrder)));
    }
  });

  test('a team that may not be sent changes nothing for the others', () => {
    const lone = team(99, 5000, 5000, { members: [member('officer')] });
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      if (!['handle', 'coerce', 'correct', 'operation'].includes(situation.line.taskKind)) continue;
      const more = judge(withTeams(situation, [...situation.teams.keys()], [lone]));
      expect(text(more.filter(({ number }) => number !== 99))).toBe(text(judge(situation)));
    }
  });

  test('without the first team the second is first', () => {
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      const [first, ...others] = ranked(situation);
      const rest = [...situation.teams.keys()].filter((index) => situation.teams[index]!.teamId !== first);
      expect(ranked(withTeams(situation, rest))).toEqual(others);
    }
  });

  test('a team that is nearer never ranks lower', () => {
    const fallen: number[] = [];
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      const index = seed % situation.teams.length;
      const { teamId } = situation.teams[index]!;
      const nearer = {
        ...situation,
        travel: {
          ...situation.travel,
          seconds: Array.from(situation.travel.seconds, (s, i) => (i === index ? s * 0.7 : s)),
          metres: Array.from(situation.travel.metres, (m, i) => (i === index ? m * 0.7 : m)),
        },
      };
      const before = ranked(situation).indexOf(teamId);
      const after = ranked(nearer).indexOf(teamId);
      if (before >= 0 && (after < 0 || after > before)) fallen.push(seed);
    }
    expect(fallen).toEqual([]);
  });

  test('the same moment a day later gives the same decision a day later', () => {
    const day = 86_400_000;
    const shift = (value: unknown, key = ''): unknown => {
      if (typeof value === 'number') return /At$|^validFrom$|^validTo$/.test(key) ? value + day : value;
      if (Array.isArray(value)) return value.map((item) => shift(item));
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shift(part, name)]));
    };
    for (const seed of seeds) {
      const situation = randomSituation(seed);
      const later = shift(JSON.parse(JSON.stringify(situation))) as Situation;
      expect(text(judge(later, noon + day))).toBe(text(shift(judge(situation))));
    }
  });
});

test('control: a later instant for the same facts is another decision', () => {
  const situation = randomSituation(3);
  expect(judge(situation, noon + 3_600_000)).not.toEqual(judge(situation));
});
