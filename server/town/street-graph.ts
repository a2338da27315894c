import { CostHeap } from '../../shared/rules/roads/heap.ts';
import { length } from './arithmetic.ts';

/** A street between two nodes before classes are given. */
export interface Street {
  readonly a: number;
  readonly b: number;
  readonly km: number;
  /** What makes it special; a plain street follows the edge of two fine cells. */
  readonly kind: 'street' | 'highway' | 'lane' | 'axis' | 'ring' | 'bridge';
}

/** Nodes in kilometres, streets, and the streets at each node. */
export interface StreetGraph {
  readonly x: number[];
  readonly y: number[];
  readonly streets: Street[];
  readonly at: number[][];
}

/** An empty graph to add to. */
export const emptyGraph = (): StreetGraph => ({ x: [], y: [], streets: [], at: [] });

export function addNode(graph: StreetGraph, x: number, y: number): number {
  graph.x.push(x);
  graph.y.push(y);
  graph.at.push([]);
  return graph.x.length - 1;
}

export function addStreet(graph: StreetGraph, a: number, b: number, kind: Street['kind']): void {
  if (a === b) return;
  const known = graph.at[a]!.some((s) => graph.streets[s]!.a === b || graph.streets[s]!.b === b);
  if (known) return;
  const km = length(graph.x[a]! - graph.x[b]!, graph.y[a]! - graph.y[b]!);
  graph.at[a]!.push(graph.streets.length);
  graph.at[b]!.push(graph.streets.length);
  graph.streets.push({ a, b, km, kind });
}

/** Cheapest ways from the start nodes: cost of each node and the street by which it is reached. */
export interface Ways {
  readonly cost: Float64Array;
  readonly by: Int32Array;
}

/** Dijkstra from several starts; `price` of a street in kilometres, Infinity to forbid it. */
export function waysFrom(
  graph: StreetGraph,
  starts: readonly number[],
  price: (street: number) => number,
): Ways {
  const cost = new Float64Array(graph.x.length).fill(Infinity);
  const by = new Int32Array(graph.x.length).fill(-1);
  const done = new Uint8Array(graph.x.length);
  const heap = new CostHeap(1024);
  for (const s of starts) {
    cost[s] = 0;
    heap.push(s, 0);
  }
  while (heap.size) {
    const node = heap.pop();
    if (done[node]) continue;
    done[node] = 1;
    for (const s of graph.at[node]!) {
      const { a, b } = graph.streets[s]!;
      const other = a === node ? b : a;
      const c = cost[node]! + price(s);
      if (c >= cost[other]!) continue;
      cost[other] = c;
      by[other] = s;
      heap.push(other, c);
    }
  }
  return { cost, by };
}

/** Streets of the way to a node, from the node backwards. */
export function wayTo(graph: StreetGraph, { by }: Ways, node: number): number[] {
  const way: number[] = [];
  for (let n = node, s = by[n]!; s >= 0; s = by[n]!) {
    way.push(s);
    const { a, b } = graph.streets[s]!;
    n = a === n ? b : a;
  }
  return way;
}
