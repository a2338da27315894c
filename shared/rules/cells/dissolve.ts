import type { Topology } from './arcs.ts';
import { doubleArea, placeInRing, turn, vertexKey } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';

/** A polygon as outer ring (counter-clockwise) and holes (clockwise). */
export type Polygon = readonly Ring[];

/**
 * The union of some cells of a clean coverage: arcs with a member on both sides cancel, the rest is chained to
 * rings. Only the arcs of the members are looked at. Pieces that meet in a corner stay separate polygons.
 */
export function dissolve(topology: Topology, members: readonly number[]): readonly Polygon[] {
  const inside = new Set(members);
  const open: (readonly Vertex[])[] = [];
  const closed: Ring[] = [];
  for (const cell of members)
    for (const reference of topology.cellArcs[cell]!) {
      const arc = topology.arcs[reference < 0 ? ~reference : reference]!;
      const other = reference < 0 ? arc.left : arc.right;
      if (inside.has(other)) continue;
      const path = reference < 0 ? arc.path.toReversed() : arc.path;
      if (vertexKey(path[0]!) === vertexKey(path.at(-1)!)) closed.push(path.slice(0, -1));
      else open.push(path);
    }
  return nest([...chain(open), ...closed.map(startLowest)]);
}

/** Chains directed paths to closed rings, the interior always on the left; rings are cut where they meet a node twice. */
export function chain(paths: readonly (readonly Vertex[])[]): Ring[] {
  const leaving = new Map<number, number[]>();
  for (const [i, path] of paths.entries()) {
    const key = vertexKey(path[0]!);
    const list = leaving.get(key);
    if (list) list.push(i);
    else leaving.set(key, [i]);
  }
  const used = new Uint8Array(paths.length);
  const rings: Ring[] = [];
  for (let first = 0; first < paths.length; first++) {
    if (used[first]) continue;
    const ring: Vertex[] = [];
    let current = first;
    while (!used[current]) {
      used[current] = 1;
      const path = paths[current]!;
      for (let i = 0; i + 1 < path.length; i++) ring.push(path[i]!);
      const choices = (leaving.get(vertexKey(path.at(-1)!)) ?? []).filter((i) => !used[i]);
      if (choices.length === 0) break;
      current = sharpest(path.at(-2)!, path.at(-1)!, choices, paths);
    }
    rings.push(...cutAtRepeats(ring).map(startLowest));
  }
  return rings;
}

/** Of several ways on, the first one clockwise from where we came: it bounds the same piece of interior. */
function sharpest(
  from: Vertex,
  node: Vertex,
  choices: readonly number[],
  paths: readonly (readonly Vertex[])[],
): number {
  let best = choices[0]!;
  for (const choice of choices.slice(1))
    if (clockwiseBefore(from, node, paths[choice]![1]!, paths[best]![1]!)) best = choice;
  return best;
}

/** True when, turning clockwise about `node` from `from`, `a` is met before `b`. */
function clockwiseBefore(from: Vertex, node: Vertex, a: Vertex, b: Vertex): boolean {
  const half = (v: Vertex): number => {
    const side = turn(node, from, v);
    if (side !== 0) return side < 0 ? 0 : 1;
    const dot = (from[0] - node[0]) * (v[0] - node[0]) + (from[1] - node[1]) * (v[1] - node[1]);
    return dot > 0 ? 2 : 0.5;
  };
  const one = half(a);
  const two = half(b);
  return one === two ? turn(node, a, b) < 0 : one < two;
}

function cutAtRepeats(ring: readonly Vertex[]): Ring[] {
  const rings: Ring[] = [];
  const stack: Vertex[] = [];
  const position = new Map<number, number>();
  for (const vertex of ring) {
    const key = vertexKey(vertex);
    const seen = position.get(key);
    if (seen !== undefined) {
      const loop = stack.splice(seen);
      for (const v of loop) position.delete(vertexKey(v));
      rings.push(loop);
    }
    position.set(key, stack.length);
    stack.push(vertex);
  }
  if (stack.length > 0) rings.push(stack);
  return rings;
}

/** The ring turned to start at its lowest key, so that equal shapes have equal bytes. */
function startLowest(ring: Ring): Ring {
  let best = 0;
  for (let i = 1; i < ring.length; i++) if (vertexKey(ring[i]!) < vertexKey(ring[best]!)) best = i;
  return [...ring.slice(best), ...ring.slice(0, best)];
}

/** Gives each hole to the outer ring around it; outer rings in order of their first vertex. */
export function nest(rings: readonly Ring[]): readonly Polygon[] {
  const outer = rings.filter((ring) => doubleArea(ring) > 0).toSorted(byFirst);
  const holes = rings.filter((ring) => doubleArea(ring) < 0).toSorted(byFirst);
  const polygons: Ring[][] = outer.map((ring) => [ring]);
  for (const hole of holes) {
    const around = polygons
      .filter((polygon) => holds(polygon[0]!, hole))
      .toSorted((a, b) => doubleArea(a[0]!) - doubleArea(b[0]!));
    around[0]?.push(hole);
  }
  return polygons;
}

const byFirst = (a: Ring, b: Ring): number => vertexKey(a[0]!) - vertexKey(b[0]!);

function holds(outer: Ring, hole: Ring): boolean {
  for (const vertex of hole) {
    const place = placeInRing(vertex, outer);
    if (place !== 'border') return place === 'inside';
  }
  return true;
}
