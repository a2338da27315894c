import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { Coverage, Lineage } from '../cells/coverage.ts';
import type { TownGraph } from './graph.ts';

/** Zone of each cell by the cell's number in the graph; 0 means without a zone. Treated as immutable. */
export type Assignment = Int32Array;

/** Mark of a cell without a zone; zone ids are positive. */
export const unassigned = 0;

/** One assignment of a cell as the wire and the log carry it. */
export interface CellZone {
  readonly cellId: CellId;
  readonly zoneId: ZoneId | null;
}

/** Builds an assignment from pairs; cells that no pair names have no zone, unknown cells are ignored. */
export function assignmentFrom(graph: TownGraph, pairs: Iterable<CellZone>): Assignment {
  const assignment = new Int32Array(graph.cellIds.length);
  for (const { cellId, zoneId } of pairs) {
    const index = graph.indexOf.get(cellId);
    if (index !== undefined) assignment[index] = zoneId ?? unassigned;
  }
  return assignment;
}

/** The zone of a cell number as an id, or null. */
export const zoneAt = (assignment: Assignment, index: number): ZoneId | null =>
  assignment[index] ? (assignment[index] as ZoneId) : null;

/** A cell that changes hands between two assignments. */
export interface CellDifference extends CellZone {
  readonly was: ZoneId | null;
}

/** Every cell whose zone differs, in the order of the graph. */
export function difference(
  graph: TownGraph,
  before: Assignment,
  after: Assignment,
): readonly CellDifference[] {
  return graph.cellIds.flatMap((cellId, i) =>
    before[i] === after[i] ? [] : [{ cellId, was: zoneAt(before, i), zoneId: zoneAt(after, i) }],
  );
}

/** The numbers of the cells that belong to a zone. */
export function membersOf(assignment: Assignment, zoneId: number): readonly number[] {
  const members: number[] = [];
  for (let i = 0; i < assignment.length; i++) if (assignment[i] === zoneId) members.push(i);
  return members;
}

/** The outcome of taking an assignment over to an edited coverage. */
export interface Carried {
  readonly pairs: readonly CellZone[];
  /** Merged cells whose sources belonged to different zones: a person decides. */
  readonly conflicts: readonly { readonly cellId: CellId; readonly zoneIds: readonly (ZoneId | null)[] }[];
}

/** Parts inherit the zone of the whole; a merged cell inherits when all its sources agree, else it is a conflict. */
export function carryOver(
  pairs: Iterable<CellZone>,
  lineage: readonly Lineage[],
  coverage: Coverage,
): Carried {
  const zones = new Map([...pairs].map(({ cellId, zoneId }) => [cellId, zoneId]));
  const conflicts: { cellId: CellId; zoneIds: readonly (ZoneId | null)[] }[] = [];
  for (const { from, to } of lineage) {
    const sources = [...new Set(from.map((id) => zones.get(id) ?? null))];
    for (const id of to) {
      zones.set(id, sources.length === 1 ? sources[0]! : null);
      if (sources.length > 1) conflicts.push({ cellId: id, zoneIds: sources });
    }
  }
  return {
    pairs: [...zones].flatMap(([cellId, zoneId]) => (coverage.cells.has(cellId) ? [{ cellId, zoneId }] : [])),
    conflicts,
  };
}
