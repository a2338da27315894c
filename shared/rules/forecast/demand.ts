import type { PlanningRefusal } from '../../contract/planning-codes.ts';

/**
 * What the queueing models need: how often each group of calls arrives and in which order it asks the teams. All
 * teams serve equally fast. Rates are per mean service time when `serviceTime` is 1, else per its unit.
 */
export interface Demand {
  readonly teams: number;
  /** Arrivals per unit of time and group. */
  readonly rates: ArrayLike<number>;
  /** Mean time that a call keeps a team busy, drive and work on scene. */
  readonly serviceTime: number;
  /** Per group every team number once, the preferred one first; groups stand one after another, `teams` entries each. */
  readonly order: ArrayLike<number>;
}

/** Steady state of the teams under a demand. */
export interface HypercubeResult {
  /** Share of time each team is busy. */
  readonly workloads: Float64Array;
  /** f(n, j): share of all dispatches that send team n to group j, at `j * teams + n`. */
  readonly dispatches: Float64Array;
  /** Probability that all teams are busy. */
  readonly allBusy: number;
  /** Share of dispatches that do not send the group's first team. */
  readonly interResponse: number;
  readonly utilisation: number;
  readonly iterations: number;
}

/** A model gives its result or the reason why there is none. */
export type HypercubeOutcome =
  | { readonly ok: true; readonly result: HypercubeResult }
  | { readonly ok: false; readonly refusal: PlanningRefusal };

/** Sum of all arrival rates. */
export function totalRate(demand: Demand): number {
  let sum = 0;
  for (let j = 0; j < demand.rates.length; j++) sum += demand.rates[j]!;
  return sum;
}

/** Share of dispatches outside the first preference. */
export function interResponseOf(demand: Demand, dispatches: Float64Array): number {
  let own = 0;
  let all = 0;
  for (let j = 0; j < demand.rates.length; j++) {
    own += dispatches[j * demand.teams + demand.order[j * demand.teams]!]!;
    for (let n = 0; n < demand.teams; n++) all += dispatches[j * demand.teams + n]!;
  }
  return all > 0 ? 1 - own / all : 0;
}
