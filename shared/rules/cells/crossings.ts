import { isBetween, placeInRing, sameVertex, turn } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';

/** A place where a drawn line meets the ring of a cell. */
export interface Crossing {
  /** Position along the line: number of the line's segment plus the fraction of it. */
  readonly along: number;
  readonly vertex: Vertex;
  /** The ring's segment that receives the vertex; absent when the vertex is a node of the ring already. */
  readonly host?: readonly [p: Vertex, q: Vertex];
}

/** A part of the line that runs inside the cell from border to border. */
export interface Cut {
  readonly from: Crossing;
  readonly to: Crossing;
  /** Vertices strictly between the two ends. */
  readonly path: readonly Vertex[];
}

/** Every place where the line meets the ring, in the order of the line; a crossing near a node takes the node. */
export function crossingsOf(
  line: readonly Vertex[],
  ring: Ring,
  isNear: (a: Vertex, b: Vertex) => boolean,
): readonly Crossing[] {
  const found: Crossing[] = [];
  for (let k = 0; k + 1 < line.length; k++)
    for (let i = 0; i < ring.length; i++) {
      const crossing = crossingOf(line[k]!, line[k + 1]!, ring[i]!, ring[(i + 1) % ring.length]!, k, isNear);
      if (crossing) found.push(crossing);
    }
  found.sort((one, two) => one.along - two.along);
  return found.filter((one, i) => i === 0 || !sameVertex(one.vertex, found[i - 1]!.vertex));
}

function crossingOf(
  a: Vertex,
  b: Vertex,
  p: Vertex,
  q: Vertex,
  k: number,
  isNear: (a: Vertex, b: Vertex) => boolean,
): Crossing | undefined {
  const before = turn(p, q, a);
  const after = turn(p, q, b);
  if (before === after || before > 0 === after > 0) {
    if (before !== 0 && after !== 0) return undefined;
    if (before === after) return undefined;
  }
  const fraction = before / (before - after);
  if (!(fraction >= 0 && fraction <= 1)) return undefined;
  const exact: Vertex = [a[0] + fraction * (b[0] - a[0]), a[1] + fraction * (b[1] - a[1])];
  const onP = turn(a, b, p);
  const onQ = turn(a, b, q);
  if (onP !== 0 && onQ !== 0 && onP > 0 === onQ > 0) return undefined;
  const along = k + fraction;
  const rounded: Vertex = [Math.round(exact[0]), Math.round(exact[1])];
  for (const node of [p, q])
    if (sameVertex(rounded, node) || isNear(exact, node)) return { along, vertex: node };
  return isBetween(p, q, exact) || isBetween(p, q, rounded)
    ? { along, vertex: rounded, host: [p, q] }
    : undefined;
}

/** The parts of the line between consecutive crossings that run inside the ring. */
export function cutsOf(line: readonly Vertex[], crossings: readonly Crossing[], ring: Ring): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let i = 0; i + 1 < crossings.length; i++) {
    const from = crossings[i]!;
    const to = crossings[i + 1]!;
    if (placeInRing(pointAlong(line, (from.along + to.along) / 2), ring) !== 'inside') continue;
    const path = line
      .filter((_, k) => k > from.along && k < to.along)
      .filter((v) => !sameVertex(v, from.vertex) && !sameVertex(v, to.vertex));
    cuts.push({ from, to, path });
  }
  return cuts;
}

function pointAlong(line: readonly Vertex[], along: number): Vertex {
  const k = Math.min(Math.floor(along), line.length - 2);
  const a = line[k]!;
  const b = line[k + 1]!;
  return [a[0] + (along - k) * (b[0] - a[0]), a[1] + (along - k) * (b[1] - a[1])];
}
