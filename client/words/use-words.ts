import { createContext, useContext } from 'react';
import type { zhCN } from './zh-CN.ts';

/** The sentences of one language. */
export type Words = typeof zhCN;

/** Filled by a door's provider; a door may leave out the sentences of the others, so that a phone loads only its own. */
export const WordsContext = createContext<Words | null>(null);

/** The sentences to show. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no language was provided');
  return words;
}
