import { nextCodes, orderByRows, villageOf } from './codes.ts';
import type { Coverage } from './coverage.ts';
import { concludeEdit, refuseEdit } from './edit.ts';
import type { EditContext, EditOutcome } from './edit.ts';

/**
 * New codes for all cells of a village, by rows from north to south and west to east inside a row. Shapes stay; codes that were
 * ever given are not given again, so the numbers go on above the highest one.
 */
export function renumberVillage(
  coverage: Coverage,
  { village }: { readonly village: string },
  context: EditContext,
): EditOutcome {
  const cells = [...coverage.cells.values()].filter((cell) => villageOf(cell.code15) === village);
  if (cells.length === 0) return refuseEdit('village_unknown');
  const codes = nextCodes(coverage.issuedCodes, village, cells.length);
  if (!codes) return refuseEdit('village_full');
  const byRings = new Map(cells.map((cell) => [cell.rings, cell]));
  const ordered = orderByRows(
    cells.map(({ rings }) => rings),
    context.project,
  );
  return concludeEdit(
    coverage,
    ordered.map((rings, i) => ({ from: [byRings.get(rings)!], rings, code15: codes[i]! })),
    coverage.outline,
    context,
  );
}
