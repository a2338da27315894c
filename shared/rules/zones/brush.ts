import type { CellId, ZoneId } from '../../contract/ids.ts';
import { placeInRing, vertexAt } from '../cells/ring.ts';
import type { Ring, Vertex } from '../cells/ring.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';

/** The cells within `steps` borders of a cell, itself included; 0 is the cell alone. Sizes 1 to 5 of the brush are 0 to 4. */
export function brush(graph: TownGraph, centre: CellId, steps: number): readonly CellId[] {
  const start = graph.indexOf.get(centre);
  if (start === undefined) return [];
  const distance = new Map([[start, 0]]);
  for (const [cell, far] of distance) {
    if (far >= steps) continue;
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const next = graph.neighbours[slot]!;
      if (!distance.has(next)) distance.set(next, far + 1);
    }
  }
  return [...distance.keys()].map((cell) => graph.cellIds[cell]!);
}

/** All cells of the village that a cell belongs to. */
export function wholeVillage(graph: TownGraph, cellId: CellId): readonly CellId[] {
  const index = graph.indexOf.get(cellId);
  const village = index === undefined ? undefined : graph.villages[index];
  return graph.cellIds.filter((_, i) => graph.villages[i] === village);
}

/** The cells whose inner point lies in a drawn ring (lasso or rectangle), the border included. */
export function cellsInside(
  cells: Iterable<{ readonly id: CellId; readonly point: Vertex }>,
  ring: Ring,
): readonly CellId[] {
  return [...cells].filter(({ point }) => placeInRing(point, ring) !== 'outside').map(({ id }) => id);
}

/** The ring of a rectangle between two corners in degrees. */
export function rectangle(lngA: number, latA: number, lngB: number, latB: number): Ring {
  const [west, east] = lngA < lngB ? [lngA, lngB] : [lngB, lngA];
  const [south, north] = latA < latB ? [latA, latB] : [latB, latA];
  return [vertexAt(west, south), vertexAt(east, south), vertexAt(east, north), vertexAt(west, north)];
}

/** The pocket of cells without a zone that a cell belongs to, over any border; empty when the cell has a zone. */
export function unassignedPocket(
  graph: TownGraph,
  assignment: Assignment,
  cellId: CellId,
): readonly CellId[] {
  const start = graph.indexOf.get(cellId);
  if (start === undefined || assignment[start] !== 0) return [];
  const pocket = new Set([start]);
  for (const cell of pocket)
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++)
      if (assignment[graph.neighbours[slot]!] === 0) pocket.add(graph.neighbours[slot]!);
  return [...pocket].sort((a, b) => a - b).map((cell) => graph.cellIds[cell]!);
}

/** The zone around some cells that shares the longest border with them and is not locked, or nothing. */
export function closestZone(
  graph: TownGraph,
  assignment: Assignment,
  cells: readonly number[],
  locked: ReadonlySet<ZoneId>,
  except = 0,
): ZoneId | undefined {
  const inside = new Set(cells);
  const metres = new Map<number, number>();
  for (const cell of cells)
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const next = graph.neighbours[slot]!;
      const zone = assignment[next]!;
      if (!graph.passable[slot] || inside.has(next) || zone === 0 || zone === except) continue;
      if (!locked.has(zone as ZoneId)) metres.set(zone, (metres.get(zone) ?? 0) + graph.sharedMetres[slot]!);
    }
  const [best] = [...metres].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best?.[0] as ZoneId | undefined;
}
