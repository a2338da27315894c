import type { WatchReason } from '../../shared/contract/assignments.ts';
import { enforcementFacts } from './zh-CN-timeline-enforcement.ts';
import type { FactType } from '../../shared/contract/events.ts';

/** What a sentence of the ledger may name; codes are already put into words, an absent value is an empty text. */
export interface FactValues {
  readonly incident: string;
  readonly other: string;
  readonly team: string;
  readonly person: string;
  readonly reason: string;
  readonly text: string;
  /** A clock time, a figure or a name, as the fact has one. */
  readonly value: string;
  readonly was: string;
}

type Sentence = (v: FactValues) => string;

/** Adds a remark when there is one. */
const and = (text: string) => (text ? `：${text}` : '');

const facts: Readonly<Record<FactType, Sentence>> = {
  ...enforcementFacts,
  'incident.reported': (v) => `上报，来源 ${v.value}${and(v.text)}`,
  'incident.filed': (v) => `立案，${v.value}`,
  'incident.placed': (v) =>
    v.value === '0' ? `确认位置${and(v.text)}` : `位置移动 ${v.value} m${and(v.text)}`,
  'incident.noted': (v) => `备注：${v.text}`,
  'incident.prioritised': (v) => `级别由 P${v.was} 改为 P${v.value}`,
  'incident.merged': (v) => `事件 ${v.incident} 并入 ${v.other}`,
  'incident.rejected': (v) => `不予受理（${v.reason}）${and(v.text)}`,
  'incident.acknowledged': () => `调度员已确认`,
  'verification.requested': () => `转核实`,
  'verification.completed': (v) => `核实结果：${v.value}${and(v.text)}`,
  'assignment.offered': (v) => `交办 ${v.team}，等待应答${v.person && `；监督执法人员 ${v.person}`}`,
  'assignment.seen': (v) => `${v.team} 已看到任务`,
  'assignment.kept': (v) => `${v.team} 已锁定，系统不再换派`,
  'assignment.released': (v) => `${v.team} 的人工指派已解除锁定，系统可再优化`,
  'assignment.accepted': (v) => `${v.team} 接单`,
  'assignment.declined': (v) => `${v.team} 拒接（${v.reason}）${and(v.text)}`,
  'assignment.expired': (v) => `${v.team} 超时未应答`,
  'assignment.withdrawn': (v) => `撤回 ${v.team}（${v.reason}）${and(v.text)}`,
  'team.departed': (v) => `${v.team} 出发`,
  'team.arrived': (v) => `${v.team} 到达现场${and(v.reason)}`,
  'needs.set': (v) => `所需编组：${v.value}`,
  'incident.queued': (v) =>
    v.value
      ? `第 ${v.value} 项所需编组暂无可派（${v.reason}）`
      : v.text
        ? `${v.text}：暂无可派编组（${v.reason}）`
        : `暂无可派编组（${v.reason}），继续排队`,
  'proposal.made': (v) => `建议换派 ${v.team}，可早到 ${v.value}`,
  'proposal.ended': (v) => `换派建议结束：${v.reason}`,
  'correction.ordered': (v) => `${v.team} 责令改正，期限 ${v.value}`,
  'correction.confirmed': (v) => `${v.team} 确认已改正`,
  'correction.failed': (v) => `未改正（${v.reason}）`,
  'incident.handled': (v) => `${v.team} 处置完毕：${v.text}`,
  'incident.returned': (v) => `${v.team} 回退：${v.reason}`,
  'incident.redispatched': () => `重新派遣`,
  'incident.settled': (v) => `即查即改：${v.text}`,
  'holidays.published': (v) => `公布 ${v.value} 年节假日，${v.was} 件时限随之变更`,
  'deadline.recounted': (v) => `时限重新计算：${v.was} 改为 ${v.value}（${v.reason}）`,
  'deadline.extended': (v) => `延期：${v.reason}`,
  'incident.held': (v) => `挂账至 ${v.value}：${v.reason}`,
  'incident.resumed': () => `恢复办理`,
  'incident.escalated': (v) => `上报升级：${v.reason}`,
  'incident.transferred': (v) => `移送 ${v.value}：${v.reason}`,
  'check.assigned': () => `转核查`,
  'check.failed': (v) => `核查不通过，返工${and(v.text)}`,
  'rework.accepted': () => `返工已接`,
  'incident.closed': (v) => `结案${and(v.text)}`,
  'incident.reopened': (v) => `重新打开：${v.reason}`,
  'help.requested': (v) => `${v.team} 请指挥室协助：${v.text}`,
  'arrival.suggested': (v) => `${v.team} 的手机已进入现场范围，待队员确认到达`,
  'device.registered': (v) => `${v.person || '网关'} 登记定位设备`,
  'device.rotated': (v) => `${v.person || '网关'} 的定位设备更换密钥`,
  'device.revoked': (v) => `${v.person || '网关'} 的定位设备停用`,
  'team.asked': (v) => `询问 ${v.team}：${v.value}，是否还在路上`,
  'team.answered': (v) => `${v.team} 答复：${v.value}${and(v.text)}`,
  'team.moved': (v) => `${v.team} 已动身，未接单`,
  'officer.checked_in': (v) => `${v.team} 报平安`,
  'push.sent': (v) => `无人查看，已另行通知 ${v.team}（${v.value}）`,
  'push.failed': (v) => `另行通知 ${v.team} 未成功（${v.value}）`,
  'positions.set': (v) => `位置历史保存 ${v.value} 天（原 ${v.was} 天）`,
  'push.set': () => `修改催办设置`,
  'robot.added': (v) => `新增群机器人：${v.value}`,
  'robot.removed': (v) => `移除群机器人：${v.value}`,
  'webhook.created': (v) => `新增数据接收方：${v.value}`,
  'webhook.changed': (v) => `修改数据接收方：${v.value}`,
  'webhook.disabled': (v) => `数据接收方已停用：${v.value}`,
  'message.sent': (v) => `指挥室致 ${v.team || '全体'}：${v.text}`,
  'message.read': (v) => `${v.person || v.team} 已读指挥室消息`,
  'duty.started': (v) => `${v.person || '一名队员'} 在 ${v.team} 上岗`,
  'duty.ended': (v) => `${v.person || '一名队员'} 从 ${v.team} 下岗`,
  'team.changed': (v) => `${v.team} 状态：${v.value}${and(v.text)}`,
  'alarm.raised': (v) => `告警：${v.value}`,
  'alarm.acknowledged': (v) => `告警已确认：${v.value}`,
  'alarm.shelved': (v) => `告警已搁置：${v.value}`,
  'alarm.cleared': (v) => `告警解除：${v.value}`,
  'edition.published': (v) => `发布片区方案：${v.value}`,
  'edition.effective': (v) => `片区方案生效：${v.value}`,
  'edition.drafted': (v) => `新建片区草案：${v.value}`,
  'edition.changed': (v) => `修改片区草案：${v.value}`,
  'edition.discarded': (v) => `放弃片区草案：${v.value}`,
  'edition.submitted': (v) => `片区方案送审：${v.value}${and(v.reason)}`,
  'edition.returned': (v) => `片区方案退回修改：${v.value}${and(v.reason)}`,
  'edition.approved': (v) => `批准片区方案：${v.value}`,
  'edition.withdrawn': (v) => `撤回片区方案：${v.value}${and(v.reason)}`,
  'edition.retired': (v) => `片区方案停用：${v.value}`,
  'draft.rebased': (v) => `草案与现行方案对齐：${v.value}`,
  'cells.edited': (v) => `调整网格：${v.value}`,
  'zone.created': (v) => `新增片区：${v.value}`,
  'closure.opened': (v) => `临时封路：${v.value}${and(v.reason)}`,
  'closure.ended': (v) => `解除封路：${v.value}`,
  'calendar.set': (v) => `设置日历片区：${v.value}`,
  'calendar.ended': (v) => `停用日历片区：${v.value}`,
  'replay.reported': (v) => `生成回放报告：${v.value}`,
  'planning.set': () => `修改规划设置`,
  'policy.proposed': (v) => `提出派遣规则第 ${v.value} 版${and(v.reason)}`,
  'policy.approved': (v) => `批准派遣规则第 ${v.value} 版`,
  'policy.withdrawn': (v) => `撤回派遣规则第 ${v.value} 版${and(v.reason)}`,
  'policy.changed': (v) => `派遣规则改为第 ${v.value} 版`,
  'town.imported': (v) => `导入 ${v.value}`,
  'person.created': (v) => `新建用户 ${v.person}`,
  'person.changed': (v) => `修改用户 ${v.person}`,
  'password.reset': (v) => `重置 ${v.person} 的密码`,
  'licence.given': (v) => `登记 ${v.person} 的执法证 ${v.value}`,
  'licence.revoked': (v) => `吊销 ${v.person} 的执法证 ${v.value}`,
  'matter.published': (v) => `执法事项 ${v.value} 发布新版本`,
  'person.signed_in': () => `登录`,
  'person.signed_out': () => `退出`,
  'reporter.contacted': (v) => `取得上报人电话，用于任务联系（${v.team}）`,
  'person.revealed': (v) => `查看${v.value}完整信息，用途：${v.reason}`,
  'track.viewed': (v) => `查看 ${v.team} 的轨迹，用途：${v.reason}`,
};

/** One sentence for each fact of the ledger, and who did it. */
export const timelineWords = {
  facts,
  system: '系统',
  public: '公众',
  unknown: (v: { type: string }) => `新版本的记录：${v.type}`,
  why: '为什么',
  /** What follows a sentence when its act came after the legal period, or came late from a phone. */
  late: '（已超过法定期限）',
  doneAt: (v: { clock: string }) => `（${v.clock} 现场作出，断网后补传）`,
  need: (v: { kind: string; count: number; with: string }) =>
    `${v.kind} ${v.count} 队${v.with ? `（${v.with}）` : ''}`,
  comma: '、',
  semicolon: '；',
  payment: { bank: '银行', electronic: '电子支付', cash_on_spot: '当场收缴' },
  remedy: { review: '行政复议', lawsuit: '行政诉讼' },
  hearing: {
    held: '如期举行',
    absent: '终止，当事人无正当理由拒不出席',
    withdrawn: '终止，当事人撤回听证要求',
  },
  rejectReason: {
    not_exists: '不存在',
    out_of_list: '不属受理范围',
    unclear: '情况不清',
    test: '测试',
    other: '其他',
  },
  outcomeCorrected: '已改正',
  revealed: { reporter: '上报人', party: '当事人' },
  watchState: {
    progressing: '正在接近',
    stalled: '停滞',
    retreating: '远离现场',
    position_dark: '定位失联',
    near: '已到附近',
  },
  watchWord: { on_the_way: '在路上', held_up: '受阻', cannot: '去不了' },
  watchReason: {
    traffic: '堵车',
    road_closed: '道路封闭，绕行',
    vehicle: '车辆故障',
    urgent_task: '另有紧急任务',
    unwell: '人员受伤或不适',
    not_ours: '不属本队职责',
  } satisfies Record<WatchReason, string>,
  outcome: { accepted: '已换派', kept: '保持原编组', lapsed: '已过时' },
  result: {
    exists: '属实',
    not_exists: '不存在',
    unclear: '不清',
    refused: '拒不改正',
    expired: '逾期',
    passed: '通过',
    failed: '不通过',
  },
};
