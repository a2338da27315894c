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

/** One crew's part of a forecast: its own world, how much of the time and of the incidents it stands for. */
export interface ForecastShift {
  readonly input: ForecastInput;
  /** Number in the whole forecast of each of the crew's teams. */
  readonly teamNumbers: readonly number[];
  readonly hours: number;
  readonly incidents: number;
}

type Model = (demand: Parameters<typeof approximateHypercube>[0]) => HypercubeOutcome;

/**
 * Expected workload per team and response per zone in the steady state, from Larson's approximation (or another model of
 * the same shape). It ranks plans; it knows no priorities, no re-matching and equal service rates only.
 */
export function forecastPlan(input: ForecastInput, model: Model = approximateHypercube): ForecastOutcome {
  const teamNumbers = Array.from({ length: input.teams }, (_, n) => n);
  return forecastShifts([{ input, teamNumbers, hours: 1, incidents: 1 }], input.teams, model);
}

/**
 * The forecast over several crews that take turns, each in its own steady state; a team's workload is that of its hours on
 * duty. Hours and incidents of the crews are taken as parts of their sums.
 */
export function forecastShifts(
  shifts: readonly ForecastShift[],
  teams: number,
  model: Model = approximateHypercube,
): ForecastOutcome {
  const { zoneIds, callTakingSeconds } = shifts[0]!.input;
  const sums = new Map(zoneIds.map((id) => [id as number, newSums()]));
  const elsewhere = newSums();
  const workloads = new Float64Array(teams);
  const onDuty = new Float64Array(teams);
  const whole = { allBusy: 0, wait: 0, busy: 0, crew: 0, strained: false };
  const all = {
    hours: shifts.reduce((sum, one) => sum + one.hours, 0),
    incidents: shifts.reduce((sum, one) => sum + one.incidents, 0),
  };
  for (const { input, teamNumbers, ...shift } of shifts) {
    const hours = shift.hours / all.hours;
    const incidents = all.incidents > 0 ? shift.incidents / all.incidents : hours;
    const outcome = model({
      teams: input.teams,
      rates: input.incidentsPerHour,
      serviceTime: input.serviceSeconds / 3600,
      order: input.order,
    });
    if (!outcome.ok) return outcome;
    const { result } = outcome;
    const queue = erlang(input.teams, result.utilisation * input.teams)!;
    const wait = queue.meanWait * input.serviceSeconds;
    for (const [n, number] of teamNumbers.entries()) {
      workloads[number]! += hours * result.workloads[n]!;
      onDuty[number]! += hours;
    }
    whole.allBusy += incidents * result.allBusy;
    whole.wait += incidents * wait;
    whole.busy += hours * result.utilisation * input.teams;
    whole.crew += hours * input.teams;
    whole.strained ||= result.utilisation > 0.85;
    collect(input, result.dispatches, { incidents, wait }, (zone) => sums.get(zone) ?? elsewhere);
  }
  const total = newSums();
  for (const sum of [...sums.values(), elsewhere]) {
    total.share += sum.share;
    total.travel += sum.travel;
    total.foreign += sum.foreign;
  }
  const zones = new Map<ZoneId, ZoneForecast>();
  for (const zoneId of zoneIds) {
    const sum = sums.get(zoneId)!;
    const meanTravelSeconds = ratio(sum.travel, sum.share);
    zones.set(zoneId, {
      zoneId,
      meanTravelSeconds,
      meanResponseSeconds:
        sum.share > 0 ? callTakingSeconds + ratio(sum.wait, sum.share) + meanTravelSeconds : 0,
      medianResponseSeconds: callTakingSeconds + quantile(sum, 0.5),
      p90ResponseSeconds: callTakingSeconds + quantile(sum, 0.9),
      crossZoneShare: ratio(sum.foreign, sum.share),
    });
  }
  return {
    ok: true,
    forecast: {
      zones,
      workloads: workloads.map((busy, n) => ratio(busy, onDuty[n]!)),
      meanResponseSeconds: callTakingSeconds + whole.wait + ratio(total.travel, total.share),
      crossZoneShare: ratio(total.foreign, total.share),
      allBusy: whole.allBusy,
      meanWaitSeconds: whole.wait,
      utilisation: ratio(whole.busy, whole.crew),
      strained: whole.strained,
    },
  };
}

/** Adds the dispatches of one crew to the sums of the zones. */
function collect(
  { teams, assignment, travelSeconds, staff }: ForecastInput,
  dispatches: Float64Array,
  weight: { readonly incidents: number; readonly wait: number },
  sumOf: (zone: number) => Sums,
): void {
  for (let cell = 0; cell < assignment.length; cell++) {
    const sum = sumOf(assignment[cell]!);
    const own = staff.get(assignment[cell] as ZoneId) ?? [];
    for (let n = 0; n < teams; n++) {
      const share = weight.incidents * dispatches[cell * teams + n]!;
      const seconds = travelSeconds[cell * teams + n]!;
      sum.share += share;
      sum.travel += share * seconds;
      sum.wait += share * weight.wait;
      sum.histogram[Math.min(bins - 1, Math.floor(seconds / binSeconds))]! += share;
      if (!own.includes(n)) sum.foreign += share;
    }
  }
}

interface Sums {
  share: number;
  travel: number;
  foreign: number;
  wait: number;
  readonly histogram: Float64Array;
}

const newSums = (): Sums => ({
  share: 0,
  travel: 0,
  foreign: 0,
  wait: 0,
  histogram: new Float64Array(bins),
});

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
