import type { TemplateBody } from '../../../shared/contract/papers.ts';
import { copies, heading, paragraph, partyTable, seal, signatures, table } from './blocks.ts';

/** Papers of the ordinary procedure. */

export const priorNotice: TemplateBody = {
  title: '行政处罚事先告知书',
  blocks: [
    heading('{partyName}：'),
    paragraph(
      '本机关对你（单位）{facts}一案已调查终结。经查明，你（单位）于{actAt}在{place}实施了上述行为，违反了{basis}的规定。',
    ),
    paragraph('依据{penaltyBasis}的规定{benchmark}，本机关拟对你（单位）作出下列行政处罚：{decision}'),
    paragraph('根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，{told}'),
    paragraph('{hearing}'),
    paragraph('联系地址：{organAddress}。联系电话：{contact}。'),
    signatures(['officers', 'party']),
    seal,
    copies('本告知书一式二份：一份送达当事人，一份附卷。'),
  ],
};

export const penaltyDecision: TemplateBody = {
  title: '行政处罚决定书',
  blocks: [
    partyTable,
    heading('一、违法事实和证据'),
    paragraph(
      '经查明，你（单位）于{actAt}在{place}实施了{facts}的行为。以上事实有下列证据证实：{evidence}。',
    ),
    paragraph('{told}{statement}'),
    heading('二、处罚的依据和种类'),
    paragraph(
      '你（单位）的上述行为违反了{basis}的规定。依据{penaltyBasis}的规定{benchmark}，本机关决定给予你（单位）下列行政处罚：{decision}',
    ),
    paragraph('{grounds}'),
    heading('三、履行方式和期限'),
    paragraph('{payment}{latePayment}'),
    heading('四、救济途径和期限'),
    paragraph('{remedy}'),
    seal,
    copies('本决定书一式二份：一份送达当事人，一份附卷。'),
  ],
};

export const demandLetter: TemplateBody = {
  title: '催告书',
  blocks: [
    heading('{partyName}：'),
    paragraph(
      '本机关于{servedAt}向你（单位）送达{number}行政处罚决定书，决定给予你（单位）下列行政处罚：{decision}你（单位）在规定的期限内未履行缴款义务。',
    ),
    paragraph(
      '根据《中华人民共和国行政强制法》第三十五条、第五十四条的规定，现催告你（单位）{payment}{latePayment}',
    ),
    paragraph('{told}{consequence}'),
    paragraph('联系地址：{organAddress}。联系电话：{contact}。'),
    signatures(['party']),
    seal,
    copies('本催告书一式二份：一份送达当事人，一份附卷。'),
  ],
};

export const closingForm: TemplateBody = {
  title: '结案审批表',
  blocks: [
    table(
      [
        ['案由', '{matter}'],
        ['决定书文号', '{number}'],
      ],
      [
        ['当事人', '{partyName}'],
        ['类别', '{partyKind}'],
      ],
      [
        ['违法时间', '{actAt}'],
        ['违法地点', '{place}'],
      ],
      [['违法事实', '{facts}']],
      [['处罚决定', '{decision}']],
      [['执行情况', '{result}']],
      [
        ['承办人', '{officers}'],
        ['执法证号', '{licences}'],
      ],
      [['承办人意见', '{opinion}']],
      [['法制审核意见', '{grounds}']],
      [['机关负责人审批意见', '{record}']],
    ),
    signatures(['officers', 'approver']),
    seal,
  ],
};
