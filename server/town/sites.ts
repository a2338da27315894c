import { Delaunay } from 'd3-delaunay';
import { cos, length, sin } from './arithmetic.ts';
import { NEW_TOWN, OLD_TOWN, settlement, type Density } from './density.ts';
import type { AcrossLine } from './lines.ts';
import type { Outline } from './outline.ts';
import type { Random } from './random.ts';

const SITES = 3250;
const MARGIN = 1.12;
/** Sites beside a line stand in mirrored pairs, so that the line becomes a chain of Voronoi edges. */
const PAIR_KM = 0.08;
const STEP_KM = 0.17;

type Point = readonly [x: number, y: number];

/** Seeds of the 11 communities: 6 on a ring round the middle of the old town, 5 round the new town. */
export function communitySeeds(): Point[] {
  const ring = (count: number, [cx, cy]: Point, radius: number): Point[] =>
    Array.from({ length: count }, (_, i) => {
      const t = (2 * Math.PI * (i + 0.25)) / count;
      return [cx + radius * cos(t), cy + radius * sin(t)];
    });
  return [...ring(6, OLD_TOWN, 0.55), ...ring(5, [NEW_TOWN[0], NEW_TOWN[1] - 0.2], 0.95)];
}

/** Places of the village cores: inside the outline, off the old town, apart; the first ones beyond the river. */
export function drawCores(
  count: number,
  beyond: number,
  outline: Outline,
  river: AcrossLine,
  random: Random,
): Point[] {
  const cores: Point[] = [];
  const communities = communitySeeds();
  let apart = 0.95;
  for (let tries = 1; cores.length < count; tries++) {
    if (tries % 3000 === 0) apart *= 0.93;
    const x = (2 * random.next() - 1) * 9;
    const y = (2 * random.next() - 1) * 9;
    const bank = y - river(x);
    const ok =
      outline.relative(x, y) < 0.92 &&
      length(x - OLD_TOWN[0], y - OLD_TOWN[1]) > 1 &&
      (cores.length < beyond ? bank < -0.25 : bank > 0.3) &&
      communities.every(([cx, cy]) => length(x - cx, y - cy) > 0.6) &&
      cores.every(([cx, cy]) => length(x - cx, y - cy) > apart);
    if (ok) cores.push([x, y]);
  }
  return cores;
}

/** Sites of the fine cells: dense where people live, evened out by Lloyd's steps, mirrored along the lines. */
export function drawSites(
  outline: Outline,
  cores: readonly Point[],
  lines: readonly AcrossLine[],
  random: Random,
): Point[] {
  const density = settlement(cores);
  const points = new Float64Array(2 * SITES);
  for (let n = 0; n < SITES;) {
    const x = (2 * random.next() - 1) * 10;
    const y = (2 * random.next() - 1) * 10;
    if (outline.relative(x, y) > MARGIN) continue;
    if (random.next() > Math.min(1, (density(x, y) + 0.25) / 5)) continue;
    points[2 * n] = x;
    points[2 * n + 1] = y;
    n++;
  }
  for (let step = 0; step < 12; step++) relax(points, density);
  const free = Array.from({ length: SITES }, (_, i): Point => [points[2 * i]!, points[2 * i + 1]!]).filter(
    ([x, y]) => lines.every((line) => Math.abs(y - line(x)) > 1.9 * PAIR_KM),
  );
  return [...free, ...lines.flatMap((line) => mirrored(outline, line))];
}

/** One Lloyd step of relaxation 0.6; each Voronoi vertex counts by 0.5 + 0.15 d. */
function relax(points: Float64Array, density: Density): void {
  const voronoi = new Delaunay(points).voronoi([-11, -11, 11, 11]);
  const seen = new Map<number, number>();
  const weigh = (x: number, y: number) => {
    const key = Math.round(x * 1e4) * 1e6 + Math.round(y * 1e4);
    const known = seen.get(key);
    if (known !== undefined) return known;
    const w = 0.5 + 0.15 * density(x, y);
    seen.set(key, w);
    return w;
  };
  for (let i = 0; i < points.length / 2; i++) {
    const cell = voronoi.cellPolygon(i) as Point[] | null;
    if (!cell) continue;
    let sx = 0;
    let sy = 0;
    let sum = 0;
    for (const [x, y] of cell.slice(1)) {
      const w = weigh(x, y);
      sx += w * x;
      sy += w * y;
      sum += w;
    }
    points[2 * i] = points[2 * i]! + 0.6 * (sx / sum - points[2 * i]!);
    points[2 * i + 1] = points[2 * i + 1]! + 0.6 * (sy / sum - points[2 * i + 1]!);
  }
}

/** Pairs of sites on both sides of a line at equal distance from it, over the whole width of the outline. */
function mirrored(outline: Outline, line: AcrossLine): Point[] {
  const sites: Point[] = [];
  for (let x = -9; x <= 9; x += STEP_KM) {
    const y = line(x);
    if (outline.relative(x, y) > MARGIN) continue;
    const slope = (line(x + 0.01) - line(x - 0.01)) / 0.02;
    const norm = length(1, slope);
    const dx = (-slope / norm) * PAIR_KM;
    const dy = (1 / norm) * PAIR_KM;
    sites.push([x + dx, y + dy], [x - dx, y - dy]);
  }
  return sites;
}
