import type { Knex } from 'knex';
import type { TeamPosition, TeamStatus, TeamView } from '../../shared/contract/teams.ts';
import { activeAssignments, expiredSince, type AssignmentRow } from '../dispatch/store.ts';
import { editionAt, zonesByTeam } from '../zones/store.ts';

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
  vehicle_width_metres: number | null;
  version: number;
}

/** A person of the present crew with what the rules ask about. */
interface CrewRow {
  team_id: number;
  person_id: number;
  display_name: string;
  role: string;
  post: 'leader' | 'member' | 'driver';
  ends_at: string;
  covers: number[];
  skills: string[];
  licences: {
    number: string;
    fields: string[];
    validFrom: string;
    validTo: string;
    revokedAt: string | null;
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
  'vehicle_width_metres',
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

/** Who is signed on now, with licences and skills: one row per person. */
async function listCrews(db: Knex, teamIds?: readonly number[]): Promise<CrewRow[]> {
  const found = await db.raw(
    `select d.team_id, d.person_id, p.display_name, p.role, d.post, d.ends_at, d.covers,
       coalesce((select array_agg(s.skill order by s.skill) from skill s where s.person_id = p.id), '{}') skills,
       coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'fields', l.fields, 'validFrom', l.valid_from,
          'validTo', l.valid_to, 'revokedAt', l.revoked_at) order by l.id) from licence l where l.person_id = p.id), '[]') licences
     from duty d join person p on p.id = d.person_id
     where d.signed_on_at is not null and d.signed_off_at is null ${teamIds ? 'and d.team_id = any (:teamIds)' : ''}
     order by d.team_id, p.name`,
    teamIds ? { teamIds: [...teamIds] } : {},
  );
  return found.rows as CrewRow[];
}

/** Serviceable kit by team. */
async function kitByTeam(db: Knex, teamIds?: readonly number[]): Promise<Map<number, string[]>> {
  const query = db('team_kit').where({ serviceable: true }).orderBy(['team_id', 'kit']);
  const rows = await (teamIds ? query.whereIn('team_id', [...teamIds]) : query);
  const kit = new Map<number, string[]>();
  for (const row of rows) kit.set(row.team_id, [...(kit.get(row.team_id) ?? []), row.kit]);
  return kit;
}

/** A licence counts when it is in force at the instant and not revoked. */
export const licensedAt = (crew: Pick<CrewRow, 'licences'>, at: number): boolean =>
  crew.licences.some(
    (l) =>
      Date.parse(l.validFrom) <= at &&
      Date.parse(l.validTo) > at &&
      (l.revokedAt === null || Date.parse(l.revokedAt) > at),
  );

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

/** The same, of a stored row. */
const statusOf = (team: TeamRow, tasks: readonly AssignmentRow[], at: number): TeamStatus =>
  teamStatus(
    {
      onDuty: team.on_duty,
      unavailableReason: team.unavailable_reason,
      unavailableUntilAt: team.unavailable_until === null ? null : Date.parse(team.unavailable_until),
    },
    tasks,
    at,
  );

const halfAnHour = 1_800_000;

/** Teams as the unit board shows them (all, or those named), ordered by code. */
export async function teamViews(db: Knex, at: number, ids?: readonly number[]): Promise<TeamView[]> {
  const teams = await listTeams(db, ids);
  const crews = await listCrews(db, ids);
  const kit = await kitByTeam(db, ids);
  const tasks = await activeAssignments(db, ids ? { teamIds: ids } : {});
  const expired = await expiredSince(db, at - halfAnHour);
  const edition = await editionAt(db, at);
  const zones = edition ? await zonesByTeam(db, edition.id) : new Map<number, number[]>();
  return teams.map((team) => {
    const crew = crews.filter((row) => row.team_id === team.id);
    const own = tasks.filter((row) => row.team_id === team.id);
    const covers = crew.flatMap((row) => row.covers);
    const status = statusOf(team, own, at);
    return {
      id: team.id,
      code: team.code,
      name: team.name,
      zoneIds: covers.length > 0 ? [...new Set(covers)].sort((a, b) => a - b) : (zones.get(team.id) ?? []),
      members: crew.map((row) => ({
        personId: row.person_id,
        displayName: row.display_name,
        kind: row.role === 'auxiliary' ? 'auxiliary' : 'officer',
        licensed: licensedAt(row, at),
        leader: row.post === 'leader',
        skills: row.skills,
      })),
      kit: kit.get(team.id) ?? [],
      status,
      statusSince: team.status_since,
      unavailableReason: status === 'unavailable' ? team.unavailable_reason : null,
      unavailableUntil: status === 'unavailable' ? team.unavailable_until : null,
      shiftEndsAt: crew.map((row) => row.ends_at).sort()[0] ?? null,
      capacity: team.capacity,
      freeSlots: team.free_slots.length,
      assignmentIds: own.map((row) => row.id),
      expiredOffers: expired.get(team.id) ?? 0,
      version: team.version,
    } as TeamView;
  });
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

/** Latest place of each team (or of one), by fix time. */
export async function teamPositions(db: Knex, teamId?: number): Promise<TeamPosition[]> {
  const found = await db.raw(
    `select team_id, person_id, st_x(point) lng, st_y(point) lat, fix_at, accuracy_metres, speed_metres_per_second,
       heading_degrees, battery, source, catching_up from team_latest ${teamId === undefined ? '' : 'where team_id = :teamId'}
     order by team_id`,
    teamId === undefined ? {} : { teamId },
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
  })) as TeamPosition[];
}

/** Latest place of one team. */
export const findTeamPosition = async (db: Knex, teamId: number): Promise<TeamPosition | undefined> =>
  (await teamPositions(db, teamId))[0];
