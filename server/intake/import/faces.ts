/**
 * Who gets which face of a noded coverage: pure. A face that one cell claims is that cell's; one that several claim
 * (an overlap) or none (a gap) goes to the neighbour with the longest shared border.
 */

/** A face of the polygonised linework. */
export interface Face {
  readonly id: number;
  /** Cells that cover it, ascending; empty for a gap. */
  readonly claims: readonly number[];
  readonly squareMetres: number;
  /** Twice the area by the perimeter. */
  readonly widthMetres: number;
}

/** Two faces with a common border. */
export interface Border {
  readonly a: number;
  readonly b: number;
  readonly metres: number;
}

/**
 * Answers face id -> cell. A gap wider than `gapMetres` stays nobody's: it is a real hole. A piece of a cell that
 * lost its connection to the main piece goes to its neighbour when it is narrower than that, or under a
 * hundredth of the cell; larger pieces are kept, since cells may have parts.
 */
export function assignFaces(
  faces: readonly Face[],
  borders: readonly Border[],
  gapMetres: number,
): Map<number, number> {
  const beside = new Map<number, [face: number, metres: number][]>();
  const note = (from: number, to: number, metres: number) =>
    beside.set(from, [...(beside.get(from) ?? []), [to, metres]]);
  for (const { a, b, metres } of borders) {
    note(a, b, metres);
    note(b, a, metres);
  }
  const owner = new Map<number, number>();
  for (const { id, claims } of faces) if (claims.length === 1) owner.set(id, claims[0]!);
  const open = faces.filter(
    ({ claims, widthMetres }) => claims.length > 1 || (claims.length === 0 && widthMetres < gapMetres),
  );
  giveAway(open, owner, beside);
  // an overlap that touches nobody's own ground: the lowest number
  for (const { id, claims } of open) if (!owner.has(id) && claims[0] !== undefined) owner.set(id, claims[0]);

  const small = looseFaces(faces, owner, beside, gapMetres);
  for (const face of small) owner.delete(face.id);
  giveAway(
    small.map((face) => ({ ...face, claims: [] })),
    owner,
    beside,
  );
  return owner;
}

/** Hands over faces one after the other, the longest border first, until nothing changes. */
function giveAway(
  open: readonly Face[],
  owner: Map<number, number>,
  beside: ReadonlyMap<number, readonly [face: number, metres: number][]>,
): void {
  const waiting = new Set(open);
  for (;;) {
    let best: { face: Face; cell: number; metres: number } | undefined;
    for (const face of waiting) {
      const shared = new Map<number, number>();
      for (const [other, metres] of beside.get(face.id) ?? []) {
        const cell = owner.get(other);
        if (cell === undefined || (face.claims.length > 0 && !face.claims.includes(cell))) continue;
        shared.set(cell, (shared.get(cell) ?? 0) + metres);
      }
      for (const [cell, metres] of [...shared].sort(([a], [b]) => a - b))
        if (!best || metres > best.metres) best = { face, cell, metres };
    }
    if (!best) return;
    owner.set(best.face.id, best.cell);
    waiting.delete(best.face);
  }
}

/** Faces of pieces that hang loose from their cell's largest piece and are narrow or small. */
function looseFaces(
  faces: readonly Face[],
  owner: ReadonlyMap<number, number>,
  beside: ReadonlyMap<number, readonly [face: number, metres: number][]>,
  gapMetres: number,
): Face[] {
  const byId = new Map(faces.map((face) => [face.id, face]));
  const seen = new Set<number>();
  const pieces = new Map<number, Face[][]>();
  for (const face of faces) {
    const cell = owner.get(face.id);
    if (cell === undefined || seen.has(face.id)) continue;
    const piece: Face[] = [];
    const queue = [face.id];
    seen.add(face.id);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      piece.push(byId.get(id)!);
      for (const [other] of beside.get(id) ?? [])
        if (owner.get(other) === cell && !seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
    }
    pieces.set(cell, [...(pieces.get(cell) ?? []), piece]);
  }
  const area = (piece: readonly Face[]) => piece.reduce((sum, face) => sum + face.squareMetres, 0);
  return [...pieces.values()].flatMap((ofCell) => {
    const whole = ofCell.reduce((sum, piece) => sum + area(piece), 0);
    const [, ...rest] = ofCell.toSorted((a, b) => area(b) - area(a));
    return rest.filter((p) => area(p) < whole / 100 || p.every((f) => f.widthMetres < gapMetres)).flat();
  });
}
