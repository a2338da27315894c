import type { Knex } from 'knex';

/** All SQL about replays and lists of incidents. */

export interface ReplayRow {
  readonly id: number;
  readonly edition_id: number;
  readonly content_hash: string;
  readonly request: string;
  readonly state: 'running' | 'done' | 'refused' | 'failed';
  readonly refused: string | null;
  readonly calibration: string | null;
  readonly report: string | null;
  readonly made_by: number | null;
  readonly at: string;
}

export const findReplay = (db: Knex, id: number): Promise<ReplayRow | undefined> =>
  db('replay').where({ id }).first() as unknown as Promise<ReplayRow | undefined>;

export const listReports = (
  db: Knex,
  editionId: number,
): Promise<Pick<ReplayRow, 'id' | 'at' | 'report'>[]> =>
  db('replay')
    .where({ edition_id: editionId, state: 'done' })
    .orderBy('id', 'desc')
    .select('id', 'at', db.raw(`(report::json)->>'title' as report`));
