import type { CellId, ZoneId } from '../../contract/ids.ts';
import type {
  AssignOperation,
  DraftOperation,
  ExchangeOperation,
  SequencedOperation,
  TurnOperation,
} from '../../contract/planning.ts';
import type { PlanningRefusal } from '../../contract/planning-codes.ts';
import { zoneAt } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';
import { isCovered, topOf, withWrite, withoutWrite } from './writes.ts';
import type { Write } from './writes.ts';

/** A draft as the fold of its log over a base assignment. Treated as immutable; equal logs give equal drafts. */
export interface Draft {
  readonly base: Assignment;
  readonly assignment: Assignment;
  readonly zones: ReadonlySet<ZoneId>;
  readonly locked: ReadonlySet<ZoneId>;
  /** Place of the last operation in the log. */
  readonly seq: number;
  /** The writes in force of each cell, newest first. */
  readonly writes: readonly (Write | undefined)[];
  readonly records: ReadonlyMap<string, OperationRecord>;
}

/** What the fold keeps of an operation. */
export interface OperationRecord {
  readonly seq: number;
  readonly operation: DraftOperation;
  readonly undone: boolean;
  /** Writes of an `assign` or an `exchange` by cell number; cells that were skipped have none. */
  readonly wrote: ReadonlyMap<number, number>;
}

/** A cell that an operation named and that stays as it is, with the reason. */
export interface SkippedCell {
  readonly cellId: CellId;
  readonly reason: 'zone_locked' | 'changed_since' | 'cell_unknown' | 'zone_unknown';
}

/** What an operation did. */
export interface OperationEffect {
  readonly draft: Draft;
  /** Cell numbers whose zone changed. */
  readonly changed: readonly number[];
  readonly skipped: readonly SkippedCell[];
  readonly refusal?: PlanningRefusal;
}

/** A draft without operations. */
export const newDraft = (base: Assignment, zones: Iterable<ZoneId>): Draft => ({
  base,
  assignment: base,
  zones: new Set(zones),
  locked: new Set(),
  seq: 0,
  writes: Array.from(base, () => undefined),
  records: new Map(),
});

/**
 * Applies the next operation. The last operation per cell wins; a known op id changes nothing. Undo takes back the
 * operation's writes: a cell that a later operation owns stays, is named, and will not come back through the undone
 * operation. A locked zone neither gives nor takes, whoever asks: painting skips its cells, undo and redo are refused as
 * a whole. A refused operation does not enter the log.
 */
export function applyOperation(graph: TownGraph, draft: Draft, operation: DraftOperation): OperationEffect {
  if (draft.records.has(operation.opId)) return { draft, changed: [], skipped: [] };
  const seq = draft.seq + 1;
  const keep = (next: Draft, wrote: ReadonlyMap<number, number> = new Map()): Draft => ({
    ...next,
    seq,
    records: new Map(next.records).set(operation.opId, { seq, operation, undone: false, wrote }),
  });
  if (operation.kind === 'assign') return assign(graph, draft, operation, seq, keep);
  if (operation.kind === 'exchange') return exchange(draft, operation, seq, keep);
  if (operation.kind === 'lock' || operation.kind === 'unlock') {
    const locked = lockedAfter(draft.locked, operation.zoneIds, operation.kind === 'lock');
    return { draft: keep({ ...draft, locked }), changed: [], skipped: [] };
  }
  return turn(graph, draft, operation, keep);
}

function lockedAfter(
  locked: ReadonlySet<ZoneId>,
  zoneIds: readonly ZoneId[],
  close: boolean,
): ReadonlySet<ZoneId> {
  const next = new Set(locked);
  for (const zone of zoneIds)
    if (close) next.add(zone);
    else next.delete(zone);
  return next;
}

type Keep = (next: Draft, wrote?: ReadonlyMap<number, number>) => Draft;

function assign(
  graph: TownGraph,
  draft: Draft,
  operation: AssignOperation,
  seq: number,
  keep: Keep,
): OperationEffect {
  const zones = zonesAfter(draft.zones, operation.addedZones, operation.removedZones);
  const skipped: SkippedCell[] = [];
  const wrote = new Map<number, number>();
  for (const { zoneId, cellIds } of operation.changes)
    for (const cellId of cellIds) {
      const cell = graph.indexOf.get(cellId);
      const from = cell === undefined ? null : zoneAt(draft.assignment, cell);
      if (cell === undefined) skipped.push({ cellId, reason: 'cell_unknown' });
      else if (zoneId !== null && !zones.has(zoneId)) skipped.push({ cellId, reason: 'zone_unknown' });
      else if (from !== zoneId && (isLocked(draft, from) || isLocked(draft, zoneId)))
        skipped.push({ cellId, reason: 'zone_locked' });
      else wrote.set(cell, zoneId ?? 0);
    }
  const writes = [...draft.writes];
  for (const [cell, zone] of wrote) writes[cell] = withWrite(writes[cell], { seq, zone });
  const { assignment, changed } = settle(draft, writes, wrote.keys());
  return { draft: keep({ ...draft, assignment, writes, zones }, wrote), changed, skipped };
}

/** Whatever the two zones hold at this place of the log changes hands; a locked zone, or one that left, refuses the whole. */
function exchange(
  draft: Draft,
  { zoneIds: [one, other] }: ExchangeOperation,
  seq: number,
  keep: Keep,
): OperationEffect {
  const nothing = (refusal: PlanningRefusal): OperationEffect => ({
    draft,
    changed: [],
    skipped: [],
    refusal,
  });
  if (one === other || !draft.zones.has(one) || !draft.zones.has(other)) return nothing('zone_unknown');
  if (draft.locked.has(one) || draft.locked.has(other)) return nothing('zone_locked');
  const wrote = new Map<number, number>();
  for (const [cell, zone] of draft.assignment.entries())
    if (zone === one || zone === other) wrote.set(cell, zone === one ? other : one);
  const writes = [...draft.writes];
  for (const [cell, zone] of wrote) writes[cell] = withWrite(writes[cell], { seq, zone });
  const { assignment, changed } = settle(draft, writes, wrote.keys());
  return { draft: keep({ ...draft, assignment, writes }, wrote), changed, skipped: [] };
}

/** The zones whose teams change places by an operation that was just applied: an exchange, or one taken back or done again. */
export function exchangedBy(draft: Draft, operation: DraftOperation): readonly [ZoneId, ZoneId] | null {
  if (operation.kind === 'exchange') return operation.zoneIds;
  if (operation.kind !== 'undo' && operation.kind !== 'redo') return null;
  const target = draft.records.get(operation.target)?.operation;
  return target?.kind === 'exchange' ? target.zoneIds : null;
}

function turn(graph: TownGraph, draft: Draft, operation: TurnOperation, keep: Keep): OperationEffect {
  const record = draft.records.get(operation.target);
  const nothing = (refusal: PlanningRefusal): OperationEffect => ({
    draft,
    changed: [],
    skipped: [],
    refusal,
  });
  const back = operation.kind === 'undo';
  if (!record) return nothing('operation_unknown');
  const target = record.operation;
  if (record.undone === back) return nothing('operation_undone');
  const records = new Map(draft.records).set(operation.target, { ...record, undone: back });
  if (target.kind === 'lock' || target.kind === 'unlock') {
    const locked = lockedAfter(draft.locked, target.zoneIds, (target.kind === 'lock') !== back);
    return { draft: keep({ ...draft, locked, records }), changed: [], skipped: [] };
  }
  if (target.kind === 'undo' || target.kind === 'redo') return nothing('operation_unknown');
  const writes = [...draft.writes];
  const skipped: SkippedCell[] = [];
  for (const [cell, zone] of record.wrote) {
    const before = writes[cell];
    const after = back
      ? withoutWrite(before, record.seq)
      : withWrite(withoutWrite(before, record.seq), { seq: record.seq, zone });
    const from = draft.assignment[cell]!;
    const to = topOf(after, draft.base[cell]!);
    const cellId = graph.cellIds[cell]!;
    if (from !== to && (draft.locked.has(from as ZoneId) || draft.locked.has(to as ZoneId)))
      return nothing('zone_locked');
    if (isCovered(before, record.seq)) skipped.push({ cellId, reason: 'changed_since' });
    writes[cell] = after;
  }
  const { assignment, changed } = settle(draft, writes, record.wrote.keys());
  const entering: Pick<AssignOperation, 'addedZones' | 'removedZones'> =
    target.kind === 'assign' ? target : {};
  const [added, removed] = back
    ? [entering.removedZones, entering.addedZones]
    : [entering.addedZones, entering.removedZones];
  // A zone that still has cells stays: somebody else went on with it.
  const used = new Set<number>(assignment);
  const gone = removed?.filter((zone) => !used.has(zone));
  const zones = zonesAfter(draft.zones, added, gone);
  return { draft: keep({ ...draft, assignment, writes, zones, records }), changed, skipped };
}

function settle(
  draft: Draft,
  writes: readonly (Write | undefined)[],
  touched: Iterable<number>,
): { assignment: Assignment; changed: number[] } {
  const assignment = draft.assignment.slice();
  const changed: number[] = [];
  for (const cell of touched) {
    assignment[cell] = topOf(writes[cell], draft.base[cell]!);
    if (assignment[cell] !== draft.assignment[cell]) changed.push(cell);
  }
  return { assignment, changed };
}

const isLocked = (draft: Draft, zone: ZoneId | null): boolean => zone !== null && draft.locked.has(zone);

function zonesAfter(
  zones: ReadonlySet<ZoneId>,
  added: readonly ZoneId[] = [],
  removed: readonly ZoneId[] = [],
): ReadonlySet<ZoneId> {
  if (added.length + removed.length === 0) return zones;
  const next = new Set(zones);
  for (const zone of removed) next.delete(zone);
  for (const zone of added) next.add(zone);
  return next;
}

/** Folds a log in the order of `seq`, whatever the order of arrival; repeats are dropped. */
export function foldLog(graph: TownGraph, draft: Draft, log: Iterable<SequencedOperation>): Draft {
  const ordered = [...log].sort((a, b) => a.seq - b.seq);
  return ordered.reduce((now, { operation }) => applyOperation(graph, now, operation).draft, draft);
}

/** A client's view: what the server confirmed, with its own waiting operations applied again on top. */
export function withPending(graph: TownGraph, confirmed: Draft, pending: readonly DraftOperation[]): Draft {
  return pending.reduce((now, operation) => applyOperation(graph, now, operation).draft, confirmed);
}
