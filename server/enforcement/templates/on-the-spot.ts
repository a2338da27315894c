import type { TemplateBody } from '../../../shared/contract/papers.ts';
import { copies, heading, paragraph, partyRows, seal, signatures, table } from './blocks.ts';

/** The papers of the street: notice, on-the-spot decision, order to correct. Wording by common usage; a version may replace it. */

export const inquiryNotice: TemplateBody = {
  title: '协助调查通知书',
  blocks: [
    heading('{partyName}：'),
    paragraph(
      '{actAt}，本机关执法人员在{place}发现下列车辆涉嫌{facts}。该行为涉嫌违反{basis}的规定，现依法进行调查。因当事人不在现场，特将本通知书置于车辆上。',
    ),
    table(
      [
        ['号牌号码', '{plate}'],
        ['号牌颜色', '{plateColour}'],
        ['车辆类型', '{vehicle}'],
      ],
      [
        ['发现时间', '{actAt}'],
        ['网格编码', '{cell}'],
      ],
      [['发现地点', '{place}']],
      [['涉嫌行为', '{facts}']],
      [['法律依据', '{basis}']],
      [['现场取证', '{photos}']],
    ),
    paragraph(
      '请你于{comeUntil}前，携带{bring}，到{come}协助调查、说明情况。联系电话：{contact}。{consequence}',
    ),
    paragraph('本通知书仅用于通知当事人协助调查，不是行政处罚决定，不产生罚款。你有权陈述和申辩。'),
    table([
      ['执法人员', '{officers}'],
      ['执法证号', '{licences}'],
    ]),
    { block: 'qr', text: '扫码查询本通知书办理状态（不显示个人信息）' },
    seal,
    copies('本通知书一式三联：一联置于车辆，一联附卷，一联存根。'),
  ],
};

export const onSpotDecision: TemplateBody = {
  title: '当场行政处罚决定书',
  blocks: [
    table(
      ...partyRows,
      [
        ['法定代表人（负责人）', '{representative}'],
        ['联系电话', '{partyPhone}'],
      ],
      [
        ['住址（住所）', '{partyAddress}'],
        ['号牌号码', '{plate}'],
      ],
    ),
    paragraph(
      '经查明，你（单位）于{actAt}在{place}实施了{facts}的行为，违反了{basis}的规定。以上事实有{evidence}等证据证实。',
    ),
    paragraph('{told}{statement}'),
    paragraph(
      '依据{penaltyBasis}和《中华人民共和国行政处罚法》第五十一条的规定{benchmark}，现决定给予你（单位）下列行政处罚：',
    ),
    paragraph('{decision}{correction}'),
    paragraph('{payment}{latePayment}'),
    paragraph('{remedy}'),
    signatures(['officers', 'party']),
    seal,
    copies('本决定书当场交付当事人。一式二份：一份交当事人，一份报本机关备案。'),
  ],
};

export const correctionOrder: TemplateBody = {
  title: '责令改正通知书',
  blocks: [
    heading('{partyName}：'),
    paragraph('经查，你（单位）于{actAt}在{place}实施了{facts}的行为，违反了{basis}的规定。'),
    paragraph(
      '依据《中华人民共和国行政处罚法》第二十八条第一款和{basis}的规定，现责令你（单位）于{correctBy}前改正下列违法行为：',
    ),
    paragraph('{correction}'),
    paragraph(
      '逾期不改正或者拒不改正的，本机关将依法处理。期限届满时本机关将进行复查。你（单位）有权陈述和申辩。联系电话：{contact}。',
    ),
    table([
      ['执法人员', '{officers}'],
      ['执法证号', '{licences}'],
    ]),
    signatures(['officers', 'party']),
    seal,
    copies('本通知书一式二份：一份交当事人，一份附卷。'),
  ],
};
