import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../../../server/recording.ts';
import { profile, profileNames } from '../../../shared/rules/dispatch/policy.ts';
import type { ProfileName } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { replay } from '../../../shared/rules/replay/run.ts';
import { summarise } from '../../../shared/rules/replay/summary.ts';
import { randomSource } from './crowded-town.ts';

/* A recorded week with exact answers: data/acceptance/dispatch-oracle/README.md. */

const folder = join(import.meta.dirname, '../../../data/acceptance/dispatch-oracle');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const file = (name: string) => ({ name, text: text(name) });

interface Expected extends Record<string, unknown> {
  readonly policy: ProfileName;
  readonly byPriorityMeanS: Record<string, number>;
  readonly teamJobs: number[];
  readonly teamBusyS: number[];
}
const expected = JSON.parse(text('expected.json')) as Expected[];

function shuffled(csv: string, seed: number): string {
  const [header, ...rows] = csv.trim().split('\n');
  const random = randomSource(seed);
  const keyed = rows.map((row) => [random(), row] as const).toSorted(([a], [b]) => a - b);
  return [header, ...keyed.map(([, row]) => row)].join('\n');
}

const inOrder = readRecording(file('grids.geojson'), file('teams.csv'), file('incidents.csv'));
const mixed = readRecording(
  file('grids.geojson'),
  { name: 'teams.csv', text: shuffled(text('teams.csv'), 7) },
  file('incidents.csv'),
);

describe.each(profileNames)('%s', (name) => {
  const policy = profile(name);
  const goal = expected.find(({ policy }) => policy === name)!;
  const outcome = replay(inOrder, policy, straightLine(policy));

  test('every team and every response', () => {
    const rows = text(`expected_${name}.csv`).trim().split('\n').slice(1);
    expect(rows).toHaveLength(3505);
    const wrong = rows.filter((row, i) => {
      const [id, team, response] = row.split(',').map(Number);
      return (
        inOrder.incidents[i]!.incidentId !== id ||
        inOrder.teams[outcome.teams[i]!]!.number !== team ||
        Math.abs(outcome.responseMs[i]! / 1000 - response!) > 0.001
      );
    });
    expect(wrong).toEqual([]);
  });

  test('totals', () => {
    const { meanResponseS, medianS, p90S, maxS, ...counts } = summarise(inOrder, outcome);
    for (const [key, value] of Object.entries({ meanResponseS, medianS, p90S, maxS }))
      expect(Math.abs(value - (goal[key] as number))).toBeLessThan(0.0001);
    expect(goal).toMatchObject(counts);
    expect([...outcome.jobs]).toEqual(goal.teamJobs);
    [...outcome.busyMs].forEach((ms, team) =>
      expect(Math.abs(ms / 1000 - goal.teamBusyS[team]!)).toBeLessThan(0.01),
    );
    for (const [priority, mean] of Object.entries(goal.byPriorityMeanS)) {
      const own = [...outcome.responseMs].filter(
        (_, i) => inOrder.incidents[i]!.priority === Number(priority),
      );
      expect(Math.abs(own.reduce((sum, ms) => sum + ms, 0) / own.length / 1000 - mean)).toBeLessThan(0.0001);
    }
  });

  test('the order of the teams in the file does not matter', () => {
    const again = replay(mixed, policy, straightLine(policy));
    const numbers = (world: typeof mixed, teams: Int32Array) =>
      [...teams].map((team) => world.teams[team]!.number);
    expect(mixed.teams.map(({ number }) => number)).not.toEqual(inOrder.teams.map(({ number }) => number));
    expect(numbers(mixed, again.teams)).toEqual(numbers(inOrder, outcome.teams));
    expect(again.responseMs).toEqual(outcome.responseMs);
  });
});

test('control: a speed that is 1 % off gives other teams', () => {
  const policy = profile('preempt');
  const slower = {
    ...policy,
    travel: { ...policy.travel, speedsKmh: Array.from({ length: 24 }, () => 28.5) },
  };
  const right = replay(inOrder, policy, straightLine(policy)).teams;
  const wrong = replay(inOrder, slower, straightLine(slower)).teams;
  expect([...wrong].filter((team, i) => team !== right[i]).length).toBeGreaterThan(10);
});
