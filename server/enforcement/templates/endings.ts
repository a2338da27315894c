import type { TemplateBody } from '../../../shared/contract/papers.ts';
import { copies, heading, paragraph, partyTable, seal, signatures, table } from './blocks.ts';

/** Papers of a hearing, and of the ends of a file that are no penalty. */

export const hearingNotice: TemplateBody = {
  title: '行政处罚听证通知书',
  blocks: [
    heading('{partyName}：'),
    paragraph('你（单位）就{facts}一案提出的听证要求，本机关已经收到。{hearing}'),
    paragraph('{told}'),
    paragraph('{consequence}'),
    paragraph('联系地址：{organAddress}。联系电话：{contact}。'),
    signatures(['party']),
    seal,
    copies('本通知书一式二份：一份送达当事人，一份附卷。'),
  ],
};

export const hearingRecord: TemplateBody = {
  title: '听证笔录',
  blocks: [
    table(
      [['案由', '{facts}']],
      [
        ['听证时间', '{startsAt}'],
        ['听证地点', '{place}'],
      ],
      [
        ['当事人', '{partyName}'],
        ['听证主持人', '{recorder}'],
      ],
      [['案件调查人员', '{officers}']],
      [['结果', '{result}']],
    ),
    heading('听证情况：'),
    paragraph('{record}'),
    heading('（以下空白）'),
    heading('以上笔录我已看过（已向我宣读），与听证情况一致。'),
    signatures(['party', 'approver']),
  ],
};

export const noPenaltyDecision: TemplateBody = {
  title: '不予行政处罚决定书',
  blocks: [
    partyTable,
    paragraph('本机关对你（单位）于{actAt}在{place}{facts}一案进行了调查。'),
    paragraph('{grounds}本机关决定：{decision}'),
    paragraph('{told}'),
    paragraph('{remedy}'),
    seal,
    copies('本决定书一式二份：一份送达当事人，一份附卷。'),
  ],
};

export const transferLetter: TemplateBody = {
  title: '案件移送书',
  blocks: [
    heading('{receiver}：'),
    paragraph('{partyName}于{actAt}在{place}{facts}一案，本机关在办理中发现下列情形：{grounds}'),
    paragraph('根据《中华人民共和国行政处罚法》第二十七条、第五十七条第一款的规定，现将该案移送你单位处理。'),
    table(
      [['随案移送材料', '{evidence}']],
      [
        ['原承办人', '{officers}'],
        ['联系电话', '{contact}'],
      ],
    ),
    seal,
    table([
      ['接收单位（盖章）', '＿＿＿＿'],
      ['接收人、接收时间', '＿＿＿＿'],
    ]),
    copies('本移送书一式二份：一份送接收单位，一份由接收单位签收后附卷。'),
  ],
};
