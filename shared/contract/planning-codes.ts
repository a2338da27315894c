/** Names of the planner's domain that rules, server and screens share. Free of zod, so that the client may import it. */

/** Life of an edition: draft, in review, approved, published (dated), retired. 草案 送审 批准 发布 停用 */
export const editionStatuses = ['draft', 'in_review', 'approved', 'published', 'retired'] as const;
export type EditionStatus = (typeof editionStatuses)[number];

/** What separates two cells although they touch: a zone may not count on crossing it. */
export const barriers = ['none', 'river', 'rail', 'motorway'] as const;
export type Barrier = (typeof barriers)[number];

/** Reasons against a plan -> `error` blocks sending to review, `warning` does not. */
export const planProblems = {
  cell_unassigned: 'error', // a cell without a zone
  cell_orphaned: 'error', // a single cell cut off from the rest of its zone
  zone_empty: 'error', // a zone without cells
  zone_split: 'error', // a zone in several pieces, or held together by a corner, a short border or a barrier
  zone_unstaffed: 'error', // a zone without a team
  team_unplaced: 'error', // a team in service without a zone
  coverage_damaged: 'error', // the coverage check has rows
  edition_outdated: 'error', // older than the running edition and not rebased
  zone_holed: 'warning', // a zone that encloses cells of others
  workload_uneven: 'warning', // workload outside the tolerance band
  zone_ragged: 'warning', // compactness under the limit
  village_divided: 'warning', // a village cut into more zones than in the published edition
} as const;
export type PlanProblemName = keyof typeof planProblems;

/** Kinds of rows of the coverage check. */
export const coverageFaults = ['shape', 'overlap', 'unmatched', 'gap', 'outline', 'parts', 'code'] as const;
export type CoverageFault = (typeof coverageFaults)[number];

/** Every "no" of the planner's rules: code -> HTTP status. */
export const planningRefusals = {
  cell_unknown: 404, // a cell that the coverage does not hold
  zone_unknown: 404, // a zone that the draft does not hold
  operation_unknown: 404, // undo or redo of an operation that the log does not hold
  zone_locked: 409, // a locked zone neither gives nor takes
  zone_small: 422, // fewer cells than parts wanted
  operation_undone: 409, // the operation is undone already, or not undone when a redo was asked
  line_short: 422, // fewer than two points
  line_outside: 422, // the line does not cut the cell
  line_ends_inside: 422, // the line starts or ends inside the cell
  line_touches_corner: 422, // the line only grazes a corner
  line_crosses_itself: 422, // the line meets itself or a hole of the cell
  part_small: 422, // a part would be smaller than the least area
  cells_apart: 422, // the cells to merge do not form one piece through shared borders
  villages_differ: 422, // a merge across villages needs the village of the result
  village_full: 409, // the 999 numbers of the village are used up
  village_unknown: 422, // no 12-digit village code
  border_unshared: 422, // the given vertices are not one border of exactly these two cells
  border_outer: 422, // the border or node belongs to the outline of the town
  node_unknown: 422, // no cell has a vertex there
  shape_broken: 422, // the edit would make a ring cross itself or another
  cells_overlap: 422, // the edit does not keep the tiling
  demand_excessive: 422, // more work than the teams can do: no steady state
  teams_many: 422, // too many teams for the exact model
  teams_missing: 422, // no team on duty
} as const;
export type PlanningRefusal = keyof typeof planningRefusals;
