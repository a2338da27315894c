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
}

/**
 * The statement of the shortlist. Distances are metres of the town's projection: in degrees a query at 30° N picks
 * a wrong nearest in 6 of 100 cases. It is a CTE of its own and nothing in it is ever locked: FOR UPDATE above a
 * KNN scan of the GiST index fails with "attempted to lock invisible tuple" (PostgreSQL 15.18 and 18.3; 15.20 does
 * not), and an update by the scan's row address changes nothing at all. Whoever claims locks team rows by primary key (`takeSlot`).
 */
export const nearestSql = `with cand as materialized (
  select l.team_id, l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) metres
  from team_latest l join team t on t.id = l.team_id
  where t.on_duty and l.fix_at > :oldest
  order by l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) limit :limit)
select team_id, metres, (select count(*)::int from team where on_duty) on_duty from cand order by metres, team_id`;

/** Values of `nearestSql`. */
export const nearestValues = ({ point, srid, oldest, limit }: NearestQuery) => ({
  lng: point.lng,
  lat: point.lat,
  srid,
  oldest: new Date(oldest).toISOString(),
  limit: limit ?? 2_147_483_647,
});

/** Teams on duty nearest to a point, how many are on duty at all, and how far the list reaches (null: all). */
export async function nearestTeams(
  db: Knex,
  query: NearestQuery,
): Promise<{ ids: number[]; onDuty: number; radiusMetres: number | null }> {
  const found = await db.raw(nearestSql, nearestValues(query));
  const rows = found.rows as { team_id: number; metres: number; on_duty: number }[];
  const last = rows.at(-1);
  return {
    ids: rows.map((row) => row.team_id),
    onDuty: last?.on_duty ?? 0,
    radiusMetres: last && rows.length === query.limit ? Math.round(last.metres) : null,
  };
}
