import { anneal, defaultWeights, heatFor, workingPlan } from './anneal.ts';
import type { Weights } from './anneal.ts';
import type { Ground } from './ground.ts';
import { powerPlan } from './power.ts';
import { qualityOf } from './quality.ts';
import type { Quality } from './quality.ts';
import { randomStream } from './random.ts';
import { repairPlan } from './repair.ts';

/** Effort of one design. All counts, never milliseconds: the same effort gives the same plan on every machine. */
export interface Effort {
  /** Proposals per derived seed. */
  readonly proposals: number;
  readonly seeds: number;
  readonly starts: number;
  readonly finalists: number;
  readonly passes: number;
}

/** Effort that meets the bars of the product: small towns think five times, large ones twice. */
export const effortFor = (cells: number): Effort =>
  cells > 3000
    ? { proposals: 8_000_000, seeds: 2, starts: 6, finalists: 3, passes: 30 }
    : { proposals: 3_200_000, seeds: 5, starts: 16, finalists: 8, passes: 60 };

/** A finished plan with its quality. */
export interface Candidate extends Quality {
  readonly slot: Int32Array;
}

/** What a run reports between two steps. */
export interface ImproveProgress {
  /** 0 to 1; more work may be added when nothing lies inside the tolerance. */
  readonly fraction: number;
  readonly best: Candidate | undefined;
}

/**
 * Draws `k` contiguous, balanced, compact zones on a ground: power-diagram starts, repair, cold polish of all, long
 * annealing of the best and a last stage for compactness, for several derived seeds; among the finished plans inside the tolerance the most compact
 * one wins, else the finalists run again with twice the weight of balance, at most twice.
 */
export function* improve(
  ground: Ground,
  k: number,
  pinned: Int32Array,
  seed: number,
  tolerance: number,
  effort: Effort,
  weights: Weights = defaultWeights,
): Generator<ImproveProgress, Candidate, void> {
  const stream = randomStream(seed);
  const finished: Candidate[] = [];
  const total = effort.proposals * effort.seeds;
  let done = 0;
  const round = roundWeights(weights, tolerance);
  // One flip weighs less where a zone has many cells: the heat follows.
  const roundHeat = 1e-2 * Math.min(1, (10 * k) / ground.cells.length);
  const polish = function* (plan: Int32Array, w: Weights, proposals: number, hottest: number) {
    const work = workingPlan(ground, k, plan);
    const schedule = { proposals, hottest: heatFor(k) * hottest, coldest: heatFor(k) * 1e-5 };
    for (const part of anneal(ground, k, work, pinned, w, schedule, stream.fork())) {
      done += part;
      yield { fraction: Math.min(0.99, done / total), best: choose(finished, tolerance) };
    }
    return { slot: work.slot, ...qualityOf(ground, k, work.slot, weights) };
  };

  for (let s = 0; s < effort.seeds; s++) {
    const starts: Candidate[] = [];
    for (let i = 0; i < effort.starts; i++) {
      const plan = powerPlan(ground, k, pinned, randomStream(stream.fork()), effort.passes);
      const whole = repairPlan(ground, k, pinned, plan);
      starts.push(yield* polish(whole, weights, Math.floor((0.2 * effort.proposals) / effort.starts), 1e-4));
    }
    starts.sort((a, b) => a.objective - b.objective);
    const finalists = starts.slice(0, effort.finalists);
    const share = Math.floor((0.8 * effort.proposals) / finalists.length);
    for (const { slot } of finalists) {
      const balanced = yield* polish(slot, weights, Math.floor(0.7 * share), 4e-3);
      finished.push(balanced);
      finished.push(yield* polish(balanced.slot, round, Math.floor(0.3 * share), roundHeat));
    }
  }
  let stricter = weights;
  for (let again = 0; again < 2 && !finished.some((c) => c.deviation <= tolerance); again++) {
    stricter = { ...stricter, balance: stricter.balance * 2 };
    const finalists = finished.toSorted((a, b) => a.deviation - b.deviation).slice(0, effort.finalists);
    const share = Math.floor((0.3 * effort.proposals) / finalists.length);
    for (const { slot } of finalists) finished.push(yield* polish(slot, stricter, share, 4e-3));
  }
  return choose(finished, tolerance)!;
}

/**
 * Weights of the last stage: deviation inside the tolerance is free, outside it is dear, and the rest of the freedom
 * goes into compactness itself.
 */
const roundWeights = (weights: Weights, tolerance: number): Weights => ({
  balance: 300 * weights.balance,
  band: 0.97 * tolerance,
  roundness: 2,
  border: 0.1,
  inertia: 0.1,
});

/** Inside the tolerance the most compact plan, else the best balanced one. */
function choose(finished: readonly Candidate[], tolerance: number): Candidate | undefined {
  const inside = finished.filter((c) => c.deviation <= tolerance);
  if (inside.length > 0) return inside.reduce((a, b) => (b.compactness > a.compactness ? b : a));
  return finished.length > 0 ? finished.reduce((a, b) => (b.deviation < a.deviation ? b : a)) : undefined;
}
