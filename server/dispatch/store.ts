import type { Knex } from 'knex';
import type {
  AssignmentState,
  AssignmentView,
  ProposalView,
  TaskKind,
} from '../../shared/contract/assignments.ts';
import type { Priority } from '../../shared/contract/incidents.ts';
import type { Watch } from '../../shared/rules/dispatch/watchdog.ts';
import type { AlarmKind, AlarmView } from '../../shared/contract/alarms.ts';

/** All SQL that names assignment, proposal, watch and alarm; loops.ts and decisions.ts hold the other tables of this room. */

const active = ['offered', 'accepted', 'en_route', 'on_scene'] as const;

const assignmentColumns = [
  'id',
  'incident_id',
  'team_id',
  'kind',
  'slot',
  'is_lead',
  'state',
  'manual',
  'offered_at',
  'offered_by',
  'answer_by',
  'seen_at',
  'accepted_at',
  'departed_at',
  'arrived_at',
  'ended_at',
  'reason',
  'eta_seconds',
  'decision_id',
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
  state: AssignmentState;
  manual: boolean;
  offered_at: string;
  offered_by: number | null;
  answer_by: string | null;
  seen_at: string | null;
  accepted_at: string | null;
  departed_at: string | null;
  arrived_at: string | null;
  ended_at: string | null;
  reason: string | null;
  eta_seconds: number | null;
  decision_id: number | null;
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
    state: row.state,
    manual: row.manual,
    offeredAt: row.offered_at,
    offeredBy: row.offered_by,
    answerBy: row.answer_by,
    seenAt: row.seen_at,
    acceptedAt: row.accepted_at,
    departedAt: row.departed_at,
    arrivedAt: row.arrived_at,
    endedAt: row.ended_at,
    reason: row.reason,
    etaSeconds: row.eta_seconds,
    decisionId: row.decision_id,
    version: row.version,
  } as AssignmentView;
}

const assignments = (db: Knex) => db<AssignmentRow>('assignment').select(...assignmentColumns);

/** Loads and locks one assignment. */
export const lockAssignment = (db: Knex, id: number): Promise<AssignmentRow | undefined> =>
  assignments(db).where({ id }).forUpdate().first();

export const findAssignment = (db: Knex, id: number): Promise<AssignmentRow | undefined> =>
  assignments(db).where({ id }).first();

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

export interface NewAssignment {
  readonly incidentId: number;
  readonly teamId: number;
  readonly slot: number;
  readonly kind: TaskKind;
  readonly isLead: boolean;
  readonly manual: boolean;
  readonly at: number;
  readonly by: number | null;
  readonly answerBy: number | null;
  readonly etaSeconds: number | null;
  readonly decisionId: number | null;
  readonly key: string;
}

/** Writes the offer; answers nothing when a unique index refused it (somebody was first). */
export async function insertAssignment(db: Knex, a: NewAssignment): Promise<AssignmentRow | undefined> {
  const rows = await db('assignment')
    .insert({
      incident_id: a.incidentId,
      team_id: a.teamId,
      slot: a.slot,
      kind: a.kind,
      is_lead: a.isLead,
      manual: a.manual,
      state: 'offered',
      offered_at: new Date(a.at),
      offered_by: a.by,
      answer_by: a.answerBy === null ? null : new Date(a.answerBy),
      eta_seconds: a.etaSeconds,
      decision_id: a.decisionId,
      idem_key: a.key,
    })
    .onConflict()
    .ignore()
    .returning([...assignmentColumns]);
  return rows[0] as AssignmentRow | undefined;
}

/** Names the decision that made an offer, and when the offer moved a team that was on its way elsewhere. */
export async function linkDecision(
  db: Knex,
  id: number,
  decisionId: number,
  switchedAt: number | null,
): Promise<AssignmentRow> {
  const [row] = await db('assignment')
    .where({ id })
    .update({ decision_id: decisionId, switched_at: switchedAt === null ? null : new Date(switchedAt) })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
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

/** Notes that the offer was shown on a phone. */
export async function markSeen(db: Knex, id: number, at: number): Promise<AssignmentRow> {
  const [row] = await db('assignment')
    .where({ id })
    .update({ seen_at: db.raw('coalesce(seen_at, ?)', [new Date(at)]), version: db.raw('version + 1') })
    .returning([...assignmentColumns]);
  return row as AssignmentRow;
}

export interface AlarmRow {
  id: number;
  kind: AlarmKind;
  incident_id: number | null;
  team_id: number | null;
  person_id: number | null;
  detail: Record<string, unknown>;
  raised_at: string;
  acknowledged_at: string | null;
  acknowledged_by: number | null;
  shelved_until: string | null;
  cleared_at: string | null;
}

/** The wire form of an alarm. */
export const alarmView = (row: AlarmRow): AlarmView =>
  ({
    id: row.id,
    kind: row.kind,
    incidentId: row.incident_id,
    teamId: row.team_id,
    personId: row.person_id,
    detail: row.detail,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    shelvedUntil: row.shelved_until,
    clearedAt: row.cleared_at,
  }) as AlarmView;

/** Raises an alarm unless the same one stands already; answers the row only when it is new. */
export async function raiseAlarm(
  db: Knex,
  alarm: {
    kind: AlarmKind;
    incidentId?: number | null;
    teamId?: number | null;
    personId?: number | null;
    detail?: Record<string, unknown>;
    at: number;
  },
): Promise<AlarmRow | undefined> {
  const rows = await db('alarm')
    .insert({
      kind: alarm.kind,
      incident_id: alarm.incidentId ?? null,
      team_id: alarm.teamId ?? null,
      person_id: alarm.personId ?? null,
      detail: JSON.stringify(alarm.detail ?? {}),
      raised_at: new Date(alarm.at),
    })
    .onConflict()
    .ignore()
    .returning('*');
  return rows[0] as AlarmRow | undefined;
}

/** Clears the standing alarms of an incident (all kinds, or those named); answers what was cleared. */
export async function clearAlarms(
  db: Knex,
  of: { incidentId?: number; teamId?: number },
  at: number,
  kinds?: readonly AlarmKind[],
): Promise<AlarmRow[]> {
  const query = db('alarm')
    .whereNull('cleared_at')
    .update({ cleared_at: new Date(at) })
    .returning('*');
  if (of.incidentId !== undefined) void query.where({ incident_id: of.incidentId });
  if (of.teamId !== undefined) void query.where({ team_id: of.teamId });
  if (kinds) void query.whereIn('kind', [...kinds]);
  return (await query) as AlarmRow[];
}

/** Incidents of the list whose urgent alarm stands. */
export const urgentAlarmed = async (db: Knex, incidentIds: readonly number[]): Promise<Set<number>> =>
  new Set(
    (
      await db('alarm')
        .whereNull('cleared_at')
        .where({ kind: 'incident_urgent' })
        .whereIn('incident_id', [...incidentIds])
        .pluck('incident_id')
    ).map(Number),
  );

/** Writes what a standing alarm says now; answers it when it stands. */
export async function restateAlarm(
  db: Knex,
  of: { kind: AlarmKind; incidentId: number; teamId: number },
  detail: Record<string, unknown>,
): Promise<AlarmRow | undefined> {
  const rows = await db('alarm')
    .where({ kind: of.kind, incident_id: of.incidentId, team_id: of.teamId })
    .whereNull('cleared_at')
    .update({ detail: JSON.stringify(detail) })
    .returning('*');
  return rows[0] as AlarmRow | undefined;
}

export const lockAlarm = (db: Knex, id: number): Promise<AlarmRow | undefined> =>
  db<AlarmRow>('alarm').where({ id }).forUpdate().first();

export async function updateAlarm(db: Knex, id: number, change: Record<string, unknown>): Promise<AlarmRow> {
  const [row] = await db('alarm').where({ id }).update(change).returning('*');
  return row as AlarmRow;
}

/** Alarms that still stand. */
export const standingAlarms = (db: Knex): Promise<AlarmRow[]> =>
  db<AlarmRow>('alarm').whereNull('cleared_at').orderBy('id');

export interface ProposalRow {
  id: number;
  kind: ProposalView['kind'];
  incident_id: number;
  assignment_id: number | null;
  from_team_id: number | null;
  to_team_id: number;
  gain_seconds: number;
  other_incident_id: number | null;
  other_eta_seconds: number | null;
  changes: readonly unknown[];
  made_at: string;
  ended_at: string | null;
  outcome: ProposalView['outcome'];
}

/** The wire form of a proposal. */
export const proposalView = (row: ProposalRow): ProposalView =>
  ({
    id: row.id,
    kind: row.kind,
    incidentId: row.incident_id,
    assignmentId: row.assignment_id,
    fromTeamId: row.from_team_id,
    toTeamId: row.to_team_id,
    gainSeconds: row.gain_seconds,
    otherIncidentId: row.other_incident_id,
    otherEtaSeconds: row.other_eta_seconds,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
  }) as ProposalView;

export const openProposals = (db: Knex): Promise<ProposalRow[]> =>
  db<ProposalRow>('proposal').whereNull('ended_at').orderBy('id');

/** A change to be shown; `changes` is what accepting it does as one whole. */
export interface NewProposal {
  readonly kind: ProposalRow['kind'];
  readonly incidentId: number;
  readonly assignmentId: number | null;
  readonly fromTeamId: number | null;
  readonly toTeamId: number;
  readonly gainSeconds: number;
  readonly otherIncidentId: number | null;
  readonly otherEtaSeconds: number | null;
  readonly changes: readonly { incidentId: number; fromTeamId: number | null; toTeamId: number | null }[];
  readonly at: number;
}

/** Writes a proposal unless the same one stands; answers the row only when it is new. */
export async function insertProposal(db: Knex, p: NewProposal): Promise<ProposalRow | undefined> {
  const rows = await db('proposal')
    .insert({
      kind: p.kind,
      incident_id: p.incidentId,
      assignment_id: p.assignmentId,
      from_team_id: p.fromTeamId,
      to_team_id: p.toTeamId,
      gain_seconds: p.gainSeconds,
      other_incident_id: p.otherIncidentId,
      other_eta_seconds: p.otherEtaSeconds,
      changes: JSON.stringify(p.changes),
      made_at: new Date(p.at),
    })
    .onConflict()
    .ignore()
    .returning('*');
  return rows[0] as ProposalRow | undefined;
}

export const lockProposal = (db: Knex, id: number): Promise<ProposalRow | undefined> =>
  db<ProposalRow>('proposal').where({ id }).forUpdate().first();

export async function endProposal(
  db: Knex,
  id: number,
  outcome: NonNullable<ProposalRow['outcome']>,
  at: number,
  by: number | null,
): Promise<ProposalRow> {
  const [row] = await db('proposal')
    .where({ id })
    .update({ ended_at: new Date(at), outcome, ended_by: by })
    .returning('*');
  return row as ProposalRow;
}

/** Everything that was ever proposed about these assignments. */
export const proposalsAbout = (db: Knex, assignmentIds: readonly number[]): Promise<ProposalRow[]> =>
  db<ProposalRow>('proposal')
    .whereIn('assignment_id', [...assignmentIds])
    .orderBy('id');

/** What the watchdog remembers of assignments: assignment id -> state. */
export async function findWatches(db: Knex, assignmentIds: readonly number[]): Promise<Map<number, Watch>> {
  const rows = await db('watch').whereIn('assignment_id', [...assignmentIds]);
  return new Map(rows.map((row) => [Number(row.assignment_id), row.state as Watch]));
}

export const saveWatch = (db: Knex, assignmentId: number, state: Watch) =>
  db('watch')
    .insert({ assignment_id: assignmentId, state: JSON.stringify(state) })
    .onConflict('assignment_id')
    .merge();

/** Forgets assignments that are over or on the scene. */
export const dropWatches = (db: Knex) =>
  db('watch')
    .whereNotIn(
      'assignment_id',
      db('assignment').whereNull('ended_at').whereIn('state', ['accepted', 'en_route']).select('id'),
    )
    .delete();
