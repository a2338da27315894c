import type { Mesh } from './mesh.ts';

/** The vertices of a chain of mesh edges in order, from its western end. Throws when it is not one chain. */
export function orderedChain(mesh: Mesh, edges: readonly number[]): number[] {
  const at = new Map<number, number[]>();
  for (const e of edges) {
    const { a, b } = mesh.edges[e]!;
    at.set(a, [...(at.get(a) ?? []), b]);
    at.set(b, [...(at.get(b) ?? []), a]);
  }
  const ends = [...at].filter(([, to]) => to.length === 1).map(([v]) => v);
  if (ends.length !== 2) throw new Error(`a line with ${ends.length} ends`);
  const chain = [mesh.x[ends[0]!]! < mesh.x[ends[1]!]! ? ends[0]! : ends[1]!];
  for (let last = -1; ;) {
    const here = chain.at(-1)!;
    const next = at.get(here)!.find((v) => v !== last);
    if (next === undefined) break;
    last = here;
    chain.push(next);
  }
  if (chain.length !== edges.length + 1) throw new Error('a line in several pieces');
  return chain;
}

type Point = readonly [x: number, y: number];

/** A band of constant half width along a line, as a ring; for gentle bends only. */
export function bandAlong(line: readonly Point[], half: number): Point[] {
  const side = (sign: number) =>
    line.map(([x, y], i): Point => {
      const [ax, ay] = line[Math.max(0, i - 1)]!;
      const [bx, by] = line[Math.min(line.length - 1, i + 1)]!;
      const norm = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
      return [x + (sign * half * (ay - by)) / norm, y + (sign * half * (bx - ax)) / norm];
    });
  return [...side(-1), ...side(1).toReversed()];
}
