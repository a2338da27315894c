import type { TemplateBody } from '../../../shared/contract/papers.ts';

/** The papers of the street: notice, on-the-spot decision, order to correct. Wording by common usage; a version may replace it. */

export const inquiryNotice: TemplateBody = {
  title: '协助调查通知书',
  blocks: [
    { block: 'paragraph', text: '{partyName}：', flush: true },
    {
      block: 'paragraph',
      text: '{actAt}，本机关执法人员在{place}发现下列车辆涉嫌{facts}。该行为涉嫌违反{basis}的规定，现依法进行调查。因当事人不在现场，特将本通知书置于车辆上。',
    },
    {
      block: 'table',
      rows: [
        [
          { label: '号牌号码', text: '{plate}' },
          { label: '号牌颜色', text: '{plateColour}' },
          { label: '车辆类型', text: '{vehicle}' },
        ],
        [
          { label: '发现时间', text: '{actAt}' },
          { label: '网格编码', text: '{cell}' },
        ],
        [{ label: '发现地点', text: '{place}' }],
        [{ label: '涉嫌行为', text: '{facts}' }],
        [{ label: '法律依据', text: '{basis}' }],
        [{ label: '现场取证', text: '{photos}' }],
      ],
    },
    {
      block: 'paragraph',
      text: '请你于{comeUntil}前，携带{bring}，到{come}协助调查、说明情况。联系电话：{contact}。{consequence}',
    },
    {
      block: 'paragraph',
      text: '本通知书仅用于通知当事人协助调查，不是行政处罚决定，不产生罚款。你有权陈述和申辩。',
    },
    {
      block: 'table',
      rows: [
        [
          { label: '执法人员', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
      ],
    },
    { block: 'qr', text: '扫码查询本通知书办理状态（不显示个人信息）' },
    { block: 'seal' },
    { block: 'copies', text: '本通知书一式三联：一联置于车辆，一联附卷，一联存根。' },
  ],
};

export const onSpotDecision: TemplateBody = {
  title: '当场行政处罚决定书',
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
          { label: '联系电话', text: '{partyPhone}' },
        ],
        [
          { label: '住址（住所）', text: '{partyAddress}' },
          { label: '号牌号码', text: '{plate}' },
        ],
      ],
    },
    {
      block: 'paragraph',
      text: '经查明，你（单位）于{actAt}在{place}实施了{facts}的行为，违反了{basis}的规定。以上事实有{evidence}等证据证实。',
    },
    {
      block: 'paragraph',
      text: '{told}{statement}',
    },
    {
      block: 'paragraph',
      text: '依据{penaltyBasis}和《中华人民共和国行政处罚法》第五十一条的规定{benchmark}，现决定给予你（单位）下列行政处罚：',
    },
    { block: 'paragraph', text: '{decision}{correction}' },
    { block: 'paragraph', text: '{payment}{latePayment}' },
    { block: 'paragraph', text: '{remedy}' },
    { block: 'signatures', of: ['officers', 'party'] },
    { block: 'seal' },
    { block: 'copies', text: '本决定书当场交付当事人。一式二份：一份交当事人，一份报本机关备案。' },
  ],
};

export const correctionOrder: TemplateBody = {
  title: '责令改正通知书',
  blocks: [
    { block: 'paragraph', text: '{partyName}：', flush: true },
    {
      block: 'paragraph',
      text: '经查，你（单位）于{actAt}在{place}实施了{facts}的行为，违反了{basis}的规定。',
    },
    {
      block: 'paragraph',
      text: '依据《中华人民共和国行政处罚法》第二十八条第一款和{basis}的规定，现责令你（单位）于{correctBy}前改正下列违法行为：',
    },
    { block: 'paragraph', text: '{correction}' },
    {
      block: 'paragraph',
      text: '逾期不改正或者拒不改正的，本机关将依法处理。期限届满时本机关将进行复查。你（单位）有权陈述和申辩。联系电话：{contact}。',
    },
    {
      block: 'table',
      rows: [
        [
          { label: '执法人员', text: '{officers}' },
          { label: '执法证号', text: '{licences}' },
        ],
      ],
    },
    { block: 'signatures', of: ['officers', 'party'] },
    { block: 'seal' },
    { block: 'copies', text: '本通知书一式二份：一份交当事人，一份附卷。' },
  ],
};
