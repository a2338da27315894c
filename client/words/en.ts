import { adminWords } from './en-admin.ts';
import { codes } from './en-codes.ts';
import { consoleWords } from './en-console.ts';
import { workWords } from './en-detail-work.ts';
import { detailWords } from './en-detail.ts';
import { fileWords } from './en-files.ts';
import { officerWords } from './en-officer.ts';
import { refusals } from './en-refusals.ts';
import { sharedWords } from './en-shared.ts';
import { signInWords } from './en-sign-in.ts';
import { studioWords } from './en-studio.ts';
import { timelineWords } from './en-timeline.ts';
import type { Words } from './use-words.ts';

/** Every sentence that a person reads, in English; the compiler holds it to the keys of zh-CN. */
export const en: Words = {
  ...sharedWords,
  codes,
  refusals,
  signIn: signInWords,
  admin: adminWords,
  console: consoleWords,
  detail: detailWords,
  files: fileWords,
  officer: officerWords,
  studio: studioWords,
  timeline: timelineWords,
  work: workWords,
};
