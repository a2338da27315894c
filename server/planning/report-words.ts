/** Sentences of the printed report; numbers come formatted. */
const zh = {
  author: '片区规划',
  about: (v: { from: string; to: string; incidents: number; before: string; after: string; at: string }) =>
    `${v.from} 至 ${v.to} 的 ${v.incidents} 件事件，在「${v.before}」与「${v.after}」下各推演一遍；${v.at} 生成。`,
  overridden: (v: { reason: string }) => `校准未通过，仍作比较。原因：${v.reason}`,
  calibration: '校准：推演能否重现实际',
  calibrated: (v: { compared: number; error: string; limit: string; passed: boolean }) =>
    `${v.compared} 件有实际到场时间，中位相对误差 ${v.error}（上限 ${v.limit}）：${v.passed ? '通过' : '未通过'}。`,
  nothingCompared: '这些事件没有实际到场时间，无法与实际核对。',
  result: '结论',
  difference: (v: { mean: string; low: string; high: string }) =>
    `到场时间平均变化 ${v.mean} 分钟（95 % 区间 ${v.low} 至 ${v.high}）。`,
  noDifference: (v: { low: string; high: string }) =>
    `到场时间看不出差别（95 % 区间 ${v.low} 至 ${v.high} 分钟）。`,
  gains: (v: { gains: number; losses: number }) => `${v.gains} 件变快，${v.losses} 件变慢。`,
  response: '到场时间（分钟，现行 → 本方案）',
  responseHeads: ['情形', '件数', '平均', '中位', '九成以内', '达标'],
  all: '全部',
  scenarios: { team_absent: '一组缺勤', demand_up: '事件多两成', speed_down: '车速慢两成' },
  work: '工作量与派遣',
  workHeads: ['指标', '现行', '本方案'],
  variation: '编组忙闲差异（变异系数）',
  cross: '跨区处置',
  queued: '等候派遣（件）',
  bumped: '途中改派（件）',
  allBusy: '全部占用的时间',
  unserved: '无组可派（件）',
  teams: '各编组占用（小时，上行现行、下行本方案）',
  regret: '与事后最优相比（每件分钟）',
  regretHeads: ['方案', '最优', '等候', '片区规则', '不在驻点'],
  before: '现行',
  after: '本方案',
  map: '变化在哪里',
  mapHow: '圆点变快，方块变慢，越大变化越大；线为本方案的片区。',
  worst: '变慢最多的村社',
  noWorse: '没有村社变慢。',
  villages: '全部村社',
  villageHeads: ['村社', '件数', '现行', '本方案', '变化（分钟）', '95 % 区间'],
  unclear: '看不出差别',
  limits: '推演用同一批事件、同样的随机数和与实战相同的派遣核心；它比较方案，不承诺到场时间。',
  stamp: (v: { content: string; policy: string; core: string; seed: number }) =>
    `方案内容 ${v.content} · 派遣策略 ${v.policy} · 核心 ${v.core} · 种子 ${v.seed}`,
  page: (v: { page: number; pages: number }) => `第 ${v.page} 页 共 ${v.pages} 页`,
};

export type ReportWords = typeof zh;

const en: ReportWords = {
  author: 'Planning of areas',
  about: (v) =>
    `${v.incidents} incidents from ${v.from} to ${v.to}, replayed under “${v.before}” and under “${v.after}”; made at ${v.at}.`,
  overridden: (v) => `The calibration failed; compared all the same. Reason: ${v.reason}`,
  calibration: 'Calibration: does the replay reproduce what happened?',
  calibrated: (v) =>
    `${v.compared} incidents with a recorded response; median relative error ${v.error} (limit ${v.limit}): ${v.passed ? 'passed' : 'failed'}.`,
  nothingCompared: 'These incidents have no recorded response: the replay could not be checked.',
  result: 'Result',
  difference: (v) => `Mean change of the response ${v.mean} min (95 % interval ${v.low} to ${v.high}).`,
  noDifference: (v) => `No difference of the response shown (95 % interval ${v.low} to ${v.high} min).`,
  gains: (v) => `${v.gains} incidents are faster, ${v.losses} slower.`,
  response: 'Response (minutes, running → this plan)',
  responseHeads: ['case', 'incidents', 'mean', 'median', '90 %', 'in target'],
  all: 'all',
  scenarios: { team_absent: 'one team absent', demand_up: 'demand +20 %', speed_down: 'speed −20 %' },
  work: 'Work and dispatch',
  workHeads: ['figure', 'running', 'this plan'],
  variation: 'spread of the teams’ work (coefficient of variation)',
  cross: 'served from another area',
  queued: 'waited for a team',
  bumped: 'given to another team on the way',
  allBusy: 'time with every team busy',
  unserved: 'no team possible',
  teams: 'Busy hours of the teams (upper bar running, lower bar this plan)',
  regret: 'Against the best in hindsight (minutes an incident)',
  regretHeads: ['plan', 'best', 'waiting', 'area rule', 'away from home'],
  before: 'running',
  after: 'this plan',
  map: 'Where it changes',
  mapHow: 'Circles are faster, squares slower, the larger the more; lines are the areas of this plan.',
  worst: 'Villages that lose most',
  noWorse: 'No village loses.',
  villages: 'All villages',
  villageHeads: ['village', 'incidents', 'running', 'this plan', 'change (min)', '95 % interval'],
  unclear: 'no difference shown',
  limits:
    'The replay uses the same incidents, the same random numbers and the same dispatch core as live; it compares plans and promises no response.',
  stamp: (v) => `content ${v.content} · policy ${v.policy} · core ${v.core} · seed ${v.seed}`,
  page: (v) => `page ${v.page} of ${v.pages}`,
};

export const reportWords = { 'zh-CN': zh, en } as const;
