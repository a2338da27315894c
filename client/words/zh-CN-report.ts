import type { ZoneText } from './studio-values.ts';

/** Sentences of the report of a replay, on the screen and in print; numbers come formatted. */
export const reportWords = {
  author: '片区规划',
  about: (v: {
    readonly from: string;
    readonly to: string;
    readonly incidents: number;
    readonly before: string;
    readonly after: string;
    readonly at: string;
  }) =>
    `${v.from} 至 ${v.to} 的 ${v.incidents} 件事件，在“${v.before}”与“${v.after}”下各推演一遍；${v.at} 生成。`,
  titleWithError: (v: { readonly title: string; readonly error: string }) =>
    `${v.title}（校准未通过，误差 ${v.error}）`,
  overridden: ({ reason }: { readonly reason: string }) => `校准未通过，仍作比较，原因：${reason}`,
  calibration: '校准：推演能否重现实际',
  unchecked: '无法校准',
  calibrated: '校准通过',
  notCalibrated: '校准未通过，不作比较',
  comparedAnyway: '校准未通过，仍作比较',
  nothingCompared: '这些事件没有实际到场时间，无法与实际核对。',
  error: (v: {
    readonly compared: number;
    readonly error: string;
    readonly limit: string;
    readonly recorded: string;
    readonly replayed: string;
  }) =>
    `${v.compared} 件有实际到场时间，推演的中位相对误差 ${v.error}（上限 ${v.limit}）；实际平均 ${v.recorded} 分钟，推演 ${v.replayed} 分钟。`,
  errorDetails: '分时段与分片区',
  hours: ({ from, to }: { readonly from: number; readonly to: number }) => `${from}–${to} 时`,
  zone: ({ zone }: ZoneText) => `${zone} 片区`,
  result: '结论',
  difference: (v: { readonly mean: string; readonly low: string; readonly high: string }) =>
    `到场时间平均变化 ${v.mean} 分钟（95 % 区间 ${v.low} 至 ${v.high}）`,
  noDifference: (v: { readonly low: string; readonly high: string }) =>
    `到场时间看不出差别（95 % 区间 ${v.low} 至 ${v.high} 分钟）`,
  gains: (v: { readonly gains: number; readonly losses: number; readonly incidents: number }) =>
    `${v.incidents} 件中 ${v.gains} 件变快，${v.losses} 件变慢。`,
  response: '到场时间（分钟，对照 → 本方案）',
  rowHead: '情形',
  responseHeads: ['平均', '中位', '九成', '达标 %'],
  all: '全部',
  scenarios: {
    team_absent: ({ team }: { readonly team: string }) => `${team} 缺勤`,
    demand_up: () => '事件多两成',
    speed_down: () => '车速慢两成',
  },
  work: '工作量与派遣',
  figure: '指标',
  before: '对照',
  after: '本方案',
  variation: '编组忙闲差异',
  cross: '跨区处置',
  queued: '等候派遣（件）',
  bumped: '途中改派（件）',
  allBusy: '全部占用的时间',
  unserved: '无组可派（件）',
  teams: '各编组',
  teamBars: '各编组占用（小时，上行对照、下行本方案）',
  team: '编组',
  tasks: '任务',
  busyHours: '占用小时',
  overtime: '超时（小时）',
  held: ({ closures, calendars }: { readonly closures: number; readonly calendars: number }) =>
    closures + calendars === 0
      ? '期间没有临时封路，也没有日历区划生效。'
      : `两侧都按当时实际：临时封路 ${closures} 处，日历区划 ${calendars} 个。`,
  filtered: (v: {
    readonly from: number;
    readonly to: number;
    readonly priorities: string;
    readonly matters: string;
  }) =>
    `只取 ${v.from}–${v.to} 时上报、优先级 ${v.priorities} 的事件${v.matters === '' ? '' : `，事项 ${v.matters}`}。`,
  rostered: '按排班推演。',
  unrostered: '这段时间没有完整排班，推演假定各编组全天在勤。',
  regret: '与事后最优相比（每件分钟）',
  regretHeads: ['方案', '最优', '等候', '片区规则', '不在驻点'],
  map: '变化在哪里',
  mapHow: '圆点变快，方块变慢，越大变化越大；线为本方案的片区。',
  coverage: '时限内到场的比例',
  coverageHow:
    '按网格，左图 A 为对照、右图 B 为本方案；颜色越深，时限内到场的比例越高，没有事件的网格留白。村社的比例见表。',
  reached: '对照 → 本方案',
  worst: '变慢最多的村社',
  noWorse: '没有村社变慢。',
  allVillages: '全部村社',
  village: '村社',
  incidents: '件数',
  change: '变化（分钟）',
  interval: '95 % 区间',
  notShown: '看不出差别',
  limits: '推演用同一批事件、同样的随机数和与实战相同的派遣核心；它比较方案，不承诺到场时间。',
  stamp: (v: {
    readonly content: string;
    readonly policy: string;
    readonly core: string;
    readonly seed: number;
  }) => `方案指纹 ${v.content}，策略指纹 ${v.policy}，派遣核心 ${v.core}，种子 ${v.seed}`,
  pageOf: (v: { readonly page: number; readonly pages: number }) => `第 ${v.page} 页 共 ${v.pages} 页`,
  csv: '下载 CSV',
  pdf: '下载 PDF',
  print: '打印',
  reading: '正在读取报告…',
  noReport: '没有这份报告。',
};

/** What every language must say about a replay. */
export type ReportWords = typeof reportWords;
