import { notifications } from '@mantine/notifications';
import { CallRefused } from '../live/call.ts';
import { usePreferences } from '../ui/preferences.ts';
import { languages, type Words } from '../words/words.tsx';

/** The sentences of the person at this screen, outside of components. */
export const wordsNow = (): Words => languages[usePreferences.getState().language];

/** A short message at the bottom of the screen. */
export function say(message: string, tone: 'done' | 'refused' = 'done'): void {
  notifications.show({
    message,
    color: tone === 'done' ? 'act' : 'red',
    closeButtonProps: { 'aria-label': wordsNow().studio.close },
  });
}

/** The sentence of a refusal. */
export function sentenceOf(error: unknown): string {
  const words = wordsNow();
  if (!(error instanceof CallRefused)) return words.refusals.bug;
  return words.refusals[error.code] ?? words.refusals.bug;
}

/** Says why not. */
export const sayRefused = (error: unknown): void => say(sentenceOf(error), 'refused');

/** The sentence of a refusal's code that came as a plain text. */
export function sentenceOfCode(code: string): string {
  const { refusals } = wordsNow();
  return refusals[code as keyof typeof refusals] ?? refusals.bug;
}

const listeners = new Set<(sentence: string) => void>();

/** Calls back with what assistive technology should read; the answer stops it. */
export function onTold(listener: (sentence: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells a sentence to the live region. */
export function tell(sentence: string): void {
  for (const listener of listeners) listener(sentence);
}
