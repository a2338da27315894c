import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { checkCoverage } from '../../../shared/rules/cells/check.ts';
import { applyChange, inverseOf } from '../../../shared/rules/cells/coverage.ts';
import type { Coverage, CoverageChange } from '../../../shared/rules/cells/coverage.ts';
import { mergeCells } from '../../../shared/rules/cells/merge.ts';
import { moveBorder, moveNode } from '../../../shared/rules/cells/move.ts';
import { indexIn, vertexOf } from '../../../shared/rules/cells/ring.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { splitCell } from '../../../shared/rules/cells/split.ts';
import { tilesExactly } from '../../../shared/rules/cells/tiling.ts';
import { carryDraft } from '../../../shared/rules/zones/carry.ts';
import { townGraph } from '../../../shared/rules/zones/graph.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import { applyOperation, newDraft } from '../../../shared/rules/zones/log.ts';
import type { Draft } from '../../../shared/rules/zones/log.ts';
import { paint, redo, undo } from '../../../shared/rules/zones/operations.ts';
import { undoStackOf } from '../../../shared/rules/zones/undo-stack.ts';
import { oracleProjection as project } from '../cells/oracle-town.ts';
import { squareTown } from './square-town.ts';

const { coverage: town } = squareTown(5, 4);
const zones = [1, 2, 3] as ZoneId[];
const graphOf = (coverage: Coverage): TownGraph =>
  townGraph({
    cells: [...coverage.cells.values()],
    project,
    stats: () => ({ workloadHours: 1, incidents: 1 }),
  });

/** The studio as several planners see it: cells, graph, and the draft on them. */
interface Studio {
  readonly coverage: Coverage;
  readonly graph: TownGraph;
  readonly draft: Draft;
  readonly edits: readonly CoverageChange[];
  readonly nextId: number;
}
const start: Studio = {
  coverage: town,
  graph: graphOf(town),
  draft: newDraft(
    Int32Array.from(town.cells.keys(), (id) => (id % 3) + 1),
    zones,
  ),
  edits: [],
  nextId: 1000,
};

const act = fc.record({
  kind: fc.constantFrom('paint', 'paint', 'undo', 'redo', 'split', 'merge', 'border', 'node', 'uncut'),
  author: fc.integer({ min: 1, max: 2 }),
  cell: fc.nat(10_000),
  corner: fc.nat(10),
  zone: fc.integer({ min: 0, max: 3 }),
  east: fc.integer({ min: -30_000, max: 30_000 }),
  north: fc.integer({ min: -30_000, max: 30_000 }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function edit(studio: Studio, change: CoverageChange, edits: readonly CoverageChange[]): Studio {
  const coverage = applyChange(studio.coverage, change);
  const graph = graphOf(coverage);
  const { draft } = carryDraft(studio.graph, studio.draft, graph, change.lineage);
  const nextId = Math.max(studio.nextId, ...change.added.map((cell) => cell.id + 1));
  return { coverage, graph, draft, edits, nextId };
}

function perform(studio: Studio, one: Act, id: string): Studio {
  const cells = [...studio.coverage.cells.values()];
  const cell = cells[one.cell % cells.length]!;
  const stamp = { opId: id, author: one.author };
  const stack = undoStackOf(studio.draft, one.author);
  const operate = (operation: Parameters<typeof applyOperation>[2]): Studio => ({
    ...studio,
    draft: applyOperation(studio.graph, studio.draft, operation).draft,
  });
  if (one.kind === 'paint') {
    const more = cells[(one.cell + one.corner) % cells.length]!;
    return operate(paint(stamp, [cell.id, more.id], one.zone === 0 ? null : (one.zone as ZoneId)));
  }
  if (one.kind === 'undo') return stack.undo === undefined ? studio : operate(undo(stamp, stack.undo));
  if (one.kind === 'redo') return stack.redo === undefined ? studio : operate(redo(stamp, stack.redo));
  const last = studio.edits.at(-1);
  if (one.kind === 'uncut') return last ? edit(studio, inverseOf(last), studio.edits.slice(0, -1)) : studio;
  const outcome = cellEdit(studio, one, cell.id);
  return outcome.ok ? edit(studio, outcome.change, [...studio.edits, outcome.change]) : studio;
}

function cellEdit({ coverage, nextId }: Studio, one: Act, id: CellId) {
  const context = { firstId: nextId, project };
  const ring = coverage.cells.get(id)!.rings[0]!;
  const corner = vertexOf(ring, one.corner);
  const next = vertexOf(ring, one.corner + 1);
  const shift = (v: Vertex): Vertex => [v[0] + one.east, v[1] + one.north];
  const neighbour = [...coverage.cells.values()].find(
    (other) =>
      other.id !== id && indexIn(other.rings[0]!, corner) >= 0 && indexIn(other.rings[0]!, next) >= 0,
  );
  if (one.kind === 'split') {
    const far = shift(vertexOf(ring, one.corner + 2));
    const near: Vertex = [corner[0] + one.north, corner[1] - one.east];
    const line: Vertex[] = [
      [2 * near[0] - far[0], 2 * near[1] - far[1]],
      [2 * far[0] - near[0], 2 * far[1] - near[1]],
    ];
    return splitCell(coverage, { cellId: id, line }, context);
  }
  if (one.kind === 'merge' && neighbour)
    return mergeCells(coverage, { cellIds: [id, neighbour.id], village: '330205103001' }, context);
  if (one.kind === 'border' && neighbour) {
    const middle: Vertex = [Math.round((corner[0] + next[0]) / 2), Math.round((corner[1] + next[1]) / 2)];
    const move = { before: [corner, next], after: [corner, shift(middle), next] };
    return moveBorder(coverage, { cellIds: [id, neighbour.id], ...move }, context);
  }
  return moveNode(coverage, { from: corner, to: shift(corner) }, context);
}

test('after any paints, undos, splits, merges, border moves and concurrent edits the plan is whole', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 40 }), (acts) => {
      let studio = start;
      for (const [i, one] of acts.entries()) {
        const before = studio;
        studio = perform(studio, one, `op${i}`);
        if (studio !== before) seen.set(one.kind, (seen.get(one.kind) ?? 0) + 1);
      }
      const { coverage, graph, draft } = studio;
      const cells = [...coverage.cells.values()];
      const codes = cells.map((cell) => cell.code15);
      expect({
        tiles: tilesExactly(
          cells.map((cell) => cell.rings),
          coverage.outline,
        ),
        rows: checkCoverage(coverage, { project }),
        codes: new Set(codes).size,
        cells: draft.assignment.length,
        zones: [...draft.assignment].filter((zone) => zone !== 0 && !draft.zones.has(zone as ZoneId)),
      }).toEqual({ tiles: true, rows: [], codes: cells.length, cells: cells.length, zones: [] });
      expect(graph.cellIds).toEqual(cells.map((cell) => cell.id));
      // Undo is the inverse: of a further stroke, and of the cell edits down to the first state, byte for byte.
      const stroke = paint({ opId: 'last', author: 1 }, [cells[0]!.id, cells.at(-1)!.id], zones[1]!);
      const painted = applyOperation(graph, draft, stroke).draft;
      const back = applyOperation(graph, painted, undo({ opId: 'back', author: 1 }, 'last')).draft;
      expect(back.assignment).toEqual(draft.assignment);
      while (studio.edits.length > 0)
        studio = edit(studio, inverseOf(studio.edits.at(-1)!), studio.edits.slice(0, -1));
      const rows = (from: Coverage): string =>
        JSON.stringify([[...from.cells.values()].sort((a, b) => a.id - b.id), from.outline]);
      expect(rows(studio.coverage)).toBe(rows(town));
    }),
    { seed: 9, numRuns: 200 },
  );
  // The property means nothing if an act never happens.
  expect(seen.size).toBe(8);
  expect(Math.min(...seen.values())).toBeGreaterThan(30);
}, 120_000);

test('undo reaches back over a split: both parts return to the zone of the whole', () => {
  const painted = perform(
    start,
    { kind: 'paint', author: 1, cell: 0, corner: 0, zone: 3, east: 0, north: 0 },
    'a',
  );
  const line: Vertex[] = [
    [1_213_000_000, 300_050_000],
    [1_214_150_000, 300_050_001],
  ];
  const split = splitCell(painted.coverage, { cellId: 1 as CellId, line }, { firstId: 1000, project });
  const parted = split.ok ? edit(painted, split.change, [split.change]) : painted;
  const zoneOf = ({ graph, draft }: Studio, id: number): number =>
    draft.assignment[graph.indexOf.get(id as CellId)!]!;
  expect([zoneOf(parted, 1000), zoneOf(parted, 1001)]).toEqual([3, 3]);
  const back = applyOperation(parted.graph, parted.draft, undo({ opId: 'b', author: 1 }, 'a')).draft;
  expect([zoneOf({ ...parted, draft: back }, 1000), zoneOf({ ...parted, draft: back }, 1001)]).toEqual([
    2, 2,
  ]);
});

test('control: a plan whose cells were cut without the neighbours is not whole', () => {
  const cells = new Map(town.cells);
  const [first] = cells.values();
  const ring = first!.rings[0]!;
  cells.set(first!.id, {
    ...first!,
    rings: [[...ring.slice(0, 2), [ring[2]![0] - 5000, ring[2]![1]], ring[3]!]],
  });
  expect(checkCoverage({ ...town, cells }, { project }).map((row) => row.kind)).toContain('gap');
});
