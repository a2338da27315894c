import { highwayEdges, placeBridges, riverEdges, type Bridge } from './bridges.ts';
import { cellLand, divideCells, divideUnits, divideZones } from './divide.ts';
import { equalArea, toE7, toKm, type E7 } from './projection.ts';
import { randomStream } from './random.ts';
import { isStarShaped, smoothBorders } from './smooth.ts';
import { drawTerrain, measure, type Fine, type Terrain } from './terrain.ts';
import { TOWN_KM2 } from './outline.ts';

/** The divided town: which unit, cell and zone each fine cell belongs to, and the vertices as they are published. */
export interface Survey {
  readonly terrain: Terrain;
  readonly fine: Fine;
  readonly bridges: readonly Bridge[];
  readonly unit: readonly number[];
  /** Cell of each fine cell, zone of each cell; numbered in order of discovery, not as published. */
  readonly cell: readonly number[];
  readonly zone: readonly number[];
  /** Vertex positions in 1e-7 degrees, no two alike. */
  readonly vertices: readonly E7[];
}

/** Divides the terrain into units, cells and zones, straightens the borders, and fixes every vertex once. */
export function surveyTown(seed: number): Survey {
  const terrain = drawTerrain(seed);
  const { mesh } = terrain;
  const rough = measure(terrain);
  const unit = divideUnits(terrain, rough, randomStream(seed, 'units'));
  const cell = divideCells(terrain, rough, unit, randomStream(seed, 'cells'));
  const bridges = placeBridges(terrain);
  const line = new Set([...riverEdges(terrain), ...highwayEdges(terrain)]);
  const rank = (differs: (a: number, b: number) => boolean) =>
    mesh.edges.map(({ left, right }, e) => {
      if (line.has(e)) return 5;
      if (right < 0) return 4;
      if (differs(left, right)) return 3;
      if (unit[left] !== unit[right]) return 2;
      return cell[left] === cell[right] ? 0 : 1;
    });
  smoothBorders(
    mesh,
    rank(() => false),
    12,
  );
  const random = randomStream(seed, 'zones');
  let zone: number[] | undefined;
  // Straightening a border shifts a little work across it, so zones are balanced again after it.
  for (const rounds of [8, 2, 2]) {
    zone = divideZones(cellLand(terrain, measure(terrain), cell, bridges), random, zone);
    const drawn = zone;
    smoothBorders(
      mesh,
      rank((a, b) => drawn[cell[a]!] !== drawn[cell[b]!]),
      rounds,
    );
  }
  const vertices = fixVertices(terrain);
  return { terrain, fine: measure(terrain), bridges, unit, cell, zone: zone!, vertices };
}

/** Scales the town to its published geodesic area and rounds each vertex to 1e-7 degrees, once and for all. */
function fixVertices({ mesh }: Terrain): E7[] {
  const outline = mesh.edges.filter((e) => e.right < 0);
  for (let round = 0; round < 3; round++) {
    // Twice the area by the contour integral over the outline.
    let area = 0;
    const projected = new Map(
      outline.map(({ a }) => {
        const [lng, lat] = toE7(mesh.x[a]!, mesh.y[a]!);
        return [a, equalArea(lng / 1e7, lat / 1e7)];
      }),
    );
    for (const { a, b } of outline) {
      const [ax, ay] = projected.get(a)!;
      const [bx, by] = projected.get(b)!;
      area += (ax * by - bx * ay) / 2;
    }
    const scale = Math.sqrt(TOWN_KM2 / area);
    for (let v = 0; v < mesh.x.length; v++) {
      mesh.x[v] = mesh.x[v]! * scale;
      mesh.y[v] = mesh.y[v]! * scale;
    }
  }
  const vertices = Array.from(mesh.x, (x, v) => toE7(x, mesh.y[v]!));
  vertices.forEach(([lng, lat], v) => {
    [mesh.x[v], mesh.y[v]] = toKm(lng, lat);
  });
  if (new Set(vertices.map(([lng, lat]) => lng * 1e10 + lat)).size !== vertices.length)
    throw new Error('two vertices fall on one place');
  const bent = mesh.rings.findIndex((_, i) => !isStarShaped(mesh, i));
  if (bent >= 0) throw new Error(`fine cell ${bent} has lost its shape`);
  return vertices;
}
