import { profile } from '../shared/rules/dispatch/policy.ts';
import { straightLine } from '../shared/rules/dispatch/travel.ts';
import { replay } from '../shared/rules/replay/run.ts';
import { crowdedTown } from '../test/rules/replay/crowded-town.ts';
import { cpuMs, emit, median, scaled } from './rows.ts';

/**
 * A recorded month (about 8,500 incidents) and a year played again by the same core that decides live: 20 teams,
 * straight-line travel. Every round plays the whole recording; the first two warm the engine. `ours` is the time by the
 * clock; the processor's own time stands in the note.
 */
const rounds = scaled(5, 2);

function measure(days: number, name: 'nearest' | 'preempt'): { ms: number; cpu: number; incidents: number } {
  const world = crowdedTown(8500 / 720, days, 11);
  const policy = profile(name);
  const took: number[] = [];
  const spent: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const before = performance.now();
    const cpu = cpuMs(() => replay(world, policy, straightLine(policy)));
    if (round < 0) continue;
    took.push(performance.now() - before);
    spent.push(cpu);
  }
  return { ms: median(took), cpu: median(spent), incidents: world.incidents.length };
}

for (const [title, days, limit] of [
  ['replay of a month', 30, 200],
  ['replay of a year', 365, 2000],
] as const)
  for (const policy of ['nearest', 'preempt'] as const) {
    const { ms, cpu, incidents } = measure(days, policy);
    emit({
      name: `${title}, ${policy}`,
      ours: ms,
      unit: 'ms',
      goal: { of: 'ours', is: 'below', than: limit },
      note: `${incidents} incidents, ${Math.round((incidents / ms) * 1000)} a second; ${cpu.toFixed(0)} ms of the processor`,
    });
  }
process.exit(0);
