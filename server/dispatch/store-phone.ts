import type { Knex } from 'knex';
import type { AlarmRow } from './store-alarms.ts';

/** SQL over assignment and alarm that only the phones ask. */

/** Numbers of a team's assignments that were offered in a period, oldest first. */
export const assignmentsSince = (db: Knex, teamId: number, since: number): Promise<number[]> =>
  db('assignment')
    .where({ team_id: teamId })
    .where((query) => query.where('offered_at', '>=', new Date(since)).orWhereNull('ended_at'))
    .orderBy('id')
    .pluck('id');

/** Incidents that a team handled as their lead since an instant. */
export const handledSince = (db: Knex, teamId: number, since: number): Promise<number[]> =>
  db('assignment')
    .where({ team_id: teamId, state: 'completed', is_lead: true })
    .where('ended_at', '>=', new Date(since))
    .orderBy('incident_id')
    .distinct()
    .pluck('incident_id')
    .then((ids: unknown[]) => ids.map(Number));

/** Tasks that were taken back from a team since an instant, oldest first. */
export const withdrawnSince = (
  db: Knex,
  teamId: number,
  since: number,
): Promise<{ id: number; incident_id: number; reason: string; ended_at: string }[]> =>
  db('assignment')
    .where({ team_id: teamId, state: 'withdrawn' })
    .where('ended_at', '>=', new Date(since))
    .orderBy('id')
    .select('id', 'incident_id', 'reason', 'ended_at');

/** Calls for help that still stand: of one person, or those to which a team was named as the nearest. */
export async function standingSos(
  db: Knex,
  { personId, teamId }: { readonly personId: number; readonly teamId: number | null },
): Promise<AlarmRow[]> {
  const rows = await db<AlarmRow>('alarm')
    .where({ kind: 'sos' })
    .whereNull('cleared_at')
    .where((query) => {
      void query.where({ person_id: personId });
      if (teamId !== null) void query.orWhereRaw(`detail->'helpers' @> ?::jsonb`, [JSON.stringify(teamId)]);
    })
    .orderBy('id');
  return rows;
}

/** Tells a standing call of a person anew, with the place where the phone is now; nothing when none stands. */
export async function restateSos(
  db: Knex,
  personId: number,
  detail: Record<string, unknown>,
): Promise<AlarmRow | undefined> {
  const rows = await db('alarm')
    .where({ kind: 'sos', person_id: personId })
    .whereNull('cleared_at')
    .update({ detail: JSON.stringify(detail) })
    .returning('*');
  return rows[0] as AlarmRow | undefined;
}

/** Ends the calls of a person; answers those that stood. */
export async function clearSos(db: Knex, personId: number, at: number): Promise<AlarmRow[]> {
  const rows = await db('alarm')
    .where({ kind: 'sos', person_id: personId })
    .whereNull('cleared_at')
    .update({ cleared_at: new Date(at) })
    .returning('*');
  return rows as AlarmRow[];
}
