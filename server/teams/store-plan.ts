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

/** Who is on duty by the roster at the beginning of each full hour of a period: instant in ms, local hour, teams ascending. */
export async function listDutyByHour(
  db: Knex,
  from: number,
  to: number,
): Promise<{ readonly at: number; readonly hour: number; readonly teamIds: number[] }[]> {
  const found = await db.raw(
    `select extract(epoch from h)::float8 * 1000 "at", extract(hour from h at time zone 'Asia/Shanghai')::int "hour",
       array(select distinct d.team_id from duty d where d.starts_at <= h and d.ends_at > h order by 1) "teamIds"
     from generate_series(date_trunc('hour', :from::timestamptz), :to::timestamptz - interval '1 ms', interval '1 hour') h order by h`,
    { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
  );
  return found.rows as { at: number; hour: number; teamIds: number[] }[];
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
