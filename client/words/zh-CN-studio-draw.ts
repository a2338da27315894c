import type { Cells, Named, ZoneText } from './studio-values.ts';

/** Sentences of the panels in which a plan is drawn. */
export const drawWords = {
  inspector: {
    selection: '选中的网格',
    nothing: '没有待定的网格。用选择、矩形、套索或整村工具选取，或在下方表格勾选。',
    waiting: ({ cells, zones, source }: Cells & { readonly zones: string; readonly source: string }) =>
      `${source}：${cells} 个网格待划入 ${zones} 片区。按 A 接受，退格放弃。`,
    sources: { selection: '手工选取', proposal: '自动建议', import: '导入文件', suggestion: '修复或微调' },
    incidents: '事件/周',
    hours: '工时/周',
    area: '面积（平方公里）',
    population: '人口',
    show: '定位',
    join: '并成一个网格',
    joinInto: ({ village }: { readonly village: string }) => `并成一个，归 ${village}`,
    cursor: ({
      code,
      village,
      zone,
      hours,
    }: {
      readonly code: string;
      readonly village: string;
      readonly zone: string;
      readonly hours: string;
    }) => `光标：${code}，${village}，${zone} 片区，每周 ${hours} 小时`,
    zone: ({ zone, deviation }: ZoneText & { readonly deviation: string }) =>
      `${zone} 片区，偏差 ${deviation}`,
    noMove: '没有单步调整能让它更均衡。',
    moves: '更均衡的小调整',
    move: (v: {
      readonly cells: string;
      readonly from: string;
      readonly to: string;
      readonly before: string;
      readonly after: string;
    }) => `把 ${v.cells} 从 ${v.from} 划到 ${v.to}：偏差 ${v.before} → ${v.after}`,
    tryMove: '试一试',
    rowHead: '指标',
    difference: ({ name }: Named) => `与${name}相比`,
    changed: ({ cells, share, teams }: Cells & { readonly share: string; readonly teams: number }) =>
      `${cells} 个网格换手，占工作量 ${share}，涉及 ${teams} 个编组。`,
    compared: '对照',
    plan: '本方案',
    delta: '差',
    rows: {
      highest: '最大偏差（%）',
      variation: '变异系数（%）',
      compactness: '平均紧凑度',
      response: '平均到场（分钟）',
      cross: '跨区比例（%）',
      allBusy: '全部占用概率（%）',
    },
    strained: ({ busy }: { readonly busy: string }) => `编组平均占用 ${busy}，超过 85 % 时预测只可作参考。`,
    limits: ({ teams, wait }: { readonly teams: number; readonly wait: string }) =>
      `${teams} 个编组，平均等候 ${wait} 分钟。预测假定稳态、各组同速、不分优先级，只用来比较方案；定论看推演。`,
    noForecast: '没有带驻点的在勤编组，无法预测到场时间。',
    newZone: '新增片区',
    zoneName: '片区名称',
    add: '新增',
    exchange: '交换编号',
    takeOver: '从其他方案取片区',
  },
  basis: {
    title: '数据依据',
    period: (v: { readonly from: string; readonly to: string; readonly incidents: number }) =>
      `${v.from} 至 ${v.to}，${v.incidents} 件事件。`,
    assumed: '已办结的事件太少：工时按人口推算，行车与处置时间为假定值。',
    crews: ({ crews }: { readonly crews: string }) => `按排班同时在勤：${crews}；预测按此计算。`,
    crew: (v: { readonly teams: number; readonly share: string }) => `${v.teams} 个编组（占时 ${v.share}）`,
    between: '，',
    held: (v: { readonly closed: string; readonly calendar: string }) =>
      `今后两周这些时段中，临时封路占 ${v.closed}，日历区划占 ${v.calendar}；预测已计入。`,
    unrostered: ({ teams }: { readonly teams: number }) =>
      `这些时段没有排班：预测按 ${teams} 个编组都在勤计算。`,
    other: '换一段历史或需求',
    days: '历史时段',
    lastDays: ({ days }: { readonly days: number }) => `最近 ${days} 天`,
    demand: '事件量',
    take: '按此重算',
  },
  hours: {
    title: '每日时段',
    spans: {
      whole: '全天',
      day: '白天（8–20 时）',
      night: '夜间（20–8 时）',
      other: '其他时段',
    },
    from: '自（时）',
    to: '至（时）',
  },
  cut: {
    title: '拆分网格',
    how: '在地图上依次点出穿过一个网格的线，双击或回车完成；也可以在此输入，或由光标所在网格取中线。',
    points: '线的各点',
    format: '经度,纬度；用分号隔开，至少两点，两端在网格之外',
    take: '采用输入',
    vertical: '南北向中线',
    horizontal: '东西向中线',
    unreadable: '请写成“经度,纬度；经度,纬度”。',
    cell: ({ code }: { readonly code: string }) => `将拆分网格 ${code}`,
    noCell: '线还没有穿过网格。',
    cut: '拆分',
    drop: '取消',
  },
  border: {
    title: '移动公共边',
    how: '点选两个网格的公共边，拖动顶点，两侧网格一同变化；端点移动时相邻网格都跟随。也可以在此改坐标。',
    neighbour: ({ code }: { readonly code: string }) => `${code} 的相邻网格`,
    open: '取公共边',
    vertices: '公共边的顶点',
    axes: { lng: '经度', lat: '纬度' },
    coordinate: ({ axis, number }: { readonly axis: string; readonly number: number }) =>
      `第 ${number} 点${axis}`,
    add: '其后加点',
    remove: '去掉',
    save: '保存边界',
    drop: '取消',
  },
  teams: {
    title: '各片区的编组',
    how: '排在前面的先派。一个编组可以服务几个片区。',
    zone: ({ zone }: ZoneText) => `${zone} 片区`,
    save: '保存编组',
    saved: '编组已保存',
    busy: '编组占用预测',
    team: '编组',
    approximate: '近似',
    exact: '精确',
    solve: '用精确模型核对',
    tooMany: ({ teams }: { readonly teams: number }) => `精确模型只用于不超过 ${teams} 个编组。`,
  },
  proposal: {
    title: '自动建议',
    how: '在后台计算，可随时取消；同样的种子得到同样的方案。结果先放在桌上待定，可整体或分批接受。',
    needsDraft: '请先新建或打开一个草案。',
    tolerance: '偏差不超过',
    seed: '种子',
    curve: '少改动求均衡',
    redraw: '重新划分',
    cancel: '取消计算',
    progress: '计算进度',
    running: (v: { readonly percent: number; readonly deviation: string; readonly compactness: string }) =>
      `已算 ${v.percent} %，目前最大偏差 ${v.deviation}，紧凑度 ${v.compactness}`,
    drawn: (v: { readonly deviation: string; readonly compactness: string; readonly cells: number }) =>
      `最大偏差 ${v.deviation} %，平均紧凑度 ${v.compactness}，换手 ${v.cells} 个网格。`,
    leastChange: '改动多少换多少均衡',
    keep: '少动',
    more: '多动',
    chooseOne: '移动滑块，把其中一个方案放上桌面。',
    point: (v: {
      readonly cells: number;
      readonly load: string;
      readonly deviation: string;
      readonly compactness: string;
    }) => `换手 ${v.cells} 个网格（工作量 ${v.load} %），最大偏差 ${v.deviation} %，紧凑度 ${v.compactness}`,
    table: '全部备选',
    heads: ['换手', '工作量', '最大偏差', '紧凑度'],
    cells: ({ cells }: Cells) => `${cells} 个网格`,
    chart: '横轴为换手的工作量，纵轴为剩余的最大偏差；数据见下表',
    axes: { load: '换手的工作量（%）', deviation: '最大偏差（%）' },
    explain: ({ cells }: Cells) => `说明：移动这 ${cells} 个网格`,
    move: (v: {
      readonly cells: string;
      readonly count: number;
      readonly from: string;
      readonly to: string;
    }) => `${v.from} → ${v.to}：${v.count} 个（${v.cells}）`,
    takePart: '接受这部分',
    leavePart: '不要这部分',
    takeAll: '全部接受',
    leaveAll: '全部放弃',
  },
};
