import type { Knex } from 'knex';
import type { Appeal } from '../../shared/contract/field-steps.ts';

/** All SQL that names overdue_appeal. */

type Review = NonNullable<Appeal['firstReview']>;

interface AppealRow {
  incident_id: number;
  text: string;
  submitted_by: number;
  submitted_at: string;
  answer_by: string;
  first_review: Review | null;
  second_review: Review | null;
  result: 'approved' | 'refused' | null;
  escalated_at: string | null;
}

const viewOf = (row: AppealRow): Appeal =>
  ({
    incidentId: row.incident_id,
    text: row.text,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    answerBy: row.answer_by,
    firstReview: row.first_review,
    secondReview: row.second_review,
    result: row.result,
    escalatedAt: row.escalated_at,
  }) as Appeal;

/** The appeal of an incident; there is at most one. */
export async function findAppeal(db: Knex, incidentId: number): Promise<Appeal | null> {
  const row = await db<AppealRow>('overdue_appeal').where({ incident_id: incidentId }).first();
  return row ? viewOf(row) : null;
}

/** Appeals of some incidents, by incident. */
export const appealsOf = async (db: Knex, incidentIds: readonly number[]): Promise<Map<number, Appeal>> =>
  new Map(
    (await db<AppealRow>('overdue_appeal').whereIn('incident_id', [...incidentIds])).map((row) => [
      row.incident_id,
      viewOf(row),
    ]),
  );

export const insertAppeal = (
  db: Knex,
  a: { incidentId: number; text: string; by: number; at: number; answerBy: number },
) =>
  db('overdue_appeal').insert({
    incident_id: a.incidentId,
    text: a.text,
    submitted_by: a.by,
    submitted_at: new Date(a.at),
    answer_by: new Date(a.answerBy),
  });

/** Writes an answer, and until when the next one is due. */
export const writeReview = (
  db: Knex,
  incidentId: number,
  w: {
    level: 'first' | 'second';
    review: Review;
    result: 'approved' | 'refused' | null;
    answerBy: number | null;
  },
) =>
  db('overdue_appeal')
    .where({ incident_id: incidentId })
    .update({
      [`${w.level}_review`]: JSON.stringify(w.review),
      result: w.result,
      ...(w.answerBy !== null && { answer_by: new Date(w.answerBy), escalated_at: null }),
    });

export const escalateAppeal = (db: Knex, incidentId: number, at: number) =>
  db('overdue_appeal')
    .where({ incident_id: incidentId })
    .update({ escalated_at: new Date(at) });
