/** Integer coordinates in units of 1e-7 degree (about 1 cm), longitude first; the precision that GeoJSON carries. */
export type Vertex = readonly [x: number, y: number];

/** Unclosed ring of vertices. The outer ring of a cell runs counter-clockwise, its holes run clockwise. */
export type Ring = readonly Vertex[];

/** Units per degree of the integer grid. */
export const unitsPerDegree = 1e7;

/** Rounds WGS-84 degrees to the integer grid. */
export const vertexAt = (lng: number, lat: number): Vertex => [
  Math.round(lng * unitsPerDegree),
  Math.round(lat * unitsPerDegree),
];

/** One exact number per vertex; two vertices clash only when they lie 6.7 degrees apart, more than any town. */
export const vertexKey = (v: Vertex): number => (v[0] & 0x3ffffff) * 0x4000000 + (v[1] & 0x3ffffff);

/** True when both stand on the same point of the integer grid. */
export const sameVertex = (a: Vertex, b: Vertex): boolean => a[0] === b[0] && a[1] === b[1];

/**
 * Twice the signed area of the triangle a, b, c: positive when c lies left of a to b. Exact for integers that
 * span less than six degrees, since every product stays under 2^53.
 */
export const turn = (a: Vertex, b: Vertex, c: Vertex): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Twice the signed area in square units; positive for a counter-clockwise ring. */
export function doubleArea(ring: Ring): number {
  const first = ring[0]!;
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) sum += turn(first, ring[i]!, ring[i + 1]!);
  return sum;
}

/** The vertex at `index`, counted round the ring. */
export const vertexOf = (ring: Ring, index: number): Vertex =>
  ring[((index % ring.length) + ring.length) % ring.length]!;

/** The index of `vertex` in the ring, or -1. */
export const indexIn = (ring: Ring, vertex: Vertex): number => ring.findIndex((v) => sameVertex(v, vertex));

/** The same ring in the opposite direction. */
export const reversed = (ring: Ring): Ring => ring.toReversed();

/** Where a point stands against a ring: strictly inside, on its border, or outside. Exact for integer points. */
export function placeInRing(point: Vertex, ring: Ring): 'inside' | 'border' | 'outside' {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j]!;
    const b = ring[i]!;
    const side = turn(a, b, point);
    if (side === 0 && isBetween(a, b, point)) return 'border';
    if (a[1] > point[1] !== b[1] > point[1] && side > 0 === b[1] > a[1]) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}

/** True when a collinear point lies within the box of a segment, ends included. */
export const isBetween = (a: Vertex, b: Vertex, point: Vertex): boolean =>
  Math.min(a[0], b[0]) <= point[0] &&
  point[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= point[1] &&
  point[1] <= Math.max(a[1], b[1]);

/** True when two closed segments share any point. */
export function segmentsTouch(a: Vertex, b: Vertex, c: Vertex, d: Vertex): boolean {
  if (
    Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
    Math.max(c[1], d[1]) < Math.min(a[1], b[1])
  )
    return false;
  const one = Math.sign(turn(a, b, c)) * Math.sign(turn(a, b, d));
  const two = Math.sign(turn(c, d, a)) * Math.sign(turn(c, d, b));
  return one <= 0 && two <= 0;
}
