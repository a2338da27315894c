import { profile } from '../shared/rules/dispatch/policy.ts';
import { straightLine } from '../shared/rules/dispatch/travel.ts';
import { replay } from '../shared/rules/replay/run.ts';
import { crowdedTown } from '../test/rules/replay/crowded-town.ts';
import { emit, median, scaled } from './rows.ts';

/**
 * A recorded month (about 8,500 incidents) and a year played again by the same core that decides live: 20 teams,
 * straight-line travel. Every round plays the whole recording; the first two warm the engine.
 */
const rounds = scaled(5, 2);

function measure(days: number, name: 'nearest' | 'preempt'): { ms: number; incidents: number } {
  const world = crowdedTown(8500 / 720, days, 11);
  const policy = profile(name);
  const took: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const before = performance.now();
    replay(world, policy, straightLine(policy));
    if (round >= 0) took.push(performance.now() - before);
  }
  return { ms: median(took), incidents: world.incidents.length };
}

for (const [title, days, limit] of [
  ['replay of a month', 30, 200],
  ['replay of a year', 365, 2000],
] as const)
  for (const policy of ['nearest', 'preempt'] as const) {
    const { ms, incidents } = measure(days, policy);
    emit({
      name: `${title}, ${policy}`,
      ours: ms,
      unit: 'ms',
      goal: { of: 'ours', is: 'below', than: limit },
      note: `${incidents} incidents, ${Math.round((incidents / ms) * 1000)} a second`,
    });
  }
process.exit(0);
