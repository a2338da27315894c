import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { ZoneTeam } from '../../../shared/contract/editions.ts';
import { approximateHypercube } from '../../../shared/rules/forecast/approximate.ts';
import { forecastShifts } from '../../../shared/rules/forecast/forecast.ts';
import type { ForecastOutcome } from '../../../shared/rules/forecast/forecast.ts';
import type { Shift } from '../../../shared/rules/forecast/shifts.ts';
import { orderByTravel, preferenceOrder } from '../../../shared/rules/forecast/orders.ts';
import type { Staff } from '../../../shared/rules/forecast/orders.ts';
import { travelSeconds } from '../../../shared/rules/forecast/travel.ts';
import type { Studio } from '../../../shared/contract/studio.ts';
import { vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { Ground } from './ground.ts';

/** What stays the same while a plan is painted: the teams, their ways to every cell, the demand. */
export interface Outlook {
  /** Teams by their number in the forecast. */
  readonly teamIds: readonly TeamId[];
  /** The crews that take turns, by the roster of the chosen hours. */
  readonly crews: readonly Crew[];
  readonly serviceSeconds: number;
  readonly callTakingSeconds: number;
}

/** Teams that are on duty together, the ways that are open to them, and whose zones hold. */
interface Crew {
  /** Numbers in the forecast. */
  readonly numbers: readonly number[];
  /** Teams of each zone, as places in `numbers`. */
  readonly staff: Staff;
  readonly travel: Float64Array;
  readonly nearest: Int32Array;
  readonly perHour: Float64Array;
  /** The zones of a calendar edition; null where the plan itself holds. */
  readonly assignment: Assignment | null;
  readonly hours: number;
  readonly incidents: number;
}

/**
 * Prepares the forecast of plans with these teams; nothing when no team has a place where it waits. Teams count
 * while the roster has them on duty; without a roster all that are in service count always. `demand` 1.2 is a fifth more incidents.
 */
export function outlookOf(ground: Ground, teams: readonly ZoneTeam[], demand = 1): Outlook | null {
  const { studio, graph } = ground;
  const plans = [teams, ...[...ground.calendars.values()].map((plan) => plan.teams)];
  const wanted = new Set(plans.flat().map(({ teamId }) => teamId));
  const { shifts } = studio.statistics;
  const rostered = new Set(shifts.flatMap(({ teamIds }) => teamIds ?? []));
  const serves = ({ id, inService }: Studio['teams'][number]): boolean =>
    rostered.size > 0 ? rostered.has(id) : inService;
  const known = studio.teams.filter((team) => team.home !== null && wanted.has(team.id) && serves(team));
  if (known.length === 0) return null;
  const places = known.map((team) => {
    const [east, north] = ground.project(vertexAt(team.home![0], team.home![1]));
    return { east, north };
  });
  const { policy, statistics } = studio;
  const speeds = policy.travel.speedsKmh;
  const metresPerSecond = speeds.reduce((sum, kmh) => sum + kmh, 0) / Math.max(1, speeds.length) / 3.6;
  const straight = travelSeconds(graph, places, { metresPerSecond, detour: policy.travel.detour });
  const ways = new Map<string, Float64Array>();
  const waysOf = (closureIds: readonly number[]): Float64Array => {
    const key = closureIds.join();
    const made = ways.get(key) ?? straight.slice();
    if (!ways.has(key)) takeRoads(ground, known, made, changesOf(studio, key));
    ways.set(key, made);
    return made;
  };
  // Incidents count by week; only the hours that the statistics look at carry them.
  const weeks = Math.max(1e-9, (Date.parse(statistics.to) - Date.parse(statistics.from)) / 604_800_000);
  const hoursAWeek = Math.max(1e-9, statistics.hours / weeks);
  const all = known.map(({ id }) => id);
  const always = { teamIds: null, closureIds: [], calendarEditionId: null, hours: 1, incidents: 1 };
  const turns: readonly Shift[] = shifts.length > 0 ? shifts : [always];
  const crews = turns.flatMap(({ teamIds, closureIds, calendarEditionId, hours, incidents }): Crew[] => {
    const calendar = calendarEditionId === null ? undefined : ground.calendars.get(calendarEditionId);
    const staffed = calendar?.teams ?? teams;
    const planned = new Set(staffed.map(({ teamId }) => teamId));
    const numbers = all.flatMap((id, n) => (planned.has(id) && (teamIds?.includes(id) ?? true) ? [n] : []));
    if (numbers.length === 0) return [];
    const travel = columnsOf(waysOf(closureIds), known.length, numbers);
    return [
      {
        numbers,
        staff: staffOf(
          staffed,
          numbers.map((n) => all[n]!),
        ),
        travel,
        nearest: orderByTravel(travel, numbers.length),
        perHour: graph.incidents.map((weekly) => (weekly * demand * incidents) / (hoursAWeek * hours)),
        assignment: calendar?.assignment ?? null,
        hours,
        incidents,
      },
    ];
  });
  if (crews.length === 0) return null;
  return {
    teamIds: all,
    crews,
    serviceSeconds: statistics.driveSeconds + statistics.onSceneSeconds,
    callTakingSeconds: statistics.callTakingSeconds,
  };
}

/** The teams of each zone by rank, as places in a list of teams. */
function staffOf(teams: readonly ZoneTeam[], teamIds: readonly TeamId[]): Staff {
  const staff = new Map<ZoneId, number[]>();
  for (const { zoneId, teamId } of teams.toSorted((a, b) => a.rank - b.rank)) {
    const n = teamIds.indexOf(teamId);
    if (n >= 0) staff.set(zoneId, [...(staff.get(zoneId) ?? []), n]);
  }
  return staff;
}

/** Some columns of a table with `width` columns. */
function columnsOf(table: Float64Array, width: number, columns: readonly number[]): Float64Array {
  if (columns.length === width) return table;
  const rows = table.length / width;
  const chosen = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    for (const [i, column] of columns.entries())
      chosen[row * columns.length + i] = table[row * width + column]!;
  return chosen;
}

/** What some closures change in the table of ways: index and seconds in turn. */
const changesOf = (studio: Studio, closureIds: string): readonly number[] =>
  studio.closures.find((one) => one.closureIds.join() === closureIds)?.changes ?? [];

/** A place to which no road is open counts as so far away: whoever else can comes first. */
const cutOffSeconds = 7200;

/** Puts the ways by road over the straight lines wherever the town's table knows one; some may be closed. */
function takeRoads(
  ground: Ground,
  teams: Ground['studio']['teams'],
  travel: Float64Array,
  changes: readonly number[],
): void {
  const table = ground.travel;
  if (!table) return;
  const shut = new Map<number, number>();
  for (let i = 0; i < changes.length; i += 2) shut.set(changes[i]!, changes[i + 1]!);
  const place = new Map(table.cellIds.map((id, i) => [id as number, i]));
  const count = table.cellIds.length;
  for (const [cell, id] of ground.graph.cellIds.entries()) {
    const to = place.get(id);
    if (to === undefined) continue;
    for (const [n, team] of teams.entries()) {
      const from = team.homeCellId === null ? undefined : place.get(team.homeCellId);
      if (from === undefined || from === to) continue;
      const open = table.seconds[from * count + to]!;
      // no way, or a town without roads
      if (!(open >= 0)) continue;
      const seconds = shut.get(from * count + to) ?? open;
      travel[cell * teams.length + n] = seconds < 0 ? cutOffSeconds : seconds;
    }
  }
}

/** The forecast of one plan by Larson's approximation, or by another model of the same shape. */
export function forecastOf(
  outlook: Outlook,
  assignment: Assignment,
  zoneIds: Iterable<ZoneId>,
  model: Parameters<typeof forecastShifts>[2] = approximateHypercube,
): ForecastOutcome {
  const ids = [...zoneIds];
  const shifts = outlook.crews.map(
    ({ numbers, staff, travel, nearest, perHour, hours, incidents, ...crew }) => ({
      input: {
        assignment: crew.assignment ?? assignment,
        zoneIds: ids,
        staff,
        teams: numbers.length,
        incidentsPerHour: perHour,
        serviceSeconds: outlook.serviceSeconds,
        callTakingSeconds: outlook.callTakingSeconds,
        travelSeconds: travel,
        order: preferenceOrder(crew.assignment ?? assignment, staff, nearest, numbers.length),
      },
      teamNumbers: numbers,
      hours,
      incidents,
    }),
  );
  return forecastShifts(shifts, outlook.teamIds.length, model);
}
