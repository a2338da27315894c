import type { Knex } from 'knex';

/** Cells of the edition in force that cover these points: cell id -> the first index of a point in it. */
export async function cellsCovering(
  db: Knex,
  points: readonly { lng: number; lat: number }[],
  at: number,
): Promise<Map<number, number>> {
  if (points.length === 0) return new Map();
  const found = await db.raw(
    `select c.id, min(p.i) i from unnest(:lngs::float8[], :lats::float8[]) with ordinality p(lng, lat, i)
       join edition_effect f on f.during @> :at::timestamptz join edition e on e.id = f.edition_id
       join coverage_cell cc on cc.coverage_id = e.coverage_id
       join cell c on c.id = cc.cell_id and st_covers(c.geom, st_setsrid(st_makepoint(p.lng, p.lat), 4326))
     group by c.id`,
    {
      lngs: points.map(({ lng }) => lng) as never,
      lats: points.map(({ lat }) => lat) as never,
      at: new Date(at).toISOString(),
    },
  );
  return new Map((found.rows as { id: number; i: number }[]).map((row) => [row.id, row.i - 1]));
}

/** Cells of the zones that a team has under the edition in force, by code. */
export async function cellsOfTeam(
  db: Knex,
  teamId: number,
  at: number,
): Promise<{ id: number; code: string }[]> {
  const found = await db.raw(
    `select c.id, c.code from edition_effect f
       join edition_team et on et.edition_id = f.edition_id and et.team_id = :teamId
       join edition_cell ec on ec.edition_id = f.edition_id and ec.zone_id = et.zone_id
       join cell c on c.id = ec.cell_id
     where f.during @> :at::timestamptz group by c.id, c.code order by c.code`,
    { teamId, at: new Date(at).toISOString() },
  );
  return found.rows as { id: number; code: string }[];
}

/** Codes of cells by id, of those that exist. */
export const cellCodes = async (db: Knex, ids: readonly number[]): Promise<Map<number, string>> =>
  new Map(
    (
      await db('cell')
        .whereIn('id', [...ids])
        .select('id', 'code')
    ).map((row) => [row.id as number, row.code as string]),
  );
