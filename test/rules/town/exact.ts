import type { Position } from 'geojson';

/* Exact checks on rings of seven-decimal degrees: as integers of 1e-7 every product below stays under 2^53. */

export type Ring = readonly Position[];
type Vertex = readonly [number, number];

const integer = ([lng, lat]: Position): Vertex => [Math.round(lng! * 1e7), Math.round(lat! * 1e7)];
const key = ([x, y]: Vertex): string => `${x},${y}`;

/** Sign of the turn from a over b to c. */
function turn(a: Vertex, b: Vertex, c: Vertex): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function within(a: Vertex, b: Vertex, p: Vertex): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  );
}

/** True when two closed segments have a point in common. */
function meet(a: Vertex, b: Vertex, c: Vertex, d: Vertex): boolean {
  const [s, t, u, v] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (s * t < 0 && u * v < 0) return true;
  return (
    (s === 0 && within(a, b, c)) ||
    (t === 0 && within(a, b, d)) ||
    (u === 0 && within(c, d, a)) ||
    (v === 0 && within(c, d, b))
  );
}

/** What is wrong with a set of rings that should be simple and touch neither themselves nor each other. */
export function ringProblems(rings: readonly Ring[]): string[] {
  const problems: string[] = [];
  const segments = rings.flatMap((ring, r) => {
    const points = ring.map(integer);
    if (key(points[0]!) !== key(points.at(-1)!)) problems.push(`ring ${r} is not closed`);
    if (points.length < 4) problems.push(`ring ${r} has too few points`);
    const count = points.length - 1;
    return Array.from({ length: count }, (_, k) => ({ r, k, count, a: points[k]!, b: points[k + 1]! }));
  });
  const size = 20_000;
  const grid = new Map<string, typeof segments>();
  for (const s of segments) {
    if (key(s.a) === key(s.b)) problems.push(`ring ${s.r} repeats point ${s.k}`);
    const cells: string[] = [];
    for (
      let x = Math.floor(Math.min(s.a[0], s.b[0]) / size);
      x <= Math.floor(Math.max(s.a[0], s.b[0]) / size);
      x++
    )
      for (
        let y = Math.floor(Math.min(s.a[1], s.b[1]) / size);
        y <= Math.floor(Math.max(s.a[1], s.b[1]) / size);
        y++
      )
        cells.push(`${x} ${y}`);
    for (const cell of cells) {
      for (const other of grid.get(cell) ?? []) {
        const next = s.r === other.r && (s.k - other.k === 1 || (other.k === 0 && s.k === s.count - 1));
        const bad = next ? foldsBack(other, s) : meet(s.a, s.b, other.a, other.b);
        if (bad) problems.push(`ring ${s.r} at ${s.k} meets ring ${other.r} at ${other.k}`);
      }
      grid.set(cell, [...(grid.get(cell) ?? []), s]);
    }
  }
  return [...new Set(problems)];
}

/** True when two segments that share an end lie on each other. */
function foldsBack(p: { a: Vertex; b: Vertex }, q: { a: Vertex; b: Vertex }): boolean {
  const shared = [p.a, p.b].find((v) => key(v) === key(q.a) || key(v) === key(q.b))!;
  const [e, f] = [key(p.a) === key(shared) ? p.b : p.a, key(q.a) === key(shared) ? q.b : q.a];
  const ahead = (e[0] - shared[0]) * (f[0] - shared[0]) + (e[1] - shared[1]) * (f[1] - shared[1]);
  return turn(shared, e, f) === 0 && ahead > 0;
}

/** Twice the signed area in square units of 1e-7 degree; positive when counter-clockwise. Exact below 2^53. */
export function doubleArea(ring: Ring): number {
  const points = ring.map(integer);
  const [ox, oy] = points[0]!;
  let sum = 0;
  for (let k = 0; k + 1 < points.length; k++) {
    const [a, b] = [points[k]!, points[k + 1]!];
    sum += (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy);
  }
  return sum;
}

/**
 * What keeps the parts from tiling the whole without gap or overlap. Simple counter-clockwise rings cover a point
 * once or not at all; when their directed edges, opposite ones cancelled, are exactly the edges of the whole, each
 * point inside is covered once and each outside never, because winding numbers add.
 */
export function tilingProblems(parts: readonly Ring[], whole: readonly Ring[]): string[] {
  const problems: string[] = [];
  for (const [i, ring] of [...parts, ...whole].entries()) {
    problems.push(...ringProblems([ring]).map((p) => `part ${i}: ${p}`));
    if (doubleArea(ring) <= 0) problems.push(`part ${i} runs clockwise`);
  }
  const open = new Map<string, number>();
  const add = (ring: Ring, sign: number) => {
    const points = ring.map(integer).map(key);
    for (let k = 0; k + 1 < points.length; k++) {
      const [a, b] = [points[k]!, points[k + 1]!];
      const [edge, way] = a < b ? [`${a}|${b}`, sign] : [`${b}|${a}`, -sign];
      const sum = (open.get(edge) ?? 0) + way;
      if (sum) open.set(edge, sum);
      else open.delete(edge);
    }
  };
  for (const ring of parts) add(ring, 1);
  for (const ring of whole) add(ring, -1);
  if (open.size) problems.push(`${open.size} edges without their opposite, first ${[...open][0]![0]}`);
  return problems;
}

/** Geodesic area in square metres: plane area over the sine of the authalic latitude (WGS-84). */
export function geodesicArea(ring: Ring): number {
  const e2 = 0.00669437999014;
  const e = Math.sqrt(e2);
  const q = (s: number) =>
    (1 - e2) * (s / (1 - e2 * s * s) + (1 / (2 * e)) * Math.log((1 + e * s) / (1 - e * s)));
  let sum = 0;
  const [lng0, lat0] = ring[0] as [number, number];
  const q0 = q(Math.sin((lat0 * Math.PI) / 180));
  const at = ring.map(([lng, lat]) => [
    ((lng! - lng0) * Math.PI) / 180,
    q(Math.sin((lat! * Math.PI) / 180)) - q0,
  ]);
  for (let k = 0; k + 1 < at.length; k++) sum += at[k]![0]! * at[k + 1]![1]! - at[k + 1]![0]! * at[k]![1]!;
  return (6378137 ** 2 / 2) * (sum / 2);
}

/** Vincenty's inverse formula (1975) on WGS-84, metres. */
export function vincenty([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  const [a, f] = [6378137, 1 / 298.257223563];
  const b = a * (1 - f);
  const rad = Math.PI / 180;
  const L = (lng2! - lng1!) * rad;
  const u1 = Math.atan((1 - f) * Math.tan(lat1! * rad));
  const u2 = Math.atan((1 - f) * Math.tan(lat2! * rad));
  const [su1, cu1, su2, cu2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let i = 0; i < 50; i++) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(cu2 * sl, cu1 * su2 - su1 * cu2 * cl);
    if (sinSigma === 0) return 0;
    const cosSigma = su1 * su2 + cu1 * cu2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cu1 * cu2 * sl) / sinSigma;
    const cos2 = 1 - sinAlpha ** 2;
    const m = cos2 === 0 ? 0 : cosSigma - (2 * su1 * su2) / cos2;
    const C = (f / 16) * cos2 * (4 + f * (4 - 3 * cos2));
    const before = lambda;
    lambda = L + (1 - C) * f * sinAlpha * (sigma + C * sinSigma * (m + C * cosSigma * (2 * m * m - 1)));
    if (Math.abs(lambda - before) > 1e-12) continue;
    const uu = (cos2 * (a * a - b * b)) / (b * b);
    const A = 1 + (uu / 16384) * (4096 + uu * (-768 + uu * (320 - 175 * uu)));
    const B = (uu / 1024) * (256 + uu * (-128 + uu * (74 - 47 * uu)));
    const d =
      B *
      sinSigma *
      (m +
        (B / 4) *
          (cosSigma * (2 * m * m - 1) - (B / 6) * m * (4 * sinSigma * sinSigma - 3) * (4 * m * m - 3)));
    return b * A * (sigma - d);
  }
  return NaN;
}
