/** Sentences of single incidents of a replay, and of what was promised against what happened. */
export const filmWords = {
  title: '单件回放',
  how: '选一件，看两个方案下编组各怎样到场。虚线与 A 为对照，实线与 B 为本方案。',
  pick: '事件（变化大的在前）',
  option: (v: {
    readonly id: number;
    readonly before: string;
    readonly after: string;
    readonly sign: string;
  }) => `${v.id}：${v.before} → ${v.after} 分钟（${v.sign}）`,
  play: '播放',
  pause: '暂停',
  next: '下一步',
  previous: '上一步',
  close: '收起回放',
  slider: '时刻',
  shown: '地图上显示',
  sides: { both: '两个方案', before: '只看对照', after: '只看本方案' },
  side: { before: 'A 对照', after: 'B 本方案' },
  team: {
    before: (v: { readonly team: string }) => `A ${v.team}`,
    after: (v: { readonly team: string }) => `B ${v.team}`,
  },
  still: '已按系统设置停用动画，请逐步查看。',
  at: (v: { readonly minutes: string }) => `报告后 ${v.minutes} 分钟`,
  stages: {
    reported: '已报告，待派遣',
    queued: '无组可派，等候中',
    driving: (v: { readonly team: string }) => `${v.team} 在途`,
    working: (v: { readonly team: string }) => `${v.team} 在现场处置`,
    done: '处置完毕',
  },
  heads: ['方案', '此刻', '派出', '到场', '完毕'],
  rowHead: '方案',
};

export const realityWords = {
  title: '落地对照',
  how: '方案生效以来的台账，对照送审报告的预测。',
  notYet: '本方案尚未生效。生效后，这里按周对照预测与实际。',
  noReport: '本方案没有随附推演报告，只列实际。',
  nothing: '生效以来还没有已知到场时间的事件。',
  reading: '正在读取台账…',
  since: (v: {
    readonly from: string;
    readonly to: string;
    readonly incidents: number;
    readonly measured: number;
  }) => `${v.from} 至 ${v.to}，${v.incidents} 件，其中 ${v.measured} 件有到场时间。`,
  promised: '预测',
  real: '实际',
  rowHead: '项目',
  rows: {
    mean: '平均到场（分钟）',
    p50: '中位到场（分钟）',
    p90: '九成到场（分钟）',
    within: '达标（%）',
    variation: '编组任务差异（%）',
  },
  priorities: '按优先级（九成到场，分钟）',
  teams: '每周任务',
  weeks: '按周',
  weekHeads: ['周起', '件数', '中位', '九成', '达标 %'],
  axis: '九成到场（分钟），按周',
  line: ({ minutes }: { readonly minutes: string }) => `虚线：预测 ${minutes}`,
  chart: '每周九成到场时间与预测线；下表为同样的数据',
  csv: '下载 CSV',
};
