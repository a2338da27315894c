import type { Knex } from 'knex';

/** Writing teams and the roster: the seed and the importer stand on it. */

export interface NewTeam {
  readonly code: string;
  readonly name: string;
  readonly home: { lng: number; lat: number };
  readonly capacity: 1 | 2;
}

/** Writes teams, off duty; answers code -> id. */
export async function insertTeams(
  db: Knex,
  teams: readonly NewTeam[],
  at: number,
): Promise<Map<string, number>> {
  const rows = await db('team')
    .insert(
      teams.map((team) => ({
        code: team.code,
        name: team.name,
        home: db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [team.home.lng, team.home.lat]),
        capacity: team.capacity,
        free_slots: Array.from({ length: team.capacity }, (_, i) => i + 1),
        status_since: new Date(at),
      })),
    )
    .returning(['id', 'code']);
  return new Map(rows.map((row) => [row.code as string, row.id as number]));
}

export const insertKit = (db: Knex, rows: readonly { teamId: number; kit: string }[]) =>
  db('team_kit')
    .insert(rows.map(({ teamId, kit }) => ({ team_id: teamId, kit })))
    .onConflict(['team_id', 'kit'])
    .ignore();

export interface NewDuty {
  readonly teamId: number;
  readonly personId: number;
  readonly post: 'leader' | 'member' | 'driver';
  readonly startsAt: number;
  readonly endsAt: number;
  /** Zones of this shift; empty: those of the edition in force. */
  readonly covers: readonly number[];
}

/** Writes roster rows. */
export async function insertDuties(db: Knex, rows: readonly NewDuty[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 500) {
    await db('duty').insert(
      rows.slice(i, i + 500).map((row) => ({
        team_id: row.teamId,
        person_id: row.personId,
        post: row.post,
        starts_at: new Date(row.startsAt),
        ends_at: new Date(row.endsAt),
        covers: [...row.covers],
      })),
    );
  }
}

/** Start of the last shift on the roster, ms; null when there is none. */
export async function lastDutyStart(db: Knex): Promise<number | null> {
  const row = await db('duty').max({ last: 'starts_at' }).first();
  return row?.last ? Date.parse(row.last as string) : null;
}

/** Team codes to ids. */
export async function teamIds(db: Knex): Promise<Map<string, number>> {
  const rows = await db('team').select('id', 'code');
  return new Map(rows.map((row) => [row.code as string, row.id as number]));
}

/** Name of the leader whose shift runs at an instant and ends last. */
export async function leaderOnRoster(db: Knex, at: number): Promise<string | undefined> {
  const found = await db.raw(
    `select p.name from duty d join person p on p.id = d.person_id
     where d.post = 'leader' and d.starts_at <= :at and d.ends_at > :at order by d.ends_at desc, p.name limit 1`,
    { at: new Date(at) },
  );
  return found.rows[0]?.name as string | undefined;
}
