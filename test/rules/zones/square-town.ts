import type { CellId } from '../../../shared/contract/ids.ts';
import type { Coverage, PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import { vertexAt } from '../../../shared/rules/cells/ring.ts';
import { coverageFrom } from '../cells/oracle-town.ts';

/** A town of equal cells 0.01 degree wide, numbered row by row from the south-west; each row is a village. */
export function squareTown(columns: number, rows: number): { cells: PlannedCell[]; coverage: Coverage } {
  const at = (x: number, y: number) => vertexAt(121.4 + x / 100, 30 + y / 100);
  const cells = Array.from({ length: columns * rows }, (_, i): PlannedCell => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return {
      id: (i + 1) as CellId,
      code15: `330205103${String(y + 1).padStart(3, '0')}${String(x + 1).padStart(3, '0')}`,
      kind: 'basic',
      rings: [[at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)]],
      supersedes: [],
    };
  });
  return { cells, coverage: coverageFrom(cells) };
}
