import type { CellId } from '../../contract/ids.ts';
import type { PlanningRefusal } from '../../contract/planning-codes.ts';
import type { Coverage, CoverageChange, Lineage, PlannedCell } from './coverage.ts';
import type { Projection } from './projection.ts';
import type { Ring, Vertex } from './ring.ts';
import { shapeProblem } from './simple.ts';
import { sameBorder } from './tiling.ts';

/** What an edit needs besides the coverage: the first free cell id, the metric projection, and the tolerances. */
export interface EditContext {
  readonly firstId: number;
  readonly project: Projection;
  /** A crossing this near to a node takes the node, in metres. */
  readonly snapMetres?: number;
  /** No part may be smaller, in square metres. */
  readonly leastSquareMetres?: number;
}

/** An edit gives a complete change or a named reason with the place. */
export type EditOutcome =
  | { readonly ok: true; readonly change: CoverageChange }
  | { readonly ok: false; readonly refusal: PlanningRefusal; readonly at?: Vertex };

/** A refusal, with the place where there is one. */
export const refuseEdit = (refusal: PlanningRefusal, at?: Vertex): EditOutcome =>
  at ? { ok: false, refusal, at } : { ok: false, refusal };

/** New cells of an edit before they have ids: what they replace and how they look. */
export interface Successor {
  readonly from: readonly PlannedCell[];
  readonly rings: readonly Ring[];
  readonly code15: string;
}

/**
 * Turns successors into a change and guards it: every new shape is valid and the border of the changed patch is
 * unchanged, hence the cells still tile the town. Cells get consecutive ids in the given order.
 */
export function concludeEdit(
  coverage: Coverage,
  successors: readonly Successor[],
  outlineAfter: readonly Ring[],
  context: EditContext,
): EditOutcome {
  const removed = [...new Set(successors.flatMap((one) => one.from))];
  const added = successors.map((one, i): PlannedCell => ({
    id: (context.firstId + i) as CellId,
    code15: one.code15,
    kind: one.from.every((cell) => cell.kind === 'dedicated') ? 'dedicated' : 'basic',
    rings: one.rings,
    supersedes: one.from.map((cell) => cell.id),
  }));
  for (const cell of added) {
    const problem = shapeProblem(cell.rings);
    if (problem) return refuseEdit('shape_broken', problem.at);
  }
  for (const ring of outlineAfter)
    if (!coverage.outline.includes(ring) && shapeProblem(outerFirst(ring)))
      return refuseEdit('shape_broken', ring[0]);
  const before = { cells: removed.flatMap((cell) => cell.rings), outline: coverage.outline };
  const after = { cells: added.flatMap((cell) => cell.rings), outline: outlineAfter };
  if (!sameBorder(before, after)) return refuseEdit('cells_overlap');
  return {
    ok: true,
    change: {
      removed,
      added,
      lineage: lineageOf(successors, added),
      outlineBefore: coverage.outline,
      outlineAfter,
    },
  };
}

const outerFirst = (ring: Ring): readonly Ring[] =>
  shapeProblem([ring])?.fault === 'ring_wrong_way' ? [ring.toReversed()] : [ring];

function lineageOf(successors: readonly Successor[], added: readonly PlannedCell[]): readonly Lineage[] {
  const lines = new Map<string, { from: readonly CellId[]; to: CellId[] }>();
  for (const [i, one] of successors.entries()) {
    const from = one.from.map((cell) => cell.id);
    const line = lines.get(from.join()) ?? { from, to: [] };
    line.to.push(added[i]!.id);
    lines.set(from.join(), line);
  }
  return [...lines.values()];
}
