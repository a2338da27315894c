import { Delaunay } from 'd3-delaunay';
import { length } from './arithmetic.ts';

/** An edge between two fine cells; `right` is -1 on the outline. Runs from `a` to `b` with `left` on its left. */
export interface MeshEdge {
  readonly a: number;
  readonly b: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The finest division of the town: Voronoi cells with shared vertices. A vertex is a Delaunay triangle, so
 * topology is exact before any coordinate is rounded, and every vertex has degree two or three.
 */
export interface Mesh {
  /** Vertex positions in kilometres; moved by smoothing, never split or merged. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Vertices of each fine cell, counter-clockwise. */
  readonly rings: readonly (readonly number[])[];
  readonly edges: readonly MeshEdge[];
  /** Indexes into `edges` for each fine cell and each vertex. */
  readonly edgesOfCell: readonly (readonly number[])[];
  readonly edgesOfVertex: readonly (readonly number[])[];
}

type Point = readonly [x: number, y: number];

/** Voronoi cells of the sites that `inside` keeps: the largest connected piece of them, holes filled. */
export function buildMesh(sites: readonly Point[], inside: (x: number, y: number) => boolean): Mesh {
  const delaunay = new Delaunay<Point>(Float64Array.from(sites.flat()));
  const { circumcenters } = delaunay.voronoi([-12, -12, 12, 12]);
  const rings = sites.map((_, i) => trianglesRound(delaunay, i));
  const neighbours = sites.map((_, i) => [...delaunay.neighbors(i)]);
  const candidate = sites.map(([x, y], i) => rings[i] !== undefined && inside(x, y));
  const kept = fillHoles(largestPiece(candidate, neighbours), neighbours);

  const vertexOf = new Map<number, number>();
  const xs: number[] = [];
  const ys: number[] = [];
  const keptRings: number[][] = [];
  kept.forEach((keep, i) => {
    const ring = rings[i];
    if (!keep || !ring) return;
    const cell = ring.map((triangle) => {
      let vertex = vertexOf.get(triangle);
      if (vertex === undefined) {
        vertex = xs.length;
        vertexOf.set(triangle, vertex);
        xs.push(circumcenters[2 * triangle]!);
        ys.push(circumcenters[2 * triangle + 1]!);
      }
      return vertex;
    });
    keptRings.push(signedArea(cell, xs, ys) > 0 ? cell : cell.toReversed());
  });
  return connect(Float64Array.from(xs), Float64Array.from(ys), keptRings);
}

/** Edge tables of a set of counter-clockwise rings over shared vertices. */
function connect(x: Float64Array, y: Float64Array, rings: readonly (readonly number[])[]): Mesh {
  const halves = new Map<number, { a: number; b: number; left: number; right: number }>();
  rings.forEach((ring, cell) => {
    ring.forEach((a, k) => {
      const b = ring[(k + 1) % ring.length]!;
      const opposite = halves.get(b * x.length + a);
      if (opposite) opposite.right = cell;
      else halves.set(a * x.length + b, { a, b, left: cell, right: -1 });
    });
  });
  const edges = [...halves.values()];
  const edgesOfCell: number[][] = rings.map(() => []);
  const edgesOfVertex: number[][] = Array.from(x, () => []);
  edges.forEach((edge, i) => {
    edgesOfCell[edge.left]!.push(i);
    if (edge.right >= 0) edgesOfCell[edge.right]!.push(i);
    edgesOfVertex[edge.a]!.push(i);
    edgesOfVertex[edge.b]!.push(i);
  });
  return { x, y, rings, edges, edgesOfCell, edgesOfVertex };
}

/** Area of a ring of vertices in square kilometres, positive when counter-clockwise. */
export function signedArea(ring: readonly number[], x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  ring.forEach((a, k) => {
    const b = ring[(k + 1) % ring.length]!;
    sum += x[a]! * y[b]! - x[b]! * y[a]!;
  });
  return sum / 2;
}

/** Mean of a ring's vertices: good enough a middle for the nearly convex fine cells. */
export function middle(mesh: Mesh, cell: number): Point {
  const ring = mesh.rings[cell]!;
  const sum = (of: Float64Array) => ring.reduce((s, v) => s + of[v]!, 0) / ring.length;
  return [sum(mesh.x), sum(mesh.y)];
}

/** Length of an edge in kilometres. */
export const edgeKm = (mesh: Mesh, { a, b }: MeshEdge): number =>
  length(mesh.x[b]! - mesh.x[a]!, mesh.y[b]! - mesh.y[a]!);

/** Triangles round a site in order, or nothing for a site on the hull. */
function trianglesRound(delaunay: Delaunay<Point>, site: number): number[] | undefined {
  const { inedges, triangles, halfedges } = delaunay;
  const first = inedges[site]!;
  if (first === -1) return undefined;
  const ring: number[] = [];
  let edge = first;
  do {
    ring.push(Math.floor(edge / 3));
    edge = edge % 3 === 2 ? edge - 2 : edge + 1;
    if (triangles[edge] !== site) return undefined;
    edge = halfedges[edge]!;
    if (edge === -1) return undefined;
  } while (edge !== first);
  return ring;
}

function largestPiece(keep: readonly boolean[], neighbours: readonly number[][]): boolean[] {
  const pieces = piecesOf(keep, neighbours);
  const largest = pieces.reduce((a, b) => (b.length > a.length ? b : a), []);
  const result = keep.map(() => false);
  for (const i of largest) result[i] = true;
  return result;
}

function fillHoles(keep: readonly boolean[], neighbours: readonly number[][]): boolean[] {
  const outside = piecesOf(
    keep.map((k) => !k),
    neighbours,
  );
  const around = outside.reduce((a, b) => (b.length > a.length ? b : a), []);
  const result = keep.map(() => true);
  for (const i of around) result[i] = false;
  return result;
}

/** Connected pieces of the marked nodes of a graph, each in order of discovery. */
export function piecesOf(marked: readonly boolean[], neighbours: readonly (readonly number[])[]): number[][] {
  const seen = marked.map((m) => !m);
  const pieces: number[][] = [];
  marked.forEach((_, start) => {
    if (seen[start]) return;
    const piece = [start];
    seen[start] = true;
    for (let k = 0; k < piece.length; k++) {
      for (const next of neighbours[piece[k]!]!) {
        if (seen[next]) continue;
        seen[next] = true;
        piece.push(next);
      }
    }
    pieces.push(piece);
  });
  return pieces;
}
