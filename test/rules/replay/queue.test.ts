import { expect, test, vi } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { replay } from '../../../shared/rules/replay/run.ts';
import { crowdedTown } from './crowded-town.ts';

// Some seconds of simulation each, more on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/* Twelve days of 38 incidents an hour for 20 teams (about 86 % busy), three seeds together. */

const plain: Policy = {
  ...defaultPolicy,
  zoneRule: ['nearest', 'nearest', 'nearest', 'nearest'],
  load: { secondsPerJob: 0, limitSeconds: 0 },
  preempt: { ...defaultPolicy.preempt, over: [[], [], [], []] },
  travel: { ...defaultPolicy.travel, speedsKmh: Array.from({ length: 24 }, () => 30) },
  rematch: { ...defaultPolicy.rematch, mode: 'off' },
};
const fifo: Policy = { ...plain, queue: { order: 'strict_time', ageWeight: 0, creditSeconds: [0, 0, 0, 0] } };
const strict: Policy = { ...plain, queue: { ...plain.queue, order: 'strict_nearest' } };
const rematching: Policy = { ...plain, rematch: { ...plain.rematch, mode: 'automatic' } };

const towns = [1, 2, 3].map((seed) => crowdedTown(38, 12, seed));
const ignoringPriority = towns.map((town) => ({
  ...town,
  incidents: town.incidents.map((incident) => ({ ...incident, priority: 3 as const })),
}));

function measure(policy: Policy, worlds = towns) {
  const outcomes = worlds.map((world) => replay(world, policy, straightLine(policy)));
  const minutes = (priority: number | null) =>
    worlds.flatMap((world, w) =>
      world.incidents.flatMap((incident, i) =>
        priority === null || incident.priority === priority ? [outcomes[w]!.responseMs[i]! / 60_000] : [],
      ),
    );
  const all = minutes(null);
  const p4 = minutes(4).toSorted((a, b) => a - b);
  return {
    mean: all.reduce((sum, m) => sum + m, 0) / all.length,
    p4p99: p4[Math.ceil(0.99 * p4.length) - 1] ?? NaN,
    p1: minutes(1).reduce((sum, m) => sum + m, 0) / minutes(1).length,
    switchesPer100: (100 * outcomes.reduce((sum, o) => sum + o.switched, 0)) / all.length,
  };
}

test('the weighted queue carries the load and starves nobody', () => {
  const { mean, p4p99 } = measure(plain);
  expect(mean).toBeLessThanOrEqual(11.5);
  expect(p4p99).toBeLessThanOrEqual(60);
});

test('re-matching of teams on the way brings the mean under 7.5 minutes with few switches', () => {
  const { mean, p4p99, p1, switchesPer100 } = measure(rematching);
  expect(mean).toBeLessThanOrEqual(7.5);
  expect(p4p99).toBeLessThanOrEqual(60);
  expect(p1).toBeLessThan(mean);
  expect(switchesPer100).toBeLessThan(45);
});

test('control: first-in-first-out misses the bar for the mean', () => {
  expect(measure(fifo, ignoringPriority).mean).toBeGreaterThan(11.5 * 2);
});

test('control: strict classes miss the bar for the patience of a P4', () => {
  expect(measure(strict).p4p99).toBeGreaterThan(60);
});
