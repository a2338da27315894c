/** Something to be numbered: its middle in kilometres east and north, its area. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly areaKm2: number;
}

/**
 * Order of numbering: in rows from north to south, west to east inside a row. A row is as high as the mean
 * piece is wide (√ of the mean area) and the first one starts at the northernmost middle.
 */
export function rowOrder(pieces: readonly Placed[]): number[] {
  const height = Math.sqrt(pieces.reduce((s, p) => s + p.areaKm2, 0) / pieces.length);
  const north = Math.max(...pieces.map((p) => p.y));
  const row = pieces.map((p) => Math.floor((north - p.y) / height));
  return pieces
    .map((_, i) => i)
    .sort((a, b) => row[a]! - row[b]! || pieces[a]!.x - pieces[b]!.x || pieces[b]!.y - pieces[a]!.y);
}
