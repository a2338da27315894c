import type { Knex } from 'knex';
import type { Watch } from '../../shared/rules/dispatch/watchdog.ts';

/** All SQL that names watch. */

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
