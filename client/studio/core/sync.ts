import type { DraftOperation, LogEntry } from '../../../shared/contract/planning.ts';
import { nextEntry } from '../../../shared/rules/zones/history.ts';
import type { HistoryState } from '../../../shared/rules/zones/history.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import { withPending } from '../../../shared/rules/zones/log.ts';
import type { Draft } from '../../../shared/rules/zones/log.ts';

/**
 * One planner's end of a shared draft: what the server confirmed, the operations of others and own ones that it has not
 * confirmed yet, and the draft as the planner sees it, with the latter on top of the former. Immutable.
 */
export interface Sync {
  readonly confirmed: HistoryState;
  readonly pending: readonly DraftOperation[];
  /** What the others have drawn and the log does not tell yet: shown under the own ones, never sent. */
  readonly ahead: readonly DraftOperation[];
  readonly view: Draft;
  /** Entries that came before the one that they follow. */
  readonly early: readonly LogEntry[];
  /** The log has a gap: entries after `confirmed.draft.seq` must be asked for. */
  readonly gap: boolean;
}

/** The start of a session; `pending` are operations kept from before a reload. */
export function openSync(confirmed: HistoryState, pending: readonly DraftOperation[] = []): Sync {
  const left = pending.filter(({ opId }) => !confirmed.draft.records.has(opId));
  return { confirmed, pending: left, ahead: [], view: viewOf(confirmed, left), early: [], gap: false };
}

/** The planner does something: it shows at once and waits to be sent. */
export function act(sync: Sync, operation: DraftOperation): Sync {
  const pending = [...sync.pending, operation];
  return { ...sync, pending, view: withPending(sync.confirmed.cells as TownGraph, sync.view, [operation]) };
}

/** Entries arrive, in any order and more than once; own ones leave the waiting list. */
export function take(sync: Sync, entries: Iterable<LogEntry>): Sync {
  let { confirmed } = sync;
  const start = confirmed.draft.seq;
  const waiting = [...sync.early, ...entries].sort((a, b) => a.seq - b.seq);
  const early: LogEntry[] = [];
  for (const entry of waiting) {
    if (entry.seq <= confirmed.draft.seq) continue;
    if (entry.seq === confirmed.draft.seq + 1) confirmed = nextEntry(confirmed, entry);
    else if (!early.some(({ seq }) => seq === entry.seq)) early.push(entry);
  }
  const gap = early.length > 0;
  if (confirmed.draft.seq === start) return { ...sync, early, gap };
  const open = ({ opId }: DraftOperation): boolean => !confirmed.draft.records.has(opId);
  const pending = sync.pending.filter(open);
  const ahead = sync.ahead.filter(open);
  return { confirmed, pending, ahead, view: viewOf(confirmed, [...ahead, ...pending]), early, gap };
}

/** Another planner draws: it shows at once, until the log tells it or it lapses. */
export function hear(sync: Sync, operations: readonly DraftOperation[]): Sync {
  const known = (opId: string): boolean =>
    sync.confirmed.draft.records.has(opId) || sync.ahead.some((one) => one.opId === opId);
  const fresh = operations.filter(({ opId }) => !known(opId));
  if (fresh.length === 0) return sync;
  const ahead = [...sync.ahead, ...fresh];
  return { ...sync, ahead, view: viewOf(sync.confirmed, [...ahead, ...sync.pending]) };
}

/** What was heard and did not come by the log: it was turned down or lost, and its effect goes. */
export function lapse(sync: Sync, opIds: ReadonlySet<string>): Sync {
  const ahead = sync.ahead.filter(({ opId }) => !opIds.has(opId));
  if (ahead.length === sync.ahead.length) return sync;
  return { ...sync, ahead, view: viewOf(sync.confirmed, [...ahead, ...sync.pending]) };
}

/** The server turned some operations down: they leave the waiting list and their effect goes with them. */
export function drop(sync: Sync, opIds: ReadonlySet<string>): Sync {
  if (!sync.pending.some(({ opId }) => opIds.has(opId))) return sync;
  const pending = sync.pending.filter(({ opId }) => !opIds.has(opId));
  return { ...sync, pending, view: viewOf(sync.confirmed, [...sync.ahead, ...pending]) };
}

const viewOf = (confirmed: HistoryState, open: readonly DraftOperation[]): Draft =>
  withPending(confirmed.cells as TownGraph, confirmed.draft, open);
