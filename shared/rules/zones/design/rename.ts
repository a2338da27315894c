/**
 * Gives drawn groups the names of existing zones so that as much load as possible keeps its zone: the pairs with the
 * largest common load are taken first. `homes` holds the present zone of each cell (0 for none); groups beyond the given
 * names, if any, stay without one.
 */
export function renameByOverlap(
  slot: Int32Array,
  load: Float64Array,
  homes: ArrayLike<number>,
  names: readonly number[],
): Int32Array {
  const common = new Map<string, { group: number; name: number; load: number }>();
  const allowed = new Set(names);
  for (let i = 0; i < slot.length; i++) {
    if (!allowed.has(homes[i]!)) continue;
    const key = `${slot[i]} ${homes[i]}`;
    const pair = common.get(key) ?? { group: slot[i]!, name: homes[i]!, load: 0 };
    pair.load += load[i]! + 1e-9;
    common.set(key, pair);
  }
  const ordered = [...common.values()].sort(
    (a, b) => b.load - a.load || a.group - b.group || a.name - b.name,
  );
  const nameOf = new Map<number, number>();
  const free = new Set(names);
  for (const { group, name } of ordered) if (!nameOf.has(group) && free.delete(name)) nameOf.set(group, name);
  for (const group of new Set([...slot].sort((a, b) => a - b))) {
    if (nameOf.has(group)) continue;
    const [next] = free;
    if (next === undefined) break;
    free.delete(next);
    nameOf.set(group, next);
  }
  return slot.map((group) => nameOf.get(group) ?? 0);
}
