import type { Measure } from '../../shared/contract/enforcement.ts';
import type { Paper } from '../../shared/contract/papers.ts';
import { dayOfDate, startOfDay } from '../../shared/rules/calendar.ts';
import type { Tx } from '../kernel/transact.ts';
import { dateInWords } from './chinese.ts';
import type { Officer } from './crew.ts';
import type { Held } from './file-steps.ts';
import { makeFilePaper } from './file-paper.ts';
import { remedyText } from './remedy-text.ts';
import { readSettings } from './store-settings.ts';

/* Papers of measures on things. The list stands in the paper itself: what was taken is what both sides signed for. */

/** 1. 烧烤炉 2台（八成新） — one line a thing. */
export const thingLines = (
  things: readonly Pick<Measure['things'][number], 'name' | 'quantity' | 'state'>[],
): string =>
  things
    .map(({ name, quantity, state }, i) => `${i + 1}. ${name} ${quantity}${state ? `（${state}）` : ''}`)
    .join('\n');

const dateOf = (date: string): string => dateInWords(startOfDay(dayOfDate(date)));

const make = async (
  tx: Tx,
  one: Held,
  { fields, ...paper }: Parameters<typeof makeFilePaper>[2],
): Promise<Paper> =>
  makeFilePaper(tx, one, {
    ...paper,
    fields: { remedy: remedyText(await readSettings(tx.db), 'ordinary'), ...fields },
  });

/** 先行登记保存证据通知书, or 查封（扣押）决定书 (行政强制法 24). */
export const makeMeasurePaper = (
  tx: Tx,
  one: Held & {
    crew: readonly Officer[];
    measure: Measure;
    lastDate: string;
    urgent: boolean;
    at: number;
  },
): Promise<Paper> =>
  make(tx, one, {
    kind: one.measure.kind === 'seizure' ? 'seizure_decision' : 'preservation_notice',
    crew: one.crew,
    hand: { subject: `measure/${one.measure.id}`, purpose: 'things' },
    at: one.at,
    fields: {
      things: thingLines(one.measure.things),
      keptAt: one.measure.keptAt,
      period: `自${dateInWords(one.at)}起至${dateOf(one.lastDate)}止`,
      grounds: one.measure.reason,
      approval: one.urgent
        ? '情况紧急，当场实施，执法人员在二十四小时内向本机关负责人报告并补办批准手续。'
        : '本措施经本机关负责人批准。',
    },
  });

/** 延长查封（扣押）期限通知书 (行政强制法 25②). */
export const makeExtensionNotice = (
  tx: Tx,
  one: Held & { measure: Measure; reason: string; lastDate: string },
): Promise<Paper> =>
  make(tx, one, {
    kind: 'extension_notice',
    crew: [],
    hand: { subject: `measure/${one.measure.id}`, purpose: 'release' },
    fields: { things: thingLines(one.measure.things), period: dateOf(one.lastDate), grounds: one.reason },
  });

const outcomes = {
  returned: '解除措施，将上述物品退还当事人。',
  seized: '转为查封、扣押。',
  transferred: '随案移送。',
} as const;

/** What becomes of things that were registered or seized (行政处罚法 56, 行政强制法 27, 28). */
export const makeReleaseDecision = (
  tx: Tx,
  one: Held & {
    crew: readonly Officer[];
    measure: Measure;
    outcome: keyof typeof outcomes;
    reason: string;
  },
): Promise<Paper> =>
  make(tx, one, {
    kind: 'release_decision',
    crew: one.crew,
    hand: { subject: `measure/${one.measure.id}`, purpose: 'release' },
    fields: {
      measure: one.measure.kind === 'seizure' ? '查封（扣押）' : '先行登记保存',
      things: thingLines(one.measure.things.filter(({ outcome }) => outcome === null)),
      decision: outcomes[one.outcome],
      grounds: one.reason,
    },
  });
