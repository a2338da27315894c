import type { ZoneId } from '../../contract/ids.ts';
import type { Topology } from '../cells/arcs.ts';
import { dissolve } from '../cells/dissolve.ts';
import type { Polygon } from '../cells/dissolve.ts';
import { membersOf } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';

/** The derived outline of a zone. */
export interface ZoneShape {
  /** Names the set of cells; equal sets have equal keys in every session. */
  readonly key: string;
  readonly polygons: readonly Polygon[];
}

/** Key of a set of cells: their number and two 32-bit hashes of the ascending ids, FNV-1a and one chained to it. */
export function shapeKey(ids: readonly number[]): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (const id of [...ids].sort((a, b) => a - b)) {
    low = Math.imul(low ^ (id & 0xffff), 0x01000193) >>> 0;
    low = Math.imul(low ^ (id >>> 16), 0x01000193) >>> 0;
    high = Math.imul(high ^ (id + low), 0x01000193) >>> 0;
  }
  return `${ids.length}-${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
}

/**
 * The shapes of zones after a change: only `touched` zones are looked at, and of those only the ones with another set of
 * cells are dissolved again; all others are the same objects as before.
 */
export function redissolve(
  graph: TownGraph,
  topology: Topology,
  assignment: Assignment,
  touched: Iterable<ZoneId>,
  previous: ReadonlyMap<ZoneId, ZoneShape> = new Map(),
): ReadonlyMap<ZoneId, ZoneShape> {
  const shapes = new Map(previous);
  for (const zoneId of touched) {
    const members = membersOf(assignment, zoneId);
    const key = shapeKey(members.map((cell) => graph.cellIds[cell]!));
    if (shapes.get(zoneId)?.key === key) continue;
    if (members.length === 0) shapes.delete(zoneId);
    else shapes.set(zoneId, { key, polygons: dissolve(topology, members) });
  }
  return shapes;
}
