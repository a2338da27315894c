import type { Knex } from 'knex';

/** Where a person was between two instants, thinned to one fix about each 100 m and 5 minutes; oldest first. */
export async function trackOf(
  db: Knex,
  personId: number,
  from: number,
  to: number,
): Promise<{ lng: number; lat: number; at: string }[]> {
  const found = await db.raw(
    `select min(fixed_at) at, avg(lng) lng, avg(lat) lat from position
     where person_id = :personId and fixed_at between :from and :to and lng is not null and marks <@ '{jitter}'
     group by round(lng::numeric, 3), round(lat::numeric, 3), floor(extract(epoch from fixed_at) / 300) order by 1`,
    { personId, from: new Date(from), to: new Date(to) },
  );
  return found.rows as { lng: number; lat: number; at: string }[];
}
