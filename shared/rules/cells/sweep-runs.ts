import type { Vertex } from './ring.ts';

/** Neighbouring trapezoids of one strip that are all covered or all uncovered. */
export interface Run {
  readonly covered: boolean;
  readonly bottomFrom: number;
  readonly topFrom: number;
  bottomTo: number;
  topTo: number;
  /** For an uncovered run the area inside the town's outline. */
  squareMetres: number;
  largest: number;
  at: Vertex;
}

/** A connected region of the plane, covered or not. */
export interface Piece {
  readonly covered: boolean;
  /** Reaches the outside of the map. */
  readonly open: boolean;
  readonly squareMetres: number;
  readonly at: Vertex;
}

const least = 1e-6;

/** Joins the runs of consecutive strips that touch along more than a point. */
export function joinRuns(rows: readonly (readonly Run[])[]): readonly Piece[] {
  const all = rows.flat();
  const parent = all.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = i; parent[at] !== root;) {
      const up = parent[at]!;
      parent[at] = root;
      at = up;
    }
    return root;
  };
  let below = 0;
  for (let row = 1, first = rows[0]?.length ?? 0; row < rows.length; first += rows[row]!.length, row++) {
    const lower = rows[row - 1]!;
    const upper = rows[row]!;
    for (let i = 0, j = 0; i < lower.length && j < upper.length;) {
      const a = lower[i]!;
      const b = upper[j]!;
      const width = Math.min(a.topTo, b.bottomTo) - Math.max(a.topFrom, b.bottomFrom);
      if (width > least && a.covered === b.covered) parent[rootOf(below + i)] = rootOf(first + j);
      if (a.topTo < b.bottomTo) i++;
      else j++;
    }
    below = first;
  }
  const pieces = new Map<number, { covered: boolean; open: boolean; squareMetres: number; run: Run }>();
  for (const [i, run] of all.entries()) {
    const root = rootOf(i);
    const open = run.bottomFrom === -Infinity || run.bottomTo === Infinity;
    const piece = pieces.get(root);
    if (!piece) pieces.set(root, { covered: run.covered, open, squareMetres: run.squareMetres, run });
    else {
      piece.open ||= open;
      piece.squareMetres += run.squareMetres;
      if (run.largest > piece.run.largest) piece.run = run;
    }
  }
  return [...pieces.values()].map(({ covered, open, squareMetres, run }) => ({
    covered,
    open,
    squareMetres,
    at: run.at,
  }));
}
