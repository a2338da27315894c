import type { Cells, Named, ZoneText } from './studio-values.ts';

/** Sentences of the tables below the map. */
export const tableWords = {
  bottom: {
    problems: ({ problems }: { readonly problems: number }) => `问题 ${problems}`,
    cells: '网格',
    changes: '变动',
    log: '记录',
  },
  problems: {
    title: '方案中的问题',
    none: '没有问题，可以送审。',
    error: '必改',
    warning: '提醒',
    waive: '允许分片',
    waiveReason: '允许分片的原因',
    show: '定位',
    which: (v: { readonly sentence: string; readonly codes: string }) => `${v.sentence}（${v.codes}）`,
    repair: ({ cells }: Cells) => `修复 ${cells} 个网格`,
    sentences: {
      cell_unassigned: ({ cells }: ZoneText & Cells) => `${cells} 个网格未划入任何片区`,
      cell_orphaned: ({ zone }: ZoneText & Cells) => `${zone} 片区有一个网格与本片区不相连`,
      zone_empty: ({ zone }: ZoneText) => `${zone} 片区没有网格`,
      zone_split: ({ zone, cells }: ZoneText & Cells) => `${zone} 片区不连续，另有 ${cells} 个网格被隔开`,
      zone_unstaffed: ({ zone }: ZoneText) => `${zone} 片区没有编组`,
      team_unplaced: ({ team }: { readonly team: string }) => `在勤编组 ${team} 没有片区`,
      coverage_damaged: '网格底图检查未通过',
      edition_outdated: '编制期间已有新方案生效，尚未对齐',
      zone_holed: ({ zone, cells }: ZoneText & Cells) => `${zone} 片区包围了其他片区的 ${cells} 个网格`,
      workload_uneven: ({ zone, percent }: ZoneText & { readonly percent: number }) =>
        `${zone} 片区工作量比平均${percent < 0 ? '低' : '高'} ${Math.abs(percent)} %`,
      zone_ragged: ({ zone, compactness }: ZoneText & { readonly compactness: string }) =>
        `${zone} 片区形状零碎，紧凑度 ${compactness}`,
      village_divided: ({ village, zones }: { readonly village: string; readonly zones: number }) =>
        `${village} 被分到 ${zones} 个片区，比现行方案多`,
    },
  },
  cells: {
    title: '全部网格',
    heads: ['选', '网格', '村社', '事件/周', '工时/周', '平方公里', '人口', '片区'],
    filter: '按编码、村社或 #片区 筛选',
    choose: ({ code }: { readonly code: string }) => `选取网格 ${code}`,
    zoneOf: ({ code }: { readonly code: string }) => `网格 ${code} 的片区`,
    noZone: '未划入',
    give: ({ cells }: Cells) => `把选中的 ${cells} 个划入`,
    target: ({ zone }: ZoneText) => `${zone} 片区`,
    join: ({ cells }: Cells) => `把 ${cells} 个网格并成一个`,
    show: '定位',
    renumber: '整村重新编号…',
  },
  changes: {
    title: '换手的网格',
    none: ({ name }: Named) => `与${name}没有差别。`,
    count: ({ cells, name }: Cells & Named) => `${cells} 个网格与${name}不同`,
    row: ({ code, was, now }: { readonly code: string; readonly was: string; readonly now: string }) =>
      `网格 ${code}：${was} 片区 → ${now} 片区`,
    show: '定位',
    back: '还原',
    backAll: ({ name }: Named) => `全部还原为${name}`,
    conflicts: '需要确定的网格',
    conflict: ({
      code,
      mine,
      theirs,
    }: {
      readonly code: string;
      readonly mine: string;
      readonly theirs: string;
    }) => `网格 ${code}：草案划入 ${mine} 片区，现行方案划入 ${theirs} 片区`,
    keepDraft: '按草案',
    keepRunning: '按现行',
  },
  log: {
    title: '草案记录',
    none: '还没有操作。',
    you: '本人',
    person: ({ id }: { readonly id: number }) => `规划员 ${id}`,
    undo: '撤销了前面一步',
    redo: '重做了撤销的一步',
    exchange: ({ zones }: { readonly zones: string }) => `交换 ${zones} 片区的编号与名称`,
    lock: ({ zones }: { readonly zones: string }) => `锁定 ${zones} 片区`,
    unlock: ({ zones }: { readonly zones: string }) => `解锁 ${zones} 片区`,
    assign: ({ cells, zones }: Cells & { readonly zones: string }) =>
      cells === 0 ? '增减了片区' : `${cells} 个网格划入 ${zones} 片区`,
    cells: {
      split: '拆分了网格',
      merge: '合并了网格',
      move_border: '移动了公共边',
      move_node: '移动了交点',
      renumber: '整村重新编号',
      revert: '撤销了一次网格调整',
      rebase: '与现行方案对齐',
    },
  },
};
