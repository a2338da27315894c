import { adminWords } from './zh-CN-admin.ts';
import { codes } from './zh-CN-codes.ts';
import { consoleWords } from './zh-CN-console.ts';
import { workWords } from './zh-CN-detail-work.ts';
import { detailWords } from './zh-CN-detail.ts';
import { fileWords } from './zh-CN-files.ts';
import { officerWords } from './zh-CN-officer.ts';
import { refusals } from './zh-CN-refusals.ts';
import { sharedWords } from './zh-CN-shared.ts';
import { signInWords } from './zh-CN-sign-in.ts';
import { studioWords } from './zh-CN-studio.ts';
import { timelineWords } from './zh-CN-timeline.ts';

/** Every sentence that a person reads, by screen, one file each. Sentences are whole; values come in by name. */
export const zhCN = {
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
