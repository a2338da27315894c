import type { Knex } from 'knex';

/** Where to look, and how far back a fix still counts. */
export interface NearestQuery {
  readonly point: { readonly lng: number; readonly lat: number };
  /** Projection of `team_latest.point_metric`. */
  readonly srid: number;
  /** Fixes of this instant (ms) and older do not count. */
  readonly oldest: number;
  /** Null: every team with a fresh fix. */
  readonly limit: number | null;
  /** As many of the teams of this zone come with them, be they near or far. */
  readonly zone?: undefined | { readonly editionId: number; readonly zoneId: number };
}

// in the text and not a value: with a value PostgreSQL plans it anew each time
const atMost = (limit: number | null): string => (limit === null ? '' : `limit ${Math.trunc(limit)}`);

/**
 * The statement of the shortlist. Distances are metres of the town's projection: in degrees a query at 30° N picks
 * a wrong nearest in 6 of 100 cases. It is a CTE of its own and nothing in it is ever locked: FOR UPDATE above a
 * KNN scan of the GiST index fails with "attempted to lock invisible tuple" (PostgreSQL 15.18 and 18.3; 15.20 does
 * not), and an update by the scan's row address changes nothing at all. Whoever claims locks team rows by primary key (`takeSlot`).
 */
export const nearestSql = (limit: number | null): string => `with cand as materialized (
  select l.team_id, l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) metres
  from team_latest l join team t on t.id = l.team_id
  where t.on_duty and l.fix_at > :oldest
  order by l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) ${atMost(limit)}),
own as materialized (
  select l.team_id, l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) metres
  from edition_team e join team t on t.id = e.team_id join team_latest l on l.team_id = t.id
  where e.edition_id = :editionId::int and e.zone_id = :zoneId::int and t.on_duty and l.fix_at > :oldest
  order by 2, 1 ${atMost(limit)})
select team_id, metres, false own from cand union all
select team_id, metres, true from own where team_id not in (select team_id from cand) order by own, metres, team_id`;

/** Values of `nearestSql`. */
export const nearestValues = ({ point, srid, oldest, zone }: NearestQuery) => ({
  lng: point.lng,
  lat: point.lat,
  srid,
  oldest: new Date(oldest).toISOString(),
  editionId: zone?.editionId ?? null,
  zoneId: zone?.zoneId ?? null,
});

/** Teams on duty nearest to a point, then those of the zone, and how far the first list reaches (null: all). */
export async function nearestTeams(
  db: Knex,
  query: NearestQuery,
): Promise<{ ids: number[]; radiusMetres: number | null }> {
  const found = await db.raw(nearestSql(query.limit), nearestValues(query) as never);
  const rows = found.rows as { team_id: number; metres: number; own: boolean }[];
  const near = rows.filter(({ own }) => !own);
  return {
    ids: rows.map((row) => row.team_id),
    radiusMetres: near.length === query.limit ? Math.round(near.at(-1)!.metres) : null,
  };
}
