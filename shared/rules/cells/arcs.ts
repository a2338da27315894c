import { vertexKey, vertexOf } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';

/** Number of the outside where a cell's index is expected. */
export const outside = -1;

/** A piece of border between two nodes, shared by the cell on its left and the one on its right. */
export interface Arc {
  /** From node to node; a ring that meets no node repeats its first vertex at the end. */
  readonly path: readonly Vertex[];
  readonly left: number;
  readonly right: number;
}

/** The cells of a coverage as references to shared arcs. */
export interface Topology {
  readonly arcs: readonly Arc[];
  /** Per cell the arcs of its border; `~arc` when the cell lies on the right of it. */
  readonly cellArcs: readonly (readonly number[])[];
}

/**
 * Builds the arcs of a clean coverage from the rings of its cells, in one pass over all segments. Cells are
 * numbered by their position in the list. Throws RangeError when two cells claim the same side of a segment.
 */
export function buildTopology(cells: readonly (readonly Ring[])[]): Topology {
  const rings = cells.flatMap((own, cell) => own.map((ring) => ({ ring, cell })));
  const index = new Map<number, number>();
  const vertices: Vertex[] = [];
  const numbered = rings.map(({ ring }) =>
    Int32Array.from(ring, (vertex) => {
      const key = vertexKey(vertex);
      let found = index.get(key);
      if (found === undefined) {
        found = vertices.length;
        index.set(key, found);
        vertices.push(vertex);
      }
      return found;
    }),
  );
  const total = vertices.length;
  const owner = new Map<number, number>();
  const directed = (a: number, b: number): number => a * total + b;
  for (const [r, numbers] of numbered.entries())
    for (let i = 0; i < numbers.length; i++) {
      const key = directed(numbers[i]!, numbers[(i + 1) % numbers.length]!);
      if (owner.has(key)) throw new RangeError('coverage: two cells claim the same side of a border');
      owner.set(key, rings[r]!.cell);
    }
  const across = (a: number, b: number): number => owner.get(directed(b, a)) ?? outside;

  const degree = new Uint8Array(total);
  for (const numbers of numbered)
    for (let i = 0; i < numbers.length; i++) {
      const a = numbers[i]!;
      const b = numbers[(i + 1) % numbers.length]!;
      // Each segment counts once at both ends: by its left owner where the other side is a cell too.
      if (a < b || across(a, b) === outside) {
        degree[a]!++;
        degree[b]!++;
      }
    }

  const arcs: Arc[] = [];
  const cellArcs: number[][] = cells.map(() => []);
  const seen = new Set<number>();
  for (const [r, numbers] of numbered.entries()) {
    const cell = rings[r]!.cell;
    const ring = rings[r]!.ring;
    const size = numbers.length;
    let start = numbers.findIndex((v) => degree[v] !== 2);
    if (start < 0) start = lowest(numbers);
    let at = 0;
    while (at < size) {
      const first = start + at;
      const path: Vertex[] = [vertexOf(ring, first)];
      const from = numbers[first % size]!;
      const next = numbers[(first + 1) % size]!;
      const key = directed(from, next);
      do {
        at++;
        path.push(vertexOf(ring, start + at));
      } while (at < size && degree[numbers[(start + at) % size]!] === 2);
      if (seen.has(key)) continue;
      const other = across(from, next);
      const arc = arcs.length;
      arcs.push({ path, left: cell, right: other });
      cellArcs[cell]!.push(arc);
      if (other !== outside) {
        cellArcs[other]!.push(~arc);
        const last = numbers[(start + at) % size]!;
        seen.add(directed(last, numbers[(start + at - 1) % size]!));
      }
    }
  }
  return { arcs, cellArcs };
}

const lowest = (numbers: Int32Array): number => numbers.indexOf(Math.min(...numbers));
