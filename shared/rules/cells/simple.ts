import { doubleArea, isBetween, placeInRing, segmentsTouch, turn, vertexKey } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';

/** What can be wrong with the rings of one cell. */
export type ShapeFault =
  | 'ring_too_short'
  | 'vertex_repeated'
  | 'ring_crosses_itself'
  | 'ring_wrong_way'
  | 'hole_outside'
  | 'vertex_not_integer';

/** A fault and the vertex where it shows. */
export interface ShapeProblem {
  readonly fault: ShapeFault;
  readonly at: Vertex;
}

interface Segment {
  readonly a: Vertex;
  readonly b: Vertex;
  readonly west: number;
  readonly east: number;
  readonly ring: number;
  readonly position: number;
  readonly length: number;
}

/**
 * The first fault of a polygon given as outer ring and holes, or nothing when it is valid and well turned. With `parts`
 * `several` more outer rings may follow: a district of a real town can have an exclave, which no edit makes.
 */
export function shapeProblem(
  rings: readonly Ring[],
  parts: 'one' | 'several' = 'one',
): ShapeProblem | undefined {
  if (rings.length === 0) return { fault: 'ring_too_short', at: [0, 0] };
  const isOuter = (index: number, area: number): boolean => index === 0 || (parts === 'several' && area > 0);
  const areas = rings.map((ring) => doubleArea(ring));
  for (const [index, ring] of rings.entries()) {
    if (ring.length < 3) return { fault: 'ring_too_short', at: ring[0] ?? [0, 0] };
    const seen = new Set<number>();
    for (const vertex of ring) {
      if (!Number.isInteger(vertex[0]) || !Number.isInteger(vertex[1]))
        return { fault: 'vertex_not_integer', at: vertex };
      const key = vertexKey(vertex);
      if (seen.has(key)) return { fault: 'vertex_repeated', at: vertex };
      seen.add(key);
    }
    const area = areas[index]!;
    if (isOuter(index, area) ? area <= 0 : area >= 0) return { fault: 'ring_wrong_way', at: ring[0]! };
  }
  const crossing = crossingOf(rings);
  if (crossing) return { fault: 'ring_crosses_itself', at: crossing };
  // a part lies in no other part but in its hole, a hole in exactly one part
  for (const [index, ring] of rings.entries()) {
    const around = rings.reduce(
      (sum, other, i) => sum + (i !== index && liesIn(ring, other) ? Math.sign(areas[i]!) : 0),
      0,
    );
    const outer = isOuter(index, areas[index]!);
    if (around !== (outer ? 0 : 1)) return { fault: outer ? 'ring_wrong_way' : 'hole_outside', at: ring[0]! };
  }
  return undefined;
}

/** Of two rings that do not cross: the first lies in the other. Common vertices say nothing. */
const liesIn = (ring: Ring, other: Ring): boolean =>
  ring.map((vertex) => placeInRing(vertex, other)).find((place) => place !== 'border') === 'inside';

/** A place where two segments of the rings meet although they are not neighbours, found by a sweep from the west. */
function crossingOf(rings: readonly Ring[]): Vertex | undefined {
  const segments: Segment[] = rings.flatMap((ring, r) =>
    ring.map((a, position) => {
      const b = ring[(position + 1) % ring.length]!;
      return {
        a,
        b,
        west: Math.min(a[0], b[0]),
        east: Math.max(a[0], b[0]),
        ring: r,
        position,
        length: ring.length,
      };
    }),
  );
  segments.sort((one, two) => one.west - two.west);
  for (let i = 0; i < segments.length; i++) {
    const one = segments[i]!;
    for (let j = i + 1; j < segments.length && segments[j]!.west <= one.east; j++) {
      const two = segments[j]!;
      if (clash(one, two)) return two.a;
    }
  }
  return undefined;
}

function clash(one: Segment, two: Segment): boolean {
  if (one.ring === two.ring) {
    const apart = (two.position - one.position + one.length) % one.length;
    if (apart === 1) return folds(one.a, one.b, two.b);
    if (apart === one.length - 1) return folds(two.a, two.b, one.b);
    return segmentsTouch(one.a, one.b, two.a, two.b);
  }
  // A hole may touch the outer ring in one common vertex, never along a line or in the middle of a segment.
  if (!segmentsTouch(one.a, one.b, two.a, two.b)) return false;
  const ends = [one.a, one.b].flatMap((p) => [two.a, two.b].filter((q) => vertexKey(p) === vertexKey(q)));
  if (ends.length !== 1) return true;
  const common = ends[0]!;
  const p = vertexKey(one.a) === vertexKey(common) ? one.b : one.a;
  const q = vertexKey(two.a) === vertexKey(common) ? two.b : two.a;
  return folds(p, common, q);
}

/** True when the path a, b, c turns back onto itself. */
const folds = (a: Vertex, b: Vertex, c: Vertex): boolean =>
  turn(a, b, c) === 0 && (isBetween(a, b, c) || isBetween(b, c, a));
