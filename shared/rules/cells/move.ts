import type { CellId } from '../../contract/ids.ts';
import type { Coverage } from './coverage.ts';
import { concludeEdit, refuseEdit } from './edit.ts';
import type { EditContext, EditOutcome } from './edit.ts';
import { indexIn, reversed, sameVertex, vertexOf } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';
import { reshaped } from './split.ts';

/** Moves a border that two cells share; both paths start and end in the same two fixed vertices. */
export interface MoveBorder {
  readonly cellIds: readonly [CellId, CellId];
  readonly before: readonly Vertex[];
  readonly after: readonly Vertex[];
}

/** Moves one vertex; every cell that has it follows. */
export interface MoveNode {
  readonly from: Vertex;
  readonly to: Vertex;
}

/** Both cells take the new course of their border. */
export function moveBorder(coverage: Coverage, move: MoveBorder, context: EditContext): EditOutcome {
  const [one, two] = move.cellIds.map((id) => coverage.cells.get(id));
  if (!one || !two) return refuseEdit('cell_unknown');
  const { before, after } = move;
  const ends = before.length >= 2 && after.length >= 2 && one.id !== two.id;
  if (!ends || !sameVertex(before[0]!, after[0]!) || !sameVertex(before.at(-1)!, after.at(-1)!))
    return refuseEdit('border_unshared', before[0]);
  const rings = [one, two].map((cell) =>
    cell.rings.map((ring) =>
      replaceRun(replaceRun(ring, before, after), before.toReversed(), reversed(after)),
    ),
  );
  const followed = [one, two].every((cell, i) => rings[i]!.some((ring, k) => ring !== cell.rings[k]));
  if (!followed) return refuseEdit('border_unshared', before[0]);
  return concludeEdit(
    coverage,
    [one, two].map((cell, i) => reshaped(cell, rings[i]!)),
    coverage.outline,
    context,
  );
}

/** Every ring that holds the vertex takes the new place; a vertex of the town's outline stays. */
export function moveNode(coverage: Coverage, move: MoveNode, context: EditContext): EditOutcome {
  if (coverage.outline.some((ring) => indexIn(ring, move.from) >= 0))
    return refuseEdit('border_outer', move.from);
  const touched = [...coverage.cells.values()].filter((cell) =>
    cell.rings.some((ring) => indexIn(ring, move.from) >= 0),
  );
  if (touched.length === 0) return refuseEdit('node_unknown', move.from);
  return concludeEdit(
    coverage,
    touched.map((cell) =>
      reshaped(
        cell,
        cell.rings.map((ring) => ring.map((v) => (sameVertex(v, move.from) ? move.to : v))),
      ),
    ),
    coverage.outline,
    context,
  );
}

function replaceRun(ring: Ring, run: readonly Vertex[], by: readonly Vertex[]): Ring {
  const start = indexIn(ring, run[0]!);
  if (start < 0 || run.length > ring.length) return ring;
  if (!run.every((v, k) => sameVertex(v, vertexOf(ring, start + k)))) return ring;
  const rest = Array.from({ length: ring.length - run.length }, (_, k) =>
    vertexOf(ring, start + run.length + k),
  );
  return [...by, ...rest];
}
