import type { Knex } from 'knex';
import type { AlarmKind, AlarmView } from '../../shared/contract/alarms.ts';

/** All SQL that names alarm. */

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

/** Clears the standing alarms of an incident, a team, a person (all kinds, or those named); answers what was cleared. */
export async function clearAlarms(
  db: Knex,
  of: { incidentId?: number; teamId?: number; personId?: number },
  at: number,
  kinds?: readonly AlarmKind[],
): Promise<AlarmRow[]> {
  const query = db('alarm')
    .whereNull('cleared_at')
    .update({ cleared_at: new Date(at) })
    .returning('*');
  if (of.incidentId !== undefined) void query.where({ incident_id: of.incidentId });
  if (of.teamId !== undefined) void query.where({ team_id: of.teamId });
  if (of.personId !== undefined) void query.where({ person_id: of.personId });
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

/** Writes what a standing alarm says now, unseen by anybody; answers it when it stands. */
export async function restateAlarm(
  db: Knex,
  of: { kind: AlarmKind; incidentId: number; teamId: number | null },
  detail: Record<string, unknown>,
): Promise<AlarmRow | undefined> {
  const rows = await db('alarm')
    .where({ kind: of.kind, incident_id: of.incidentId, team_id: of.teamId })
    .whereNull('cleared_at')
    .update({
      detail: JSON.stringify(detail),
      acknowledged_at: null,
      acknowledged_by: null,
      shelved_until: null,
    })
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
