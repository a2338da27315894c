import type { TownGraph } from '../graph.ts';

/**
 * The cells that a design may distribute, as a graph of their own. Borders to cells outside count as outer border.
 * Every cell can be reached: pieces that no passable border joins are bridged to the nearest cell.
 */
export interface Ground {
  /** Number of each cell in the town's graph. */
  readonly cells: Int32Array;
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly sharedMetres: Float64Array;
  readonly passable: Uint8Array;
  readonly outerMetres: Float64Array;
  readonly perimeterMetres: Float64Array;
  readonly squareMetres: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly load: Float64Array;
  readonly totalLoad: number;
  readonly totalSquareMetres: number;
  /** Pairs of cells joined only by a bridge: their zone will not be contiguous on the map. */
  readonly bridges: readonly (readonly [number, number])[];
}

interface Edge {
  readonly to: number;
  readonly metres: number;
  passable: boolean;
}

/** The ground made of some cells of the town. Work of zero everywhere is replaced by area, so that it can be balanced. */
export function groundOf(graph: TownGraph, cells: readonly number[]): Ground {
  const local = new Map(cells.map((cell, i) => [cell, i]));
  const outerMetres = Float64Array.from(cells, (cell) => graph.outerMetres[cell]!);
  const edges: Edge[][] = cells.map((cell, i) => {
    const own: Edge[] = [];
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const to = local.get(graph.neighbours[slot]!);
      const metres = graph.sharedMetres[slot]!;
      if (to === undefined) outerMetres[i]! += metres;
      else own.push({ to, metres, passable: graph.passable[slot] === 1 });
    }
    return own;
  });
  const pick = (values: Float64Array): Float64Array => Float64Array.from(cells, (cell) => values[cell]!);
  const squareMetres = pick(graph.squareMetres);
  const work = pick(graph.workloadHours);
  const load = work.some((hours) => hours > 0) ? work : squareMetres;
  const middle = cells[0] ?? 0;
  const east = pick(graph.east).map((value) => value - (graph.east[middle] ?? 0));
  const north = pick(graph.north).map((value) => value - (graph.north[middle] ?? 0));
  const bridges = bridge(edges, east, north);
  const offsets = new Int32Array(cells.length + 1);
  for (const [i, own] of edges.entries()) offsets[i + 1] = offsets[i]! + own.length;
  const flat = edges.flat();
  return {
    cells: Int32Array.from(cells),
    offsets,
    neighbours: Int32Array.from(flat, (edge) => edge.to),
    sharedMetres: Float64Array.from(flat, (edge) => edge.metres),
    passable: Uint8Array.from(flat, (edge) => (edge.passable ? 1 : 0)),
    outerMetres,
    perimeterMetres: outerMetres.map((metres, i) =>
      edges[i]!.reduce((sum, edge) => sum + edge.metres, metres),
    ),
    squareMetres,
    east,
    north,
    load,
    totalLoad: load.reduce((sum, value) => sum + value, 0),
    totalSquareMetres: squareMetres.reduce((sum, value) => sum + value, 0),
    bridges,
  };
}

/** Joins each smaller piece to the cell of the rest that lies nearest, until all cells hang together. */
function bridge(edges: Edge[][], east: Float64Array, north: Float64Array): (readonly [number, number])[] {
  const bridges: (readonly [number, number])[] = [];
  const piece = new Int32Array(edges.length).fill(-1);
  const pieces: number[][] = [];
  for (let first = 0; first < edges.length; first++) {
    if (piece[first] !== -1) continue;
    const queue = [first];
    piece[first] = pieces.length;
    for (const cell of queue)
      for (const edge of edges[cell]!)
        if (edge.passable && piece[edge.to] === -1) {
          piece[edge.to] = pieces.length;
          queue.push(edge.to);
        }
    pieces.push(queue);
  }
  pieces.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const joined = [...(pieces[0] ?? [])];
  for (const island of pieces.slice(1)) {
    let best: readonly [number, number] = [island[0]!, joined[0]!];
    let least = Infinity;
    for (const a of island)
      for (const b of joined) {
        const distance = (east[a]! - east[b]!) ** 2 + (north[a]! - north[b]!) ** 2;
        if (distance < least) {
          least = distance;
          best = [a, b];
        }
      }
    const [a, b] = best;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = edges[from]!.find((edge) => edge.to === to);
      if (known) known.passable = true;
      else edges[from]!.push({ to, metres: 0, passable: true });
    }
    bridges.push(best);
    joined.push(...island);
  }
  return bridges;
}
