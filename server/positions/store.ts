import type { Knex } from 'knex';
import type { PositionDoubt } from '../../shared/contract/frame.ts';

/** All SQL that writes positions: position, officer_latest, team_latest and contact. */

/** One fix for the history; instants are RFC 3339. `lng` is null when the pair that came is no place. */
export interface HistoryRow {
  readonly person_id: number;
  readonly fixed_at: string;
  readonly received_at: string;
  readonly team_id: number;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly accuracy_metres: number | null;
  readonly speed_metres_per_second: number | null;
  readonly heading_degrees: number | null;
  readonly source: string;
  readonly marks: readonly string[];
  readonly raw_lng: number | null;
  readonly raw_lat: number | null;
  readonly raw_crs: string;
}

/** The newest sound fix of an officer. */
export interface OfficerRow {
  readonly person_id: number;
  readonly team_id: number;
  readonly lng: number;
  readonly lat: number;
  readonly fix_at: string;
  readonly received_at: string;
  readonly accuracy_metres: number | null;
  readonly speed_metres_per_second: number | null;
  readonly heading_degrees: number | null;
  readonly battery: number | null;
  readonly source: string;
  readonly raw_lng: number | null;
  readonly raw_lat: number | null;
  readonly raw_crs: string;
}

/** The place of a team: the fix of one of its members. */
export type TeamRow = Omit<OfficerRow, 'raw_lng' | 'raw_lat' | 'raw_crs'> & { readonly catching_up: boolean };

/** When a phone was last heard, wherever it is, and what its newest fix says against its place. */
export interface ContactRow {
  readonly person_id: number;
  readonly contacted_at: string;
  readonly battery: number | null;
  readonly clock_offset_seconds: number | null;
  readonly doubt: PositionDoubt | null;
  readonly fix_accuracy_metres: number | null;
}

export interface Batch {
  readonly history: readonly HistoryRow[];
  readonly officers: readonly OfficerRow[];
  readonly teams: readonly TeamRow[];
  readonly contacts: readonly ContactRow[];
}

const latest = `team_id int, person_id int, lng float8, lat float8, fix_at timestamptz, received_at timestamptz,
  accuracy_metres real, speed_metres_per_second real, heading_degrees real, battery real, source text`;
const latestColumns = `point, fix_at, received_at, accuracy_metres, speed_metres_per_second, heading_degrees, battery, source`;
const latestValues = `st_setsrid(st_makepoint(lng, lat), 4326), fix_at, received_at, accuracy_metres,
  speed_metres_per_second, heading_degrees, battery, source`;
const set = (columns: string) =>
  columns
    .split(',')
    .map((column) => `${column.trim()} = excluded.${column.trim()}`)
    .join(', ');

/**
 * Writes a batch in one statement, which is one transaction and one way to the database and back. A row of the
 * latest place changes only for a newer fix, whatever order processes write in; the history takes any order and
 * each fix once.
 */
const writeSql = `with doc as (select ?::jsonb j),
  history as (insert into position (person_id, fixed_at, received_at, team_id, lng, lat, accuracy_metres,
      speed_metres_per_second, heading_degrees, source, marks, raw_lng, raw_lat, raw_crs)
    select r.* from doc, jsonb_to_recordset(j->'history') r (person_id int, fixed_at timestamptz, received_at timestamptz,
      team_id int, lng float8, lat float8, accuracy_metres real, speed_metres_per_second real, heading_degrees real,
      source text, marks text[], raw_lng float8, raw_lat float8, raw_crs text)
    on conflict do nothing),
  officers as (insert into officer_latest (person_id, team_id, ${latestColumns}, raw_lng, raw_lat, raw_crs)
    select person_id, team_id, ${latestValues}, raw_lng, raw_lat, raw_crs
    from doc, jsonb_to_recordset(j->'officers') r (${latest}, raw_lng float8, raw_lat float8, raw_crs text)
    on conflict (person_id) do update set ${set(`team_id, ${latestColumns}, raw_lng, raw_lat, raw_crs`)}
    where excluded.fix_at > officer_latest.fix_at),
  teams as (insert into team_latest (team_id, person_id, ${latestColumns}, point_metric, catching_up)
    select team_id, person_id, ${latestValues},
      st_transform(st_setsrid(st_makepoint(lng, lat), 4326), coalesce((select metric_srid from town), 4549)), catching_up
    from doc, jsonb_to_recordset(j->'teams') r (${latest}, catching_up boolean)
    on conflict (team_id) do update set ${set(`person_id, ${latestColumns}, point_metric, catching_up`)}
    where excluded.fix_at >= team_latest.fix_at)
  insert into contact (person_id, contacted_at, battery, clock_offset_seconds, doubt, fix_accuracy_metres)
    select r.* from doc, jsonb_to_recordset(j->'contacts') r (person_id int, contacted_at timestamptz, battery real,
      clock_offset_seconds real, doubt text, fix_accuracy_metres real)
    on conflict (person_id) do update set contacted_at = excluded.contacted_at,
      battery = coalesce(excluded.battery, contact.battery), clock_offset_seconds = excluded.clock_offset_seconds,
      doubt = excluded.doubt, fix_accuracy_metres = excluded.fix_accuracy_metres
    where excluded.contacted_at >= contact.contacted_at`;

export const writeBatch = async (db: Knex, batch: Batch): Promise<void> => {
  await db.raw(writeSql, [JSON.stringify(batch)]);
};

/** Makes the history's day, given as `2026-11-22` (UTC), if it is missing. */
export const makeDay = async (db: Knex, day: string): Promise<void> => {
  await db.raw('select make_position_day(?::date)', [day]);
};

/** Drops the history before a day; answers how many days went. */
export const dropDays = async (db: Knex, before: string): Promise<number> =>
  (await db.raw('select drop_position_days(?::date) dropped', [before])).rows[0].dropped as number;

/** The newest fixes of the people who are on duty, of those heard since an instant where one is given. */
export async function officersOnDuty(db: Knex, since = 0): Promise<OfficerRow[]> {
  const found = await db.raw(
    `select o.person_id, d.team_id, st_x(o.point) lng, st_y(o.point) lat, o.fix_at, o.received_at, o.accuracy_metres,
       o.speed_metres_per_second, o.heading_degrees, o.battery, o.source, o.raw_lng, o.raw_lat, o.raw_crs
     from officer_latest o join duty d on d.person_id = o.person_id
     where d.signed_on_at is not null and d.signed_off_at is null and o.fix_at >= d.signed_on_at
       and o.received_at >= ?`,
    [new Date(since)],
  );
  return found.rows as OfficerRow[];
}

/** The newest sound fix of one person. */
export async function officerFix(
  db: Knex,
  personId: number,
): Promise<Pick<OfficerRow, 'fix_at' | 'source' | 'accuracy_metres'> | undefined> {
  return db('officer_latest').where({ person_id: personId }).first('fix_at', 'source', 'accuracy_metres');
}

/** What is known of a person's phone apart from its place. */
export const contactOf = (db: Knex, personId: number): Promise<ContactRow | undefined> =>
  db<ContactRow>('contact').where({ person_id: personId }).first();

/** Phones on duty, heard since an instant: what stands against the place of each. */
export async function doubtsOnDuty(
  db: Knex,
  since = 0,
): Promise<Pick<ContactRow, 'person_id' | 'contacted_at' | 'doubt' | 'fix_accuracy_metres'>[]> {
  const found = await db.raw(
    `select c.person_id, c.contacted_at, c.doubt, c.fix_accuracy_metres from contact c join duty d on d.person_id = c.person_id
     where d.signed_on_at is not null and d.signed_off_at is null and c.contacted_at >= greatest(d.signed_on_at, ?)`,
    [new Date(since)],
  );
  return found.rows;
}

/** A person's present duty; `since` in ms UTC. */
export interface Duty {
  readonly personId: number;
  readonly teamId: number;
  readonly since: number;
}

/** Who is signed on now: everybody, or one person. */
export async function dutiesNow(db: Knex, personId?: number): Promise<Duty[]> {
  const query = db('duty')
    .whereNotNull('signed_on_at')
    .whereNull('signed_off_at')
    .select('person_id', 'team_id', 'signed_on_at');
  if (personId !== undefined) void query.where({ person_id: personId });
  return (await query).map((row) => ({
    personId: row.person_id as number,
    teamId: row.team_id as number,
    since: Date.parse(row.signed_on_at as string),
  }));
}

/** Sound fixes of the member from whom a team's place comes, after an instant, oldest first. */
export async function trailOf(
  db: Knex,
  teamId: number,
  since: number,
  limit: number,
): Promise<{ personId: number | null; fixes: { lng: number; lat: number; fixed_at: string }[] }> {
  const row = await db('team_latest').where({ team_id: teamId }).first('person_id');
  const personId = (row?.person_id as number | undefined) ?? null;
  if (personId === null) return { personId, fixes: [] };
  const found = await db.raw(
    `select lng, lat, fixed_at from (
       select lng, lat, fixed_at from position
       where person_id = :personId and fixed_at > :since and team_id = :teamId and marks <@ '{jitter}'
       order by fixed_at desc limit :limit) newest
     order by fixed_at`,
    { personId, teamId, since: new Date(since), limit },
  );
  return { personId, fixes: found.rows };
}
