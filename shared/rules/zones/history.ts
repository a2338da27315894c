import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { LogEntry } from '../../contract/planning.ts';
import { assignmentFrom } from './assignment.ts';
import type { CellZone } from './assignment.ts';
import { carryDraft } from './carry.ts';
import type { TownGraph } from './graph.ts';
import { applyOperation, newDraft } from './log.ts';
import type { Draft } from './log.ts';

/** What the fold of a log asks of a graph: which cell has which number. Cells stand in ascending order of their ids. */
export type CellNumbers = Pick<TownGraph, 'cellIds' | 'indexOf'>;

/** Numbers cells in ascending order. */
export function numberCells(ids: Iterable<CellId>): CellNumbers {
  const cellIds = [...ids].sort((a, b) => a - b);
  return { cellIds, indexOf: new Map(cellIds.map((id, i) => [id, i])) };
}

/** A draft together with the cells that it stands on at this place of its log. */
export interface HistoryState {
  readonly cells: CellNumbers;
  readonly draft: Draft;
}

/** A draft before the first entry of its log. */
export function historyStart(pairs: readonly CellZone[], zones: Iterable<ZoneId>): HistoryState {
  const cells = numberCells(pairs.map(({ cellId }) => cellId));
  return { cells, draft: newDraft(assignmentFrom(cells as TownGraph, pairs), zones) };
}

/**
 * The next entry of a log: an operation, or an edit of the cells that carries the draft over. An entry that is no successor
 * of the last one throws RangeError: a gap is asked for again, never skipped.
 */
export function nextEntry({ cells, draft }: HistoryState, entry: LogEntry): HistoryState {
  if (entry.seq !== draft.seq + 1)
    throw new RangeError(`entry ${entry.seq} does not follow ${draft.seq} in the log`);
  if ('operation' in entry)
    return { cells, draft: applyOperation(cells as TownGraph, draft, entry.operation).draft };
  const gone = new Set(entry.cells.lineage.flatMap(({ from }) => from));
  const after = numberCells([
    ...cells.cellIds.filter((id) => !gone.has(id)),
    ...entry.cells.lineage.flatMap(({ to }) => to),
  ]);
  const carried = carryDraft(cells as TownGraph, draft, after as TownGraph, entry.cells.lineage);
  return { cells: after, draft: { ...carried.draft, seq: entry.seq } };
}

/** A whole log over its start. */
export const foldHistory = (start: HistoryState, entries: Iterable<LogEntry>): HistoryState =>
  [...entries].sort((a, b) => a.seq - b.seq).reduce(nextEntry, start);
