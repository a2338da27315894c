import type { Knex } from 'knex';
import type { WatchReason, WatchWord } from '../../shared/contract/assignments.ts';
import { freshWatch, type Watch } from '../../shared/rules/dispatch/watchdog.ts';

/** All SQL that names watch. */

/** What a team said when it was asked; `at` in ms UTC. */
export interface WatchAnswer {
  readonly word: WatchWord;
  readonly reason?: WatchReason;
  readonly text: string;
  readonly at: number;
}

/** What is remembered of one assignment; `askedAt` (ms) while a question waits, `answers` since the team last came nearer. */
export interface Watched {
  readonly state: Watch;
  readonly askedAt: number | null;
  readonly answer: WatchAnswer | null;
  readonly answers: number;
}

export const unwatched: Watched = { state: freshWatch, askedAt: null, answer: null, answers: 0 };

/** What the watchdog remembers of assignments: assignment id -> state. */
export async function findWatches(db: Knex, assignmentIds: readonly number[]): Promise<Map<number, Watched>> {
  const rows = await db('watch').whereIn('assignment_id', [...assignmentIds]);
  return new Map(
    rows.map((row) => [
      Number(row.assignment_id),
      {
        state: row.state as Watch,
        askedAt: row.asked_at === null ? null : Date.parse(row.asked_at as string),
        answer: row.answer as WatchAnswer | null,
        answers: row.answers as number,
      },
    ]),
  );
}

/** Writes what is remembered of assignments: assignment id -> state. */
export async function saveWatches(db: Knex, watches: ReadonlyMap<number, Watched>): Promise<void> {
  if (watches.size === 0) return;
  const rows = [...watches].map(([assignmentId, { state, askedAt, answer, answers }]) => ({
    assignment_id: assignmentId,
    state: JSON.stringify(state),
    asked_at: askedAt === null ? null : new Date(askedAt),
    answer: answer && JSON.stringify(answer),
    answers,
  }));
  await db('watch').insert(rows).onConflict('assignment_id').merge();
}

export const saveWatch = (db: Knex, assignmentId: number, watch: Watched): Promise<void> =>
  saveWatches(db, new Map([[assignmentId, watch]]));

/** Forgets assignments that are over or on the scene. */
export const dropWatches = (db: Knex) =>
  db('watch')
    .whereNotIn(
      'assignment_id',
      db('assignment')
        .whereNull('ended_at')
        .whereIn('state', ['offered', 'accepted', 'en_route'])
        .select('id'),
    )
    .delete();
