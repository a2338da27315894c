/** Runs an act on slices of a list, one after another: a statement has at most 65,535 values. */
export async function inBatches<T>(
  rows: readonly T[],
  act: (batch: readonly T[]) => PromiseLike<unknown>,
  size = 2000,
): Promise<void> {
  for (let first = 0; first < rows.length; first += size) await act(rows.slice(first, first + size));
}
