import type { RoadGraph } from './graph.ts';
import { CostHeap } from './heap.ts';
import type { Snap } from './snap.ts';

/** Cheapest ways from every settled node to one destination. */
export interface ReverseTree {
  /** Seconds and metres from a node to the destination; Infinity where none is known. */
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  /** First link of the way from a node, -1 at the destination's own link. */
  readonly firstLink: Int32Array;
}

/**
 * Dijkstra's algorithm against the direction of travel, so that one search serves all origins. Stops when the
 * `wanted` nodes are settled. `pace` multiplies the seconds of every link; closed links are not used.
 */
export function reverseTree(
  graph: RoadGraph,
  destination: Snap,
  wanted: ReadonlySet<number>,
  pace: number,
  closed?: ReadonlySet<number>,
): ReverseTree {
  const { nodeCount, links, from, to, inStart, inLink } = graph;
  const shut = closed && closed.size > 0 ? closed : undefined;
  const seconds = new Float64Array(nodeCount).fill(Infinity);
  const metres = new Float64Array(nodeCount).fill(Infinity);
  const firstLink = new Int32Array(nodeCount).fill(-1);
  const settled = new Uint8Array(nodeCount);
  const heap = new CostHeap(256);
  const reach = (node: number, cost: number, length: number, link: number) => {
    if (cost >= seconds[node]!) return;
    seconds[node] = cost;
    metres[node] = length;
    firstLink[node] = link;
    heap.push(node, cost);
  };
  const link = links[destination.link]!;
  const whole = graph.seconds[destination.link]! * pace;
  const { fraction } = destination;
  reach(from[destination.link]!, fraction * whole, fraction * link.lengthMetres, -1);
  if (!link.oneWay || fraction > 1 - 1e-9)
    reach(to[destination.link]!, (1 - fraction) * whole, (1 - fraction) * link.lengthMetres, -1);

  let missing = wanted.size;
  while (heap.size && missing > 0) {
    const node = heap.pop();
    if (settled[node]) continue;
    settled[node] = 1;
    if (wanted.has(node)) missing--;
    for (let k = inStart[node]!; k < inStart[node + 1]!; k++) {
      const i = inLink[k]!;
      if (shut?.has(links[i]!.id)) continue;
      const other = from[i] === node ? to[i]! : from[i]!;
      if (settled[other]) continue;
      reach(other, seconds[node]! + graph.seconds[i]! * pace, metres[node]! + graph.metres[i]!, i);
    }
  }
  return { seconds, metres, firstLink };
}
