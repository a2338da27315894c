/** Members of each group: the indexes that hold 0, 1, 2 … */
export function rowsOf(groups: readonly number[], count = Math.max(...groups) + 1): number[][] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  groups.forEach((g, i) => rows[g]!.push(i));
  return rows;
}
