import type { Knex } from 'knex';
import type { LngLat } from '../../shared/contract/geo.ts';
import type {
  Duplicate,
  IncidentState,
  IncidentView,
  Priority,
  ReportSource,
} from '../../shared/contract/incidents.ts';
import type { MatterStatus } from '../../shared/contract/matters.ts';
import type { Need } from '../../shared/contract/needs.ts';
import type { ClockRun } from '../../shared/rules/deadlines/run.ts';
import { standardNeeds } from '../../shared/rules/dispatch/needs.ts';

/** All SQL that names incident, report, matter and matter_version; an incident comes with its active lead. */

export const endStates: readonly IncidentState[] = ['closed', 'rejected', 'merged', 'transferred'];

export interface IncidentRow {
  id: number;
  state: IncidentState;
  priority: Priority;
  matter_version_id: number | null;
  matter_code: string | null;
  text: string;
  address: string;
  lng: number;
  lat: number;
  cell_id: number | null;
  cell_code: string | null;
  zone_id: number | null;
  zone_number: number | null;
  edition_id: number | null;
  overlays: string[];
  doubts: IncidentView['doubts'];
  source: ReportSource;
  reported_at: string;
  filed_at: string | null;
  clock: string | null;
  clock_run: ClockRun | null;
  escalated_share: number;
  deadline_start_at: string | null;
  deadline_at: string | null;
  deadline_provisional: boolean;
  handled_at: string | null;
  handled_by: number | null;
  checked_at: string | null;
  /** The last check on the spot found it not done. */
  check_failed: boolean;
  closed_at: string | null;
  hold_until: string | null;
  held_at: string | null;
  holds: number;
  extensions: number;
  liability: IncidentView['liability'];
  merged_into: number | null;
  acknowledged_at: string | null;
  acknowledged_by: number | null;
  rounds: number;
  cycle: number;
  /** What the room asks for, line by line; null: one team as the matter says. */
  needs: Need[] | null;
  version: number;
  reports: number;
  /** The active lead assignment. */
  lead_id: number | null;
  lead_team_id: number | null;
}

const selectFrom = (incidents: string) =>
  `select i.*, m.matter_code, st_x(i.point) lng, st_y(i.point) lat, c.code cell_code, z.number zone_number,
     (select count(*) from report r where r.incident_id = i.id) reports, l.id lead_id, l.team_id lead_team_id
   from ${incidents} i left join matter_version m on m.id = i.matter_version_id
     left join cell c on c.id = i.cell_id left join zone z on z.id = i.zone_id
     left join assignment l on l.incident_id = i.id and l.is_lead and l.ended_at is null`;
const select = (where: string, tail = '') => `${selectFrom('incident')} where ${where} ${tail}`;

/** Incidents by id; locked when a command is about to change them. */
export async function findIncident(db: Knex, id: number): Promise<IncidentRow | undefined> {
  return (await db.raw(select('i.id = ?'), [id])).rows[0] as IncidentRow | undefined;
}

/**
 * Loads and locks one incident. After a wait for the lock the incident is the present one and what is joined to it, its
 * lead too, may still be what the statement began with: what depends on the lead is asked again under the lock.
 */
export async function lockIncident(db: Knex, id: number): Promise<IncidentRow | undefined> {
  return (await db.raw(select('i.id = ?', 'for update of i'), [id])).rows[0] as IncidentRow | undefined;
}

/** Loads and locks several, in the order of their numbers, so that two commands cannot wait for each other. */
export async function lockIncidents(db: Knex, ids: readonly number[]): Promise<IncidentRow[]> {
  if (ids.length === 0) return [];
  return (await db.raw(select('i.id = any (?)', 'order by i.id for update of i'), [[...ids]]))
    .rows as IncidentRow[];
}

/** Loads and locks one that nobody else holds; nothing when somebody does. */
export async function lockFreeIncident(db: Knex, id: number): Promise<IncidentRow | undefined> {
  return (await db.raw(select('i.id = ?', 'for update of i skip locked'), [id])).rows[0] as
    IncidentRow | undefined;
}

/** Incidents by number, not locked. */
export async function findIncidents(db: Knex, ids: readonly number[]): Promise<IncidentRow[]> {
  if (ids.length === 0) return [];
  return (await db.raw(select('i.id = any (?)', 'order by i.id'), [[...ids]])).rows as IncidentRow[];
}

/** Incidents that need a team and rest on nobody, not locked. */
export async function listFiledIncidents(db: Knex): Promise<IncidentRow[]> {
  return (await db.raw(select(`i.state = 'filed' and i.hold_until is null`, 'order by i.id')))
    .rows as IncidentRow[];
}

/** Open incidents that need several teams and rest on nobody, not locked. */
export async function listSeveral(db: Knex): Promise<IncidentRow[]> {
  const where = `i.hold_until is null and jsonb_array_length(i.needs) > 1
    and i.state not in ('closed','rejected','merged','transferred')`;
  return (await db.raw(select(where, 'order by i.id'))).rows as IncidentRow[];
}

/** Incidents that were sent back by a check and that nobody has taken up again. */
export async function listReworks(db: Knex): Promise<IncidentRow[]> {
  return (await db.raw(select(`i.state = 'rework'`, 'order by i.id'))).rows as IncidentRow[];
}

/** Incidents whose hold is over. */
export const listHoldsDue = (db: Knex, at: number): Promise<number[]> =>
  db('incident')
    .where('hold_until', '<=', new Date(at))
    .whereNotIn('state', [...endStates])
    .orderBy('id')
    .pluck('id');

/** Running deadlines that may have something left to tell. */
export const listRunning = (db: Knex): Promise<Pick<IncidentRow, 'id' | 'clock_run' | 'escalated_share'>[]> =>
  db('incident')
    .whereNotNull('clock_run')
    .whereNull('hold_until')
    .where('escalated_share', '<', 1)
    .whereNotIn('state', ['handled', 'checking', ...endStates])
    .orderBy('id')
    .select('id', 'clock_run', 'escalated_share');

/** Open incidents whose deadline runs by working time. */
export const listCounting = (db: Knex): Promise<number[]> =>
  db('incident')
    .whereNotNull('clock_run')
    .whereIn('clock', ['work_hour', 'work_day'])
    .whereNull('hold_until')
    .whereNotIn('state', ['handled', 'checking', ...endStates])
    .orderBy('id')
    .pluck('id');

/** Open P1 and P2 that nobody has acknowledged, from their filing on. */
export const listUnseenUrgent = (db: Knex): Promise<{ id: number; priority: Priority }[]> =>
  db('incident')
    .whereNotIn('state', ['reported', 'verifying', 'handled', 'checking', ...endStates])
    .where('priority', '<=', 2)
    .whereNull('acknowledged_at')
    .orderBy('id')
    .select('id', 'priority');

/** Everything open, and what ended after `endedSince`: the picture of the command room. */
export async function listOpenIncidents(db: Knex, endedSince: number): Promise<IncidentRow[]> {
  const where = `i.state not in ('closed','rejected','merged','transferred') or i.closed_at > ?`;
  return (await db.raw(select(where, 'order by i.id'), [new Date(endedSince)])).rows as IncidentRow[];
}

/** Incidents whose number, text or address contains the words, newest first. */
export async function searchIncidents(db: Knex, words: string, limit: number): Promise<IncidentRow[]> {
  const like = `%${words.replaceAll(/[%_\\]/g, '\\$&')}%`;
  const where = `i.id::text = ? or i.text ilike ? or i.address ilike ?`;
  return (
    await db.raw(select(where, 'order by i.id desc limit ?'), [words.replace(/^#/, ''), like, like, limit])
  ).rows as IncidentRow[];
}

/** The wire form. */
export function incidentView(row: IncidentRow): IncidentView {
  return {
    id: row.id,
    state: row.state,
    priority: row.priority,
    matterCode: row.matter_code,
    text: row.text,
    address: row.address,
    point: { lng: row.lng, lat: row.lat },
    cellId: row.cell_id,
    cellCode: row.cell_code,
    zoneId: row.zone_id,
    zoneNumber: row.zone_number,
    editionId: row.edition_id,
    overlays: row.overlays,
    doubts: row.doubts,
    source: row.source,
    reportedAt: row.reported_at,
    filedAt: row.filed_at,
    clock: row.clock,
    deadlineStartAt: row.deadline_start_at,
    deadlineAt: row.deadline_at,
    handledAt: row.handled_at,
    closedAt: row.closed_at,
    holdUntil: row.hold_until,
    liability: row.liability,
    mergedInto: row.merged_into,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    assignmentId: row.lead_id,
    teamId: row.lead_team_id,
    handledBy: row.handled_by,
    ...(row.deadline_provisional && row.deadline_at !== null && { deadlineProvisional: true }),
    ...(row.check_failed && { checkFailed: true }),
    ...(row.needs && { needs: row.needs }),
    reports: row.reports,
    version: row.version,
  } as unknown as IncidentView;
}

/** The present view of one incident; it must exist. */
export async function readIncidentView(db: Knex, id: number): Promise<IncidentView> {
  const row = await findIncident(db, id);
  if (!row) throw new Error(`incident ${id} is gone`);
  return incidentView(row);
}

export interface NewIncident {
  readonly priority: Priority;
  readonly matterVersionId: number | null;
  readonly text: string;
  readonly address: string;
  readonly point: LngLat;
  readonly raw: { lng: number; lat: number; crs: string };
  readonly place: {
    cellId: number | null;
    zoneId: number | null;
    editionId: number | null;
    overlays: readonly string[];
    doubts: readonly string[];
  };
  readonly source: ReportSource;
  readonly by: number | null;
  readonly at: number;
}

/** Columns of a place: where it is, as it was said, and what it lies in. */
export function placeColumns(
  db: Knex,
  { lng, lat }: LngLat,
  raw: NewIncident['raw'],
  place: Omit<NewIncident['place'], 'doubts'>,
): Record<string, unknown> {
  const point = 'st_setsrid(st_makepoint(?, ?), 4326)';
  return {
    point: db.raw(point, [lng, lat]),
    point_metric: db.raw(`st_transform(${point}, (select metric_srid from town))`, [lng, lat]),
    raw_lng: raw.lng,
    raw_lat: raw.lat,
    raw_crs: raw.crs,
    cell_id: place.cellId,
    zone_id: place.zoneId,
    edition_id: place.editionId,
    overlays: [...place.overlays],
  };
}

/** Writes a reported incident and the report that told it; answers the row, which its transaction holds. */
export async function insertIncident(db: Knex, n: NewIncident, r: NewReport): Promise<IncidentRow> {
  const incident = db('incident')
    .insert({
      state: 'reported',
      priority: n.priority,
      matter_version_id: n.matterVersionId,
      text: n.text,
      address: n.address,
      ...placeColumns(db, n.point, n.raw, n.place),
      doubts: [...n.place.doubts],
      source: n.source,
      reported_at: new Date(n.at),
      reported_by: n.by,
    })
    .returning('*')
    .toSQL();
  const report = `insert into report (incident_id, source, reporter_name, reporter_phone, text, external_id, received_at)
    select id, ?, ?, ?, ?, ?, ? from made returning 1`;
  const found = await db.raw(
    `with made as (${incident.sql}), told as (${report}) ${selectFrom('made')} cross join told`,
    [...incident.bindings, r.source, r.name, r.phone, r.text, r.externalId, new Date(r.at)] as never,
  );
  // the report beside it is not in the picture that this statement began with
  return { ...(found.rows[0] as IncidentRow), reports: 1 };
}

interface NewReport {
  readonly source: ReportSource;
  readonly name: string | null;
  readonly phone: string | null;
  readonly text: string;
  readonly externalId: string | null;
  readonly at: number;
}

/** The incident that a foreign sender's id was reported under before. */
export const findByExternalId = async (
  db: Knex,
  source: ReportSource,
  externalId: string,
): Promise<number | undefined> =>
  (await db('report').where({ source, external_id: externalId }).first('incident_id'))?.incident_id as
    number | undefined;

/** The first reporter of an incident, for callbacks. */
export const findReporter = (db: Knex, incidentId: number) =>
  db('report').where({ incident_id: incidentId }).orderBy('id').first('reporter_name', 'reporter_phone');

/** Everybody who reported an incident and left a telephone, the first one first. */
export const listContacts = (
  db: Knex,
  incidentId: number,
): Promise<{ readonly name: string | null; readonly phone: string }[]> =>
  db('report')
    .where({ incident_id: incidentId })
    .whereNotNull('reporter_phone')
    .orderBy('id')
    .select({ name: 'reporter_name', phone: 'reporter_phone' });

/** Which of these incidents somebody reported who left a telephone. */
export const listCallable = (db: Knex, ids: readonly number[]): Promise<number[]> =>
  db('report')
    .distinct('incident_id')
    .whereIn('incident_id', [...ids])
    .whereNotNull('reporter_phone')
    .orderBy('incident_id')
    .pluck('incident_id');

/** Reports follow the survivor of a merge; every reporter is kept. */
export const moveReports = (db: Knex, from: number, to: number) =>
  db('report').where({ incident_id: from }).update({ incident_id: to });

/**
 * Changes columns of a locked incident and answers the row as it is now; instants as milliseconds are the caller's to
 * convert.
 */
export async function updateIncident(
  db: Knex,
  id: number,
  change: Record<string, unknown>,
): Promise<IncidentRow> {
  const { sql, bindings } = db('incident')
    .where({ id })
    .update({ ...change, version: db.raw('version + 1') })
    .returning('*')
    .toSQL();
  return (await db.raw(`with moved as (${sql}) ${selectFrom('moved')}`, bindings as never))
    .rows[0] as IncidentRow;
}

export interface MatterRow {
  id: number;
  matter_code: string;
  name_zh: string;
  name_en: string;
  field: string;
  priority: Priority;
  clock: 'urgent_hour' | 'work_hour' | 'work_day' | 'natural_day' | null;
  clock_amount: number | null;
  skills: string[];
  kit: string[];
  overlays: string[];
  status: MatterStatus;
  body: Record<string, unknown>;
  version: number;
}

/** What a matter needs by itself: one team, and whoever its standard sends beside it. */
export const needsOfMatter = (matter: MatterRow | undefined): [Need, ...Need[]] =>
  standardNeeds(matter && { ...matter, support: matter.body['support'] as readonly Need[] | undefined });

const matterColumns = `v.id, v.matter_code, m.name_zh, m.name_en, m.field, v.priority, v.clock, v.clock_amount, v.skills, v.kit, v.overlays, v.status, v.body, v.version`;

const matterSql = `select ${matterColumns} from matter_version v join matter m on m.code = v.matter_code
  where v.valid_from <= :at::timestamptz and (v.valid_to is null or v.valid_to > :at::timestamptz)`;

/** Matter versions in force at an instant. */
export async function listMatters(db: Knex, at: number): Promise<MatterRow[]> {
  const found = await db.raw(`${matterSql} order by v.matter_code`, {
    at: new Date(at).toISOString(),
  } as never);
  return found.rows as MatterRow[];
}

/** The version of one matter that is in force at an instant. */
export async function findMatter(db: Knex, code: string, at: number): Promise<MatterRow | undefined> {
  const values = { at: new Date(at).toISOString(), code };
  return (await db.raw(`${matterSql} and v.matter_code = :code`, values)).rows[0] as MatterRow | undefined;
}

/** One pinned version of a matter. */
export async function findMatterVersion(db: Knex, id: number): Promise<MatterRow | undefined> {
  const sql = `select ${matterColumns} from matter_version v join matter m on m.code = v.matter_code where v.id = ?`;
  return (await db.raw(sql, [id])).rows[0] as MatterRow | undefined;
}

/** Open incidents of the same matter (or any, when none is named) within `metres` and `seconds`, nearest first. */
export async function findDuplicates(
  db: Knex,
  of: {
    point: LngLat;
    srid: number;
    matterCode: string | null;
    at: number;
    metres: number;
    seconds: number;
    except: number;
  },
): Promise<Duplicate[]> {
  const found = await db.raw(
    `with p as (select st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int) g)
     select i.id incident_id, st_distance(i.point_metric, p.g) metres,
       extract(epoch from (:at::timestamptz - i.reported_at)) seconds, i.text
     from incident i join p on st_dwithin(i.point_metric, p.g, :metres)
       left join matter_version m on m.id = i.matter_version_id
     where i.state not in ('closed','rejected','merged','transferred') and i.id <> :except
       and (:matter::text is null or m.matter_code = :matter)
       and i.reported_at > :at::timestamptz - make_interval(secs => :seconds)
     order by 2, i.id limit 5`,
    {
      lng: of.point.lng,
      lat: of.point.lat,
      srid: of.srid,
      matter: of.matterCode,
      at: new Date(of.at).toISOString(),
      metres: of.metres,
      seconds: of.seconds,
      except: of.except,
    },
  );
  return (found.rows as { incident_id: number; metres: number; seconds: number; text: string }[]).map(
    (row) => ({
      incidentId: row.incident_id,
      metres: Math.round(row.metres),
      seconds: Math.max(0, Math.round(row.seconds)),
      text: row.text,
    }),
  ) as Duplicate[];
}
