/**
 * `most` of all rows, beginning further on each turn (a number that grows by one), so that every row comes within
 * ceil(all / most) turns; all of them where they are no more.
 */
export function takeTurns<T>(rows: readonly T[], most: number, turn: number): readonly T[] {
  if (rows.length <= most) return rows;
  const from = (turn * most) % rows.length;
  return [...rows.slice(from), ...rows.slice(0, from)].slice(0, most);
}
