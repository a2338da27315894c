import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { Lineage } from '../cells/coverage.ts';
import { unassigned, zoneAt } from './assignment.ts';
import type { TownGraph } from './graph.ts';
import type { Draft, OperationRecord } from './log.ts';
import type { Write } from './writes.ts';

/** A draft on the new cells, with the merged cells that a person has to decide about. */
export interface CarriedDraft {
  readonly draft: Draft;
  readonly conflicts: readonly { readonly cellId: CellId; readonly zoneIds: readonly (ZoneId | null)[] }[];
}

/**
 * Takes a draft with its whole log over to edited cells, so that undo goes on working. A part or a reshaped cell inherits
 * the zone and the history of its source. A merged cell inherits both when all sources agree; sources with one zone but
 * different histories give the zone as a new beginning; sources with different zones give a conflict and no zone.
 */
export function carryDraft(
  before: TownGraph,
  draft: Draft,
  after: TownGraph,
  lineage: readonly Lineage[],
): CarriedDraft {
  const origins = new Map(lineage.flatMap(({ from, to }) => to.map((id) => [id, from] as const)));
  const sources = after.cellIds.map((id) =>
    (origins.get(id) ?? [id]).flatMap((from) => before.indexOf.get(from) ?? []),
  );
  const conflicts: { cellId: CellId; zoneIds: readonly (ZoneId | null)[] }[] = [];
  const base = new Int32Array(sources.length);
  const assignment = new Int32Array(sources.length);
  const writes: (Write | undefined)[] = [];
  const heirs = new Map<number, number[]>();
  for (const [cell, from] of sources.entries()) {
    const first = from[0];
    const zones = new Set(from.map((source) => draft.assignment[source]!));
    assignment[cell] = zones.size === 1 && first !== undefined ? draft.assignment[first]! : unassigned;
    base[cell] = assignment[cell]!;
    writes.push(undefined);
    if (zones.size > 1)
      conflicts.push({
        cellId: after.cellIds[cell]!,
        zoneIds: [...new Set(from.map((source) => zoneAt(draft.assignment, source)))],
      });
    if (first === undefined || !from.every((source) => sameHistory(draft, first, source))) continue;
    base[cell] = draft.base[first]!;
    writes[cell] = draft.writes[first];
    heirs.set(first, [...(heirs.get(first) ?? []), cell]);
  }
  const records = new Map<string, OperationRecord>();
  for (const [opId, record] of draft.records) {
    const wrote = new Map<number, number>();
    for (const [source, zone] of record.wrote)
      for (const cell of heirs.get(source) ?? []) wrote.set(cell, zone);
    records.set(opId, { ...record, wrote });
  }
  return { draft: { ...draft, base, assignment, writes, records }, conflicts };
}

/** True when two cells of a draft start alike and every operation wrote both or neither, to the same zone. */
function sameHistory(draft: Draft, one: number, two: number): boolean {
  if (one === two) return true;
  if (draft.base[one] !== draft.base[two]) return false;
  return [...draft.records.values()].every(({ wrote }) => wrote.get(one) === wrote.get(two));
}
