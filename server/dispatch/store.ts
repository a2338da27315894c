import type { Knex } from 'knex';
import type { AssignmentState, AssignmentView, TaskKind } from '../../shared/contract/assignments.ts';
import type { Priority } from '../../shared/contract/incidents.ts';
import { isJoint } from '../teams/store-facts.ts';

/** All SQL that names assignment; alarms, proposals, loops, watches and decisions have stores of their own beside this. */

const active = ['offered', 'accepted', 'en_route', 'on_scene'] as const;

/** What is read of an assignment. */
export const assignmentColumns = [
  'id',
  'incident_id',
  'team_id',
  'kind',
  'slot',
  'is_lead',
  'line',
  'state',
  'manual',
  'offered_at',
  'offered_by',
  'answer_by',
  'seen_at',
  'moving_at',
  'accepted_at',
  'departed_at',
  'arrived_at',
  'ended_at',
  'reason',
  'eta_seconds',
  'decision_id',
  'supervisor_id',
  'supervisor_name',
  'switched_at',
  'version',
] as const;

export interface AssignmentRow {
  id: number;
  incident_id: number;
  team_id: number;
  kind: TaskKind;
  slot: number;
  is_lead: boolean;
  line: number | null;
  state: AssignmentState;
  manual: boolean;
  offered_at: string;
  offered_by: number | null;
  answer_by: string | null;
  seen_at: string | null;
  moving_at: string | null;
  accepted_at: string | null;
  departed_at: string | null;
  arrived_at: string | null;
  ended_at: string | null;
  reason: string | null;
  eta_seconds: number | null;
  decision_id: number | null;
  supervisor_id: number | null;
  supervisor_name: string | null;
  switched_at: string | null;
  version: number;
}

/** The wire form of an assignment. */
export function assignmentView(row: AssignmentRow): AssignmentView {
  return {
    id: row.id,
    incidentId: row.incident_id,
    teamId: row.team_id,
    kind: row.kind,
    isLead: row.is_lead,
    line: row.line,
    state: row.state,
    manual: row.manual,
    offeredAt: row.offered_at,
    offeredBy: row.offered_by,
    answerBy: row.answer_by,
    seenAt: row.seen_at,
    movingAt: row.moving_at,
    acceptedAt: row.accepted_at,
    departedAt: row.departed_at,
    arrivedAt: row.arrived_at,
    endedAt: row.ended_at,
    reason: row.reason,
    etaSeconds: row.eta_seconds,
    decisionId: row.decision_id,
    supervisor:
      row.supervisor_id === null ? null : { personId: row.supervisor_id, name: row.supervisor_name },
    version: row.version,
  } as AssignmentView;
}

const assignments = (db: Knex) => db<AssignmentRow>('assignment').select(...assignmentColumns);

/** Loads and locks one assignment. */
export const lockAssignment = (db: Knex, id: number): Promise<AssignmentRow | undefined> =>
  assignments(db).where({ id }).forUpdate().first();

export const findAssignment = (db: Knex, id: number): Promise<AssignmentRow | undefined> =>
  assignments(db).where({ id }).first();

export const findAssignments = (db: Knex, ids: readonly number[]): Promise<AssignmentRow[]> =>
  assignments(db)
    .whereIn('id', [...ids])
    .orderBy('id');

/** Every assignment of an incident, oldest first. */
export const assignmentsOf = (db: Knex, incidentId: number): Promise<AssignmentRow[]> =>
  assignments(db).where({ incident_id: incidentId }).orderBy('id');

/** The active ones: of these incidents, of these teams, or all. */
export function activeAssignments(
  db: Knex,
  of: { incidentIds?: readonly number[]; teamIds?: readonly number[] } = {},
): Promise<AssignmentRow[]> {
  const query = assignments(db).whereNull('ended_at').orderBy('id');
  if (of.incidentIds) void query.whereIn('incident_id', [...of.incidentIds]);
  if (of.teamIds) void query.whereIn('team_id', [...of.teamIds]);
  return query;
}

/** An active assignment with the place and the priority of its incident. */
export interface TaskRow extends AssignmentRow {
  readonly priority: Priority;
  readonly lng: number;
  readonly lat: number;
}

/** Everything that holds a slot now (of all teams, or of these incidents), with where it leads. */
export async function activeTasks(db: Knex, incidentIds?: readonly number[]): Promise<TaskRow[]> {
  const found = await db.raw(
    `select ${assignmentColumns.map((column) => `a.${column}`).join(', ')}, i.priority, st_x(i.point) lng, st_y(i.point) lat
     from assignment a join incident i on i.id = a.incident_id
     where a.ended_at is null ${incidentIds ? 'and a.incident_id = any (:incidentIds)' : ''} order by a.id`,
    incidentIds ? { incidentIds: [...incidentIds] } : {},
  );
  return found.rows as TaskRow[];
}

/** Those of these assignments that nothing changes by itself: one of several teams, or of a joint operation. */
export async function jointAssignments(db: Knex, ids: readonly number[]): Promise<number[]> {
  const sql = `select a.id from assignment a join incident i on i.id = a.incident_id where a.id = any (?) and ${isJoint}`;
  return ((await db.raw(sql, [[...ids]])).rows as { id: number }[]).map(({ id }) => id);
}

/** The active lead of each incident: incident id -> row. */
export async function activeLeads(
  db: Knex,
  incidentIds?: readonly number[],
): Promise<Map<number, AssignmentRow>> {
  const rows = await activeAssignments(db, incidentIds ? { incidentIds } : {});
  return new Map(rows.filter((row) => row.is_lead).map((row) => [row.incident_id, row]));
}

/** Offers that ran out since an instant: team id -> count. */
export async function expiredSince(db: Knex, since: number): Promise<Map<number, number>> {
  const rows = await db('assignment')
    .where({ state: 'expired' })
    .where('ended_at', '>', new Date(since))
    .groupBy('team_id')
    .select('team_id')
    .count({ n: '*' });
  return new Map(
    (rows as { team_id?: unknown; n?: unknown }[]).map((row) => [Number(row.team_id), Number(row.n)]),
  );
}

const stampOf: Partial<Record<AssignmentState, string>> = {
  accepted: 'accepted_at',
  en_route: 'departed_at',
  on_scene: 'arrived_at',
};

/** Moves a locked assignment to its next state and stamps the instant; an end state frees it of the indexes. */
export async function moveAssignment(
  db: Knex,
  id: number,
  state: AssignmentState,
  at: number,
  more: { reason?: string; etaSeconds?: number } = {},
): Promise<AssignmentRow> {
  const stamp = stampOf[state];
  const ended = !(active as readonly string[]).includes(state);
  const [row] = await db('assignment')
    .where({ id })
    .update({
      state,
      version: db.raw('version + 1'),
      ...(stamp && { [stamp]: new Date(at) }),
      ...(ended && { ended_at: new Date(at) }),
      ...(more.reason !== undefined && { reason: more.reason }),
      ...(more.etaSeconds !== undefined && { eta_seconds: more.etaSeconds }),
    })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
}

/** Makes an assignment a person's own choice, or no longer. */
export async function setManual(db: Knex, id: number, manual: boolean): Promise<AssignmentRow> {
  const [row] = await db('assignment')
    .where({ id })
    .update({ manual, version: db.raw('version + 1') })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
}

/** A team that came for a re-inspection handles on as the lead. */
export async function setLead(db: Knex, id: number): Promise<AssignmentRow> {
  const [row] = await db('assignment')
    .where({ id })
    .update({ is_lead: true, line: 0, kind: 'handle', version: db.raw('version + 1') })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
}

/** Notes that the offer was shown on a phone. */
export async function markSeen(db: Knex, id: number, at: number): Promise<AssignmentRow> {
  const [row] = await db('assignment')
    .where({ id })
    .update({ seen_at: db.raw('coalesce(seen_at, ?)', [new Date(at)]), version: db.raw('version + 1') })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
}

/** Notes that a team which has not answered drives to the scene; answers the row the first time alone. */
export async function markMoving(db: Knex, id: number, at: number): Promise<AssignmentRow | undefined> {
  const [row] = await db('assignment')
    .where({ id, state: 'offered' })
    .whereNull('moving_at')
    .update({ moving_at: new Date(at), version: db.raw('version + 1') })
    .returning([...assignmentColumns]);
  return row as AssignmentRow | undefined;
}

/** When each of these incidents was first offered to a team: id -> ms. */
export async function firstOffers(db: Knex, incidentIds: readonly number[]): Promise<Map<number, number>> {
  const found = await db.raw(
    `select incident_id, min(offered_at) at from assignment where incident_id = any (?) and is_lead group by incident_id`,
    [[...incidentIds]],
  );
  return new Map(
    (found.rows as { incident_id: number; at: string }[]).map((row) => [row.incident_id, Date.parse(row.at)]),
  );
}
