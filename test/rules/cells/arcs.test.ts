import { expect, test } from 'vitest';
import { buildTopology, outside } from '../../../shared/rules/cells/arcs.ts';
import { dissolve } from '../../../shared/rules/cells/dissolve.ts';
import { measure, pathMetres, polsbyPopper } from '../../../shared/rules/cells/measure.ts';
import { gaussKrueger } from '../../../shared/rules/cells/projection.ts';
import { vertexAt } from '../../../shared/rules/cells/ring.ts';
import { shapeProblem } from '../../../shared/rules/cells/simple.ts';
import { oracleCoverage, oracleFeatures, oracleProjection as project } from './oracle-town.ts';

const town = oracleCoverage();
const cells = [...town.cells.values()];
const topology = buildTopology(cells.map((cell) => cell.rings));

test('the projection agrees with PROJ 9 for EPSG:4549 to a micrometre', () => {
  const known = [
    [121.4, 30, 635087.563936, 3320938.704566],
    [121.47, 30.03, 641799.973894, 3324349.44665],
  ] as const;
  for (const [lng, lat, east, north] of known) {
    const [x, y] = gaussKrueger(120)(vertexAt(lng, lat));
    expect(x).toBeCloseTo(east, 5);
    expect(y).toBeCloseTo(north, 5);
  }
});

test('every arc has its cell on the left, and the arcs of a cell are its whole border', () => {
  for (const [i, cell] of cells.entries()) {
    const border = topology.cellArcs[i]!.reduce(
      (sum, ref) => sum + pathMetres(topology.arcs[ref < 0 ? ~ref : ref]!.path, project),
      0,
    );
    expect(border).toBeCloseTo(measure(cell.rings, project).perimeterMetres, 5);
  }
  expect(topology.arcs.some((arc) => arc.right === outside)).toBe(true);
  expect(topology.arcs.every((arc) => arc.left !== outside)).toBe(true);
});

test('dissolving keeps the area and gives valid rings, for each of the 20 zones and for the town', () => {
  const zones = new Map<number, number[]>();
  for (const [i, { properties }] of oracleFeatures().entries())
    zones.set(properties.zone, [...(zones.get(properties.zone) ?? []), i]);
  expect(zones.size).toBe(20);
  for (const members of [...zones.values(), cells.map((_, i) => i)]) {
    const polygons = dissolve(topology, members);
    for (const polygon of polygons) expect(shapeProblem(polygon)).toBeUndefined();
    const parts = members.reduce((sum, i) => sum + measure(cells[i]!.rings, project).squareMetres, 0);
    const whole = polygons.reduce((sum, polygon) => sum + measure(polygon, project).squareMetres, 0);
    expect(whole).toBeCloseTo(parts, 3);
  }
});

test('two cells that meet only in a corner stay two polygons, a ring of cells has a hole', () => {
  const at = (x: number, y: number) => vertexAt(121.4 + x / 1000, 30 + y / 1000);
  const grid = Array.from({ length: 9 }, (_, i) => {
    const [x, y] = [i % 3, Math.floor(i / 3)];
    return [[at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)]];
  });
  const nine = buildTopology(grid);
  expect(dissolve(nine, [0, 4])).toHaveLength(2);
  expect(dissolve(nine, [0, 1, 2, 3, 5, 6, 7, 8]).map((p) => p.length)).toEqual([2]);
  // The hole touches the outer ring in one corner: still one valid polygon with one hole.
  const pinched = dissolve(nine, [1, 2, 3, 5, 6, 7, 8]);
  expect(pinched.every((polygon) => shapeProblem(polygon) === undefined)).toBe(true);
  expect(pinched.flat()).toHaveLength(2);
});

test('compactness of a disc is one, of a square pi / 4', () => {
  expect(polsbyPopper(Math.PI, 2 * Math.PI)).toBeCloseTo(1);
  expect(polsbyPopper(1, 4)).toBeCloseTo(Math.PI / 4);
});

test('control: two cells on the same side of a border are refused', () => {
  const rings = cells[0]!.rings;
  expect(() => buildTopology([rings, rings])).toThrow(RangeError);
});
