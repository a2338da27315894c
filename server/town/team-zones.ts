import type { Town } from './town.ts';

/** A team's standing ground and its partner for rest days and absences. */
export interface TeamZones {
  /** T01 to T10. */
  readonly code: string;
  /** The two adjacent zones, by number. */
  readonly zones: readonly [number, number];
  /** Code of the team with which it shares four zones when one of the two is off. */
  readonly partner: string;
}

/**
 * Pairs the 20 zones into teams of two adjacent zones, and the teams into partners, both with the least squared
 * difference of workload. A border along the river does not make zones adjacent.
 */
export function pairZones(town: Town): TeamZones[] {
  const zones = town.zones.features.map((z) => z.properties);
  const zonePairs = bestPairs(
    zones.map((z) => z.workload),
    borders(town),
  );
  const near = zonePairs.map((p) =>
    zonePairs.map((q) => p !== q && p.some((a) => q.some((b) => borders(town)[a]![b]))),
  );
  const partners = bestPairs(
    zonePairs.map(([a, b]) => zones[a]!.workload + zones[b]!.workload),
    near,
  );
  const code = (team: number) => `T${String(team + 1).padStart(2, '0')}`;
  return zonePairs.map(([a, b], team) => {
    const pair = partners.find((p) => p.includes(team))!;
    return {
      code: code(team),
      zones: [a + 1, b + 1],
      partner: code(pair[0] === team ? pair[1] : pair[0]),
    };
  });
}

/** Which zones share a border on land. */
function borders({ zones, barriers }: Town): boolean[][] {
  const key = (p: readonly number[]) => `${p[0]},${p[1]}`;
  const river = new Set(
    barriers.features.filter((b) => !b.properties.passable).flatMap((b) => b.geometry.coordinates.map(key)),
  );
  const owner = new Map<string, number>();
  const adjacent = zones.features.map(() => zones.features.map(() => false));
  zones.features.forEach(({ geometry }, z) => {
    const ring = geometry.coordinates[0]!;
    for (let k = 0; k + 1 < ring.length; k++) {
      const [a, b] = [key(ring[k]!), key(ring[k + 1]!)];
      if (river.has(a) && river.has(b)) continue;
      const other = owner.get(`${b} ${a}`);
      if (other !== undefined) adjacent[z]![other] = adjacent[other]![z] = true;
      owner.set(`${a} ${b}`, z);
    }
  });
  return adjacent;
}

/**
 * Perfect matching with the least squared deviation of the pairs' sums, by trying the partners of the first free
 * one and giving up a branch that is already dearer than the best. Throws when no perfect matching exists.
 */
function bestPairs(loads: readonly number[], adjacent: readonly (readonly boolean[])[]): [number, number][] {
  const mean = (2 * loads.reduce((a, b) => a + b, 0)) / loads.length;
  const free = loads.map(() => true);
  let best: [number, number][] | undefined;
  let least = Infinity;
  const options = (i: number) => loads.flatMap((_, j) => (free[j] && j !== i && adjacent[i]![j] ? [j] : []));
  const search = (pairs: [number, number][], cost: number): void => {
    if (cost >= least) return;
    // The one with the fewest possible partners first: dead ends show at once.
    const open = loads.flatMap((_, i) => (free[i] ? [{ i, to: options(i) }] : []));
    if (!open.length) {
      least = cost;
      best = pairs;
      return;
    }
    const { i, to } = open.reduce((a, b) => (b.to.length < a.to.length ? b : a));
    const ranked = to
      .map((j) => ({ j, cost: (loads[i]! + loads[j]! - mean) ** 2 }))
      .sort((a, b) => a.cost - b.cost || a.j - b.j);
    for (const option of ranked) {
      free[i] = free[option.j] = false;
      search([...pairs, [Math.min(i, option.j), Math.max(i, option.j)]], cost + option.cost);
      free[i] = free[option.j] = true;
    }
  };
  search([], 0);
  if (!best) throw new Error('no way to pair all');
  return best.sort((a, b) => a[0] - b[0]);
}
