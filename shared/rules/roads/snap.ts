import { toPlane, type RoadGraph } from './graph.ts';

/** The place on the network nearest to a point. */
export interface Snap {
  readonly link: number;
  /** Where on the link, 0 at its source and 1 at its target, by length. */
  readonly fraction: number;
  /** Segment of the link's line that holds the place. */
  readonly segment: number;
  readonly lng: number;
  readonly lat: number;
  /** Straight metres from the point to the place. */
  readonly metres: number;
}

/** Snaps a WGS-84 point to the nearest open link; null when every link near is closed or none exists. */
export function snapToRoad(
  graph: RoadGraph,
  lng: number,
  lat: number,
  closed?: ReadonlySet<number>,
): Snap | null {
  const [x, y] = toPlane(graph.plane, lng, lat);
  const open = closed?.size ? (s: number) => !closed.has(graph.links[graph.segmentLink[s]!]!.id) : undefined;
  // Boxes come in order of their distance, which never exceeds that of the segment inside: look further until
  // the last box lies beyond the best segment.
  for (let wanted = 8; ; wanted *= 4) {
    const found = graph.index.neighbors(x, y, wanted, Infinity, open);
    let best: (Projection & { readonly s: number }) | null = null;
    for (const s of found) {
      const hit = project(graph, s, x, y);
      if (!best || hit.metres < best.metres) best = { ...hit, s };
    }
    if (!best) return null;
    const last = found.length < wanted ? Infinity : boxDistance(graph, found.at(-1)!, x, y);
    if (last >= best.metres) return complete(graph, best, best.s);
  }
}

interface Projection {
  readonly t: number;
  readonly metres: number;
}

function project({ segmentEnds: ends }: RoadGraph, s: number, x: number, y: number): Projection {
  const ax = ends[4 * s]!;
  const ay = ends[4 * s + 1]!;
  const dx = ends[4 * s + 2]! - ax;
  const dy = ends[4 * s + 3]! - ay;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
  return { t, metres: Math.hypot(x - ax - t * dx, y - ay - t * dy) };
}

function boxDistance({ segmentEnds: ends }: RoadGraph, s: number, x: number, y: number): number {
  const [ax, ay, bx, by] = ends.subarray(4 * s, 4 * s + 4) as unknown as [number, number, number, number];
  const gap = (v: number, a: number, b: number) => Math.max(Math.min(a, b) - v, 0, v - Math.max(a, b));
  return Math.hypot(gap(x, ax, bx), gap(y, ay, by));
}

function complete(graph: RoadGraph, { t, metres }: Projection, s: number): Snap {
  const link = graph.segmentLink[s]!;
  const segment = graph.segmentPlace[s]!;
  const line = graph.links[link]!.coordinates;
  let before = 0;
  let total = 0;
  for (let k = 0; k + 1 < line.length; k++) {
    const [ax, ay] = toPlane(graph.plane, ...line[k]!);
    const [bx, by] = toPlane(graph.plane, ...line[k + 1]!);
    const length = Math.hypot(bx - ax, by - ay);
    if (k < segment) before += length;
    if (k === segment) before += t * length;
    total += length;
  }
  const [a, b] = [line[segment]!, line[segment + 1]!];
  return {
    link,
    fraction: total === 0 ? 0 : Math.min(1, before / total),
    segment,
    lng: a[0] + t * (b[0] - a[0]),
    lat: a[1] + t * (b[1] - a[1]),
    metres,
  };
}
