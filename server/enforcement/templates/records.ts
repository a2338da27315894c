import type { TemplateBody } from '../../../shared/contract/papers.ts';
import { heading, paragraph, seal, signatures, table } from './blocks.ts';

/** Records of the inquiry and proof of service. */

export const inspectionRecord: TemplateBody = {
  title: '现场检查（勘验）笔录',
  blocks: [
    table(
      [['检查事由', '{matter}']],
      [
        ['开始时间', '{startsAt}'],
        ['结束时间', '{endsAt}'],
      ],
      [['检查地点', '{place}']],
      [
        ['被检查人', '{partyName}'],
        ['证件号码', '{idNumber}'],
      ],
      [
        ['检查人', '{officers}'],
        ['执法证号', '{licences}'],
      ],
      [['记录人', '{recorder}']],
    ),
    paragraph(
      '告知事项：我们是{organ}的执法人员，执法证件已向你出示。现依法进行检查，请予配合。你有权申请回避，有权陈述和申辩。',
    ),
    heading('检查情况：'),
    paragraph('{record}'),
    paragraph('现场证据：{evidence}。'),
    heading('（以下空白）'),
    heading('以上笔录我已看过（已向我宣读），与事实相符。'),
    signatures(['party', 'witness', 'officers']),
  ],
};

export const interviewRecord: TemplateBody = {
  title: '询问笔录',
  blocks: [
    table(
      [
        ['开始时间', '{startsAt}'],
        ['结束时间', '{endsAt}'],
      ],
      [['询问地点', '{place}']],
      [
        ['被询问人', '{partyName}'],
        ['证件号码', '{idNumber}'],
      ],
      [
        ['住址', '{partyAddress}'],
        ['联系电话', '{partyPhone}'],
      ],
      [
        ['询问人', '{officers}'],
        ['执法证号', '{licences}'],
      ],
      [['记录人', '{recorder}']],
    ),
    heading(
      '问：我们是{organ}的执法人员，这是我们的执法证件，请你确认。现就{matter}一事向你调查，你应当如实回答，并有权申请回避、陈述和申辩。你听清楚了吗？',
    ),
    heading('{record}'),
    heading('（以下空白）'),
    heading('以上笔录我已看过（已向我宣读），与我所说的一致。'),
    signatures(['party', 'officers']),
  ],
};

export const serviceReceipt: TemplateBody = {
  title: '送达回证',
  blocks: [
    table(
      [['案由', '{matter}']],
      [['受送达人', '{receiver}']],
      [['送达文书名称及文号', '{service}']],
      [['送达地点', '{place}']],
      [
        ['送达方式', '{result}'],
        ['送达时间', '{servedAt}'],
      ],
      [
        ['送达人', '{officers}'],
        ['执法证号', '{licences}'],
      ],
      [['不能送达或者拒收的理由', '{grounds}']],
      [['备注', '{record}']],
    ),
    signatures(['party', 'witness', 'officers']),
    seal,
  ],
};
