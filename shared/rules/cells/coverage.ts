import type { CellId } from '../../contract/ids.ts';
import type { Ring } from './ring.ts';

/** One basic cell 基础网格 as the planner edits it; never changed in place, a reshaped cell is a new row. */
export interface PlannedCell {
  readonly id: CellId;
  /** 15 digits: county 6, town 3, village 3, sequence 3. */
  readonly code15: string;
  readonly kind: 'basic' | 'dedicated';
  /** Outer ring counter-clockwise, then holes clockwise. */
  readonly rings: readonly Ring[];
  readonly supersedes: readonly CellId[];
}

/** A consistent set of cells that tiles the outline; treated as immutable. */
export interface Coverage {
  readonly cells: ReadonlyMap<CellId, PlannedCell>;
  /** Directed rings of the town's border: outer rings counter-clockwise, enclaves clockwise. */
  readonly outline: readonly Ring[];
  /** Every code ever given, so that a retired one is never given again. */
  readonly issuedCodes: ReadonlySet<string>;
}

/** Where the cells of an edit came from: parts inherit from the whole, a merged cell from all its sources. */
export interface Lineage {
  readonly from: readonly CellId[];
  readonly to: readonly CellId[];
}

/** The effect of one cell edit, complete enough to be applied and taken back byte for byte. */
export interface CoverageChange {
  readonly removed: readonly PlannedCell[];
  readonly added: readonly PlannedCell[];
  readonly lineage: readonly Lineage[];
  readonly outlineBefore: readonly Ring[];
  readonly outlineAfter: readonly Ring[];
}

/** Puts a change into force: the removed rows leave, the added ones enter, codes stay issued for ever. */
export function applyChange(coverage: Coverage, change: CoverageChange): Coverage {
  const cells = new Map(coverage.cells);
  for (const cell of change.removed) cells.delete(cell.id);
  for (const cell of change.added) cells.set(cell.id, cell);
  const issuedCodes = new Set(coverage.issuedCodes);
  for (const cell of change.added) issuedCodes.add(cell.code15);
  return { cells, outline: change.outlineAfter, issuedCodes };
}

/** The change that takes another one back. */
export const inverseOf = (change: CoverageChange): CoverageChange => ({
  removed: change.added,
  added: change.removed,
  lineage: change.lineage.map((line) => ({ from: line.to, to: line.from })),
  outlineBefore: change.outlineAfter,
  outlineAfter: change.outlineBefore,
});
