import { adminWords } from './zh-CN-admin.ts';
import { codes } from './zh-CN-codes.ts';
import { consoleWords } from './zh-CN-console.ts';
import { detailWords } from './zh-CN-detail.ts';
import { refusals } from './zh-CN-refusals.ts';
import { signInWords } from './zh-CN-sign-in.ts';
import { studioWords } from './zh-CN-studio.ts';
import { timelineWords } from './zh-CN-timeline.ts';

/** Every sentence that a person reads, by screen, one file each. Sentences are whole; values come in by name. */
export const zhCN = {
  product: '网格派遣',
  codes,
  refusals,
  shared: {
    theme: { toLight: '换成浅色', toDark: '换成深色' },
    language: { next: 'English', label: '切换语言 / Switch language' },
  },
  signIn: signInWords,
  admin: adminWords,
  console: consoleWords,
  detail: detailWords,
  studio: studioWords,
  timeline: timelineWords,
};
