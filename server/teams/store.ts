import type { Knex } from 'knex';
import type { TeamPosition, TeamStatus, TeamView } from '../../shared/contract/teams.ts';

/** All SQL that names team, team_kit, duty, team_latest and officer_latest. */

export interface TeamRow {
  id: number;
  code: string;
  name: string;
  capacity: number;
  free_slots: number[];
  on_duty: boolean;
  unavailable_reason: TeamView['unavailableReason'];
  unavailable_until: string | null;
  status_since: string;
  version: number;
}

/** A person of the present crew with what the unit board shows; instants in ms. */
interface CrewMember {
  readonly personId: number;
  readonly displayName: string;
  readonly role: string;
  readonly post: 'leader' | 'member' | 'driver';
  readonly endsAt: number;
  readonly covers: readonly number[];
  readonly skills: readonly string[];
  readonly licences: readonly {
    readonly from: number;
    readonly to: number;
    readonly revoked: number | null;
  }[];
}

const teamColumns = [
  'id',
  'code',
  'name',
  'capacity',
  'free_slots',
  'on_duty',
  'unavailable_reason',
  'unavailable_until',
  'status_since',
  'version',
] as const;

export const listTeams = (db: Knex, ids?: readonly number[]): Promise<TeamRow[]> => {
  const query = db<TeamRow>('team')
    .select(...teamColumns)
    .orderBy('code');
  return ids ? query.whereIn('id', [...ids]) : query;
};

/** Loads and locks teams in the order of their ids, so that no two commands wait for each other in a ring. */
export const lockTeams = (db: Knex, ids: readonly number[]): Promise<TeamRow[]> =>
  db<TeamRow>('team')
    .select(...teamColumns)
    .whereIn('id', [...ids])
    .orderBy('id')
    .forUpdate();

/** A licence counts when it is in force at the instant and not revoked. */
const licensedAt = ({ licences }: Pick<CrewMember, 'licences'>, at: number): boolean =>
  licences.some(({ from, to, revoked }) => from <= at && to > at && (revoked === null || revoked > at));

const order: readonly TeamStatus[] = ['on_scene', 'en_route', 'accepted', 'offered'];

/** What the team does now: its most advanced task, else its own word, else duty. */
export function teamStatus(
  team: { onDuty: boolean; unavailableReason: string | null; unavailableUntilAt: number | null },
  tasks: readonly { state: string }[],
  at: number,
): TeamStatus {
  const busy = order.find((status) => tasks.some((task) => task.state === status));
  if (busy) return busy;
  if (!team.onDuty) return 'off_duty';
  const { unavailableReason, unavailableUntilAt } = team;
  const away = unavailableReason !== null && (unavailableUntilAt === null || unavailableUntilAt > at);
  return away ? 'unavailable' : 'available';
}

const halfAnHour = 1_800_000;

interface ViewRow extends TeamRow {
  crew: CrewMember[] | null;
  kit: string[] | null;
  tasks: { id: number; state: string }[] | null;
  zone_ids: number[] | null;
  expired: number | null;
}

/**
 * Teams as the unit board shows them (all, or those named), ordered by code: one statement, its groups joined by hash.
 */
export async function teamViews(db: Knex, at: number, ids?: readonly number[]): Promise<TeamView[]> {
  // of one team by equality: for a list PostgreSQL plans this statement anew each time, 4 ms at 2,000 teams
  const one = ids?.length === 1;
  const of = (column: string) => (ids ? `and ${column} = ${one ? ':id::int' : 'any (:ids)'}` : '');
  const found = await db.raw(
    `with skills as (select person_id, json_agg(skill order by skill) list from skill where person_id in
         (select d.person_id from duty d where d.signed_on_at is not null and d.signed_off_at is null ${of('d.team_id')}) group by 1),
     licences as (select person_id, json_agg(json_build_object('from', extract(epoch from valid_from) * 1000,
         'to', extract(epoch from valid_to) * 1000, 'revoked', extract(epoch from revoked_at) * 1000)) list from licence where person_id in
         (select d.person_id from duty d where d.signed_on_at is not null and d.signed_off_at is null ${of('d.team_id')}) group by 1),
     crews as (select d.team_id, json_agg(json_build_object('personId', d.person_id, 'displayName', p.display_name, 'role', p.role,
         'post', d.post, 'endsAt', extract(epoch from d.ends_at) * 1000, 'covers', d.covers, 'skills', coalesce(s.list, '[]'),
         'licences', coalesce(l.list, '[]')) order by p.name) list
       from duty d join person p on p.id = d.person_id left join skills s using (person_id) left join licences l using (person_id)
       where d.signed_on_at is not null and d.signed_off_at is null ${of('d.team_id')} group by 1),
     kits as (select k.team_id, json_agg(k.kit order by k.kit) list from team_kit k where k.serviceable ${of('k.team_id')} group by 1),
     tasks as (select a.team_id, json_agg(json_build_object('id', a.id, 'state', a.state) order by a.id) list
       from assignment a where a.ended_at is null ${of('a.team_id')} group by 1),
     expired as (select a.team_id, count(*)::int n from assignment a
       where a.state = 'expired' and a.ended_at > :since::timestamptz ${of('a.team_id')} group by 1),
     zones as (select e.team_id, array_agg(e.zone_id order by e.rank, e.zone_id) ids from edition_team e
       where e.edition_id = (select edition_in_force(:at::timestamptz)) ${of('e.team_id')} group by 1)
     select ${teamColumns.map((column) => `t.${column}`).join(', ')}, crews.list crew, kits.list kit, tasks.list tasks,
       expired.n expired, zones.ids zone_ids
     from team t left join crews on crews.team_id = t.id left join kits on kits.team_id = t.id
       left join tasks on tasks.team_id = t.id left join expired on expired.team_id = t.id left join zones on zones.team_id = t.id
     where true ${of('t.id')} order by t.code`,
    {
      at: new Date(at).toISOString(),
      since: new Date(at - halfAnHour).toISOString(),
      ...(ids && (one ? { id: ids[0] } : { ids: [...ids] })),
    } as never,
  );
  return (found.rows as ViewRow[]).map((row) => viewOf(row, at));
}

function viewOf(team: ViewRow, at: number): TeamView {
  const { crew, tasks } = { crew: team.crew ?? [], tasks: team.tasks ?? [] };
  const covers = crew.flatMap((member) => member.covers);
  const until = team.unavailable_until;
  const status = teamStatus(
    {
      onDuty: team.on_duty,
      unavailableReason: team.unavailable_reason,
      unavailableUntilAt: until === null ? null : Date.parse(until),
    },
    tasks,
    at,
  );
  const endsAt = Math.min(...crew.map((member) => member.endsAt));
  return {
    id: team.id,
    code: team.code,
    name: team.name,
    zoneIds: covers.length > 0 ? [...new Set(covers)].sort((a, b) => a - b) : (team.zone_ids ?? []),
    members: crew.map((member) => ({
      personId: member.personId,
      displayName: member.displayName,
      kind: member.role === 'auxiliary' ? 'auxiliary' : 'officer',
      licensed: licensedAt(member, at),
      leader: member.post === 'leader',
      skills: member.skills,
    })),
    kit: team.kit ?? [],
    status,
    statusSince: team.status_since,
    unavailableReason: status === 'unavailable' ? team.unavailable_reason : null,
    unavailableUntil: status === 'unavailable' ? until : null,
    shiftEndsAt: Number.isFinite(endsAt) ? new Date(endsAt).toISOString() : null,
    capacity: team.capacity,
    freeSlots: team.free_slots.length,
    assignmentIds: tasks.map((task) => task.id),
    expiredOffers: team.expired ?? 0,
    version: team.version,
  } as unknown as TeamView;
}

/** One team's view; the team must exist. */
export async function teamView(db: Knex, at: number, id: number): Promise<TeamView> {
  const [view] = await teamViews(db, at, [id]);
  if (!view) throw new Error(`team ${id} is gone`);
  return view;
}

/**
 * Takes a free slot of a team: answers its number, or nothing when all are taken. `waiting: false` does not wait for
 * somebody who holds the row: the engine then asks the next team of its ranking.
 */
export async function takeSlot(
  db: Knex,
  teamId: number,
  at: number,
  waiting = true,
): Promise<number | undefined> {
  // the lock comes first: what holds at the claim is read from the locked row
  const found = await db.raw(
    `with pick as (select id, free_slots[1] slot from team
       where id = :teamId and on_duty and cardinality(free_slots) > 0 for update ${waiting ? '' : 'skip locked'})
     update team t set free_slots = t.free_slots[2:], version = t.version + 1, status_since = :at
     from pick where t.id = pick.id returning pick.slot`,
    { teamId, at: new Date(at) },
  );
  return found.rows[0]?.slot as number | undefined;
}

/** Gives a slot back, in the transaction that ends the assignment; one beyond a smaller capacity is gone. */
export const freeSlot = (db: Knex, teamId: number, slot: number, at: number) =>
  db.raw(
    `update team set free_slots = array(select distinct s from unnest(free_slots || :slot::smallint) s where s <= capacity order by 1),
       version = version + 1, status_since = :at where id = :teamId`,
    { teamId, slot, at: new Date(at) },
  );

/** Marks a change of what the team does, so that its timer starts anew. */
export const touchTeam = (db: Knex, teamId: number, at: number) =>
  db('team')
    .where({ id: teamId })
    .update({ status_since: new Date(at), version: db.raw('version + 1') });

/** Notes that the engine moved a team from one incident to another: it rests a while from that. */
export const markSwitched = (db: Knex, teamId: number, at: number) =>
  db('team')
    .where({ id: teamId })
    .update({ switched_at: new Date(at) });

/** How many tasks a team may hold; `taken` are the slots of its running ones, which go on. */
export const setCapacity = (db: Knex, teamId: number, capacity: number, taken: readonly number[]) =>
  db('team')
    .where({ id: teamId })
    .update({
      capacity,
      free_slots: Array.from({ length: capacity }, (_, i) => i + 1).filter((slot) => !taken.includes(slot)),
      version: db.raw('version + 1'),
    });

/** Takes a team out of service until an instant (null: until somebody says otherwise), or back (reason null). */
export const setUnavailable = (
  db: Knex,
  teamId: number,
  word: { reason: string | null; untilAt: number | null },
  at: number,
) =>
  db('team')
    .where({ id: teamId })
    .update({
      unavailable_reason: word.reason,
      unavailable_until: word.untilAt === null ? null : new Date(word.untilAt),
      status_since: new Date(at),
      version: db.raw('version + 1'),
    });

/** Latest place of each team (or of those named), by fix time. */
export async function teamPositions(db: Knex, ids?: readonly number[]): Promise<TeamPosition[]> {
  const found = await db.raw(
    `select l.team_id, l.person_id, st_x(l.point) lng, st_y(l.point) lat, l.fix_at, l.accuracy_metres, l.speed_metres_per_second,
       l.heading_degrees, l.battery, l.source, l.catching_up, c.doubt
     from team_latest l left join contact c on c.person_id = l.person_id
     ${ids ? 'where l.team_id = any (:ids)' : ''}
     order by team_id`,
    ids ? { ids: [...ids] } : {},
  );
  return (found.rows as Record<string, unknown>[]).map((row) => ({
    teamId: row.team_id,
    personId: row.person_id,
    point: { lng: row.lng, lat: row.lat },
    fixAt: row.fix_at,
    accuracyMetres: row.accuracy_metres,
    speedMetresPerSecond: row.speed_metres_per_second,
    headingDegrees: row.heading_degrees,
    battery: row.battery,
    source: row.source,
    catchingUp: row.catching_up,
    doubt: row.doubt,
  })) as TeamPosition[];
}

/** Latest place of one team. */
export const findTeamPosition = async (db: Knex, teamId: number): Promise<TeamPosition | undefined> =>
  (await teamPositions(db, [teamId]))[0];
