import { useEffect, type ReactNode } from 'react';
import { usePreferences, type Language } from '../ui/preferences.ts';
import { en } from './en.ts';
import { useWords, WordsContext, type Words } from './use-words.ts';
import { zhCN } from './zh-CN.ts';

export { useWords, type Words };

/** All languages, complete by type. */
export const languages: Readonly<Record<Language, Words>> = { 'zh-CN': zhCN, en };

/** Gives the screens below it the language that the person chose, and tells the browser which it is. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((state) => state.language);
  const words = languages[language];
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}
