import type { Knex } from 'knex';

/** Team on duty of each person at an instant, which may lie in the past: an act done without a network comes later. */
export async function teamsAt(
  db: Knex,
  personIds: readonly number[],
  at: number,
): Promise<Map<number, number>> {
  const instant = new Date(at);
  const rows = await db('duty')
    .whereIn('person_id', [...personIds])
    .where('signed_on_at', '<=', instant)
    .where((query) => query.whereNull('signed_off_at').orWhere('signed_off_at', '>', instant))
    .orderBy('signed_on_at')
    .select('person_id', 'team_id');
  return new Map(rows.map((row) => [row.person_id as number, row.team_id as number]));
}

/** A person of a present crew with what the rules ask about; instants in ms. */
export interface CrewMember {
  readonly id: number;
  readonly role: string;
  readonly leads: boolean;
  readonly covers: readonly number[];
  readonly skills: readonly string[];
  readonly licences: readonly {
    readonly fields: readonly string[];
    readonly from: number;
    readonly to: number;
    readonly revoked: number | null;
  }[];
  readonly recused: readonly number[];
}

/** Who and what is on a team now. */
export interface Crew {
  readonly teamId: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly members: readonly CrewMember[];
  readonly kit: readonly { readonly code: string; readonly serviceable: boolean }[];
}

/** The crews of a town, and the zones that each team has under one edition. */
export interface Crews {
  readonly byTeam: ReadonlyMap<number, Crew>;
  readonly zones: ReadonlyMap<number, readonly number[]>;
}

interface CrewRow extends Omit<Crew, 'members' | 'kit'> {
  readonly members: readonly CrewMember[] | null;
  readonly kit: Crew['kit'] | null;
  readonly zones: readonly number[] | null;
}

/**
 * Crews, kit and zones of every team in one statement. They change with a shift and not with a decision: whoever decides
 * keeps them and asks only whether `revision` 'crews' is still the same.
 */
export async function listCrews(db: Knex, editionId: number | null): Promise<Crews> {
  const ms = (column: string) => `extract(epoch from ${column}) * 1000`;
  const found = await db.raw(
    `with crew as materialized (select d.team_id, d.person_id, d.post, d.starts_at, d.ends_at, d.covers, p.role
       from duty d join person p on p.id = d.person_id where d.signed_on_at is not null and d.signed_off_at is null),
     skills as (select s.person_id, json_agg(s.skill order by s.skill) list from skill s join crew using (person_id) group by 1),
     licences as (select n.person_id, json_agg(json_build_object('fields', n.fields, 'from', ${ms('n.valid_from')},
         'to', ${ms('n.valid_to')}, 'revoked', ${ms('n.revoked_at')}) order by n.id) list
       from licence n join crew using (person_id) group by 1),
     recusals as (select r.person_id, json_agg(r.incident_id order by r.incident_id) list
       from recusal r join crew using (person_id) group by 1),
     crews as (select crew.team_id, min(crew.starts_at) starts_at, min(crew.ends_at) ends_at,
         json_agg(json_build_object('id', crew.person_id, 'role', crew.role, 'leads', crew.post = 'leader', 'covers', crew.covers, 'skills', coalesce(skills.list, '[]'),
           'licences', coalesce(licences.list, '[]'), 'recused', coalesce(recusals.list, '[]')) order by crew.person_id) members
       from crew left join skills using (person_id) left join licences using (person_id) left join recusals using (person_id)
       group by crew.team_id),
     kits as (select k.team_id, json_agg(json_build_object('code', k.kit, 'serviceable', k.serviceable) order by k.kit) list
       from team_kit k group by 1),
     zones as (select et.team_id, json_agg(et.zone_id order by et.rank, et.zone_id) list
       from edition_team et where et.edition_id = :editionId group by 1)
     select t.id "teamId", ${ms('crews.starts_at')} "startsAt", ${ms('crews.ends_at')} "endsAt", crews.members, kits.list kit, zones.list zones
     from team t left join crews on crews.team_id = t.id left join kits on kits.team_id = t.id left join zones on zones.team_id = t.id`,
    { editionId },
  );
  const rows = found.rows as CrewRow[];
  return {
    byTeam: new Map(
      rows.map((row) => [row.teamId, { ...row, members: row.members ?? [], kit: row.kit ?? [] }]),
    ),
    zones: new Map(rows.flatMap(({ teamId, zones }) => (zones ? [[teamId, zones] as const] : []))),
  };
}
