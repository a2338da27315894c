import { crowding, settlement, type Density } from './density.ts';
import { drawHighway, drawRiver, type AcrossLine } from './lines.ts';
import { buildMesh, edgeKm, middle, piecesOf, signedArea, type Mesh } from './mesh.ts';
import { drawOutline, TOWN_KM2, type Outline } from './outline.ts';
import type { Land } from './partition.ts';
import { randomStream } from './random.ts';
import { drawCores, drawSites } from './sites.ts';
import { stretchShortEdges } from './smooth.ts';

const VILLAGES = 35;
const VILLAGES_BEYOND = 2;
const KM2_BEYOND_RIVER = 6;

/** Population of the town in 2017 (public directory). */
export const POPULATION = 100_889;

/** The lie of the land before anybody divides it. */
export interface Terrain {
  readonly mesh: Mesh;
  readonly outline: Outline;
  readonly cores: readonly (readonly [number, number])[];
  readonly density: Density;
  readonly highway: AcrossLine;
  readonly river: AcrossLine;
  /** For each fine cell: beyond the river, south of the highway. */
  readonly beyondRiver: readonly boolean[];
  readonly southOfHighway: readonly boolean[];
}

/** Draws outline, lines, village cores and fine cells from a seed. */
export function drawTerrain(seed: number): Terrain {
  const outline = drawOutline(randomStream(seed, 'outline'));
  const lines = randomStream(seed, 'lines');
  const highway = drawHighway(lines);
  const river = drawRiver(outline, lines, KM2_BEYOND_RIVER);
  const cores = drawCores(VILLAGES, VILLAGES_BEYOND, outline, river, randomStream(seed, 'cores'));
  const sites = drawSites(outline, cores, [highway, river], randomStream(seed, 'sites'));
  const mesh = buildMesh(sites, (x, y) => outline.relative(x, y) < 1);
  stretchShortEdges(mesh);
  const middles = mesh.rings.map((_, i) => middle(mesh, i));
  return {
    mesh,
    outline,
    cores,
    density: settlement(cores),
    highway,
    river,
    beyondRiver: withoutPockets(
      mesh,
      middles.map(([x, y]) => y < river(x)),
    ),
    southOfHighway: middles.map(([x, y]) => y < highway(x)),
  };
}

/** What the fine cells hold: area, density, inhabitants (fractions), workload. */
export interface Fine {
  readonly x: number[];
  readonly y: number[];
  readonly areaKm2: number[];
  readonly density: number[];
  readonly population: number[];
  readonly workload: number[];
}

/** Measures the fine cells as the mesh lies now; inhabitants in proportion to area and d^1.25. */
export function measure({ mesh, density }: Terrain): Fine {
  const middles = mesh.rings.map((_, i) => middle(mesh, i));
  const raw = mesh.rings.map((ring) => signedArea(ring, mesh.x, mesh.y));
  const scale = TOWN_KM2 / raw.reduce((a, b) => a + b, 0);
  const areaKm2 = raw.map((a) => a * scale);
  const d = middles.map(([x, y]) => density(x, y));
  const pull = areaKm2.map((a, i) => a * crowding(d[i]!));
  const perPull = POPULATION / pull.reduce((a, b) => a + b, 0);
  const population = pull.map((p) => p * perPull);
  return {
    x: middles.map(([x]) => x),
    y: middles.map(([, y]) => y),
    areaKm2,
    density: d,
    population,
    workload: population.map((p, i) => workloadOf(p, areaKm2[i]!)),
  };
}

/** Expected work of a place: one unit per 350 inhabitants and 0.9 per square kilometre. */
export const workloadOf = (population: number, areaKm2: number): number => population / 350 + 0.9 * areaKm2;

/** The graph of the fine cells `of` as land to divide; borders along the river do not connect. */
export function fineLand(
  { mesh, beyondRiver }: Terrain,
  fine: Fine,
  load: readonly number[],
  of: readonly number[],
): Land {
  const local = new Map(of.map((cell, i) => [cell, i]));
  return {
    x: of.map((i) => fine.x[i]!),
    y: of.map((i) => fine.y[i]!),
    load: of.map((i) => load[i]!),
    areaKm2: of.map((i) => fine.areaKm2[i]!),
    perimeterKm: of.map((i) => mesh.edgesOfCell[i]!.reduce((s, e) => s + edgeKm(mesh, mesh.edges[e]!), 0)),
    neighbours: of.map((i) =>
      mesh.edgesOfCell[i]!.flatMap((e) => {
        const edge = mesh.edges[e]!;
        const other = edge.left === i ? edge.right : edge.left;
        const to = local.get(other);
        if (to === undefined || beyondRiver[i] !== beyondRiver[other]) return [];
        return [{ to, km: edgeKm(mesh, edge) }];
      }),
    ),
  };
}

/** A bank's small pockets, cut off between river and outline, count to the other bank: there the river is none. */
function withoutPockets(mesh: Mesh, beyond: readonly boolean[]): boolean[] {
  const neighbours = mesh.edgesOfCell.map((list, i) =>
    list
      .map((e) => mesh.edges[e]!)
      .map((e) => (e.left === i ? e.right : e.left))
      .filter((j) => j >= 0),
  );
  const result = [...beyond];
  for (const bank of [true, false]) {
    const pieces = piecesOf(
      result.map((b) => b === bank),
      neighbours,
    );
    const main = pieces.reduce((a, b) => (b.length > a.length ? b : a), []);
    for (const piece of pieces) if (piece !== main) for (const i of piece) result[i] = !bank;
  }
  return result;
}
