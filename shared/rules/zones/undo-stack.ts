import type { Draft } from './log.ts';

/** What one person's next undo and redo would take: derived from the log alone, so it survives a reload. */
export interface UndoStack {
  readonly undo: string | undefined;
  readonly redo: string | undefined;
}

/** Undo takes the person's last operation in force; redo the last undone one, until the person does something new. */
export function undoStackOf(draft: Draft, author: number): UndoStack {
  const done: string[] = [];
  const undone: string[] = [];
  const remove = (list: string[], id: string): void => {
    const at = list.lastIndexOf(id);
    if (at >= 0) list.splice(at, 1);
  };
  const records = [...draft.records.values()].sort((a, b) => a.seq - b.seq);
  for (const { operation } of records) {
    if (operation.author !== author) continue;
    if (operation.kind === 'undo') {
      remove(done, operation.target);
      undone.push(operation.target);
    } else if (operation.kind === 'redo') {
      remove(undone, operation.target);
      done.push(operation.target);
    } else {
      done.push(operation.opId);
      undone.length = 0;
    }
  }
  return { undo: done.at(-1), redo: undone.at(-1) };
}
