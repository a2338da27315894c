import type { Knex } from 'knex';
import { lngLat } from '../../shared/contract/geo.ts';
import type { CellTravelSchema } from '../../shared/contract/studio.ts';
import type { z } from 'zod';
import { travelTimes } from '../../shared/rules/roads.ts';
import type { RoadGraph } from '../../shared/rules/roads/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { roadsRevision, townRoads } from '../zones/store-roads.ts';
import { innerPoints } from './store-cells.ts';

type CellTravel = z.output<typeof CellTravelSchema>;

/** Matrices by coverage, as long as the network lives. */
const kept = new WeakMap<RoadGraph, Map<number, CellTravel>>();

/** Above this number of cells the page takes straight ways: a full matrix would be a hundred million numbers. */
const mostCells = 1000;

/**
 * Seconds by road, by day, from the middle of each cell to each other one. One search a destination; kept until the roads
 * or the cells are others. Empty where there are no roads or too many cells.
 */
export async function cellTravel(deps: Deps, db: Knex, coverageId: number): Promise<CellTravel> {
  const { graph, version } = await townRoads(deps, db, await roadsRevision(db));
  const known = graph && kept.get(graph)?.get(coverageId);
  if (known) return known;
  const points = await innerPoints(db, coverageId);
  const cellIds = points.map(({ id }) => id) as CellTravel['cellIds'];
  if (!graph || points.length > mostCells) return { cellIds, seconds: [], version: 'straight' };
  const size = points.length;
  const seconds = Array.from({ length: size * size }, () => -1);
  const places = points.map(({ lng, lat }) => lngLat(lng, lat));
  for (const [to, place] of places.entries()) {
    for (const [from, time] of travelTimes(graph, places, place).entries())
      if (time && Number.isFinite(time.seconds)) seconds[from * size + to] = Math.round(time.seconds);
    // other requests are answered in between
    if (to % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
  }
  const matrix = { cellIds, seconds, version };
  kept.set(graph, (kept.get(graph) ?? new Map<number, CellTravel>()).set(coverageId, matrix));
  return matrix;
}
