import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { DraftChange, DraftOperation } from '../../contract/planning.ts';
import type { PlanningRefusal } from '../../contract/planning-codes.ts';
import { membersOf } from './assignment.ts';
import type { Assignment, CellZone } from './assignment.ts';
import { splitMembers } from './design/halves.ts';
import type { TownGraph } from './graph.ts';

/** Who acts, under which id: repeats of an id are harmless. */
export interface OperationStamp {
  readonly opId: string;
  readonly author: number;
}

/** An operation or the reason why there is none. */
export type OperationOutcome =
  | { readonly ok: true; readonly operation: DraftOperation }
  | { readonly ok: false; readonly refusal: PlanningRefusal };

/** Groups pairs by target zone, cells ascending: the form in which an operation travels. */
export function changesFrom(pairs: Iterable<CellZone>): DraftChange[] {
  const zones = new Map<ZoneId | null, CellId[]>();
  for (const { cellId, zoneId } of pairs) {
    const cells = zones.get(zoneId);
    if (cells) cells.push(cellId);
    else zones.set(zoneId, [cellId]);
  }
  return [...zones]
    .map(([zoneId, cellIds]) => ({ zoneId, cellIds: cellIds.sort((a, b) => a - b) }))
    .sort((a, b) => (a.zoneId ?? 0) - (b.zoneId ?? 0));
}

/** Gives cells to a zone, or takes their zone away with null (eraser). One drag is one operation. */
export const paint = (
  stamp: OperationStamp,
  cellIds: Iterable<CellId>,
  zoneId: ZoneId | null,
): DraftOperation => ({
  ...stamp,
  kind: 'assign',
  changes: changesFrom([...new Set(cellIds)].map((cellId) => ({ cellId, zoneId }))),
});

/** Locks or unlocks zones: a locked zone neither gives nor takes cells. */
export const lockZones = (
  stamp: OperationStamp,
  zoneIds: readonly ZoneId[],
  locked: boolean,
): DraftOperation => ({ ...stamp, kind: locked ? 'lock' : 'unlock', zoneIds: [...zoneIds] });

/** Takes an earlier operation back, or puts it into force again. */
export const undo = (stamp: OperationStamp, target: string): DraftOperation => ({
  ...stamp,
  kind: 'undo',
  target,
});
export const redo = (stamp: OperationStamp, target: string): DraftOperation => ({
  ...stamp,
  kind: 'redo',
  target,
});

/** Merges zones into the first one; the others leave the plan. */
export function mergeZones(
  stamp: OperationStamp,
  graph: TownGraph,
  assignment: Assignment,
  zoneIds: readonly ZoneId[],
): OperationOutcome {
  const [into, ...others] = [...new Set(zoneIds)];
  if (into === undefined || others.length === 0) return { ok: false, refusal: 'zone_unknown' };
  const cells = others.flatMap((zone) => membersOf(assignment, zone));
  return {
    ok: true,
    operation: {
      ...stamp,
      kind: 'assign',
      changes: changesFrom(cells.map((cell) => ({ cellId: graph.cellIds[cell]!, zoneId: into }))),
      removedZones: others,
    },
  };
}

/**
 * Splits a zone into balanced contiguous parts: the part with most work keeps the zone's id, the others take the new
 * ids in order. Same input, same parts.
 */
export function splitZone(
  stamp: OperationStamp,
  graph: TownGraph,
  assignment: Assignment,
  zoneId: ZoneId,
  newZoneIds: readonly ZoneId[],
): OperationOutcome {
  const members = membersOf(assignment, zoneId);
  if (members.length === 0) return { ok: false, refusal: 'zone_unknown' };
  if (members.length < newZoneIds.length + 1) return { ok: false, refusal: 'zone_small' };
  const [, ...rest] = splitMembers(graph, members, newZoneIds.length + 1);
  const pairs = rest.flatMap((cells, i) =>
    cells.map((cell) => ({ cellId: graph.cellIds[cell]!, zoneId: newZoneIds[i]! })),
  );
  return {
    ok: true,
    operation: { ...stamp, kind: 'assign', changes: changesFrom(pairs), addedZones: [...newZoneIds] },
  };
}

/** Lets two zones change places, so that their numbers and names are exchanged and their areas keep their teams. */
export const exchangeZones = (stamp: OperationStamp, one: ZoneId, other: ZoneId): DraftOperation => ({
  ...stamp,
  kind: 'exchange',
  zoneIds: [one, other],
});

/**
 * Takes a zone as another plan has it: its cells come to it, and cells that it holds beyond them go where that plan has them,
 * or stay where this plan does not know that zone. Locked zones are left alone by the log.
 */
export function takeZone(
  stamp: OperationStamp,
  graph: TownGraph,
  plan: { readonly assignment: Assignment; readonly zones: ReadonlySet<ZoneId> },
  other: Assignment,
  zoneId: ZoneId,
): OperationOutcome {
  const pairs: { cellId: CellId; zoneId: ZoneId }[] = [];
  for (const [cell, theirs] of other.entries()) {
    const [mine, cellId] = [plan.assignment[cell]!, graph.cellIds[cell]!];
    if (theirs === zoneId && mine !== zoneId) pairs.push({ cellId, zoneId });
    else if (mine === zoneId && theirs !== zoneId && plan.zones.has(theirs as ZoneId))
      pairs.push({ cellId, zoneId: theirs as ZoneId });
  }
  if (!other.includes(zoneId)) return { ok: false, refusal: 'zone_unknown' };
  return {
    ok: true,
    operation: {
      ...stamp,
      kind: 'assign',
      changes: changesFrom(pairs),
      ...(!plan.zones.has(zoneId) && { addedZones: [zoneId] }),
    },
  };
}
