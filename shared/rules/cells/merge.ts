import type { CellId } from '../../contract/ids.ts';
import { buildTopology } from './arcs.ts';
import { nextCodes, villageOf } from './codes.ts';
import type { Coverage } from './coverage.ts';
import { dissolve } from './dissolve.ts';
import { concludeEdit, refuseEdit } from './edit.ts';
import type { EditContext, EditOutcome } from './edit.ts';

/** Merges cells into one; `village` (12 digits) is needed when they belong to several villages. */
export interface MergeCells {
  readonly cellIds: readonly CellId[];
  readonly village?: string;
}

/** One cell from several that hang together through shared borders; neighbours keep their rings as they are. */
export function mergeCells(coverage: Coverage, merge: MergeCells, context: EditContext): EditOutcome {
  const cells = [...new Set(merge.cellIds)].map((id) => coverage.cells.get(id));
  if (cells.some((cell) => !cell)) return refuseEdit('cell_unknown');
  const known = cells.filter((cell) => cell !== undefined);
  if (known.length < 2) return refuseEdit('cells_apart');
  const villages = new Set(known.map((cell) => villageOf(cell.code15)));
  if (villages.size > 1 && !merge.village) return refuseEdit('villages_differ');
  const village = merge.village ?? [...villages][0]!;
  if (!/^\d{12}$/.test(village)) return refuseEdit('village_unknown');
  const topology = buildTopology(known.map((cell) => cell.rings));
  const polygons = dissolve(
    topology,
    known.map((_, i) => i),
  );
  if (polygons.length !== 1) return refuseEdit('cells_apart', polygons[1]?.[0]?.[0]);
  const codes = nextCodes(coverage.issuedCodes, village, 1);
  if (!codes) return refuseEdit('village_full');
  return concludeEdit(
    coverage,
    [{ from: known, rings: polygons[0]!, code15: codes[0]! }],
    coverage.outline,
    context,
  );
}
