import type { ZoneId } from '../../contract/ids.ts';
import type { PlanningRefusal } from '../../contract/planning-codes.ts';
import type { Assignment } from '../zones/assignment.ts';
import { approximateHypercube } from './approximate.ts';
import type { HypercubeOutcome } from './demand.ts';
import { erlang } from './erlang.ts';
import type { Staff } from './orders.ts';

/** What the forecast of a plan is made of. */
export interface ForecastInput {
  readonly assignment: Assignment;
  readonly zoneIds: readonly ZoneId[];
  readonly staff: Staff;
  /** Teams on duty in the chosen shift. */
  readonly teams: number;
  /** Incidents per hour and cell: period, hours of duty and demand factor are already in it. */
  readonly incidentsPerHour: Float64Array;
  /** Mean drive plus mean work on scene. */
  readonly serviceSeconds: number;
  /** From report to dispatch. */
  readonly callTakingSeconds: number;
  readonly travelSeconds: Float64Array;
  readonly order: Int32Array;
}

/** What a zone may expect. */
export interface ZoneForecast {
  readonly zoneId: ZoneId;
  readonly meanTravelSeconds: number;
  /** Call taking, mean wait and travel. */
  readonly meanResponseSeconds: number;
  /** Half and nine tenths of the incidents that need not wait are reached within, call taking included. */
  readonly medianResponseSeconds: number;
  readonly p90ResponseSeconds: number;
  /** Share of the zone's incidents served by teams of other zones. */
  readonly crossZoneShare: number;
}

/** The forecast of a whole plan. */
export interface Forecast {
  readonly zones: ReadonlyMap<ZoneId, ZoneForecast>;
  /** Share of time busy, by team number. */
  readonly workloads: Float64Array;
  readonly meanResponseSeconds: number;
  readonly crossZoneShare: number;
  readonly allBusy: number;
  readonly meanWaitSeconds: number;
  readonly utilisation: number;
  /** Above 85 % busy the steady state is a poor guide. */
  readonly strained: boolean;
}

/** A forecast or the reason why there is none. */
export type ForecastOutcome =
  | { readonly ok: true; readonly forecast: Forecast }
  | { readonly ok: false; readonly refusal: PlanningRefusal };

const binSeconds = 5;
const bins = 1440;

/**
 * Expected workload per team and response per zone in the steady state, from Larson's approximation (or another model of
 * the same shape). It ranks plans; it knows no priorities, no re-matching and equal service rates only.
 */
export function forecastPlan(
  input: ForecastInput,
  model: (demand: Parameters<typeof approximateHypercube>[0]) => HypercubeOutcome = approximateHypercube,
): ForecastOutcome {
  const { teams, assignment, travelSeconds, order } = input;
  const serviceTime = input.serviceSeconds / 3600;
  const outcome = model({ teams, rates: input.incidentsPerHour, serviceTime, order });
  if (!outcome.ok) return outcome;
  const { result } = outcome;
  const queue = erlang(teams, result.utilisation * teams)!;
  const meanWaitSeconds = queue.meanWait * input.serviceSeconds;
  const sums = new Map(input.zoneIds.map((id) => [id as number, newSums()]));
  const elsewhere = newSums();
  for (let cell = 0; cell < assignment.length; cell++) {
    const sum = sums.get(assignment[cell]!) ?? elsewhere;
    const own = input.staff.get(assignment[cell] as ZoneId) ?? [];
    for (let n = 0; n < teams; n++) {
      const share = result.dispatches[cell * teams + n]!;
      const seconds = travelSeconds[cell * teams + n]!;
      sum.share += share;
      sum.travel += share * seconds;
      sum.histogram[Math.min(bins - 1, Math.floor(seconds / binSeconds))]! += share;
      if (!own.includes(n)) sum.foreign += share;
    }
  }
  const whole = { share: 0, travel: 0, foreign: 0 };
  for (const sum of [...sums.values(), elsewhere]) {
    whole.share += sum.share;
    whole.travel += sum.travel;
    whole.foreign += sum.foreign;
  }
  const fixed = input.callTakingSeconds + meanWaitSeconds;
  const zones = new Map<ZoneId, ZoneForecast>();
  for (const zoneId of input.zoneIds) {
    const sum = sums.get(zoneId)!;
    const meanTravelSeconds = ratio(sum.travel, sum.share);
    zones.set(zoneId, {
      zoneId,
      meanTravelSeconds,
      meanResponseSeconds: sum.share > 0 ? fixed + meanTravelSeconds : 0,
      medianResponseSeconds: input.callTakingSeconds + quantile(sum, 0.5),
      p90ResponseSeconds: input.callTakingSeconds + quantile(sum, 0.9),
      crossZoneShare: ratio(sum.foreign, sum.share),
    });
  }
  return {
    ok: true,
    forecast: {
      zones,
      workloads: result.workloads,
      meanResponseSeconds: fixed + ratio(whole.travel, whole.share),
      crossZoneShare: ratio(whole.foreign, whole.share),
      allBusy: result.allBusy,
      meanWaitSeconds,
      utilisation: result.utilisation,
      strained: result.utilisation > 0.85,
    },
  };
}

interface Sums {
  share: number;
  travel: number;
  foreign: number;
  readonly histogram: Float64Array;
}

const newSums = (): Sums => ({ share: 0, travel: 0, foreign: 0, histogram: new Float64Array(bins) });

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The quantile of a histogram, linear inside the bin. */
function quantile({ histogram, share }: Sums, level: number): number {
  let left = level * share;
  for (let bin = 0; bin < bins; bin++) {
    const here = histogram[bin]!;
    if (here >= left && here > 0) return (bin + left / here) * binSeconds;
    left -= here;
  }
  return 0;
}
