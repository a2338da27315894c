import { interResponseOf, totalRate } from './demand.ts';
import type { Demand, HypercubeOutcome } from './demand.ts';
import { correction, erlang } from './erlang.ts';

/** When to stop: by change of the workloads, or after a given number of rounds. */
export interface Patience {
  readonly tolerance?: number;
  readonly mostIterations?: number;
}

/**
 * Larson's approximation of the hypercube model for any number of teams (Larson and Odoni, Urban Operations Research,
 * 1981, section 5.5.3). Queued calls are shared equally among the teams; without that term the fixed point is wrong.
 */
export function approximateHypercube(demand: Demand, patience: Patience = {}): HypercubeOutcome {
  const { teams, order, rates } = demand;
  const offered = totalRate(demand) * demand.serviceTime;
  if (teams < 1) return { ok: false, refusal: 'teams_missing' };
  const state = erlang(teams, offered);
  if (!state) return { ok: false, refusal: 'demand_excessive' };
  const factors = Float64Array.from(correction(teams, state.utilisation));
  const workloads = new Float64Array(teams).fill(state.utilisation);
  const queued = (offered * state.allBusy) / teams;
  const { tolerance = 1e-5, mostIterations = 200 } = patience;
  let iterations = 0;
  for (let change = 1; change > tolerance && iterations < mostIterations; iterations++) {
    const asked = new Float64Array(teams);
    for (let j = 0; j < rates.length; j++) {
      let product = rates[j]! * demand.serviceTime;
      for (let q = 0; q < teams && product > 0; q++) {
        const team = order[j * teams + q]!;
        asked[team]! += product * factors[q]!;
        product *= workloads[team]!;
      }
    }
    let sum = 0;
    for (let n = 0; n < teams; n++) {
      asked[n] = (asked[n]! + queued) / (1 + asked[n]!);
      sum += asked[n]!;
    }
    change = 0;
    for (let n = 0; n < teams; n++) {
      const next = sum > 0 ? (asked[n]! * offered) / sum : 0;
      change = Math.max(change, Math.abs(next - workloads[n]!));
      workloads[n] = next;
    }
  }
  const dispatches = dispatchesOf(demand, workloads, factors, state.allBusy, offered);
  const interResponse = interResponseOf(demand, dispatches);
  const { allBusy, utilisation } = state;
  return { ok: true, result: { workloads, dispatches, allBusy, interResponse, utilisation, iterations } };
}

/** f(n, j) ~ Q(N, rho, q) (1 - rho_n) prod rho_m, brought per group to what the queue leaves, plus the queue's share. */
function dispatchesOf(
  { teams, order, rates, serviceTime }: Demand,
  workloads: Float64Array,
  factors: Float64Array,
  allBusy: number,
  offered: number,
): Float64Array {
  const dispatches = new Float64Array(rates.length * teams);
  const direct = new Float64Array(teams);
  for (let j = 0; j < rates.length; j++) {
    let product = 1;
    let sum = 0;
    for (let q = 0; q < teams; q++) {
      const team = order[j * teams + q]!;
      direct[team] = factors[q]! * (1 - workloads[team]!) * product;
      sum += direct[team];
      product *= workloads[team]!;
    }
    const share = offered > 0 ? (rates[j]! * serviceTime) / offered : 0;
    for (let n = 0; n < teams; n++)
      dispatches[j * teams + n] = share * (((1 - allBusy) * direct[n]!) / sum + allBusy / teams);
  }
  return dispatches;
}
