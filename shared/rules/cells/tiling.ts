import { sameVertex, vertexKey } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';
import { shapeProblem } from './simple.ts';

/**
 * The border of a set of rings as a chain: every directed segment once, opposite directions cancelled.
 * `weight` -1 subtracts.
 */
function addChain(chain: Map<string, number>, rings: Iterable<Ring>, weight: 1 | -1): void {
  for (const ring of rings)
    for (let i = 0; i < ring.length; i++) {
      const a = vertexKey(ring[i]!);
      const b = vertexKey(ring[(i + 1) % ring.length]!);
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      const sum = (chain.get(key) ?? 0) + (a < b ? weight : -weight);
      if (sum === 0) chain.delete(key);
      else chain.set(key, sum);
    }
}

/** One side of a comparison of borders. */
export interface Border {
  readonly cells: Iterable<Ring>;
  readonly outline: readonly Ring[];
}

/** True when the rings of `after` have the same border as those of `before`, each taken against its outline. */
export function sameBorder(before: Border, after: Border): boolean {
  const chain = new Map<string, number>();
  addChain(chain, before.cells, 1);
  addChain(chain, before.outline, -1);
  addChain(chain, after.cells, -1);
  addChain(chain, after.outline, 1);
  return chain.size === 0;
}

/**
 * True when the cells tile the outline exactly. Exact in integers and without any intersection: valid rings that
 * run the right way cover each point once or not at all, and if their chains add up to the outline they cover
 * the inside once and the outside never (winding numbers add).
 */
export function tilesExactly(cells: readonly (readonly Ring[])[], outline: readonly Ring[]): boolean {
  if (cells.some((rings) => shapeProblem(rings, 'several') !== undefined)) return false;
  return sameBorder({ cells: cells.flat(), outline }, { cells: [], outline: [] });
}

/** The ring with `vertices` put between `p` and `q` wherever it holds that segment, in either direction. */
export function insertBetween(ring: Ring, p: Vertex, q: Vertex, vertices: readonly Vertex[]): Ring {
  const result: Vertex[] = [];
  let found = false;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    result.push(a);
    if (sameVertex(a, p) && sameVertex(b, q)) result.push(...vertices);
    else if (sameVertex(a, q) && sameVertex(b, p)) result.push(...vertices.toReversed());
    else continue;
    found = true;
  }
  return found ? result : ring;
}
