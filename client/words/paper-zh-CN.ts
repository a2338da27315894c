/** Wording of the prints that a phone makes without a network. Legal documents exist in Chinese only. */
export const noticePaper = {
  title: '协助调查通知书',
  numberLater: '文号联网后生成',
  opening:
    '车主（驾驶人）：下列车辆涉嫌违法，当事人不在现场，请按期接受调查。本通知书不是行政处罚决定，不产生罚款。',
  plate: '号牌号码',
  foundAt: '发现时间',
  place: '发现地点',
  suspected: '涉嫌行为',
  comeTo: '办理地点',
  comeUntil: '办理期限',
  bring: '携带材料',
  bringList: '居民身份证、驾驶证、行驶证；委托他人的，携带委托书',
  contact: '联系电话',
  consequence: '逾期不接受调查的，本机关将依法查明事实后处理。当事人有权陈述和申辩。',
  qr: '扫码查询办理状态（不显示个人信息）',
};

export const decisionPaper = {
  title: '当场行政处罚决定书',
  numberLater: '文号待定',
  party: '当事人',
  idNumber: '证件',
  idKinds: {
    identity_card: '居民身份证',
    driving_licence: '驾驶证',
    passport: '护照',
    credit_code: '统一社会信用代码',
    other: '其他证件',
  },
  representative: '法定代表人',
  address: '住址电话',
  actAt: '违法时间',
  place: '违法地点',
  facts: '违法事实',
  basis: '处罚依据',
  told: '告知情况',
  waived: '已告知事实、理由、依据和权利，当事人放弃陈述申辩',
  heard: (v: { text: string }) => `已告知事实、理由、依据和权利，当事人陈述：${v.text}`,
  decision: '处罚决定',
  fine: (v: { yuan: string }) => `罚款人民币 ${v.yuan} 元`,
  warning: '警告',
  payment: '缴纳方式',
  payWithin: (v: { at: string }) =>
    `自收到本决定书之日起十五日内缴纳：${v.at}。逾期每日按罚款数额的百分之三加处罚款，不超过罚款数额。`,
  remedy: '救济途径',
  remedyText: (v: { body: string; court: string }) =>
    `不服本决定的，应当先自收到之日起六十日内向${v.body}申请行政复议；对复议决定不服的，可以自收到复议决定书之日起十五日内向${v.court}提起行政诉讼。`,
  officers: '执法人员',
  officerHands: '执法人员签名：',
  partyHand: '当事人签收：',
};
