import type { Knex } from 'knex';

/** What planning asks about teams. */

export interface PlanTeam {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly lng: number | null;
  readonly lat: number | null;
  /** Planned for duty in the two weeks after the instant. */
  readonly inService: boolean;
}

/** All teams by code. */
export async function listPlanTeams(db: Knex, at: number): Promise<PlanTeam[]> {
  const from = new Date(at).toISOString();
  const to = new Date(at + 14 * 86_400_000).toISOString();
  const found = await db.raw(
    `select t.id, t.code, t.name, st_x(t.home) lng, st_y(t.home) lat,
       exists (select 1 from duty d where d.team_id = t.id and d.ends_at > ?::timestamptz and d.starts_at < ?::timestamptz) "inService"
     from team t order by t.code`,
    [from, to],
  );
  return found.rows as PlanTeam[];
}

/** Teams on duty at the same time by the roster, on average over the hours of the day [hourFrom, hourTo) of a period. */
export async function meanTeamsOnDuty(
  db: Knex,
  period: { from: number; to: number; hourFrom: number; hourTo: number },
): Promise<number> {
  const found = await db.raw(
    `select coalesce(avg(n), 0)::float8 mean from (select h, count(distinct d.team_id) n
       from generate_series(:from::timestamptz, :to::timestamptz, interval '1 hour') h
         left join duty d on d.starts_at <= h and d.ends_at > h
       where extract(hour from h at time zone 'Asia/Shanghai') >= :hourFrom and extract(hour from h at time zone 'Asia/Shanghai') < :hourTo
       group by h) hours`,
    {
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      hourFrom: period.hourFrom,
      hourTo: period.hourTo,
    },
  );
  return found.rows[0].mean as number;
}

/** Duty of the teams by the roster in [from, to), by team and start; instants in ms since 1970. */
export async function listDutySpans(
  db: Knex,
  from: number,
  to: number,
): Promise<{ teamId: number; startsAt: number; endsAt: number }[]> {
  const rows = await db('duty')
    .where('ends_at', '>', new Date(from))
    .andWhere('starts_at', '<', new Date(to))
    .groupBy('team_id', 'starts_at', 'ends_at')
    .orderBy(['team_id', 'starts_at'])
    .select('team_id', 'starts_at', 'ends_at');
  return rows.map((row) => ({
    teamId: row.team_id as number,
    startsAt: Date.parse(row.starts_at as string),
    endsAt: Date.parse(row.ends_at as string),
  }));
}
