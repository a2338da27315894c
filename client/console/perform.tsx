import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { CallRefused } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { languages, type Words } from '../words/words.tsx';
import { showTaken } from './room.ts';
import { remember, takeRedo, takeUndo, undoMs, type DoneAct } from './undo.ts';
import classes from './toasts.module.css';

/** The sentences of the person at this screen, outside of components. */
export const wordsNow = (): Words => languages[usePreferences.getState().language];

/** True while the line is down: acts wait until it is back. */
export const isOffline = (): boolean => useLive.getState().connection === 'lost';

/** One act of the dispatcher. `undo` is the command that compensates it. */
export interface Act {
  readonly label: string;
  readonly run: () => Promise<unknown>;
  readonly undo?: (() => Promise<unknown>) | undefined;
  /** Said by whoever asked; no message of its own. */
  readonly quiet?: boolean;
}

/** Acts that the server has not answered yet; their facts may be on the screen already. */
const underWay = new Set<Promise<unknown>>();

/** Does an act once the server agrees; says it, and lets it be taken back for ten seconds. Answers whether it was done. */
export async function perform(act: Act): Promise<boolean> {
  if (isOffline()) {
    say(wordsNow().detail.acts.offline, 'refused');
    return false;
  }
  const running = act.run();
  underWay.add(running);
  try {
    await running;
  } catch (error) {
    if (act.quiet) throw error;
    sayRefused(error);
    return false;
  } finally {
    underWay.delete(running);
  }
  if (act.undo) {
    const { undo, run } = act;
    offerUndo(
      remember(
        { label: act.label, undo: () => undo().then(noResult), redo: () => run().then(noResult) },
        Date.now(),
      ),
    );
  } else if (!act.quiet) say(act.label, 'done');
  return true;
}

const noResult = () => undefined;

function offerUndo(act: DoneAct): void {
  const id = crypto.randomUUID();
  const words = wordsNow().console.toasts;
  notifications.show({
    id,
    message: (
      <span className={classes['undo']}>
        <span>{act.label}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            void undo(act);
          }}
        >
          {words.undo}
        </Button>
      </span>
    ),
    autoClose: undoMs,
    closeButtonProps: { 'aria-label': words.close },
  });
}

/** Takes back the given act, or the last one. */
export async function undo(wanted?: DoneAct): Promise<void> {
  const words = wordsNow().console.toasts;
  await Promise.allSettled(underWay);
  const act = takeUndo(Date.now(), wanted);
  if (!act) return say(words.nothingToUndo, 'refused');
  try {
    await act.undo();
    say(words.undone({ act: act.label }), 'done');
  } catch (error) {
    sayRefused(error);
  }
}

/** Does again what was taken back last. */
export async function redo(): Promise<void> {
  const words = wordsNow().console.toasts;
  const act = takeRedo(Date.now());
  if (!act) return say(words.nothingToRedo, 'refused');
  try {
    await act.redo();
    offerUndo(remember(act, Date.now()));
  } catch (error) {
    sayRefused(error);
  }
}

/** A short message at the bottom of the screen. */
export function say(message: string, tone: 'done' | 'refused'): void {
  notifications.show({
    message,
    color: tone === 'done' ? 'act' : 'red',
    closeButtonProps: { 'aria-label': wordsNow().console.toasts.close },
  });
}

/** The sentence of a refusal. */
export function sentenceOf(error: unknown): string {
  const words = wordsNow();
  if (!(error instanceof CallRefused)) return words.refusals.bug;
  if (error.code === 'bug' && error.id !== null) return words.console.toasts.bug({ id: error.id });
  return words.refusals[error.code] ?? words.refusals.bug;
}

/** Says why not. Somebody who was faster is no error: the row says who, when, with which team. */
export function sayRefused(error: unknown): void {
  if (error instanceof CallRefused && error.code === 'incident_taken') {
    const { incidentId, by, at, teamCode } = error.detail as Record<string, unknown>;
    showTaken(Number(incidentId), {
      by: typeof by === 'string' ? by : null,
      atMs: Date.parse(String(at)),
      team: typeof teamCode === 'string' ? teamCode : '',
    });
    return;
  }
  say(sentenceOf(error), 'refused');
}
