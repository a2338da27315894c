import { expect, test } from 'vitest';
import type { CellId } from '../../../shared/contract/ids.ts';
import { checkCoverage } from '../../../shared/rules/cells/check.ts';
import type { CoverageRow } from '../../../shared/rules/cells/check.ts';
import type { Coverage, PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import { crossingsOf, cutsOf } from '../../../shared/rules/cells/crossings.ts';
import { measure } from '../../../shared/rules/cells/measure.ts';
import { indexIn, vertexKey } from '../../../shared/rules/cells/ring.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { shapeProblem } from '../../../shared/rules/cells/simple.ts';
import { splitCell } from '../../../shared/rules/cells/split.ts';
import { sweepCoverage } from '../../../shared/rules/cells/sweep.ts';
import { oracleCoverage, oracleProjection as project } from './oracle-town.ts';

const town = oracleCoverage();
const check = (coverage: Coverage): readonly CoverageRow[] => checkCoverage(coverage, { project });
const kinds = (rows: readonly CoverageRow[]): string =>
  [...new Set(rows.map((row) => row.kind))].sort().join();

const damaged = (edit: (cells: Map<CellId, PlannedCell>) => void): readonly CoverageRow[] => {
  const cells = new Map(town.cells);
  edit(cells);
  return check({ ...town, cells });
};
const outlineKeys = new Set(town.outline.flat().map(vertexKey));
const isInner = (cell: PlannedCell): boolean => !cell.rings[0]!.some((v) => outlineKeys.has(vertexKey(v)));
// Cells of which the database (PostGIS, EPSG:4549) gave 265,551 and 1,235,449 square metres.
const inner = town.cells.get(129 as CellId)!;
const border = town.cells.get(59 as CellId)!;
const area = (cell: PlannedCell): number => measure(cell.rings, project).squareMetres;

test('the clean town has no row', () => {
  expect(check(town)).toEqual([]);
});

test('the sweep itself finds the clean town clean', () => {
  const cells = [...town.cells.values()];
  const found = sweepCoverage(
    cells.map((cell) => cell.rings),
    town.outline,
    project,
  );
  expect([...found.overlaps.values()].every((region) => region.squareMetres < 1e-4)).toBe(true);
  expect([found.gaps, found.outlineFaults, found.parts]).toEqual([[], [], 1]);
  expect(found.perimeterMetres).toBeCloseTo(measure(town.outline, project).perimeterMetres, 3);
});

test('a vertex of one inner cell moved by 36 m shows as overlap, unmatched and gap', () => {
  const ring = inner.rings[0]!;
  const along: Vertex = [ring[1]![0] - ring.at(-1)![0], ring[1]![1] - ring.at(-1)![1]];
  const scale = 3500 / Math.hypot(...along);
  const moved: Vertex = [
    Math.round(ring[0]![0] + along[0] * scale),
    Math.round(ring[0]![1] + along[1] * scale),
  ];
  const rows = damaged((cells) => {
    cells.set(inner.id, { ...inner, rings: [[moved, ...ring.slice(1)]] });
  });
  expect(kinds(rows)).toBe('gap,overlap,unmatched');
  const gained = rows.filter((r) => r.kind === 'overlap').reduce((s, r) => s + r.value, 0);
  const lost = rows.filter((r) => r.kind === 'gap').reduce((s, r) => s + r.value, 0);
  // What the cell gained lies over its neighbours, what it lost is open: the balance is its change of area.
  expect(gained - lost).toBeCloseTo(area({ ...inner, rings: [[moved, ...ring.slice(1)]] }) - area(inner), 3);
});

test('a split of which the neighbours know nothing shows, although it opens less than a square metre', () => {
  const found = [-40_000, -20_011, 3, 17_123, 31_337, 50_001].map((rise) => {
    const { line } = crossing(inner, rise);
    const split = splitCell(town, { cellId: inner.id, line }, { firstId: 1000, project });
    const added = split.ok ? split.change.added : [];
    return damaged((cells) => {
      cells.delete(inner.id);
      for (const part of added) if (part.supersedes[0] === inner.id) cells.set(part.id, part);
    });
  });
  expect(found.every((rows) => rows.length > 0)).toBe(true);
  const areas = found.flat().filter((row) => row.kind === 'overlap' || row.kind === 'gap');
  expect(Math.max(...areas.map((row) => row.value))).toBeLessThan(1);
  // Where a sliver overlaps, only the length of the unshared border is plain to see.
  const lengths = found.flat().filter((row) => row.kind === 'unmatched');
  expect(lengths.length).toBeGreaterThan(0);
  expect(Math.min(...lengths.map((row) => row.value))).toBeGreaterThan(100);
});

test('a cell inside another shows as overlap of its whole area', () => {
  const small = shrunk(inner, 0.2);
  const rows = damaged((cells) => cells.set(500 as CellId, small));
  expect(kinds(rows)).toBe('overlap,unmatched');
  expect(rows.find((r) => r.kind === 'overlap')!.value).toBeCloseTo(area(small), 2);
});

test('a duplicate cell shows as overlap and one row for each of its segments', () => {
  const rows = damaged((cells) =>
    cells.set(501 as CellId, { ...inner, id: 501 as CellId, code15: '330205103999999' }),
  );
  expect(kinds(rows)).toBe('overlap,unmatched');
  expect(rows.find((r) => r.kind === 'overlap')!.value).toBeCloseTo(area(inner), 2);
  expect(rows.filter((r) => r.kind === 'unmatched' && r.cellIds.length > 2)).toHaveLength(
    inner.rings[0]!.length,
  );
});

test('a deleted inner cell shows as gap of its area, a deleted border cell as outline', () => {
  const gap = damaged((cells) => cells.delete(inner.id));
  expect(kinds(gap)).toBe('gap');
  expect(Math.round(gap[0]!.value)).toBe(265_551);
  expect([isInner(inner), isInner(border)]).toEqual([true, false]);
  const rows = damaged((cells) => cells.delete(border.id));
  expect(kinds(rows)).toBe('outline');
  expect(Math.round(rows.reduce((s, r) => s + r.value, 0))).toBe(1_235_449);
});

test('two cells with one code show as code', () => {
  const other = [...town.cells.values()].find((cell) => cell.id !== inner.id)!;
  const rows = damaged((cells) => cells.set(other.id, { ...other, code15: inner.code15 }));
  expect(kinds(rows)).toBe('code');
});

test('codes of another country are no damage, one malformed code among national ones is', () => {
  const foreign = damaged((cells) => {
    for (const [id, cell] of cells) cells.set(id, { ...cell, code15: `B${id}` });
  });
  expect(foreign).toEqual([]);
  const one = damaged((cells) => cells.set(inner.id, { ...inner, code15: 'B1' }));
  expect(kinds(one)).toBe('code');
});

test('a ring that crosses itself shows as shape', () => {
  const ring = [...inner.rings[0]!];
  [ring[1], ring[2]] = [ring[2]!, ring[1]!];
  const rows = damaged((cells) => cells.set(inner.id, { ...inner, rings: [ring] }));
  expect(kinds(rows)).toContain('shape');
});

/** The middle of a cell and a line through it that leaves the cell on both sides. */
function crossing(cell: PlannedCell, rise = 31_337): { centre: Vertex; line: readonly Vertex[] } {
  const ring = cell.rings[0]!;
  const centre: Vertex = [
    Math.round(ring.reduce((s, v) => s + v[0], 0) / ring.length),
    Math.round(ring.reduce((s, v) => s + v[1], 0) / ring.length),
  ];
  const line: Vertex[] = [
    [centre[0] - 200_000, centre[1] - rise],
    [centre[0] + 200_000, centre[1] + rise],
  ];
  expect(
    cutsOf(
      line,
      crossingsOf(line, ring, () => false),
      ring,
    ),
  ).toHaveLength(1);
  expect(indexIn(ring, centre)).toBe(-1);
  return { centre, line };
}

function shrunk(cell: PlannedCell, factor: number): PlannedCell {
  const { centre } = crossing(cell);
  const ring = cell.rings[0]!.map((v): Vertex => [
    Math.round(centre[0] + factor * (v[0] - centre[0])),
    Math.round(centre[1] + factor * (v[1] - centre[1])),
  ]);
  return { ...cell, id: 500 as CellId, code15: '330205103999998', rings: [ring] };
}

test('a cell may have an exclave where the town brought one, but no part in another and no edit makes one', () => {
  const square = (x: number, y: number, size: number): Vertex[] => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ];
  const hole = square(20, 20, 60).toReversed();
  const island = square(40, 40, 10);
  expect(shapeProblem([square(0, 0, 100), hole, island, square(200, 0, 50)], 'several')).toBeUndefined();
  // controls
  expect(shapeProblem([square(0, 0, 100), square(200, 0, 50)])?.fault).toBe('ring_wrong_way');
  expect(shapeProblem([square(0, 0, 100), island], 'several')?.fault).toBe('ring_wrong_way');
  expect(shapeProblem([square(0, 0, 100), square(200, 0, 50).toReversed()], 'several')?.fault).toBe(
    'hole_outside',
  );
});
