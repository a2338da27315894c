import type { Projection } from './projection.ts';
import type { Ring, Vertex } from './ring.ts';
import { edgeAt, outlineNumber, sweepEdges, vertexAtHeight } from './sweep-edges.ts';
import type { SweepEdge } from './sweep-edges.ts';
import { joinRuns } from './sweep-runs.ts';
import type { Run } from './sweep-runs.ts';

/** An area that should not be as it is, with its size and a point inside. */
export interface Region {
  readonly squareMetres: number;
  readonly at: Vertex;
}

/** What the sweep over a damaged coverage found. */
export interface SweepResult {
  /** Key `a b` with a < b: positions of two cells that overlap. */
  readonly overlaps: ReadonlyMap<string, Region>;
  /** Uncovered places enclosed by cells. */
  readonly gaps: readonly Region[];
  /** Uncovered places open to the outside, and places covered outside the outline. */
  readonly outlineFaults: readonly Region[];
  /** Separate pieces of the union. */
  readonly parts: number;
  /** Length of the border of the union, its holes included. */
  readonly perimeterMetres: number;
}

/**
 * Measures overlaps, gaps and the outline of any set of cells with one sweep over the metric plane: between two
 * consecutive heights the edges do not cross, so every strip falls into trapezoids of known cells. Where two
 * edges do cross inside a strip, the strip is cut at the crossing.
 */
export function sweepCoverage(
  cells: readonly (readonly Ring[])[],
  outline: readonly Ring[],
  project: Projection,
): SweepResult {
  const edges = [...sweepEdges(cells, outline, project)].sort((a, b) => a.lowY - b.lowY);
  const heights = [...new Set(edges.flatMap((edge) => [edge.lowY, edge.highY]))].sort((a, b) => a - b);
  const strips: Strip[] = [];
  let active: SweepEdge[] = [];
  let next = 0;
  for (let h = 0; h + 1 < heights.length; h++) {
    const bottom = heights[h]!;
    const top = heights[h + 1]!;
    active = active.filter((edge) => edge.highY > bottom);
    while (next < edges.length && edges[next]!.lowY <= bottom) active.push(edges[next++]!);
    cutStrip(active, bottom, top, strips, 0);
  }
  return collect(strips, cells.length);
}

interface Strip {
  readonly bottom: number;
  readonly top: number;
  readonly edges: readonly SweepEdge[];
}

const tolerance = 1e-7;

function cutStrip(
  active: readonly SweepEdge[],
  bottom: number,
  top: number,
  strips: Strip[],
  depth: number,
): void {
  const at = (edge: SweepEdge): number => edgeAt(edge, (bottom + top) / 2);
  const start = new Map(active.map((edge) => [edge, edgeAt(edge, bottom)]));
  const ordered = [...active].sort(
    (a, b) => (near(start.get(a)!, start.get(b)!) ? 0 : start.get(a)! - start.get(b)!) || at(a) - at(b),
  );
  for (let i = 0; i + 1 < ordered.length; i++) {
    const a = ordered[i]!;
    const b = ordered[i + 1]!;
    const gapBelow = start.get(b)! - start.get(a)!;
    const gapAbove = edgeAt(b, top) - edgeAt(a, top);
    if (gapAbove >= -tolerance || gapBelow <= tolerance) continue;
    const middle = bottom + ((top - bottom) * gapBelow) / (gapBelow - gapAbove);
    if (depth > 60 || middle <= bottom || middle >= top) continue;
    cutStrip(active, bottom, middle, strips, depth + 1);
    cutStrip(active, middle, top, strips, depth + 1);
    return;
  }
  strips.push({ bottom, top, edges: ordered });
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance;

function collect(strips: readonly Strip[], count: number): SweepResult {
  const overlaps = new Map<string, { squareMetres: number; at: Vertex; largest: number }>();
  const beyond: { squareMetres: number; at: Vertex; largest: number }[] = [];
  const rows: Run[][] = [];
  let perimeter = 0;
  for (const { bottom, top, edges } of strips) {
    const winding = new Int16Array(count);
    const covering = new Set<number>();
    let inTown = 0;
    const runs: Run[] = [];
    let run: Run = openRun(undefined, false, bottom, top);
    const height = top - bottom;
    for (const [i, edge] of edges.entries()) {
      for (const { cell, by } of edge.steps) {
        if (cell === outlineNumber) inTown += by;
        else {
          winding[cell]! += by;
          if (winding[cell] === 0) covering.delete(cell);
          else covering.add(cell);
        }
      }
      const right = edges[i + 1];
      // Edges on the same line with different ends count as one, else their order would be chance.
      if (right && coincide(edge, right, bottom, top)) continue;
      const covered = covering.size > 0;
      if (covered !== run.covered) {
        perimeter += Math.hypot(height, edgeAt(edge, top) - edgeAt(edge, bottom));
        runs.push(closeRun(run, edge, bottom, top));
        run = openRun(edge, covered, bottom, top);
      }
      if (!right) continue;
      const width =
        (edgeAt(right, bottom) - edgeAt(edge, bottom) + edgeAt(right, top) - edgeAt(edge, top)) / 2;
      const squareMetres = width * height;
      if (squareMetres <= 0) continue;
      const place = (): Vertex => between(edge, right, (bottom + top) / 2);
      if (!covered && inTown !== 0) {
        run.squareMetres += squareMetres;
        if (squareMetres > run.largest) {
          run.largest = squareMetres;
          run.at = place();
        }
      }
      if (covered && inTown === 0) beyond.push({ squareMetres, at: place(), largest: squareMetres });
      if (covering.size > 1) {
        const several = [...covering].sort((a, b) => a - b);
        for (let a = 0; a < several.length; a++)
          for (let b = a + 1; b < several.length; b++) {
            const key = `${several[a]} ${several[b]}`;
            const sum = overlaps.get(key) ?? { squareMetres: 0, at: place(), largest: 0 };
            sum.squareMetres += squareMetres;
            if (squareMetres > sum.largest) {
              sum.largest = squareMetres;
              sum.at = place();
            }
            overlaps.set(key, sum);
          }
      }
    }
    runs.push(closeRun(run, undefined, bottom, top));
    rows.push(runs);
  }
  const pieces = joinRuns(rows);
  const outlineFaults = pieces.filter((p) => !p.covered && p.open && p.squareMetres > 0);
  const outsideArea = beyond.reduce((sum, one) => sum + one.squareMetres, 0);
  const largest = beyond.toSorted((a, b) => b.largest - a.largest)[0];
  return {
    overlaps,
    gaps: pieces.filter((p) => !p.covered && !p.open && p.squareMetres > 0),
    outlineFaults: largest
      ? [...outlineFaults, { squareMetres: outsideArea, at: largest.at }]
      : outlineFaults,
    parts: pieces.filter((p) => p.covered).length,
    perimeterMetres: perimeter,
  };
}

const coincide = (a: SweepEdge, b: SweepEdge, bottom: number, top: number): boolean =>
  edgeAt(b, bottom) - edgeAt(a, bottom) < 1e-6 && edgeAt(b, top) - edgeAt(a, top) < 1e-6;

const openRun = (edge: SweepEdge | undefined, covered: boolean, bottom: number, top: number): Run => ({
  covered,
  bottomFrom: edge ? edgeAt(edge, bottom) : -Infinity,
  topFrom: edge ? edgeAt(edge, top) : -Infinity,
  bottomTo: Infinity,
  topTo: Infinity,
  squareMetres: 0,
  largest: 0,
  at: [0, 0],
});

function closeRun(run: Run, edge: SweepEdge | undefined, bottom: number, top: number): Run {
  if (!edge) return run;
  run.bottomTo = edgeAt(edge, bottom);
  run.topTo = edgeAt(edge, top);
  return run;
}

function between(left: SweepEdge, right: SweepEdge, y: number): Vertex {
  const a = vertexAtHeight(left, y);
  const b = vertexAtHeight(right, y);
  return [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)];
}
