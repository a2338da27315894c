/** What may be wrong with an import: code -> weight, the name a person reads (zh), and the remedy. Errors stop it. */
export const reasons = {
  // the file
  encoding_foreign: error('编码不符', 'save the file as UTF-8, or name its encoding: --encoding gbk'),
  json_invalid: error('不是 JSON', 'export the layer as GeoJSON (RFC 7946)'),
  file_wrong: error(
    '文件类型不符',
    'give a GeoJSON FeatureCollection, a CSV or a zipped Shapefile of this layer',
  ),
  csv_invalid: error('CSV 不合法', 'save it as comma-separated text with one header line'),
  column_missing: error('缺少列', 'add the column, or name yours: --map field=column'),
  layer_empty: error('没有数据', 'the file has a header but nothing in it'),
  crs_contradicted: error(
    '坐标系矛盾',
    'the file names another CRS: check which is right and set --crs to it',
  ),
  // one feature or row
  field_missing: error('缺少属性', 'fill it in, or name your property: --map field=property'),
  field_invalid: error('属性值不合法', 'correct the value'),
  geometry_missing: error('没有几何', 'draw the feature or delete the row'),
  geometry_wrong: error('几何类型不符', 'this layer takes the geometry named in docs/import.md'),
  geometry_multiple: error(
    '多部分面',
    'split it in the source, or --multi keep (one cell in parts) or --multi split',
  ),
  ring_short: error('环点数不足', 'a ring has at least four positions, the last equal to the first'),
  ring_open: error('环未闭合', 'end the ring with its first position'),
  vertex_repeated: warning('重复节点', 'the second of two equal positions is dropped'),
  coordinate_invalid: error('坐标不合法', 'give two finite numbers, longitude first'),
  axis_swapped: error('经纬度颠倒', 'put longitude first, latitude second'),
  place_far: error('远离本镇', 'check --crs, and that the layer belongs to this town'),
  ring_crossed: error('自相交', 'move the vertices so that the ring does not meet itself'),
  cell_sliver: error('狭长碎片', 'merge the sliver into its neighbour'),
  // codes
  code_malformed: error('编码不合法', '15 digits for a cell, 12 for a community; elsewhere --code-rule any'),
  code_repeated: error('编码重复', 'give each its own code, or --merge-same-code to make them one cell'),
  code_merged: warning('同码合并', 'features of one code became one cell, as asked'),
  code_foreign: error('编码前缀不符', 'a code begins with the code of its town'),
  code_taken: error('编码已用于其他形状', 'a reshaped cell needs a new code: change it in the source'),
  community_unknown: error('社区不在名录', 'import the communities first, or correct the code'),
  // the coverage
  cells_overlap: error(
    '网格重叠',
    'correct the border in the source, or --repair and look at the difference',
  ),
  cells_gap: error('网格缝隙', 'correct the border in the source, or --repair and look at the difference'),
  cells_hole: error('网格空洞', 'a cell is missing; if it is an enclave: --allow-holes'),
  cells_apart: warning('网格不相连', 'the cells form several parts; right for islands and exclaves'),
  town_uncovered: error(
    '未覆盖全镇',
    'add the missing cells, or --new-outline to take the cells as the town',
  ),
  town_exceeded: error(
    '超出镇界',
    'cut the cells at the town, or --new-outline to take the cells as the town',
  ),
  // zones
  cell_unknown: error('网格不存在', 'import the cells first, or correct the code'),
  cell_repeated: error('网格重复分配', 'a cell belongs to one zone'),
  cell_unassigned: error('网格未分配', 'every cell belongs to a zone: add it to the file'),
  cell_straddles: warning('网格跨片区', 'the zone border runs through the cell; the larger part decided'),
  zone_split: warning('片区不连通', 'the zone is in several pieces; right only for exclaves'),
  approval_missing: error(
    '缺少审批',
    'only the first edition may be published here; leave out --publish and send the draft to review',
  ),
  // the town
  town_missing: error('尚无城镇', 'import the cells first, with --create-town NAME'),
  town_exists: error('城镇已存在', 'leave out --create-town; one database holds one town'),
  edition_missing: error('尚无生效方案', 'import and publish the zones first'),
  // roads
  roads_apart: warning(
    '路网不连通',
    'join the ends that should meet; a part that is cut off is never on a route',
  ),
  class_unknown: warning('道路等级未知', 'it is driven at 20 km/h; use the highway values of OpenStreetMap'),
  // teams
  row_differs: error(
    '同一编组数据不一致',
    'repeat the team columns unchanged, or leave them empty after the first row',
  ),
  zone_unknown: error('片区不存在', 'use a zone number of the edition in force'),
  person_repeated: error('人员重复', 'a person stands once in the file'),
  licence_repeated: error('执法证号重复', 'a licence number belongs to one person'),
  licence_missing: warning('执法人员无证', 'without a valid licence this person does not count as licensed'),
  home_outside: warning('驻点在镇外', 'check the home point'),
  // incidents
  place_missing: error('没有坐标', 'geocode the row; or --skip-bad-rows to import the others'),
  time_invalid: error('时间不合法', 'use 2026-03-16T08:30:00, with an offset or with --time-zone'),
  id_repeated: error('编号重复', 'each row needs an id of its own'),
  place_outside: warning('位于网格外', 'kept and marked as doubtful: a dispatcher places it'),
  default_coordinate: warning(
    '疑似默认坐标',
    'kept and marked as doubtful: a dispatcher places it before filing',
  ),
  matter_unknown: warning('事项不在清单', 'left without a matter; map it: --matter-map from,code'),
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

interface Reason {
  readonly level: 'error' | 'warning';
  readonly zh: string;
  readonly remedy: string;
}

function error(zh: string, remedy: string): Reason {
  return { level: 'error', zh, remedy };
}

function warning(zh: string, remedy: string): Reason {
  return { level: 'warning', zh, remedy };
}
