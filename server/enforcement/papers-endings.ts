import type { FileAct } from '../../shared/contract/file-acts.ts';
import type { Paper } from '../../shared/contract/papers.ts';
import { familyOf } from '../incidents/store-field.ts';
import type { Tx } from '../kernel/transact.ts';
import { instantInWords } from './chinese.ts';
import { crewAt } from './crew.ts';
import { makeFilePaper } from './file-paper.ts';
import type { Held } from './file-steps.ts';
import { remedyText } from './remedy-text.ts';
import { evidenceOfIncidents } from './store-evidence.ts';
import { papersOfFile } from './store-papers.ts';
import { readSettings } from './store-settings.ts';

/* Papers of a hearing, and of the ends of a file that are no penalty. */

type Kind = 'hearing_notice' | 'hearing_record' | 'no_penalty_decision' | 'transfer_letter';

const make = async (
  tx: Tx,
  one: Held,
  kind: Kind,
  fields: Readonly<Record<string, string | null>>,
): Promise<Paper> =>
  makeFilePaper(tx, one, {
    kind,
    crew: await crewAt(tx, one.incident.id, one.file.officers, tx.at, false),
    fields,
  });

/** 听证通知书: time, place and chair, and what the party may do about them (64(2)(4)(5)). */
export const makeHearingNotice = (
  tx: Tx,
  one: Held & { heldAt: number; place: string; chair: string },
): Promise<Paper> =>
  make(tx, one, 'hearing_notice', {
    hearing: `根据《中华人民共和国行政处罚法》第六十四条的规定，本机关定于${instantInWords(one.heldAt)}在${one.place}举行听证，由${one.chair}担任听证主持人。除涉及国家秘密、商业秘密或者个人隐私依法予以保密外，听证公开举行。`,
    told: '你（单位）可以亲自参加听证，也可以委托一至二人代理；认为主持人与本案有直接利害关系的，有权申请回避；听证时有权申辩和质证。',
    consequence: '无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利，本机关终止听证。',
  });

const results = {
  held: '听证如期举行。',
  absent: '当事人及其代理人无正当理由拒不出席，视为放弃听证权利，终止听证。',
  withdrawn: '当事人撤回听证要求，终止听证。',
} as const;

/** 听证笔录 (64(8)); what was said stands here, sealed, and in no fact. */
export async function makeHearingRecord(
  tx: Tx,
  one: Held & { outcome: keyof typeof results; record: string },
): Promise<Paper> {
  const { hearingAnnouncedAt, hearingPlace, hearingChairId } = one.file.progress;
  const [chair] = await crewAt(tx, one.incident.id, [hearingChairId], tx.at, false);
  return make(tx, one, 'hearing_record', {
    startsAt: instantInWords(Date.parse(hearingAnnouncedAt ?? '')),
    place: hearingPlace ?? null,
    recorder: chair?.name ?? null,
    result: results[one.outcome],
    record: one.record,
  });
}

const grounds: Readonly<Record<Extract<FileAct, { act: 'waive' }>['ground'], string>> = {
  minor_corrected:
    '经查，违法行为轻微并及时改正，没有造成危害后果。根据《中华人民共和国行政处罚法》第三十三条第一款的规定，',
  first_time:
    '经查，你（单位）系初次违法，危害后果轻微并及时改正。根据《中华人民共和国行政处罚法》第三十三条第一款的规定，',
  no_fault:
    '经查，你（单位）有证据足以证明没有主观过错。根据《中华人民共和国行政处罚法》第三十三条第二款的规定，',
  minor_age: '经查，违法行为发生时你不满十四周岁。根据《中华人民共和国行政处罚法》第三十条的规定，',
  incapacity:
    '经查，你在不能辨认或者不能控制自己行为时实施该行为。根据《中华人民共和国行政处罚法》第三十一条的规定，',
  unproven:
    '经查，现有证据不能证明违法事实成立。根据《中华人民共和国行政处罚法》第五十七条第一款第（三）项的规定，',
};

/** 不予行政处罚决定书 (30, 31, 33, 57①(2)(3)). */
export const makeNoPenaltyDecision = async (
  tx: Tx,
  one: Held,
  act: Extract<FileAct, { act: 'waive' }>,
): Promise<Paper> =>
  make(tx, one, 'no_penalty_decision', {
    grounds: grounds[act.ground],
    decision: '对你（单位）不予行政处罚。',
    told: act.ground === 'unproven' ? null : `本机关对你（单位）进行了教育：${act.education}`,
    remedy: remedyText(await readSettings(tx.db), 'ordinary'),
  });

/** 案件移送书 with the list of what goes along. */
export async function makeTransferLetter(
  tx: Tx,
  one: Held,
  act: Extract<FileAct, { act: 'transfer' }>,
): Promise<Paper> {
  const papers = (await papersOfFile(tx.db, one.file.id)).length;
  const evidence = (await evidenceOfIncidents(tx.db, await familyOf(tx.db, one.incident.id))).length;
  return make(tx, one, 'transfer_letter', {
    receiver: act.to,
    grounds: /[。！？]$/u.test(act.reason) ? act.reason : `${act.reason}。`,
    evidence: `案卷文书 ${papers} 份，证据材料 ${evidence} 份（清单附后）。`,
  });
}
