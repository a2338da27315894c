import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';

/** Colour index of each zone. Zones keep theirs while they are in the plan. */
export type ZoneColours = ReadonlyMap<ZoneId, number>;

/**
 * Gives every zone a colour that its neighbours do not have: zones with few neighbours last, which needs at most six
 * colours where the map is planar. `kept` colours stay, so that painting never changes the look of a zone.
 */
export function colourZones(
  graph: TownGraph,
  assignment: Assignment,
  zoneIds: readonly ZoneId[],
  colours: number,
  kept: ZoneColours = new Map(),
): ZoneColours {
  const neighbours = new Map(zoneIds.map((zone) => [zone as number, new Set<number>()]));
  for (let cell = 0; cell < assignment.length; cell++)
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const other = assignment[graph.neighbours[slot]!]!;
      if (other !== assignment[cell]) neighbours.get(assignment[cell]!)?.add(other);
    }
  const left = new Set<number>(zoneIds);
  const order: number[] = [];
  while (left.size > 0) {
    const degree = (zone: number): number => [...neighbours.get(zone)!].filter((n) => left.has(n)).length;
    const next = [...left].reduce((a, b) => (degree(b) < degree(a) ? b : a));
    left.delete(next);
    order.unshift(next);
  }
  const chosen = new Map<ZoneId, number>();
  for (const zone of zoneIds) if (kept.has(zone)) chosen.set(zone, kept.get(zone)!);
  for (const zone of order as ZoneId[]) {
    if (chosen.has(zone)) continue;
    const taken = [...neighbours.get(zone)!].flatMap((n) => chosen.get(n as ZoneId) ?? []);
    const uses = (colour: number): number => [...chosen.values()].filter((c) => c === colour).length;
    const rank = (colour: number): number =>
      taken.filter((c) => c === colour).length * 10_000 + uses(colour) * 100 + colour;
    const all = Array.from({ length: colours }, (_, colour) => colour);
    chosen.set(
      zone,
      all.reduce((a, b) => (rank(b) < rank(a) ? b : a)),
    );
  }
  return chosen;
}
