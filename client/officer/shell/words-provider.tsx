import { useEffect, type ReactNode } from 'react';
import { usePreferences, type Language } from '../../ui/preferences.ts';
import { codes as codesEn } from '../../words/en-codes.ts';
import { officerWords as officerEn } from '../../words/en-officer.ts';
import { refusals as refusalsEn } from '../../words/en-refusals.ts';
import { sharedWords as sharedEn } from '../../words/en-shared.ts';
import { signInWords as signInEn } from '../../words/en-sign-in.ts';
import { WordsContext, type Words } from '../../words/use-words.ts';
import { codes as codesZh } from '../../words/zh-CN-codes.ts';
import { officerWords as officerZh } from '../../words/zh-CN-officer.ts';
import { refusals as refusalsZh } from '../../words/zh-CN-refusals.ts';
import { sharedWords as sharedZh } from '../../words/zh-CN-shared.ts';
import { signInWords as signInZh } from '../../words/zh-CN-sign-in.ts';

/** Sentences that the officer's door shows; those of the console and the studio stay out of the phone. */
export type OfficerWords = Pick<Words, 'product' | 'codes' | 'refusals' | 'shared' | 'signIn' | 'officer'>;

const zhCN: OfficerWords = {
  ...sharedZh,
  codes: codesZh,
  refusals: refusalsZh,
  signIn: signInZh,
  officer: officerZh,
};
const en: OfficerWords = {
  ...sharedEn,
  codes: codesEn,
  refusals: refusalsEn,
  signIn: signInEn,
  officer: officerEn,
};
const languages: Readonly<Record<Language, OfficerWords>> = { 'zh-CN': zhCN, en };

/** Gives the phone's screens the language that the person chose, and tells the browser which it is. */
export function OfficerWordsProvider({ children }: { readonly children: ReactNode }) {
  const language = usePreferences((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // the screens of this door ask only for what is there
  return <WordsContext value={languages[language] as Words}>{children}</WordsContext>;
}
