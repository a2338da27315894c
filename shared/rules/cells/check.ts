import type { CellId } from '../../contract/ids.ts';
import type { CoverageFault } from '../../contract/planning-codes.ts';
import { isCellCode } from './codes.ts';
import type { Coverage, PlannedCell } from './coverage.ts';
import { pathMetres } from './measure.ts';
import type { Projection } from './projection.ts';
import { vertexKey } from './ring.ts';
import type { Vertex } from './ring.ts';
import { shapeProblem } from './simple.ts';
import { sweepCoverage } from './sweep.ts';
import { tilesExactly } from './tiling.ts';

/** One row of the coverage check: what is wrong, with which cells, how much (square metres or metres), where. */
export interface CoverageRow {
  readonly kind: CoverageFault;
  readonly cellIds: readonly CellId[];
  readonly value: number;
  readonly at: Vertex;
}

/** What a coverage needs to be checked; `declaredParts` is the number of separate pieces of the town. */
export interface CheckOptions {
  readonly project: Projection;
  readonly declaredParts?: number;
}

/** Areas under a square centimetre are noise of the arithmetic; a T-junction leaves more than that or no area at all. */
const leastSquareMetres = 1e-4;
const leastOutlineSquareMetres = 0.01;
const leastMetres = 0.01;

/**
 * The rows of the coverage check; none for a clean coverage. The clean case is decided exactly in integers; the
 * sweep only measures the damage of the others. Same kinds as the SQL check on the database.
 */
export function checkCoverage(coverage: Coverage, options: CheckOptions): readonly CoverageRow[] {
  const cells = [...coverage.cells.values()];
  const rings = cells.map((cell) => cell.rings);
  const rows: CoverageRow[] = codeRows(cells);
  if (tilesExactly(rings, coverage.outline)) return rows;
  for (const cell of cells) {
    const problem = shapeProblem(cell.rings, 'several');
    if (problem) rows.push({ kind: 'shape', cellIds: [cell.id], value: 0, at: problem.at });
  }
  const found = sweepCoverage(rings, coverage.outline, options.project);
  for (const [key, region] of found.overlaps) {
    if (region.squareMetres < leastSquareMetres) continue;
    const cellIds = key.split(' ').map((position) => cells[Number(position)]!.id);
    rows.push({ kind: 'overlap', cellIds, value: region.squareMetres, at: region.at });
  }
  rows.push(...unmatchedRows(coverage, found.perimeterMetres, options.project));
  for (const gap of found.gaps)
    if (gap.squareMetres >= leastSquareMetres)
      rows.push({ kind: 'gap', cellIds: [], value: gap.squareMetres, at: gap.at });
  for (const fault of found.outlineFaults)
    if (fault.squareMetres > leastOutlineSquareMetres)
      rows.push({ kind: 'outline', cellIds: [], value: fault.squareMetres, at: fault.at });
  const declared = options.declaredParts ?? 1;
  if (found.parts > declared)
    rows.push({ kind: 'parts', cellIds: [], value: found.parts, at: rings[0]?.[0]?.[0] ?? [0, 0] });
  return rows;
}

/** Segments with more than two owners, and the length of border that is neither shared nor the union's own. */
function unmatchedRows(coverage: Coverage, perimeterMetres: number, project: Projection): CoverageRow[] {
  const borders = new Set(
    coverage.outline.flatMap((ring) => ring.map((a, i) => segmentKey(a, ring[(i + 1) % ring.length]!))),
  );
  const segments = new Map<string, { a: Vertex; b: Vertex; owners: CellId[] }>();
  for (const cell of coverage.cells.values())
    for (const ring of cell.rings)
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i]!;
        const b = ring[(i + 1) % ring.length]!;
        const key = segmentKey(a, b);
        const segment = segments.get(key);
        if (segment) segment.owners.push(cell.id);
        else segments.set(key, { a, b, owners: [cell.id] });
      }
  const rows: CoverageRow[] = [];
  let single = 0;
  const suspects = new Map<CellId, Vertex>();
  for (const [key, { a, b, owners }] of segments) {
    if (owners.length > 2)
      rows.push({ kind: 'unmatched', cellIds: owners, value: pathMetres([a, b], project), at: a });
    if (owners.length !== 1) continue;
    single += pathMetres([a, b], project);
    if (!borders.has(key)) suspects.set(owners[0]!, a);
  }
  const difference = Math.abs(single - perimeterMetres);
  const [first] = suspects;
  if (difference > leastMetres)
    rows.push({
      kind: 'unmatched',
      cellIds: [...suspects.keys()],
      value: difference,
      at: first?.[1] ?? [0, 0],
    });
  return rows;
}

function segmentKey(a: Vertex, b: Vertex): string {
  const one = vertexKey(a);
  const two = vertexKey(b);
  return one < two ? `${one} ${two}` : `${two} ${one}`;
}

/** Codes that repeat; where the national rule is followed, also those that break it. Towns elsewhere have codes of their own. */
function codeRows(cells: readonly PlannedCell[]): CoverageRow[] {
  const seen = new Map<string, CellId>();
  const national = cells.some(({ code15 }) => isCellCode(code15));
  return cells.flatMap((cell): CoverageRow[] => {
    const other = seen.get(cell.code15);
    seen.set(cell.code15, cell.id);
    const row = { kind: 'code' as const, value: 0, at: cell.rings[0]?.[0] ?? ([0, 0] as const) };
    if (national && !isCellCode(cell.code15)) return [{ ...row, cellIds: [cell.id] }];
    return other === undefined ? [] : [{ ...row, cellIds: [other, cell.id] }];
  });
}
