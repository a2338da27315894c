import type { Knex } from 'knex';
import { lngLat } from '../../shared/contract/geo.ts';
import type { CellTravelSchema } from '../../shared/contract/studio.ts';
import type { z } from 'zod';
import { travelTimes } from '../../shared/rules/roads.ts';
import type { RoadGraph } from '../../shared/rules/roads/graph.ts';
import { snapToRoad } from '../../shared/rules/roads/snap.ts';
import type { Deps } from '../kernel/deps.ts';
import { roadsRevision, townRoads } from '../zones/store-roads.ts';
import type { PlanGround } from './ground.ts';
import { innerPoints } from './store-cells.ts';

type CellTravel = z.output<typeof CellTravelSchema>;

/** Matrices by coverage, as long as the network lives. */
const kept = new WeakMap<RoadGraph, Map<string, CellTravel>>();
const mostKept = 40;

/** Above this number of cells the page takes straight ways: a full matrix would be a hundred million numbers. */
const mostCells = 1000;

/**
 * Seconds by road, by day, between the places that stand for the cells: on the road nearest to the middle where it runs
 * through the cell, else the middle itself, with the walk from the road. One search a destination; kept until the roads or
 * the cells are others. Empty where there are no roads or too many cells. Some roads may be closed.
 */
export async function cellTravel(
  deps: Deps,
  db: Knex,
  ground: PlanGround,
  closed: readonly number[] = [],
): Promise<CellTravel> {
  const { graph, version } = await townRoads(deps, db, await roadsRevision(db));
  const key = [ground.coverageId, ...closed].join();
  const known = graph && kept.get(graph)?.get(key);
  if (known) return known;
  const middles = await innerPoints(db, ground.coverageId);
  const cellIds = middles.map(({ id }) => id) as CellTravel['cellIds'];
  if (!graph || middles.length > mostCells) return { cellIds, points: [], seconds: [], version: 'straight' };
  const size = middles.length;
  const seconds = Array.from({ length: size * size }, () => -1);
  const places = middles.map(({ id, lng, lat }) => {
    const road = snapToRoad(graph, lng, lat);
    return road && ground.find(road.lng, road.lat) === id ? lngLat(road.lng, road.lat) : lngLat(lng, lat);
  });
  const shut = { closed: new Set(closed) };
  for (const [to, place] of places.entries()) {
    for (const [from, time] of travelTimes(graph, places, place, shut).entries())
      if (time && Number.isFinite(time.seconds))
        seconds[from * size + to] = from === to ? 0 : Math.round(time.seconds);
    // other requests are answered in between
    if (to % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
  }
  const points = places.map(({ lng, lat }): [number, number] => [lng, lat]);
  const matrix = { cellIds, points, seconds, version };
  const tables = (kept.get(graph) ?? new Map<string, CellTravel>()).set(key, matrix);
  kept.set(graph, tables);
  for (const oldest of tables.keys())
    if (tables.size > mostKept) tables.delete(oldest);
    else break;
  return matrix;
}
