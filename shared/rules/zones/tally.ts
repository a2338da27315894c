import type { ZoneId } from '../../contract/ids.ts';
import { polsbyPopper } from '../cells/measure.ts';
import { unassigned } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';
import { holesIn, piecesOf } from './pieces.ts';

/** The live numbers of one zone. */
export interface ZoneNumbers {
  readonly zoneId: ZoneId;
  readonly cells: number;
  readonly workloadHours: number;
  readonly incidents: number;
  readonly population: number;
  readonly squareMetres: number;
  readonly perimeterMetres: number;
  /** Polsby-Popper, 0 to 1. */
  readonly compactness: number;
  /** Workload-weighted centre on the metric plane; the plain centre when there is no work. */
  readonly centre: readonly [east: number, north: number];
  /** Pieces over passable borders, the largest first, as cell numbers; one for a contiguous zone. */
  readonly pieces: readonly (readonly number[])[];
  /** Groups of foreign cells that the zone encloses. */
  readonly holes: readonly (readonly number[])[];
}

/** The numbers of all zones of a plan. The cells without a zone are counted apart and never as a zone. */
export interface Tally {
  readonly zones: ReadonlyMap<ZoneId, ZoneNumbers>;
  readonly unassigned: readonly number[];
  /** Workload of the town over the number of zones. */
  readonly meanHours: number;
}

/** Numbers of every zone from scratch; `zoneIds` names the zones of the plan, empty ones included. */
export function tally(graph: TownGraph, assignment: Assignment, zoneIds: Iterable<ZoneId>): Tally {
  const all = [...zoneIds];
  return update(graph, assignment, new Map(), new Set(all), all);
}

/**
 * Numbers after a stroke: only the zones that lost or gained a cell are counted again, the others are taken over.
 * `changed` are cell numbers whose zone differs from `before`.
 */
export function retally(
  graph: TownGraph,
  previous: Tally,
  before: Assignment,
  after: Assignment,
  changed: Iterable<number>,
): Tally {
  const touched = new Set<number>();
  for (const cell of changed) touched.add(before[cell]!).add(after[cell]!);
  return update(graph, after, previous.zones, touched, [...previous.zones.keys()]);
}

function update(
  graph: TownGraph,
  assignment: Assignment,
  previous: ReadonlyMap<ZoneId, ZoneNumbers>,
  touched: ReadonlySet<number>,
  zoneIds: readonly ZoneId[],
): Tally {
  const members = new Map<number, number[]>([...touched].map((zone) => [zone, []]));
  const free: number[] = [];
  for (let i = 0; i < assignment.length; i++) {
    const zone = assignment[i]!;
    if (zone === unassigned) free.push(i);
    else members.get(zone)?.push(i);
  }
  const zones = new Map<ZoneId, ZoneNumbers>();
  for (const zoneId of zoneIds) {
    const own = members.get(zoneId);
    zones.set(zoneId, own ? count(graph, assignment, zoneId, own) : previous.get(zoneId)!);
  }
  let hours = 0;
  for (const value of graph.workloadHours) hours += value;
  return { zones, unassigned: free, meanHours: zones.size > 0 ? hours / zones.size : 0 };
}

function count(
  graph: TownGraph,
  assignment: Assignment,
  zoneId: ZoneId,
  members: readonly number[],
): ZoneNumbers {
  const sum = { hours: 0, incidents: 0, population: 0, area: 0, perimeter: 0 };
  const heavy = [0, 0];
  const plain = [0, 0];
  for (const cell of members) {
    const hours = graph.workloadHours[cell]!;
    sum.hours += hours;
    sum.incidents += graph.incidents[cell]!;
    sum.population += graph.population[cell]!;
    sum.area += graph.squareMetres[cell]!;
    sum.perimeter += graph.outerMetres[cell]!;
    heavy[0]! += hours * graph.east[cell]!;
    heavy[1]! += hours * graph.north[cell]!;
    plain[0]! += graph.east[cell]!;
    plain[1]! += graph.north[cell]!;
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++)
      if (assignment[graph.neighbours[slot]!] !== zoneId) sum.perimeter += graph.sharedMetres[slot]!;
  }
  const [weighted, weight] = sum.hours > 0 ? [heavy, sum.hours] : [plain, Math.max(1, members.length)];
  return {
    zoneId,
    cells: members.length,
    workloadHours: sum.hours,
    incidents: sum.incidents,
    population: sum.population,
    squareMetres: sum.area,
    perimeterMetres: sum.perimeter,
    compactness: polsbyPopper(sum.area, sum.perimeter),
    centre: [weighted[0]! / weight, weighted[1]! / weight],
    pieces: piecesOf(graph, members),
    holes: members.length > 0 ? holesIn(graph, assignment, zoneId) : [],
  };
}

/** Balance of a plan: largest and smallest workload against the mean, and the coefficient of variation. */
export interface Balance {
  /** +0.05 means five per cent above the mean. */
  readonly highest: number;
  readonly lowest: number;
  readonly variation: number;
  readonly meanCompactness: number;
}

/** The balance of all zones of a tally. */
export function balanceOf({ zones, meanHours }: Tally): Balance {
  const all = [...zones.values()];
  const deviations = all.map((zone) => deviationOf(zone, meanHours));
  const squares = deviations.reduce((sum, d) => sum + d * d, 0);
  return {
    highest: Math.max(...deviations),
    lowest: Math.min(...deviations),
    variation: Math.sqrt(squares / Math.max(1, all.length)),
    meanCompactness: all.reduce((sum, zone) => sum + zone.compactness, 0) / Math.max(1, all.length),
  };
}

/** A zone's workload against the mean: 0.05 is five per cent above. */
export const deviationOf = (zone: ZoneNumbers, meanHours: number): number =>
  meanHours > 0 ? zone.workloadHours / meanHours - 1 : 0;
