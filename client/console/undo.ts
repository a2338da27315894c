import { create } from 'zustand';

/** How long an act can be taken back, ms. */
export const undoMs = 10_000;

/** An act that was done. Taking it back is another command, never a deletion. */
export interface DoneAct {
  readonly label: string;
  readonly doneAtMs: number;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

interface UndoStore {
  readonly done: readonly DoneAct[];
  readonly undone: readonly DoneAct[];
}

/** Forgets everything: another person sits here now. */
export const forgetActs = (): void => useUndo.setState({ done: [], undone: [] });

const fresh = (acts: readonly DoneAct[], nowMs: number) =>
  acts.filter(({ doneAtMs }) => nowMs - doneAtMs < undoMs);

/** Acts of the last ten seconds. */
export const useUndo = create<UndoStore>()(() => ({ done: [], undone: [] }));

/** Notes an act that can be taken back; what was undone before it cannot be done again. */
export function remember(act: Omit<DoneAct, 'doneAtMs'>, nowMs: number): DoneAct {
  const done = { ...act, doneAtMs: nowMs };
  useUndo.setState(({ done: before }) => ({ done: [...fresh(before, nowMs), done], undone: [] }));
  return done;
}

/** The act that undo would take back now, off the list; null when it is too late. */
export function takeUndo(nowMs: number, wanted?: DoneAct): DoneAct | null {
  const done = fresh(useUndo.getState().done, nowMs);
  const act = wanted ? done.find((one) => one === wanted) : done.at(-1);
  if (!act) return null;
  useUndo.setState(({ undone }) => ({
    done: done.filter((one) => one !== act),
    undone: [...fresh(undone, nowMs), { ...act, doneAtMs: nowMs }],
  }));
  return act;
}

/** The act that redo would do again now, off the list. */
export function takeRedo(nowMs: number): DoneAct | null {
  const undone = fresh(useUndo.getState().undone, nowMs);
  const act = undone.at(-1) ?? null;
  useUndo.setState({ undone: undone.slice(0, -1) });
  return act;
}
