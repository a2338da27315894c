import { interResponseOf, totalRate } from './demand.ts';
import type { Demand, HypercubeOutcome } from './demand.ts';

/** The exact model has 2^N states: beyond this many teams it is refused. */
export const mostTeamsExact = 14;

/** The exact result with the probability of each state; bit n of a state is set while team n is busy. */
export type ExactOutcome = HypercubeOutcome & { readonly states?: Float64Array };

/**
 * Larson's hypercube queueing model, solved exactly by Gauss-Seidel on the balance equations (Larson and Odoni, Urban
 * Operations Research, 1981, sections 5.4.3 and 5.4.4): unlimited first-come queue, equal service rates, a call goes
 * to the first free team of its order; behind the full state stands the geometric tail of M/M/N.
 */
export function exactHypercube(demand: Demand, tolerance = 1e-12): ExactOutcome {
  const { teams, order, rates } = demand;
  const rate = totalRate(demand) * demand.serviceTime;
  if (teams < 1) return { ok: false, refusal: 'teams_missing' };
  if (teams > mostTeamsExact) return { ok: false, refusal: 'teams_many' };
  if (rate >= teams * (1 - 1e-9)) return { ok: false, refusal: 'demand_excessive' };
  const count = 1 << teams;
  const full = count - 1;
  const into = arrivals(demand, count);
  const states = new Float64Array(count).fill(1 / count);
  let iterations = 0;
  for (let change = 1; change > tolerance && iterations < 10_000; iterations++) {
    change = 0;
    for (let s = 0; s < count; s++) {
      // Flow out: the busy teams finish, and a call is taken unless all are busy (the queue balances itself).
      let flow = 0;
      let busy = 0;
      for (let n = 0; n < teams; n++) {
        const bit = 1 << n;
        if (s & bit) {
          busy++;
          flow += states[s ^ bit]! * into[(s ^ bit) * teams + n]!;
        } else flow += states[s | bit]!;
      }
      const next = flow / (busy + (s === full ? 0 : rate));
      change = Math.max(change, Math.abs(next - states[s]!));
      states[s] = next;
    }
    const utilisation = rate / teams;
    const sum = states.reduce((a, b) => a + b, 0) + (states[full]! * utilisation) / (1 - utilisation);
    for (let s = 0; s < count; s++) states[s]! /= sum;
  }
  const utilisation = rate / teams;
  const waiting = (states[full]! * utilisation) / (1 - utilisation);
  const allBusy = states[full]! + waiting;
  const workloads = new Float64Array(teams).fill(waiting);
  for (let s = 0; s < count; s++)
    for (let n = 0; n < teams; n++) if (s & (1 << n)) workloads[n]! += states[s]!;
  const dispatches = new Float64Array(rates.length * teams);
  for (let j = 0; j < rates.length; j++) {
    const share = rate > 0 ? (rates[j]! * demand.serviceTime) / rate : 0;
    for (let n = 0; n < teams; n++) dispatches[j * teams + n] = (share * allBusy) / teams;
    for (let s = 0; s < full; s++)
      dispatches[j * teams + firstFree(order, j * teams, teams, s)]! += share * states[s]!;
  }
  const interResponse = interResponseOf(demand, dispatches);
  return {
    ok: true,
    result: { workloads, dispatches, allBusy, interResponse, utilisation, iterations },
    states,
  };
}

/** Rate at which team n is taken in state s, per mean service time, at `s * teams + n`. */
function arrivals({ teams, order, rates, serviceTime }: Demand, count: number): Float64Array {
  const into = new Float64Array(count * teams);
  // Groups with the same order count as one; towns have far fewer orders than cells.
  const groups = new Map<string, { first: number; rate: number }>();
  for (let j = 0; j < rates.length; j++) {
    const key = Array.from({ length: teams }, (_, q) => order[j * teams + q]!).join();
    const group = groups.get(key);
    if (group) group.rate += rates[j]! * serviceTime;
    else groups.set(key, { first: j * teams, rate: rates[j]! * serviceTime });
  }
  for (const { first, rate } of groups.values())
    for (let s = 0; s + 1 < count; s++) into[s * teams + firstFree(order, first, teams, s)]! += rate;
  return into;
}

function firstFree(order: ArrayLike<number>, first: number, teams: number, state: number): number {
  for (let q = 0; q < teams; q++) {
    const team = order[first + q]!;
    if ((state & (1 << team)) === 0) return team;
  }
  throw new RangeError('hypercube: no team is free in this state');
}
