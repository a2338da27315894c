import type { Cells, ZoneText } from './studio-values.ts';

/** Sentences of what is done with a whole plan. */
export const planWords = {
  replay: {
    title: '推演',
    how: '用同样的事件、同样的随机数，在现行方案与本方案下各走一遍派遣核心。先看能否重现实际，再看差别。',
    source: '事件来源',
    ledger: '台账中的实际事件',
    list: ({ name, incidents }: { readonly name: string; readonly incidents: number }) =>
      `${name}（${incidents} 件）`,
    from: '自',
    to: '至',
    draw: '生成一个月示意事件',
    drawn: ({ incidents, from }: { readonly incidents: number; readonly from: string }) =>
      `已生成 ${incidents} 件示意事件，自 ${from} 起`,
    upload: '导入事件表',
    uploadHow:
      'CSV 各列：reportedAt, lng, lat, priority, onSceneSeconds，可加 responseSeconds, teamCode。有错的表不存。',
    listName: '名称',
    priorities: '优先级',
    speed: '车速系数',
    run: '推演',
    makeReport: '生成报告并随附',
    cancel: '取消',
    progress: '推演进度',
    unsettled: '还有待定的网格或未发送的步骤；报告只对已保存的内容。',
    stored: '报告已存入本草案',
    calibration: '校准',
    unchecked: '无法校准',
    calibrated: '校准通过',
    notCalibrated: '校准未通过，不作比较',
    nothingCompared: '这些事件没有实际到场时间，无法与实际核对。',
    error: (v: {
      readonly compared: number;
      readonly error: string;
      readonly limit: string;
      readonly recorded: string;
      readonly replayed: string;
    }) =>
      `${v.compared} 件有实际到场时间，推演的中位相对误差 ${v.error} %（上限 ${v.limit} %）；实际平均 ${v.recorded} 分钟，推演 ${v.replayed} 分钟。`,
    errorDetails: '分时段与分片区',
    hours: ({ from, to }: { readonly from: number; readonly to: number }) => `${from}–${to} 时`,
    zone: ({ zone }: ZoneText) => `${zone} 片区`,
    fit: ({ factor }: { readonly factor: string }) => `按实际拟合车速系数 ${factor}`,
    override: '仍要比较的原因（将写入报告标题）',
    leftOut: ({ incidents }: { readonly incidents: number }) => `${incidents} 件不在这套网格内，未计入。`,
    took: ({ incidents, seconds }: { readonly incidents: number; readonly seconds: string }) =>
      `${incidents} 件、两个方案及各种情形，共用 ${seconds} 秒。`,
    difference: (v: { readonly mean: string; readonly low: string; readonly high: string }) =>
      `到场时间平均变化 ${v.mean} 分钟（95 % 区间 ${v.low} 至 ${v.high}）`,
    noDifference: (v: { readonly low: string; readonly high: string }) =>
      `到场时间看不出差别（95 % 区间 ${v.low} 至 ${v.high} 分钟）`,
    gains: (v: { readonly gains: number; readonly losses: number; readonly incidents: number }) =>
      `${v.incidents} 件中 ${v.gains} 件变快，${v.losses} 件变慢；地图上圆点越大变化越大。`,
    response: '到场时间（分钟，现行 → 本方案）',
    rowHead: '情形',
    responseHeads: ['平均', '中位', '九成', '达标 %'],
    all: '全部',
    scenarios: { team_absent: '一组缺勤', demand_up: '事件多两成', speed_down: '车速慢两成' },
    work: '工作量',
    before: '现行',
    after: '本方案',
    variation: '编组忙闲差异',
    cross: '跨区处置',
    queued: '等候派遣',
    allBusy: '全部占用的时间',
    unserved: '无组可派',
    teams: '各编组',
    team: '编组',
    tasks: '任务',
    busyHours: '占用小时',
    regret: '与事后最优相比（分钟）',
    regretRow: (v: {
      readonly best: string;
      readonly waiting: string;
      readonly rule: string;
      readonly away: string;
    }) => `最优 ${v.best}，等候 +${v.waiting}，片区规则 +${v.rule}，不在驻点 +${v.away}`,
    worst: '变慢最多的村社',
    noWorse: '没有村社变慢。',
    allVillages: '全部村社',
    village: '村社',
    incidents: '事件',
    change: '变化（分钟）',
    interval: '95 % 区间',
    notShown: '看不出',
    csv: '下载 CSV',
    pdf: '下载 PDF',
    hide: '收起地图圆点',
    page: '打开报告页',
    print: '打印',
    reading: '正在读取报告…',
    noReport: '没有这份报告。',
    about: (v: {
      readonly from: string;
      readonly to: string;
      readonly incidents: number;
      readonly before: string;
      readonly after: string;
      readonly at: string;
    }) => `${v.from} 至 ${v.to}，${v.incidents} 件；“${v.before}”对“${v.after}”；${v.at} 生成。`,
    overridden: ({ reason }: { readonly reason: string }) => `校准未通过，仍作比较，原因：${reason}`,
    stamp: (v: {
      readonly content: string;
      readonly policy: string;
      readonly core: string;
      readonly seed: number;
    }) => `方案指纹 ${v.content}，策略指纹 ${v.policy}，派遣核心 ${v.core}，种子 ${v.seed}`,
  },
  review: {
    title: '送审与发布',
    status: '状态',
    made: '编制',
    effective: '生效',
    retired: '停用',
    reason: '说明',
    hash: '内容指纹',
    blocked: ({ problems }: { readonly problems: number }) => `还有 ${problems} 个必改问题，不能送审：`,
    unfinished: '还有待定的网格或未发送的步骤，请先处理完。',
    report: '随附的推演报告',
    noReport: '还没有报告',
    whyNoReport: '没有报告时，请说明原因',
    submit: '送审',
    submitted: '已送审，内容已锁定',
    discard: '作废草案',
    discarded: '草案已作废',
    waiting: '等待另一位负责人审批。',
    withoutReport: '本方案没有附推演报告，请看送审说明。',
    approve: '批准',
    approved: '已批准',
    whyBack: '退回原因',
    giveBack: '退回草案',
    returned: '已退回',
    waitingPublish: '已批准，等待发布。',
    effectiveAt: '生效时间',
    lead: ({ minutes }: { readonly minutes: number }) => `至少提前 ${minutes} 分钟`,
    publish: '发布',
    sure: ({ at }: { readonly at: string }) =>
      `自 ${at} 起，新的派遣都按本方案。在办任务仍归原编组。确定发布吗？`,
    yes: '确定发布',
    no: '再想想',
    published: '已发布，到时自动生效',
    whyWithdraw: '撤回原因',
    withdraw: '撤回发布',
    withdrawn: '已撤回，原方案继续有效',
    inForce: '本方案正在生效。要回到更早的方案，请打开那个方案再回退。',
    rollBack: '回退到本方案',
    rollBackHow: '以本方案的内容新建一个方案并定时生效，什么都不删除。',
    whyRollBack: '回退原因',
    rollBackTo: ({ name }: { readonly name: string }) => `回退到“${name}”`,
    rolledBack: '回退方案已发布',
    reports: '推演报告',
  },
  calendar: {
    rules: '日历方案',
    noRules: '没有集市日或上学时段的特别方案。',
    active: '（此刻有效）',
    end: '结束',
    done: '已保存',
    newRule: '新增日历方案',
    edition: '方案',
    name: '名称',
    reason: '原因',
    from: '开始',
    to: '结束（可不填）',
    weekdays: '星期',
    days: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    everyDay: '每天',
    hourFrom: '每日自',
    hourTo: '每日至',
    hours: ({ days, from, to }: { readonly days: string; readonly from: string; readonly to: string }) =>
      `${days} ${from}–${to}`,
    set: '设定',
    closures: '临时封路',
    noClosures: '没有封路。',
    roads: ({ roads }: { readonly roads: number }) => `${roads} 条道路`,
    roadsOfArea: '区域内全部道路',
    newClosure: '新增封路',
    area: ({ code }: { readonly code: string }) => `封闭穿过网格 ${code} 的全部道路`,
    chooseArea: '先用选择工具点一个网格，再封闭穿过它的道路。',
    close: '封路',
  },
  files: {
    exportTitle: '导出',
    importTitle: '导入到本草案',
    importHow: '读入的去向先放在桌上待定，不会直接写入。CSV 为“cell,zone”；图形文件须说明坐标系。',
    datum: '坐标系',
    datumOfFile: '文件的坐标系',
    datums: {
      wgs84: 'WGS-84 世界大地坐标',
      cgcs2000: 'CGCS2000 国家大地坐标',
      gcj02: 'GCJ-02 火星坐标',
      bd09: 'BD-09 百度坐标',
    },
    csv: 'CSV 网格与片区',
    zonesGeoJson: 'GeoJSON 片区',
    cellsGeoJson: 'GeoJSON 网格',
    shapefile: '压缩的 Shapefile 图形（已保存的内容）',
    format: '格式',
    formats: { csv: 'CSV 表格', geojson: 'GeoJSON 图形', shapefile: '压缩的 Shapefile 图形' },
    file: '文件',
    choose: '选择文件',
    read: '读入',
    result: (v: { readonly rows: number; readonly errors: number; readonly warnings: number }) =>
      `共 ${v.rows} 行，${v.errors} 处错误，${v.warnings} 处提醒。`,
    onTable: ({ cells }: Cells) => `${cells} 个网格的去向已放上桌面，请接受或放弃。`,
    row: '行',
    finding: '问题',
    value: '内容',
    wholeFile: '整个文件',
    severities: { error: '错误', warning: '提醒' },
    findings: {
      file_unreadable: '文件读不出来',
      column_missing: '缺少列',
      cell_unknown: '没有这个网格',
      cell_repeated: '网格重复',
      zone_unknown: '没有这个片区',
      value_missing: '缺少内容',
      value_invalid: '内容不对',
      shape_invalid: '图形不合法',
      cell_divided: '网格不足九成落在一个片区',
      cell_uncovered: '网格没有被任何图形覆盖',
      place_outside: '地点在镇外',
      team_unknown: '没有这个编组',
      row_repeated: '行重复',
    },
  },
};
