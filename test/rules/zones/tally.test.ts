import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { buildTopology } from '../../../shared/rules/cells/arcs.ts';
import { measure } from '../../../shared/rules/cells/measure.ts';
import {
  brush,
  cellsInside,
  rectangle,
  unassignedPocket,
  wholeVillage,
} from '../../../shared/rules/zones/brush.ts';
import { barrierKey, townGraph } from '../../../shared/rules/zones/graph.ts';
import { redissolve } from '../../../shared/rules/zones/shapes.ts';
import { balanceOf, retally, tally } from '../../../shared/rules/zones/tally.ts';
import { coverageFrom, oracleCoverage, oracleProjection as project } from '../cells/oracle-town.ts';
import { squareTown } from './square-town.ts';
import { oracleGraph, oracleZones } from './oracle-plan.ts';

const { graph, assignment } = oracleGraph();
const coverage = oracleCoverage();
const topology = buildTopology([...coverage.cells.values()].map((cell) => cell.rings));
const zone = (id: number): ZoneId => id as ZoneId;

test('area and perimeter of every zone are those of its dissolved shape', () => {
  const numbers = tally(graph, assignment, oracleZones);
  const shapes = redissolve(graph, topology, assignment, oracleZones);
  for (const [zoneId, one] of numbers.zones) {
    const parts = shapes.get(zoneId)!.polygons.map((polygon) => measure(polygon, project));
    expect(one.squareMetres).toBeCloseTo(
      parts.reduce((sum, part) => sum + part.squareMetres, 0),
      1,
    );
    expect(one.perimeterMetres).toBeCloseTo(
      parts.reduce((sum, part) => sum + part.perimeterMetres, 0),
      1,
    );
  }
  const { meanHours } = numbers;
  expect(meanHours * 20).toBeCloseTo(100, 1);
  expect(balanceOf(numbers).highest).toBeGreaterThan(0);
});

test('numbers and shapes kept per stroke equal those from scratch, after any strokes', () => {
  const strokes = fc.array(
    fc.tuple(fc.array(fc.nat(191), { minLength: 1, maxLength: 9 }), fc.integer({ min: 0, max: 20 })),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(strokes, (all) => {
      let now = assignment;
      let numbers = tally(graph, now, oracleZones);
      let shapes = redissolve(graph, topology, now, oracleZones);
      for (const [cells, target] of all) {
        const after = now.slice();
        for (const cell of cells) after[cell] = target;
        const changed = cells.filter((cell) => now[cell] !== after[cell]);
        const touched = new Set(changed.flatMap((cell) => [now[cell]!, after[cell]!]).filter(Boolean));
        numbers = retally(graph, numbers, now, after, changed);
        shapes = redissolve(graph, topology, after, [...touched] as ZoneId[], shapes);
        now = after;
      }
      expect(numbers).toEqual(tally(graph, now, oracleZones));
      expect(shapes).toEqual(redissolve(graph, topology, now, shapes.keys()));
    }),
    { seed: 2, numRuns: 100 },
  );
});

test('only touched zones are dissolved again: the others stay the same objects', () => {
  const shapes = redissolve(graph, topology, assignment, oracleZones);
  const after = assignment.slice();
  const from = after[0]!;
  const to = from === 5 ? 6 : 5;
  after[0] = to;
  const next = redissolve(graph, topology, after, [zone(from), zone(to)], shapes);
  const same = oracleZones.filter((id) => next.get(id) === shapes.get(id));
  expect(same).toEqual(oracleZones.filter((id) => id !== from && id !== to));
});

test('corners, short borders and barriers do not connect', () => {
  const { cells } = squareTown(3, 3);
  const stats = () => ({ workloadHours: 1, incidents: 1 });
  const plan = Int32Array.from([1, 2, 2, 2, 1, 2, 2, 2, 2]);
  const plain = townGraph({ cells, project, stats });
  expect(tally(plain, plan, [zone(1)]).zones.get(zone(1))!.pieces).toEqual([[0], [4]]);
  const pair = Int32Array.from([1, 1, 2, 2, 2, 2, 2, 2, 2]);
  const pieces = (over: ReturnType<typeof townGraph>): number =>
    tally(over, pair, [zone(1)]).zones.get(zone(1))!.pieces.length;
  expect(pieces(plain)).toBe(1);
  const river = new Map([[barrierKey(1 as CellId, 2 as CellId), 'river' as const]]);
  expect(pieces(townGraph({ cells, project, stats, barriers: river }))).toBe(2);
  expect(pieces(townGraph({ cells, project, stats, minimumSharedMetres: 2000 }))).toBe(2);
});

test('the brush grows by borders, a village and a pocket are whole', () => {
  const { cells } = squareTown(5, 5);
  const five = townGraph({ cells, project, stats: () => ({ workloadHours: 1, incidents: 1 }) });
  expect([0, 1, 2].map((steps) => brush(five, 13 as CellId, steps).length)).toEqual([1, 5, 13]);
  expect(brush(five, 99 as CellId, 2)).toEqual([]);
  expect(wholeVillage(five, 13 as CellId)).toEqual([11, 12, 13, 14, 15]);
  const plan = new Int32Array(25).fill(1);
  for (const cell of [6, 7, 18]) plan[cell] = 0;
  expect(unassignedPocket(five, plan, 7 as CellId)).toEqual([7, 8]);
  expect(unassignedPocket(five, plan, 1 as CellId)).toEqual([]);
  const points = cells.map((cell) => ({ id: cell.id, point: cell.rings[0]![0]! }));
  expect(cellsInside(points, rectangle(121.4, 30, 121.4199, 30.0199))).toEqual([1, 2, 6, 7]);
});

test('a coverage derives its outline and its graph has every border once from each side', () => {
  expect(coverageFrom([...coverage.cells.values()]).outline).toHaveLength(1);
  for (let cell = 0; cell < 192; cell++)
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const other = graph.neighbours[slot]!;
      const back = graph.neighbours.slice(graph.offsets[other], graph.offsets[other + 1]).indexOf(cell);
      expect(graph.sharedMetres[graph.offsets[other]! + back]).toBe(graph.sharedMetres[slot]);
    }
});
