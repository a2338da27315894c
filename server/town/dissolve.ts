import type { Mesh } from './mesh.ts';

/** One polygon as vertex rings: the outer one counter-clockwise, holes clockwise; open (first not repeated). */
export type VertexPolygon = readonly (readonly number[])[];

/**
 * The union of fine cells as polygons: directed edges that have their opposite inside cancel, what is left is
 * chained into rings. Exact: no coordinate takes part. Every vertex has degree two or three, so a ring never
 * touches itself or another.
 */
export function dissolve(mesh: Mesh, cells: readonly number[]): VertexPolygon[] {
  const next = new Map<number, number>();
  const edges = new Set<number>();
  const size = mesh.x.length;
  for (const cell of cells) {
    const ring = mesh.rings[cell]!;
    ring.forEach((a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      if (!edges.delete(b * size + a)) edges.add(a * size + b);
    });
  }
  for (const edge of edges) next.set(Math.floor(edge / size), edge % size);
  if (next.size !== edges.size) throw new Error('a border touches itself');

  const rings: number[][] = [];
  for (const start of [...next.keys()].sort((a, b) => a - b)) {
    if (!next.has(start)) continue;
    const ring: number[] = [];
    for (let v: number | undefined = start; v !== undefined;) {
      ring.push(v);
      const to = next.get(v);
      next.delete(v);
      v = to === start ? undefined : to;
    }
    rings.push(ring);
  }
  return nest(mesh, rings);
}

function nest({ x, y }: Mesh, rings: readonly number[][]): VertexPolygon[] {
  const area = (ring: readonly number[]) =>
    ring.reduce((s, a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      return s + x[a]! * y[b]! - x[b]! * y[a]!;
    }, 0) / 2;
  const outer = rings
    .filter((r) => area(r) > 0)
    .map((r) => ({ ring: r, area: area(r), holes: [] as number[][] }));
  for (const hole of rings.filter((r) => area(r) < 0)) {
    // The smallest outer ring round a vertex of the hole; rings never touch, so one vertex decides.
    const owner = outer
      .filter((o) => o.area > -area(hole) && covers(o.ring, x, y, x[hole[0]!]!, y[hole[0]!]!))
      .sort((a, b) => a.area - b.area)[0];
    if (!owner) throw new Error('a hole lies in no ring');
    owner.holes.push(hole);
  }
  return outer.map((o) => [o.ring, ...o.holes]);
}

/** Even-odd rule. */
function covers(ring: readonly number[], x: Float64Array, y: Float64Array, px: number, py: number): boolean {
  let inside = false;
  ring.forEach((a, k) => {
    const b = ring[(k + 1) % ring.length]!;
    if (y[a]! > py === y[b]! > py) return;
    const at = x[a]! + ((py - y[a]!) * (x[b]! - x[a]!)) / (y[b]! - y[a]!);
    if (at > px) inside = !inside;
  });
  return inside;
}
