import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellId } from '../../../shared/contract/ids.ts';
import { checkCoverage } from '../../../shared/rules/cells/check.ts';
import { applyChange, inverseOf } from '../../../shared/rules/cells/coverage.ts';
import type { Coverage, CoverageChange, PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import type { EditOutcome } from '../../../shared/rules/cells/edit.ts';
import { measure } from '../../../shared/rules/cells/measure.ts';
import { mergeCells } from '../../../shared/rules/cells/merge.ts';
import { moveBorder, moveNode } from '../../../shared/rules/cells/move.ts';
import { indexIn, sameVertex, turn, vertexKey, vertexOf } from '../../../shared/rules/cells/ring.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { villageOf } from '../../../shared/rules/cells/codes.ts';
import { renumberVillage } from '../../../shared/rules/cells/renumber.ts';
import { splitCell } from '../../../shared/rules/cells/split.ts';
import { tilesExactly } from '../../../shared/rules/cells/tiling.ts';
import { coverageFrom, oracleCoverage, oracleProjection as project } from './oracle-town.ts';

const town = oracleCoverage();
const context = { firstId: 1000, project };
const tiles = (c: Coverage): boolean =>
  tilesExactly(
    [...c.cells.values()].map((cell) => cell.rings),
    c.outline,
  );
/** Rows are immutable: the same rows are the same bytes. */
const sameRows = (one: Coverage, two: Coverage): boolean =>
  one.cells.size === two.cells.size &&
  one.outline === two.outline &&
  [...one.cells.values()].every((cell) => two.cells.get(cell.id) === cell);
const granted = (outcome: EditOutcome): CoverageChange => {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.change;
};
const refusal = (outcome: EditOutcome): string => (outcome.ok ? 'ok' : outcome.refusal);

/** A square of 2 by 2 unit cells, 100,000 units wide each, all in one village. */
const at = (x: number, y: number): Vertex => [1_214_000_000 + x, 300_000_000 + y];
const side = 100_000;
const square = (id: number, x: number, y: number, village = '330205103001'): PlannedCell => ({
  id: id as CellId,
  code15: `${village}${String(id).padStart(3, '0')}`,
  kind: 'basic',
  rings: [[at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)]],
  supersedes: [],
});
const four = coverageFrom([
  square(1, 0, 0),
  square(2, side, 0),
  square(3, 0, side),
  square(4, side, side, '330205103002'),
]);

test('a split gives both ends to the neighbours and to the outline, and new codes by rows', () => {
  const line = [at(-5_000, 40_000), at(150_000, 45_000)];
  expect(refusal(splitCell(four, { cellId: 1 as CellId, line }, context))).toBe('ok');
  const change = granted(splitCell(four, { cellId: 1 as CellId, line }, context));
  const after = applyChange(four, change);
  expect(checkCoverage(after, { project })).toEqual([]);
  expect(after.cells.size).toBe(5);
  const codes = change.added.map((cell) => cell.code15);
  expect(codes).toEqual(['330205103001004', '330205103001005', '330205103001002']);
  const parts = change.added.slice(0, 2).map((cell) => measure(cell.rings, project));
  expect(parts[0]!.centre[1]).toBeGreaterThan(parts[1]!.centre[1]);
  expect(change.added[2]!.rings[0]).toHaveLength(5);
  expect(after.outline[0]).toHaveLength(four.outline[0]!.length + 1);
  expect(change.lineage).toEqual([
    { from: [1], to: [1000, 1001] },
    { from: [2], to: [1002] },
  ]);
});

test('a line that crosses twice makes three parts; one near a node takes the node', () => {
  const zigzag = [at(-1, 30_000), at(50_000, 30_000), at(50_000, -10), at(60_000, -10), at(60_000, 130_000)];
  const three = granted(splitCell(four, { cellId: 1 as CellId, line: zigzag }, context));
  expect(three.added.filter((cell) => cell.supersedes[0] === 1)).toHaveLength(3);
  const diagonal = [at(-3_000, -3_040), at(103_000, 103_030)];
  const two = granted(splitCell(four, { cellId: 1 as CellId, line: diagonal }, context));
  expect(two.added).toHaveLength(2);
  expect(two.added.map((cell) => cell.rings[0]!.length)).toEqual([3, 3]);
});

test('a split is refused with its reason', () => {
  const split = (line: readonly Vertex[]): string =>
    refusal(splitCell(four, { cellId: 1 as CellId, line }, context));
  expect(split([at(-5_000, 50_000)])).toBe('line_short');
  expect(split([at(-5_000, 50_000), at(50_000, 50_000)])).toBe('line_ends_inside');
  expect(split([at(-5_000, -50_000), at(50_000, -50_000)])).toBe('line_outside');
  expect(split([at(-50_000, 50_000), at(50_000, -50_000)])).toBe('line_touches_corner');
  expect(split([at(-40, 80), at(80, -40)])).toBe('line_touches_corner');
  expect(split([at(-5, 120), at(50_000, 120), at(99_000, 120), at(100_100, 120)])).toBe('ok');
  const loop = [at(-5, 50_000), at(60_000, 50_000), at(60_000, 70_000), at(40_000, 70_000), at(40_000, -5)];
  expect(split(loop)).toBe('shape_broken');
  expect(refusal(splitCell(four, { cellId: 9 as CellId, line: loop }, context))).toBe('cell_unknown');
});

test('a merge needs one piece and one village', () => {
  const merge = (ids: number[], village?: string): EditOutcome =>
    mergeCells(four, { cellIds: ids as CellId[], ...(village ? { village } : {}) }, context);
  expect(refusal(merge([1, 4]))).toBe('villages_differ');
  expect(refusal(merge([2, 3]))).toBe('cells_apart');
  expect(refusal(merge([1]))).toBe('cells_apart');
  expect(refusal(merge([2, 4], '33020510300'))).toBe('village_unknown');
  const merged = granted(merge([2, 4], '330205103002'));
  expect(merged.added[0]!.code15).toBe('330205103002005');
  expect(tiles(applyChange(four, merged))).toBe(true);
});

test('merging a ring of cells round one leaves a hole, and splitting keeps the hole in its part', () => {
  const nine = coverageFrom(
    Array.from({ length: 9 }, (_, i) => square(i + 1, (i % 3) * side, Math.floor(i / 3) * side)),
  );
  const ring = [1, 2, 3, 4, 6, 7, 8, 9] as CellId[];
  const merged = applyChange(nine, granted(mergeCells(nine, { cellIds: ring }, context)));
  expect(merged.cells.get(1000 as CellId)!.rings).toHaveLength(2);
  expect(checkCoverage(merged, { project })).toEqual([]);
  const through = [at(-5, 150_000), at(300_005, 150_000)];
  const blocked = splitCell(merged, { cellId: 1000 as CellId, line: through }, context);
  expect(refusal(blocked)).toBe('line_crosses_itself');
  const below = [at(-5, 50_000), at(300_005, 50_000)];
  const split = granted(
    splitCell(merged, { cellId: 1000 as CellId, line: below }, { firstId: 2000, project }),
  );
  expect(split.added.map((cell) => cell.rings.length)).toEqual([2, 1]);
  expect(checkCoverage(applyChange(merged, split), { project })).toEqual([]);
});

test('a shared border moves for both cells; the outline and a foreign border do not move', () => {
  const before = [at(side, 0), at(side, side)];
  const after = [at(side, 0), at(side + 20_000, 50_000), at(side, side)];
  const move = { cellIds: [1, 2] as unknown as readonly [CellId, CellId], before, after };
  const moved = granted(moveBorder(four, move, context));
  expect(moved.added.map((cell) => cell.code15)).toEqual(['330205103001001', '330205103001002']);
  expect(checkCoverage(applyChange(four, moved), { project })).toEqual([]);
  const foreign = { ...move, cellIds: [1, 3] as unknown as readonly [CellId, CellId] };
  expect(refusal(moveBorder(four, foreign, context))).toBe('border_unshared');
  const wild = { ...move, after: [at(side, 0), at(side + 150_000, 50_000), at(side, side)] };
  expect(refusal(moveBorder(four, wild, context))).toBe('shape_broken');
  const node = moveNode(four, { from: at(side, side), to: at(side + 9, side + 70_000) }, context);
  expect(granted(node).added).toHaveLength(4);
  expect(refusal(moveNode(four, { from: at(0, 0), to: at(5, 5) }, context))).toBe('border_outer');
  expect(refusal(moveNode(four, { from: at(7, 7), to: at(5, 5) }, context))).toBe('node_unknown');
  const across = moveNode(four, { from: at(side, side), to: at(3 * side, side) }, context);
  expect(refusal(across)).toBe('shape_broken');
});

test('control: a shape moved in one cell alone does not tile', () => {
  const cells = new Map(four.cells);
  const one = cells.get(1 as CellId)!;
  cells.set(one.id, {
    ...one,
    rings: [one.rings[0]!.map((v) => (sameVertex(v, at(side, side)) ? at(side, side - 1) : v))],
  });
  expect(tiles({ ...four, cells })).toBe(false);
});

/** One random edit drawn from numbers; refusals are fine, they change nothing. */
function randomEdit(coverage: Coverage, draw: readonly number[], firstId: number): EditOutcome {
  const cells = [...coverage.cells.values()];
  const cell = cells[draw[1]! % cells.length]!;
  const ring = cell.rings[0]!;
  const edit = { firstId, project };
  const corner = vertexOf(ring, draw[2]!);
  const shift = (v: Vertex): Vertex => [
    v[0] + (draw[3]! % 20_000) - 10_000,
    v[1] + (draw[4]! % 20_000) - 10_000,
  ];
  if (draw[0] === 0) {
    const far = vertexOf(ring, draw[2]! + 2 + (draw[3]! % Math.max(1, ring.length - 3)));
    const from = shift(corner);
    const to = shift(far);
    const line: Vertex[] = [
      [2 * from[0] - to[0], 2 * from[1] - to[1]],
      [Math.round((from[0] + to[0]) / 2) + (draw[4]! % 3000), Math.round((from[1] + to[1]) / 2)],
      [2 * to[0] - from[0], 2 * to[1] - from[1]],
    ];
    return splitCell(coverage, { cellId: cell.id, line }, edit);
  }
  const neighbour = cells.find(
    (other) => other.id !== cell.id && other.rings.some((r) => indexIn(r, corner) >= 0),
  );
  if (draw[0] === 1 && neighbour)
    return mergeCells(
      coverage,
      { cellIds: [cell.id, neighbour.id], village: cell.code15.slice(0, 12) },
      edit,
    );
  if (draw[0] === 2 && neighbour) {
    const next = vertexOf(ring, draw[2]! + 1);
    const after = [
      corner,
      shift([Math.round((corner[0] + next[0]) / 2), Math.round((corner[1] + next[1]) / 2)]),
      next,
    ];
    return moveBorder(coverage, { cellIds: [cell.id, neighbour.id], before: [corner, next], after }, edit);
  }
  if (draw[0] === 6) return renumberVillage(coverage, { village: cell.code15.slice(0, 12) }, edit);
  return moveNode(coverage, { from: corner, to: shift(corner) }, edit);
}

test('a village gets new codes by rows, shapes stay, old codes are never given again', () => {
  const village = villageOf([...town.cells.values()][0]!.code15);
  const outcome = renumberVillage(town, { village }, context);
  if (!outcome.ok) throw new Error(outcome.refusal);
  const { removed, added, lineage } = outcome.change;
  const own = [...town.cells.values()].filter(({ code15 }) => villageOf(code15) === village);
  expect(removed).toHaveLength(own.length);
  expect(added.some(({ code15 }) => town.issuedCodes.has(code15))).toBe(false);
  expect(lineage.every(({ from, to }) => from.length === 1 && to.length === 1)).toBe(true);
  // numbers rise with the order of rows, and each new cell has the shape of the one it follows
  const numbers = added.map(({ code15 }) => Number(code15.slice(12)));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  for (const cell of added) expect(cell.rings).toBe(town.cells.get(cell.supersedes[0]!)!.rings);
  expect(sameRows(applyChange(applyChange(town, outcome.change), inverseOf(outcome.change)), town)).toBe(
    true,
  );
  // control: a village without cells
  expect(refusal(renumberVillage(town, { village: '330205103999' }, context))).toBe('village_unknown');
});

test('after any sequence of splits, merges, border moves, undos and redos the cells tile the town', () => {
  const outcomes = new Map<string, number>();
  const number = fc.nat(1_000_000);
  const step = fc.tuple(fc.constantFrom(0, 1, 2, 3, 4, 5, 6), number, number, number, number);
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      let coverage = town;
      let nextId = 1000;
      let restored = true;
      let unique = true;
      const done: { change: CoverageChange; before: Coverage }[] = [];
      const undone: CoverageChange[] = [];
      for (const draw of steps) {
        if (draw[0] === 4) {
          const last = done.pop();
          if (!last) continue;
          coverage = applyChange(coverage, inverseOf(last.change));
          restored &&= sameRows(coverage, last.before);
          undone.push(last.change);
        } else {
          const redo = draw[0] === 5 ? undone.pop() : undefined;
          const outcome = redo ? { ok: true as const, change: redo } : randomEdit(coverage, draw, nextId);
          const name = `${draw[0]} ${refusal(outcome)}`;
          outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
          if (!outcome.ok) continue;
          if (!redo) undone.length = 0;
          done.push({ change: outcome.change, before: coverage });
          coverage = applyChange(coverage, outcome.change);
          nextId = Math.max(nextId, ...outcome.change.added.map((cell) => cell.id + 1));
        }
        const codes = [...coverage.cells.values()].map((cell) => cell.code15);
        unique &&= new Set(codes).size === codes.length;
      }
      expect({ restored, unique, tiles: tiles(coverage) }).toEqual({
        restored: true,
        unique: true,
        tiles: true,
      });
      expect(checkCoverage(coverage, { project })).toEqual([]);
      for (const { change } of done.toReversed()) coverage = applyChange(coverage, inverseOf(change));
      expect(sameRows(coverage, town)).toBe(true);
    }),
    { numRuns: 1000, seed: 4 },
  );
  // The property means nothing if every edit is refused.
  for (const kind of [0, 1, 2, 3]) expect(outcomes.get(`${kind} ok`)).toBeGreaterThan(30);
}, 180_000);

test('vertices of a split stand exactly on both sides', () => {
  const cell = town.cells.get(1 as CellId)!;
  const [a, b] = [cell.rings[0]![0]!, cell.rings[0]![2]!];
  const line = [a, b].map((v, i): Vertex => [v[0] + (i ? 90_000 : -90_000), v[1] + (i ? -4_000 : 4_000)]);
  const outcome = splitCell(town, { cellId: cell.id, line }, context);
  const change = granted(outcome);
  const counts = new Map<number, number>();
  const old = new Set([...town.cells.values()].flatMap((c) => c.rings[0]!.map(vertexKey)));
  for (const one of change.added)
    for (const v of one.rings.flat())
      if (!old.has(vertexKey(v))) counts.set(vertexKey(v), (counts.get(vertexKey(v)) ?? 0) + 1);
  expect([...counts.values()].every((n) => n === 3)).toBe(true);
  expect(turn(at(0, 0), at(1, 0), at(0, 1))).toBe(1);
});
