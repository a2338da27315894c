import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { Ground } from './ground.ts';

/** Cell and zone as the wire pairs them. */
export type Pairs = readonly (readonly [CellId, ZoneId | null])[];

/** Another edition's zones on the cells of this ground: a reshaped cell takes the zone of what it replaced. */
export function onGround({ graph, coverage }: Ground, pairs: Pairs): Assignment {
  const zones = new Map(pairs);
  return Int32Array.from(graph.cellIds, (id) => {
    const own = zones.get(id);
    if (own !== undefined) return own ?? 0;
    for (const source of coverage.cells.get(id)!.supersedes) {
      const zone = zones.get(source);
      if (zone !== undefined) return zone ?? 0;
    }
    return 0;
  });
}
