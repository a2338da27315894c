import type { TemplateBody } from '../../../shared/contract/papers.ts';

/** Records of the inquiry and proof of service. */

export const inspectionRecord: TemplateBody = {
  title: '现场检查（勘验）笔录',
  blocks: [
    {
      block: 'table',
      rows: [
        [{ label: '检查事由', text: '{matter}' }],
        [
          { label: '开始时间', text: '{startsAt}' },
          { label: '结束时间', text: '{endsAt}' },
        ],
        [{ label: '检查地点', text: '{place}' }],
        [
          { label: '被检查人', text: '{partyName}' },
          { label: '证件号码', text: '{idNumber}' },
        ],
        [
          { label: '检查人', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
        [{ label: '记录人', text: '{recorder}' }],
      ],
    },
    {
      block: 'paragraph',
      text: '告知事项：我们是{organ}的执法人员，执法证件已向你出示。现依法进行检查，请予配合。你有权申请回避，有权陈述和申辩。',
    },
    { block: 'paragraph', text: '检查情况：', flush: true },
    { block: 'paragraph', text: '{record}' },
    { block: 'paragraph', text: '现场证据：{evidence}。' },
    { block: 'paragraph', text: '（以下空白）', flush: true },
    { block: 'paragraph', text: '以上笔录我已看过（已向我宣读），与事实相符。', flush: true },
    { block: 'signatures', of: ['party', 'witness', 'officers'] },
  ],
};

export const interviewRecord: TemplateBody = {
  title: '询问笔录',
  blocks: [
    {
      block: 'table',
      rows: [
        [
          { label: '开始时间', text: '{startsAt}' },
          { label: '结束时间', text: '{endsAt}' },
        ],
        [{ label: '询问地点', text: '{place}' }],
        [
          { label: '被询问人', text: '{partyName}' },
          { label: '证件号码', text: '{idNumber}' },
        ],
        [
          { label: '住址', text: '{partyAddress}' },
          { label: '联系电话', text: '{partyPhone}' },
        ],
        [
          { label: '询问人', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
        [{ label: '记录人', text: '{recorder}' }],
      ],
    },
    {
      block: 'paragraph',
      text: '问：我们是{organ}的执法人员，这是我们的执法证件，请你确认。现就{matter}一事向你调查，你应当如实回答，并有权申请回避、陈述和申辩。你听清楚了吗？',
      flush: true,
    },
    { block: 'paragraph', text: '{record}', flush: true },
    { block: 'paragraph', text: '（以下空白）', flush: true },
    { block: 'paragraph', text: '以上笔录我已看过（已向我宣读），与我所说的一致。', flush: true },
    { block: 'signatures', of: ['party', 'officers'] },
  ],
};

export const serviceReceipt: TemplateBody = {
  title: '送达回证',
  blocks: [
    {
      block: 'table',
      rows: [
        [{ label: '案由', text: '{matter}' }],
        [{ label: '受送达人', text: '{receiver}' }],
        [{ label: '送达文书名称及文号', text: '{service}' }],
        [{ label: '送达地点', text: '{place}' }],
        [
          { label: '送达方式', text: '{result}' },
          { label: '送达时间', text: '{servedAt}' },
        ],
        [
          { label: '送达人', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
        [{ label: '不能送达或者拒收的理由', text: '{grounds}' }],
        [{ label: '备注', text: '{record}' }],
      ],
    },
    { block: 'signatures', of: ['party', 'witness', 'officers'] },
    { block: 'seal' },
  ],
};
