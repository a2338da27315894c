import type { DraftOperation, LogEntry } from '../../../shared/contract/planning.ts';

/** What one person's next undo or redo takes: an operation, or an edit of the cells by its number in the log. */
export type Turn =
  { readonly kind: 'operation'; readonly opId: string } | { readonly kind: 'cells'; readonly seq: number };

/** The next undo and redo of a person. */
export interface Turns {
  readonly undo: Turn | undefined;
  readonly redo: Turn | undefined;
}

/**
 * Reads the turns out of the log and the operations that still wait, so that they survive a reload. An edit of the cells
 * is taken back by a revert; a revert is no step that can be done again.
 */
export function turnsOf(log: readonly LogEntry[], pending: readonly DraftOperation[], author: number): Turns {
  const done: Turn[] = [];
  const undone: Turn[] = [];
  const move = (from: Turn[], to: Turn[], opId: string): void => {
    const at = from.findLastIndex((turn) => turn.kind === 'operation' && turn.opId === opId);
    if (at >= 0) to.push(...from.splice(at, 1));
  };
  const hear = (operation: DraftOperation): void => {
    if (operation.author !== author) return;
    if (operation.kind === 'undo') move(done, undone, operation.target);
    else if (operation.kind === 'redo') move(undone, done, operation.target);
    else {
      done.push({ kind: 'operation', opId: operation.opId });
      undone.length = 0;
    }
  };
  const seen = new Set<string>();
  for (const entry of log)
    if ('operation' in entry) {
      seen.add(entry.operation.opId);
      hear(entry.operation);
    } else if (entry.cells.author === author) {
      if (entry.cells.kind === 'revert') {
        const at = done.findLastIndex(({ kind }) => kind === 'cells');
        if (at >= 0) done.splice(at, 1);
      } else if (entry.cells.kind !== 'rebase') done.push({ kind: 'cells', seq: entry.seq });
      undone.length = 0;
    }
  for (const operation of pending) if (!seen.has(operation.opId)) hear(operation);
  return { undo: done.at(-1), redo: undone.at(-1) };
}
