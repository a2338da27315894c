import type { Bridge } from './bridges.ts';
import { edgeKm } from './mesh.ts';
import { farthestSeeds, partition, sums, type Land } from './partition.ts';
import { refine } from './refine.ts';
import type { Random } from './random.ts';
import { communitySeeds } from './sites.ts';
import { fineLand, workloadOf, type Fine, type Terrain } from './terrain.ts';

/** Counts published for the town. */
export const CELLS = 192;
export const ZONES = 20;
const CELLS_AT_LEAST = 2;

/** Unit of each fine cell; each bank of the river is divided by itself. */
export function divideUnits(terrain: Terrain, fine: Fine, random: Random): number[] {
  const seeds = [...communitySeeds(), ...terrain.cores];
  const load = fine.areaKm2.map((a, i) => 0.6 * Math.sqrt(a) * a ** 0.5 + fine.population[i]! / 3000);
  const unit = fine.x.map(() => -1);
  for (const bank of [false, true]) {
    const of = fine.x.flatMap((_, i) => (terrain.beyondRiver[i] === bank ? [i] : []));
    const here = seeds.flatMap(([x, y], s) => (bankOf(terrain, fine, x, y) === bank ? [s] : []));
    const land = fineLand(terrain, fine, load, of);
    const share = land.load.reduce((a, b) => a + b, 0) / here.length;
    const targets = here.map(() => share);
    const first = partition(
      land,
      here.map((s) => seeds[s]!),
      targets,
      false,
    );
    const part = refine(
      land,
      first,
      targets,
      { balance: 4, slack: 0.05, patience: 0.25, exchange: false, sweeps: 60 },
      random,
    );
    of.forEach((cell, i) => {
      unit[cell] = here[part[i]!]!;
    });
  }
  return unit;
}

/** Cell (0 to 191) of each fine cell: units are divided by their share of the workload, so cells nest. */
export function divideCells(terrain: Terrain, fine: Fine, unit: readonly number[], random: Random): number[] {
  const units = Math.max(...unit) + 1;
  const quota = shareOut(sums(unit, fine.workload, units), CELLS, CELLS_AT_LEAST);
  const result = unit.map(() => -1);
  let next = 0;
  for (let u = 0; u < units; u++) {
    const of = unit.flatMap((v, i) => (v === u ? [i] : []));
    const land = fineLand(terrain, fine, fine.workload, of);
    const count = quota[u]!;
    const share = land.load.reduce((a, b) => a + b, 0) / count;
    const targets = Array.from({ length: count }, () => share);
    const first = partition(land, farthestSeeds(land, count), targets, true);
    const part = refine(
      land,
      first,
      targets,
      { balance: 6, slack: 0.05, patience: 0.25, exchange: false, sweeps: 200 },
      random,
    );
    of.forEach((cell, i) => {
      result[cell] = next + part[i]!;
    });
    next += count;
  }
  return result;
}

/** The graph of the 192 cells; banks of the river connect at bridges only. */
export function cellLand(
  terrain: Terrain,
  fine: Fine,
  cell: readonly number[],
  bridges: readonly Bridge[],
): Land {
  const { mesh, beyondRiver } = terrain;
  const area = sums(cell, fine.areaKm2, CELLS);
  const population = sums(cell, fine.population, CELLS);
  const weighted = (of: readonly number[]) =>
    sums(
      cell,
      of.map((v, i) => v * fine.areaKm2[i]!),
      CELLS,
    ).map((s, c) => s / area[c]!);
  const perimeter = area.map(() => 0);
  const borders = new Map<number, number>();
  const bridged = new Set(
    bridges.flatMap((b) => [...mesh.edgesOfVertex[b.north]!, ...mesh.edgesOfVertex[b.south]!]),
  );
  mesh.edges.forEach((edge, e) => {
    const [p, q] = [cell[edge.left]!, edge.right < 0 ? -1 : cell[edge.right]!];
    if (p === q) return;
    const km = edgeKm(mesh, edge);
    perimeter[p] = perimeter[p]! + km;
    if (q < 0) return;
    perimeter[q] = perimeter[q]! + km;
    if (beyondRiver[edge.left] !== beyondRiver[edge.right] && !bridged.has(e)) return;
    const key = Math.min(p, q) * CELLS + Math.max(p, q);
    borders.set(key, (borders.get(key) ?? 0) + km);
  });
  const neighbours: { to: number; km: number }[][] = area.map(() => []);
  for (const [key, km] of [...borders].sort((a, b) => a[0] - b[0])) {
    const [p, q] = [Math.floor(key / CELLS), key % CELLS];
    neighbours[p]!.push({ to: q, km });
    neighbours[q]!.push({ to: p, km });
  }
  return {
    x: weighted(fine.x),
    y: weighted(fine.y),
    load: population.map((p, c) => workloadOf(p, area[c]!) + 0.4),
    areaKm2: area,
    perimeterKm: perimeter,
    neighbours,
  };
}

/** Zone (0 to 19) of each cell, compact and in balance of workload; `settled` is a division to start from. */
export function divideZones(land: Land, random: Random, settled?: readonly number[]): number[] {
  const share = land.load.reduce((a, b) => a + b, 0) / ZONES;
  const targets = Array.from({ length: ZONES }, () => share);
  const start = settled ?? partition(land, farthestSeeds(land, ZONES), targets, true);
  const costs = {
    balance: 1000,
    slack: 0.02,
    patience: settled ? 0.2 : 1,
    exchange: true,
    sweeps: settled ? 600 : 2000,
  };
  return refine(land, start, targets, costs, random);
}

/** Whole shares in proportion to `weights` by largest remainder, at least `least` each, `total` in all. */
export function shareOut(weights: readonly number[], total: number, least: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (w / sum) * total);
  const whole = exact.map((e) => Math.max(least, Math.floor(e)));
  const order = exact
    .map((e, i) => ({ i, rest: e - Math.floor(e) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let left = total - whole.reduce((a, b) => a + b, 0);
  for (let k = 0; left > 0; k++, left--) whole[order[k % order.length]!.i]! += 1;
  for (; left < 0; left++) {
    const richest = whole.reduce(
      (best, w, i) => (w - exact[i]! > whole[best]! - exact[best]! && w > least ? i : best),
      whole.findIndex((w) => w > least),
    );
    whole[richest]! -= 1;
  }
  return whole;
}

function bankOf({ beyondRiver }: Terrain, fine: Fine, x: number, y: number): boolean {
  let best = 0;
  let least = Infinity;
  fine.x.forEach((fx, i) => {
    const d = (fx - x) ** 2 + (fine.y[i]! - y) ** 2;
    if (d < least) [least, best] = [d, i];
  });
  return beyondRiver[best]!;
}
