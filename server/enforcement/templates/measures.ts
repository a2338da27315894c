import type { TemplateBody } from '../../../shared/contract/papers.ts';
import { copies, heading, paragraph, seal, signatures, table } from './blocks.ts';

/** Papers of measures on things: registration as evidence, seizure, its extension, the end of either. */

export const preservationNotice: TemplateBody = {
  title: '先行登记保存证据通知书',
  blocks: [
    heading('{partyName}：'),
    paragraph(
      '因你（单位）{matter}，为防止证据灭失或者以后难以取得，依照《中华人民共和国行政处罚法》第五十六条的规定，经本机关负责人批准，对下列物品先行登记保存：',
    ),
    paragraph('{things}'),
    table([['保存地点', '{keptAt}']], [['保存期限', '{period}']], [['理由', '{grounds}']]),
    paragraph('在此期间，当事人或者有关人员不得销毁或者转移证据。本机关将在七个工作日内作出处理决定。'),
    paragraph('你（单位）有权进行陈述和申辩。'),
    signatures(['party', 'officers']),
    seal,
    copies('本通知书和清单一式二份：一份交当事人，一份附卷。'),
  ],
};

export const seizureDecision: TemplateBody = {
  title: '查封（扣押）决定书',
  blocks: [
    table(
      [
        ['当事人', '{partyName}'],
        ['类别', '{partyKind}'],
      ],
      [
        ['证件号码', '{idNumber}'],
        ['地址', '{partyAddress}'],
      ],
    ),
    paragraph(
      '你（单位）于{actAt}在{place}{matter}。依照《中华人民共和国行政强制法》第二十二条至第二十五条和{basis}的规定，本机关决定对下列场所、设施或者财物予以查封（扣押）：',
    ),
    paragraph('{things}'),
    table([['存放地点', '{keptAt}']], [['期限', '{period}']], [['理由', '{grounds}']]),
    paragraph('{approval}你（单位）有权进行陈述和申辩。查封、扣押期间不得动用、调换、转移或者损毁上述财物。'),
    paragraph('{remedy}'),
    signatures(['party', 'officers']),
    seal,
    copies('本决定书和清单一式二份：由当事人和本机关分别保存。'),
  ],
};

export const extensionNotice: TemplateBody = {
  title: '延长查封（扣押）期限通知书',
  blocks: [
    heading('{partyName}：'),
    paragraph(
      '因{facts}一案情况复杂，依照《中华人民共和国行政强制法》第二十五条第一款的规定，经本机关负责人批准，对下列财物的查封（扣押）期限延长至{period}：',
    ),
    paragraph('{things}'),
    table([['理由', '{grounds}']]),
    signatures(['party']),
    seal,
    copies('本通知书一式二份：一份交当事人，一份附卷。'),
  ],
};

export const releaseDecision: TemplateBody = {
  title: '物品处理决定书',
  blocks: [
    heading('{partyName}：'),
    paragraph('本机关对{facts}一案中{measure}的下列物品作出处理决定：'),
    paragraph('{things}'),
    table([['处理决定', '{decision}']], [['理由', '{grounds}']]),
    signatures(['party', 'officers']),
    seal,
    copies('本决定书一式二份：一份交当事人，一份附卷。'),
  ],
};
