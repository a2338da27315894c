import type { LngLat } from '../../contract/geo.ts';
import type { TravelMethod } from '../../contract/dispatch-codes.ts';
import type { Policy } from '../../contract/dispatch.ts';
import { metresBetween } from '../distance.ts';
import type { TeamFacts, TravelFacts } from './situation.ts';

/** Where the numbers of a travel query go; index i belongs to origin i. */
export interface TravelTable {
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  readonly methods: TravelMethod[];
}

/**
 * How long teams need to a place. One call asks for many origins and fills the first `count` entries of
 * `into`; NaN origins give Infinity. `hour` is the local hour of the day, 0 to 23.
 */
export interface TravelModel {
  readonly version: string;
  fill(
    lngs: Float64Array,
    lats: Float64Array,
    count: number,
    destination: LngLat,
    hour: number,
    into: TravelTable,
  ): void;
  /** Tells the instant of the questions that follow to a model whose ways change with it, as by closures. */
  at?(instant: number): void;
  /** Speed in m/s of that hour, for whatever has no route. */
  speed(hour: number): number;
}

/** A router over the town's roads; an unreachable origin gives Infinity or NaN seconds. */
export type RoadRouter = (
  origins: LngLat[],
  destination: LngLat,
) => readonly { readonly seconds: number; readonly metres: number }[];

export function travelTable(size: number): TravelTable {
  return {
    seconds: new Float64Array(size),
    metres: new Float64Array(size),
    methods: Array.from({ length: size }, () => 'straight_line' as const),
  };
}

/** Local hour of the day of an instant, by the policy's offset from UTC. */
export function localHour(policy: Policy, at: number): number {
  return Math.floor((at / 60_000 + policy.travel.utcOffsetMinutes) / 60) % 24;
}

/** Great-circle distance x detour, at the speed of the hour: needs no network and never fails. */
export function straightLine(policy: Policy): TravelModel {
  const { detour, speedsKmh } = policy.travel;
  const speeds = Float64Array.from(speedsKmh, (kmh) => kmh / 3.6);
  return {
    version: `straight-line x ${detour}`,
    speed: (hour) => speeds[hour] ?? 0,
    fill(lngs, lats, count, { lng, lat }, hour, into) {
      const speed = speeds[hour] ?? 0;
      for (let i = 0; i < count; i++) {
        const metres = metresBetween(lngs[i]!, lats[i]!, lng, lat) * detour;
        into.metres[i] = metres === metres ? metres : Infinity;
        into.seconds[i] = metres === metres ? metres / speed : Infinity;
        into.methods[i] = 'straight_line';
      }
    },
  };
}

/** A road router, with the straight line where it finds no way or fails; each entry says which it was. */
export function roadTravel(policy: Policy, router: RoadRouter, version: string): TravelModel {
  const fallback = straightLine(policy);
  return {
    version,
    speed: (hour) => fallback.speed(hour),
    fill(lngs, lats, count, destination, hour, into) {
      fallback.fill(lngs, lats, count, destination, hour, into);
      const known: number[] = [];
      for (let i = 0; i < count; i++) if (into.metres[i]! < Infinity) known.push(i);
      const origins = known.map((i) => ({ lng: lngs[i]!, lat: lats[i]! }) as LngLat);
      const routes = attempt(() => router(origins, destination)) ?? [];
      known.forEach((i, k) => {
        const route = routes[k];
        if (!route || !Number.isFinite(route.seconds) || !Number.isFinite(route.metres)) return;
        into.seconds[i] = route.seconds;
        into.metres[i] = route.metres;
        into.methods[i] = 'roads';
      });
    },
  };
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Travel of every team to a place, as a situation holds it. */
export function travelOf(
  teams: readonly TeamFacts[],
  destination: LngLat,
  model: TravelModel,
  hour: number,
  blocked: readonly (string | null)[] | null = null,
): TravelFacts {
  const table = travelTable(teams.length);
  const lngs = Float64Array.from(teams, (team) => team.position?.point.lng ?? NaN);
  const lats = Float64Array.from(teams, (team) => team.position?.point.lat ?? NaN);
  model.fill(lngs, lats, teams.length, destination, hour, table);
  return {
    version: model.version,
    seconds: Array.from(table.seconds, whole),
    metres: Array.from(table.metres, whole),
    methods: table.methods,
    speedMetresPerSecond: model.speed(hour),
    blocked,
  };
}

/** Infinity does not survive JSON, so an unknown travel is -1. */
const whole = (value: number): number => (Number.isFinite(value) ? value : -1);
