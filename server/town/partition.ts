import { piecesOf } from './mesh.ts';

/** A graph of pieces of land to be divided: place (km), load, border lengths (km) to the neighbours. */
export interface Land {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly load: readonly number[];
  readonly areaKm2: readonly number[];
  readonly perimeterKm: readonly number[];
  /** Neighbours that count for contiguity; a border across a barrier is left out. */
  readonly neighbours: readonly (readonly { readonly to: number; readonly km: number }[])[];
}

type Point = readonly [x: number, y: number];
const ROUNDS = 160;

/**
 * Divides the land among the seeds by a capacity-weighted power diagram (Aurenhammer's weights moved by the
 * load gap), keeps the round with the least spread, then mends contiguity. `targets` are wanted loads.
 */
export function partition(
  land: Land,
  seeds: readonly Point[],
  targets: readonly number[],
  centresMove: boolean,
): number[] {
  const centres = seeds.map(([x, y]) => ({ x, y, w: 0 }));
  const typical = land.areaKm2.reduce((a, b) => a + b, 0) / seeds.length;
  let best: number[] = [];
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const part = land.x.map((x, i) => nearest(x, land.y[i]!, centres));
    const loads = sums(part, land.load, seeds.length);
    const gaps = loads.map((l, p) => l / targets[p]! - 1);
    const spread = loads.some((l) => l === 0) ? 1e9 : gaps.reduce((s, g) => s + g * g, 0);
    if (spread < least) {
      least = spread;
      best = part;
    }
    const step = 0.35 * typical * (1 - round / 200);
    centres.forEach((c, p) => {
      c.w -= step * Math.max(-1, Math.min(1, gaps[p]!));
    });
    if (centresMove && round < 60) moveCentres(land, part, centres);
  }
  return mend(land, best, seeds.length);
}

/** Seeds that lie far from each other, the heavier land first. */
export function farthestSeeds(land: Land, count: number): Point[] {
  const heavy = land.load.map((l) => Math.sqrt(l));
  let pick = land.load.reduce((best, l, i) => (l > land.load[best]! ? i : best), 0);
  const far = land.x.map(() => Infinity);
  const seeds: Point[] = [];
  for (;;) {
    const [px, py] = [land.x[pick]!, land.y[pick]!];
    seeds.push([px, py]);
    if (seeds.length === count) return seeds;
    far.forEach((d, i) => {
      far[i] = Math.min(d, (land.x[i]! - px) ** 2 + (land.y[i]! - py) ** 2);
    });
    pick = far.reduce((best, d, i) => (d * heavy[i]! > far[best]! * heavy[best]! ? i : best), 0);
  }
}

/** Total of `load` in each part. */
export function sums(part: readonly number[], load: readonly number[], count: number): number[] {
  const totals = Array.from({ length: count }, () => 0);
  part.forEach((p, i) => {
    totals[p] = totals[p]! + load[i]!;
  });
  return totals;
}

function nearest(x: number, y: number, centres: readonly { x: number; y: number; w: number }[]): number {
  let best = 0;
  let least = Infinity;
  for (let p = 0; p < centres.length; p++) {
    const c = centres[p]!;
    const d = (x - c.x) * (x - c.x) + (y - c.y) * (y - c.y) - c.w;
    if (d < least) {
      least = d;
      best = p;
    }
  }
  return best;
}

function moveCentres(land: Land, part: readonly number[], centres: { x: number; y: number }[]): void {
  const at = (of: readonly number[]) => of.map((v, i) => v * land.load[i]!);
  const x = sums(part, at(land.x), centres.length);
  const y = sums(part, at(land.y), centres.length);
  const load = sums(part, land.load, centres.length);
  centres.forEach((c, p) => {
    if (!load[p]) return;
    c.x += 0.5 * (x[p]! / load[p] - c.x);
    c.y += 0.5 * (y[p]! / load[p] - c.y);
  });
}

/** Keeps the largest piece of each part; orphans join the kept part with the longest common border. */
function mend(land: Land, part: readonly number[], count: number): number[] {
  const to = land.neighbours.map((list) => list.map((n) => n.to));
  const result = part.map(() => -1);
  for (let p = 0; p < count; p++) {
    const pieces = piecesOf(
      part.map((q) => q === p),
      to,
    );
    if (!pieces.length) throw new Error(`part ${p} of ${count} is empty`);
    for (const i of pieces.reduce((a, b) => (b.length > a.length ? b : a))) result[i] = p;
  }
  for (let left = result.filter((p) => p < 0).length; left > 0;) {
    const before = left;
    for (let i = 0; i < result.length; i++) {
      if (result[i]! >= 0) continue;
      const borders = new Map<number, number>();
      for (const { to: j, km } of land.neighbours[i]!) {
        const p = result[j]!;
        if (p >= 0) borders.set(p, (borders.get(p) ?? 0) + km);
      }
      const winner = [...borders].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0] as [number, number])[0];
      if (winner < 0) continue;
      result[i] = winner;
      left--;
    }
    if (left === before) throw new Error(`${left} pieces of land cannot be reached`);
  }
  return result;
}
