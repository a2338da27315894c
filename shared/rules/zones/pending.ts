import type { CellId } from '../../contract/ids.ts';
import { changesFrom } from './operations.ts';
import type { OperationStamp } from './operations.ts';
import type { CellZone } from './assignment.ts';
import type { DraftOperation } from '../../contract/planning.ts';

/** Proposed changes that wait for a person: from a selection, a proposal or an import. */
export type PendingSelection = ReadonlyMap<CellId, CellZone>;

/** A selection from pairs; the last pair of a cell counts. */
export const pendingFrom = (pairs: Iterable<CellZone>): PendingSelection =>
  new Map([...pairs].map((pair) => [pair.cellId, pair]));

/** Adds pairs to a selection, or replaces those of the same cells. */
export const addPending = (selection: PendingSelection, pairs: Iterable<CellZone>): PendingSelection =>
  new Map([...selection, ...pendingFrom(pairs)]);

/** The outcome of taking some of a selection: one operation and what still waits. */
export interface Accepted {
  readonly operation: DraftOperation;
  readonly rest: PendingSelection;
}

/** Takes the given cells of a selection, or all of it, as one operation. */
export function acceptPending(
  stamp: OperationStamp,
  selection: PendingSelection,
  cellIds: Iterable<CellId> = selection.keys(),
): Accepted {
  const wanted = new Set(cellIds);
  const taken = [...selection.values()].filter((pair) => wanted.has(pair.cellId));
  return {
    operation: { ...stamp, kind: 'assign', changes: changesFrom(taken) },
    rest: rejectPending(selection, wanted),
  };
}

/** Drops the given cells from a selection; nothing else happens. */
export function rejectPending(selection: PendingSelection, cellIds: Iterable<CellId>): PendingSelection {
  const gone = new Set(cellIds);
  return new Map([...selection].filter(([cellId]) => !gone.has(cellId)));
}
