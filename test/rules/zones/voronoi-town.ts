import { Delaunay } from 'd3-delaunay';
import type { CellId } from '../../../shared/contract/ids.ts';
import type { PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import { gaussKrueger } from '../../../shared/rules/cells/projection.ts';
import { doubleArea, sameVertex, vertexAt } from '../../../shared/rules/cells/ring.ts';
import { townGraph } from '../../../shared/rules/zones/graph.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import { randomStream } from '../../../shared/rules/zones/design/random.ts';

/** Metric projection of the synthetic towns. */
export const voronoiProjection = gaussKrueger(120);

/**
 * A synthetic town of Voronoi cells on 10 km x 10 km, smaller downtown, relaxed twice (Lloyd); vertices are rounded to
 * the integer grid once, so that neighbours share them exactly.
 */
export function voronoiTown(count: number, seed: number): readonly PlannedCell[] {
  const random = randomStream(seed);
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const radius = Math.sqrt(random.next()) ** 1.15;
    const [x, y] = i % 4 === 0 ? [random.next(), random.next()] : inSquare(radius, random.next());
    points[2 * i] = x;
    points[2 * i + 1] = y;
  }
  let voronoi = new Delaunay(points).voronoi([0, 0, 1, 1]);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < count; i++) {
      const [x, y] = centreOf(voronoi.cellPolygon(i));
      points[2 * i] = x;
      points[2 * i + 1] = y;
    }
    voronoi = new Delaunay(points).voronoi([0, 0, 1, 1]);
  }
  return Array.from({ length: count }, (_, i): PlannedCell => {
    const vertices = voronoi
      .cellPolygon(i)
      .slice(1)
      .map(([x, y]) => vertexAt(121.4 + x * 0.1037, 29.94 + y * 0.0902));
    const ring = vertices.filter((v, k) => !sameVertex(v, vertices[(k + 1) % vertices.length]!));
    return {
      id: (i + 1) as CellId,
      code15: `330205103${String(Math.floor(i / 500) + 1).padStart(3, '0')}${String((i % 500) + 1).padStart(3, '0')}`,
      kind: 'basic',
      rings: [doubleArea(ring) > 0 ? ring : ring.toReversed()],
      supersedes: [],
    };
  });
}

function inSquare(radius: number, turn: number): readonly [number, number] {
  const angle = 2 * Math.PI * turn;
  const reach = 0.5 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
  return [0.5 + reach * radius * Math.cos(angle), 0.5 + reach * radius * Math.sin(angle)];
}

function centreOf(polygon: readonly (readonly number[])[]): readonly [number, number] {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < polygon.length; i++) {
    const [ax, ay] = polygon[i] as [number, number];
    const [bx, by] = polygon[i + 1] as [number, number];
    const cross = ax * by - ay * bx;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
}

/** The graph of a Voronoi town; `spread` is the sigma of its lognormal workload. */
export function voronoiGraph(count: number, seed: number, spread = 0.6): TownGraph {
  const random = randomStream(seed + 1);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const loads = Array.from({ length: count }, () => Math.exp(spread * normal()));
  return townGraph({
    cells: voronoiTown(count, seed),
    project: voronoiProjection,
    stats: (cell) => ({ workloadHours: loads[cell.id - 1]!, incidents: loads[cell.id - 1]! * 2 }),
  });
}
