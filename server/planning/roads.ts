import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { lngLat } from '../../shared/contract/geo.ts';
import type { CellTravelSchema } from '../../shared/contract/studio.ts';
import type { z } from 'zod';
import { travelTimes } from '../../shared/rules/roads.ts';
import { buildRoadGraph, type RoadGraph, type RoadLink } from '../../shared/rules/roads/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { listRoads } from '../zones/store.ts';
import { innerPoints } from './store-cells.ts';

export interface Roads {
  readonly graph: RoadGraph | null;
  readonly version: string;
}

interface Kept extends Roads {
  readonly at: number;
  readonly matrices: Map<number, CellTravel>;
}
type CellTravel = z.output<typeof CellTravelSchema>;

const kept = new WeakMap<Deps, Kept>();
const keepMs = 600_000;

/** The town's road network; a re-imported one is seen within ten minutes. */
export async function roadsOf(deps: Deps, db: Knex): Promise<Roads & { matrices: Map<number, CellTravel> }> {
  const at = deps.now();
  const known = kept.get(deps);
  if (known && Math.abs(at - known.at) < keepMs) return known;
  const links = (await listRoads(db)).map(linkOf);
  const version = createHash('sha256').update(JSON.stringify(links)).digest('hex').slice(0, 12);
  const roads: Kept =
    known?.version === version
      ? { ...known, at }
      : { graph: links.length > 0 ? buildRoadGraph(links) : null, version, at, matrices: new Map() };
  kept.set(deps, roads);
  return roads;
}

const linkOf = (row: Record<string, unknown>): RoadLink =>
  ({
    id: row.id,
    source: row.source,
    target: row.target,
    kmh: row.kmh,
    lengthMetres: row.lengthMetres,
    oneWay: row.oneWay,
    coordinates: (row.geometry as { coordinates: [number, number][] }).coordinates,
  }) as RoadLink;

/** Above this number of cells the page takes straight ways: a full matrix would be a hundred million numbers. */
const mostCells = 1000;

/**
 * Seconds by road, by day, from the middle of each cell to each other one. One search a destination; kept until the roads
 * or the cells are others. Empty where there are no roads or too many cells.
 */
export async function cellTravel(deps: Deps, db: Knex, coverageId: number): Promise<CellTravel> {
  const { graph, version, matrices } = await roadsOf(deps, db);
  const known = matrices.get(coverageId);
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
  matrices.set(coverageId, matrix);
  return matrix;
}
