import type { Knex } from 'knex';
import type { DeadlineRequest, Operation } from '../../shared/contract/field-steps.ts';
import type { ReportSource } from '../../shared/contract/incidents.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';

/** All SQL that names verification, deadline_request, transfer and joint_operation. */

/** The incident with every one that was merged into it, by way of others too. */
export async function familyOf(db: Knex, id: number): Promise<number[]> {
  const found = await db.raw(
    `with recursive family as (
       select id from incident where id = ? union select i.id from incident i join family f on i.merged_into = f.id)
     select id from family order by id`,
    [id],
  );
  return (found.rows as { id: number }[]).map((row) => row.id);
}

/** Incidents reported in a period by zone and source; merged, rejected ones and trials are no findings. */
export async function countFindings(
  db: Knex,
  from: number,
  to: number,
): Promise<{ zoneId: number | null; source: ReportSource; count: number }[]> {
  const found = await db.raw(
    `select zone_id, source, count(*)::int n from incident
     where reported_at >= ? and reported_at < ? and state not in ('merged', 'rejected') group by zone_id, source`,
    [new Date(from), new Date(to)],
  );
  return (found.rows as { zone_id: number | null; source: ReportSource; n: number }[]).map((row) => ({
    zoneId: row.zone_id,
    source: row.source,
    count: row.n,
  }));
}

type Result = NonNullable<IncidentFacts['verificationResult']>;

export const insertVerification = (
  db: Knex,
  v: { incidentId: number; result: Result; photos: number; text: string; by: number; at: number },
) =>
  db('verification').insert({
    incident_id: v.incidentId,
    result: v.result,
    photos: v.photos,
    text: v.text,
    person_id: v.by,
    at: new Date(v.at),
  });

/** What the last verification found, as the state machine asks; nothing when there was none. */
export async function verificationOf(
  db: Knex,
  incidentId: number,
): Promise<Pick<IncidentFacts, 'verificationResult' | 'verificationPhotos'>> {
  const row = await db('verification').where({ incident_id: incidentId }).orderBy('id', 'desc').first();
  return row ? { verificationResult: row.result as Result, verificationPhotos: row.photos as number } : {};
}

interface RequestRow {
  id: number;
  incident_id: number;
  kind: 'extension' | 'hold';
  minutes: number | null;
  reason: string;
  requested_by: number;
  requested_at: string;
  decided_by: number | null;
  decided_at: string | null;
  approved: boolean | null;
  text: string;
}

export const requestView = (row: RequestRow): DeadlineRequest =>
  ({
    id: row.id,
    incidentId: row.incident_id,
    kind: row.kind,
    minutes: row.minutes,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    approved: row.approved,
    text: row.text,
  }) as DeadlineRequest;

/** Writes a request unless the same is open. */
export async function insertRequest(
  db: Knex,
  r: {
    incidentId: number;
    kind: 'extension' | 'hold';
    minutes: number | null;
    reason: string;
    by: number;
    at: number;
  },
): Promise<RequestRow | undefined> {
  const rows = await db('deadline_request')
    .insert({
      incident_id: r.incidentId,
      kind: r.kind,
      minutes: r.minutes,
      reason: r.reason,
      requested_by: r.by,
      requested_at: new Date(r.at),
    })
    .onConflict()
    .ignore()
    .returning('*');
  return rows[0] as RequestRow | undefined;
}

export const findRequest = (db: Knex, id: number): Promise<RequestRow | undefined> =>
  db<RequestRow>('deadline_request').where({ id }).first();

export const lockRequest = (db: Knex, id: number): Promise<RequestRow | undefined> =>
  db<RequestRow>('deadline_request').where({ id }).forUpdate().first();

export async function decideRequest(
  db: Knex,
  id: number,
  decision: { approved: boolean; text: string; by: number | null; at: number },
): Promise<RequestRow> {
  const [row] = await db('deadline_request')
    .where({ id })
    .update({
      approved: decision.approved,
      text: decision.text,
      decided_by: decision.by,
      decided_at: new Date(decision.at),
    })
    .returning('*');
  return row as RequestRow;
}

/** Requests that wait for an answer, oldest first; or all of one incident. */
export const listRequests = (db: Knex, incidentId?: number): Promise<RequestRow[]> => {
  const query = db<RequestRow>('deadline_request').orderBy('id');
  return incidentId === undefined ? query.whereNull('decided_at') : query.where({ incident_id: incidentId });
};

export const insertTransfer = (
  db: Knex,
  t: {
    incidentId: number;
    to: string;
    reason: string;
    ground: string;
    receipt: string;
    receiptEvidenceId: string | null;
    by: number;
    at: number;
  },
) =>
  db('transfer').insert({
    incident_id: t.incidentId,
    to_organ: t.to,
    reason: t.reason,
    ground: t.ground,
    receipt: t.receipt,
    receipt_evidence_id: t.receiptEvidenceId,
    at: new Date(t.at),
    by: t.by,
  });

export const listTransfers = async (db: Knex, incidentId: number) =>
  (await db('transfer').where({ incident_id: incidentId }).orderBy('id')).map((row) => ({
    to: row.to_organ as string,
    ground: row.ground as string,
    reason: row.reason as string,
    receipt: row.receipt as string,
    at: row.at as string,
  }));

interface OperationRow {
  id: number;
  title: string;
  initiator: string;
  participants: string[];
  ground: string;
  plan: string;
  objects: string[];
  starts_at: string;
  ends_at: string;
  incident_id: number | null;
  team_ids: number[];
  planned_by: number;
  planned_at: string;
  results: { object: string; organ: string; result: string }[] | null;
  ended_at: string | null;
}

export const operationView = (row: OperationRow): Operation =>
  ({
    id: row.id,
    title: row.title,
    initiator: row.initiator,
    participants: row.participants,
    ground: row.ground,
    plan: row.plan,
    objects: row.objects,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    incidentId: row.incident_id,
    teamIds: row.team_ids,
    plannedBy: row.planned_by,
    plannedAt: row.planned_at,
    results: row.results,
    endedAt: row.ended_at,
  }) as Operation;

export async function insertOperation(
  db: Knex,
  o: Omit<Operation, 'id' | 'results' | 'endedAt' | 'plannedAt'> & { at: number },
): Promise<OperationRow> {
  const [row] = await db('joint_operation')
    .insert({
      title: o.title,
      initiator: o.initiator,
      participants: o.participants,
      ground: o.ground,
      plan: o.plan,
      objects: JSON.stringify(o.objects),
      starts_at: new Date(o.startsAt),
      ends_at: new Date(o.endsAt),
      incident_id: o.incidentId,
      team_ids: [...o.teamIds],
      planned_by: o.plannedBy,
      planned_at: new Date(o.at),
    })
    .returning('*');
  return row as OperationRow;
}

export const lockOperation = (db: Knex, id: number): Promise<OperationRow | undefined> =>
  db<OperationRow>('joint_operation').where({ id }).forUpdate().first();

export async function endOperationRow(
  db: Knex,
  id: number,
  results: readonly unknown[],
  at: number,
): Promise<OperationRow> {
  const [row] = await db('joint_operation')
    .where({ id })
    .update({ results: JSON.stringify(results), ended_at: new Date(at) })
    .returning('*');
  return row as OperationRow;
}

/** The newest operations first. */
export const listOperationRows = (db: Knex, limit: number): Promise<OperationRow[]> =>
  db<OperationRow>('joint_operation').orderBy('id', 'desc').limit(limit);

/** Incidents reported since an instant: id and when. Merged and rejected ones are no work of the room. */
export async function reportedSince(db: Knex, since: number): Promise<{ id: number; reportedAt: number }[]> {
  const found = await db.raw(
    `select id, reported_at from incident where reported_at >= ? and state not in ('merged', 'rejected')`,
    [new Date(since)],
  );
  return (found.rows as { id: number; reported_at: string }[]).map((row) => ({
    id: row.id,
    reportedAt: Date.parse(row.reported_at),
  }));
}

/** Where incidents were reported since an instant, to about 50 m, with how many; places in doubt are left out. */
export async function heatPoints(db: Knex, since: number): Promise<[number, number, number][]> {
  const found = await db.raw(
    `select round(st_x(point)::numeric / 0.0005) * 0.0005 lng, round(st_y(point)::numeric / 0.0005) * 0.0005 lat,
       count(*)::int n
     from incident where reported_at >= ? and state not in ('merged', 'rejected') and doubts = '{}'
     group by 1, 2`,
    [new Date(since)],
  );
  return (found.rows as { lng: string | number; lat: string | number; n: number }[]).map((row) => [
    Number(row.lng),
    Number(row.lat),
    row.n,
  ]);
}
