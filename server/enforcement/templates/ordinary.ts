import type { TemplateBody } from '../../../shared/contract/papers.ts';

/** Papers of the ordinary procedure. */

export const priorNotice: TemplateBody = {
  title: '行政处罚事先告知书',
  blocks: [
    { block: 'paragraph', text: '{partyName}：', flush: true },
    {
      block: 'paragraph',
      text: '本机关对你（单位）{facts}一案已调查终结。经查明，你（单位）于{actAt}在{place}实施了上述行为，违反了{basis}的规定。',
    },
    {
      block: 'paragraph',
      text: '依据{penaltyBasis}的规定{benchmark}，本机关拟对你（单位）作出下列行政处罚：{decision}',
    },
    {
      block: 'paragraph',
      text: '根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，{told}',
    },
    { block: 'paragraph', text: '{hearing}' },
    { block: 'paragraph', text: '联系地址：{organAddress}。联系电话：{contact}。' },
    { block: 'signatures', of: ['officers', 'party'] },
    { block: 'seal' },
    { block: 'copies', text: '本告知书一式二份：一份送达当事人，一份附卷。' },
  ],
};

export const penaltyDecision: TemplateBody = {
  title: '行政处罚决定书',
  blocks: [
    {
      block: 'table',
      rows: [
        [
          { label: '当事人', text: '{partyName}' },
          { label: '类别', text: '{partyKind}' },
        ],
        [
          { label: '证件类型', text: '{idKind}' },
          { label: '证件号码', text: '{idNumber}' },
        ],
        [
          { label: '法定代表人（负责人）', text: '{representative}' },
          { label: '住址（住所）', text: '{partyAddress}' },
        ],
      ],
    },
    { block: 'paragraph', text: '一、违法事实和证据', flush: true },
    {
      block: 'paragraph',
      text: '经查明，你（单位）于{actAt}在{place}实施了{facts}的行为。以上事实有下列证据证实：{evidence}。',
    },
    { block: 'paragraph', text: '{told}{statement}' },
    { block: 'paragraph', text: '二、处罚的依据和种类', flush: true },
    {
      block: 'paragraph',
      text: '你（单位）的上述行为违反了{basis}的规定。依据{penaltyBasis}的规定{benchmark}，本机关决定给予你（单位）下列行政处罚：{decision}',
    },
    { block: 'paragraph', text: '{grounds}' },
    { block: 'paragraph', text: '三、履行方式和期限', flush: true },
    { block: 'paragraph', text: '{payment}{latePayment}' },
    { block: 'paragraph', text: '四、救济途径和期限', flush: true },
    { block: 'paragraph', text: '{remedy}' },
    { block: 'seal' },
    { block: 'copies', text: '本决定书一式二份：一份送达当事人，一份附卷。' },
  ],
};

export const closingForm: TemplateBody = {
  title: '结案审批表',
  blocks: [
    {
      block: 'table',
      rows: [
        [
          { label: '案由', text: '{matter}' },
          { label: '决定书文号', text: '{number}' },
        ],
        [
          { label: '当事人', text: '{partyName}' },
          { label: '类别', text: '{partyKind}' },
        ],
        [
          { label: '违法时间', text: '{actAt}' },
          { label: '违法地点', text: '{place}' },
        ],
        [{ label: '违法事实', text: '{facts}' }],
        [{ label: '处罚决定', text: '{decision}' }],
        [{ label: '执行情况', text: '{result}' }],
        [
          { label: '承办人', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
        [{ label: '承办人意见', text: '{opinion}' }],
        [{ label: '法制审核意见', text: '{grounds}' }],
        [{ label: '机关负责人审批意见', text: '{record}' }],
      ],
    },
    { block: 'signatures', of: ['officers', 'approver'] },
    { block: 'seal' },
  ],
};
