import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { buildRoadGraph, type RoadGraph, type RoadLink } from '../../shared/rules/roads/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { listRoads } from './store.ts';

/** The road network of the town; the same object while the roads stay the same. Null where there are none. */
export interface TownRoads {
  readonly graph: RoadGraph | null;
  readonly version: string;
}

const kept = new WeakMap<Deps, { readonly roads: TownRoads; readonly revision: number }>();

/** The number under which the tables of roads and closures stand now. */
export const roadsRevision = async (db: Knex): Promise<number> =>
  (await db('revision').where({ name: 'roads' }).first('number')).number as number;

/** The network of each running product, built once for all who travel on it and anew when the roads have changed. */
export async function townRoads(deps: Deps, db: Knex, revision: number): Promise<TownRoads> {
  const known = kept.get(deps);
  if (known?.revision === revision) return known.roads;
  const links = (await listRoads(db)).map(linkOf);
  const hash = createHash('sha256').update(JSON.stringify(links)).digest('hex').slice(0, 8);
  const version = `roads ${links.length} ${hash}`;
  const roads =
    known?.roads.version === version
      ? known.roads
      : { graph: links.length > 0 ? buildRoadGraph(links) : null, version };
  kept.set(deps, { roads, revision });
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
