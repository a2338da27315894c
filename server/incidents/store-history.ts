import type { Knex } from 'knex';

/** What happened in a period, for statistics and replays: one row an incident that was somebody's work. */

export interface HistoryRow {
  readonly id: number;
  readonly reported_at: string;
  readonly lng: number;
  readonly lat: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly matter_code: string | null;
  readonly filed_at: string | null;
  /** The last assignment that reached the place; null where none did. */
  readonly team_id: number | null;
  readonly departed_at: string | null;
  readonly arrived_at: string | null;
  readonly ended_at: string | null;
}

/** Incidents reported in [from, to), oldest first, without rejected and merged ones. */
export async function listHistory(db: Knex, from: number, to: number): Promise<HistoryRow[]> {
  const found = await db.raw(
    `select i.id, i.reported_at, st_x(i.point) lng, st_y(i.point) lat, i.priority, v.matter_code, i.filed_at,
       a.team_id, a.departed_at, a.arrived_at, a.ended_at
     from incident i left join matter_version v on v.id = i.matter_version_id
       left join lateral (select team_id, departed_at, arrived_at, ended_at from assignment
         where incident_id = i.id and is_lead and arrived_at is not null order by id desc limit 1) a on true
     where i.reported_at >= ? and i.reported_at < ? and i.state not in ('rejected', 'merged')
     order by i.reported_at, i.id`,
    [new Date(from).toISOString(), new Date(to).toISOString()],
  );
  return found.rows as HistoryRow[];
}
