import { adminWords } from './en-admin.ts';
import { codes } from './en-codes.ts';
import { consoleWords } from './en-console.ts';
import { detailWords } from './en-detail.ts';
import { refusals } from './en-refusals.ts';
import { signInWords } from './en-sign-in.ts';
import { studioWords } from './en-studio.ts';
import { timelineWords } from './en-timeline.ts';
import type { Words } from './words.tsx';

/** Every sentence that a person reads, in English; the compiler holds it to the keys of zh-CN. */
export const en: Words = {
  product: 'Grid Dispatch',
  codes,
  refusals,
  shared: {
    theme: { toLight: 'Switch to light', toDark: 'Switch to dark' },
    language: { next: '中文', label: '切换语言 / Switch language' },
  },
  signIn: signInWords,
  admin: adminWords,
  console: consoleWords,
  detail: detailWords,
  studio: studioWords,
  timeline: timelineWords,
};
