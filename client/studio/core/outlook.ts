import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { ZoneTeam } from '../../../shared/contract/editions.ts';
import { approximateHypercube } from '../../../shared/rules/forecast/approximate.ts';
import { forecastPlan } from '../../../shared/rules/forecast/forecast.ts';
import type { ForecastOutcome } from '../../../shared/rules/forecast/forecast.ts';
import { orderByTravel, preferenceOrder } from '../../../shared/rules/forecast/orders.ts';
import type { Staff } from '../../../shared/rules/forecast/orders.ts';
import { travelSeconds } from '../../../shared/rules/forecast/travel.ts';
import { vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { Ground } from './ground.ts';

/** What stays the same while a plan is painted: the teams, their ways to every cell, the demand. */
export interface Outlook {
  /** Teams by their number in the forecast. */
  readonly teamIds: readonly TeamId[];
  readonly staff: Staff;
  readonly travel: Float64Array;
  readonly nearest: Int32Array;
  readonly perHour: Float64Array;
  readonly serviceSeconds: number;
  readonly callTakingSeconds: number;
}

/**
 * Prepares the forecast of plans with these teams; nothing when no team has a place where it waits. `demand` 1.2 is a
 * fifth more incidents.
 */
export function outlookOf(ground: Ground, teams: readonly ZoneTeam[], demand = 1): Outlook | null {
  const { studio, graph } = ground;
  const wanted = new Set(teams.map(({ teamId }) => teamId));
  const known = studio.teams.filter((team) => team.home !== null && team.inService && wanted.has(team.id));
  if (known.length === 0) return null;
  const places = known.map((team) => {
    const [east, north] = ground.project(vertexAt(team.home![0], team.home![1]));
    return { east, north };
  });
  const { policy, statistics } = studio;
  const speeds = policy.travel.speedsKmh;
  const metresPerSecond = speeds.reduce((sum, kmh) => sum + kmh, 0) / Math.max(1, speeds.length) / 3.6;
  const travel = travelSeconds(graph, places, { metresPerSecond, detour: policy.travel.detour });
  takeRoads(ground, known, travel);
  const numbers = new Map(known.map((team, n) => [team.id as number, n]));
  const staff = new Map<ZoneId, number[]>();
  for (const { zoneId, teamId } of teams.toSorted((a, b) => a.rank - b.rank)) {
    const n = numbers.get(teamId);
    if (n !== undefined) staff.set(zoneId, [...(staff.get(zoneId) ?? []), n]);
  }
  // Incidents count by week; only the hours that the statistics look at carry them.
  const weeks = Math.max(1e-9, (Date.parse(statistics.to) - Date.parse(statistics.from)) / 604_800_000);
  const hoursAWeek = Math.max(1e-9, statistics.hours / weeks);
  return {
    teamIds: known.map((team) => team.id),
    staff,
    travel,
    nearest: orderByTravel(travel, known.length),
    perHour: graph.incidents.map((incidents) => (incidents * demand) / hoursAWeek),
    serviceSeconds: statistics.driveSeconds + statistics.onSceneSeconds,
    callTakingSeconds: statistics.callTakingSeconds,
  };
}

/** Puts the ways by road over the straight lines wherever the town's table knows one. */
function takeRoads(ground: Ground, teams: Ground['studio']['teams'], travel: Float64Array): void {
  const table = ground.travel;
  if (!table) return;
  const place = new Map(table.cellIds.map((id, i) => [id as number, i]));
  const count = table.cellIds.length;
  for (const [cell, id] of ground.graph.cellIds.entries()) {
    const to = place.get(id);
    if (to === undefined) continue;
    for (const [n, team] of teams.entries()) {
      const from = team.homeCellId === null ? undefined : place.get(team.homeCellId);
      const seconds = from === undefined || from === to ? -1 : table.seconds[from * count + to]!;
      if (seconds >= 0) travel[cell * teams.length + n] = seconds;
    }
  }
}

/** The forecast of one plan by Larson's approximation, or by another model of the same shape. */
export function forecastOf(
  outlook: Outlook,
  assignment: Assignment,
  zoneIds: Iterable<ZoneId>,
  model: Parameters<typeof forecastPlan>[1] = approximateHypercube,
): ForecastOutcome {
  const teams = outlook.teamIds.length;
  const input = {
    assignment,
    zoneIds: [...zoneIds],
    staff: outlook.staff,
    teams,
    incidentsPerHour: outlook.perHour,
    serviceSeconds: outlook.serviceSeconds,
    callTakingSeconds: outlook.callTakingSeconds,
    travelSeconds: outlook.travel,
    order: preferenceOrder(assignment, outlook.staff, outlook.nearest, teams),
  };
  return forecastPlan(input, model);
}
