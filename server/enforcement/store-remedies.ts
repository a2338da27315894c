import type { Knex } from 'knex';
import type { PenaltyFileView, RemedyKind } from '../../shared/contract/enforcement.ts';

/** All SQL that names penalty_remedy. */

/** Writes that a remedy goes on; nothing is written when one of its kind is open. */
export const insertRemedy = (
  db: Knex,
  r: { fileId: number; remedy: RemedyKind; startedAt: number; by: number },
) =>
  db('penalty_remedy')
    .insert({ file_id: r.fileId, remedy: r.remedy, started_at: new Date(r.startedAt), recorded_by: r.by })
    .onConflict(db.raw('(file_id, remedy) where ended_at is null'))
    .ignore()
    .returning('id');

/** Reviews and lawsuits against the decision of a file, oldest first. */
export const remediesOf = async (db: Knex, fileId: number): Promise<PenaltyFileView['remedies']> =>
  (await db('penalty_remedy').where({ file_id: fileId }).orderBy(['started_at', 'id'])).map((row) => ({
    remedy: row.remedy as RemedyKind,
    startedAt: row.started_at as string,
    endedAt: row.ended_at as string | null,
  }));

/** Ends the open remedies of a file, or the one of a kind. */
export const endRemedies = (db: Knex, fileId: number, at: number, remedy?: RemedyKind): Promise<number> =>
  db('penalty_remedy')
    .where({ file_id: fileId, ...(remedy && { remedy }) })
    .whereNull('ended_at')
    .update({ ended_at: new Date(at) });
