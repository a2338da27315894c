import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/*
 * Decisions and policies as they are kept: exact text, append-only. The record is what was decided and shown, the
 * situation is what the core was given; `rerun` of the one gives the other, byte for byte.
 */

/** SHA-256 of a kept text, hex. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Decisions about an incident, oldest first. */
export async function listDecisions(db: Knex, incidentId: number): Promise<{ id: number; body: string }[]> {
  const rows = await db('decision').where({ incident_id: incidentId }).orderBy('id').select('id', 'body');
  return rows.map((row) => ({ id: Number(row.id), body: row.body as string }));
}

/** Exact texts of these decisions, by number. */
export const decisionTexts = async (db: Knex, ids: readonly number[]): Promise<Map<number, string>> =>
  new Map(
    (
      await db('decision')
        .whereIn('id', [...ids])
        .select('id', 'body')
    ).map((row) => [Number(row.id), row.body as string]),
  );

/** The newest policy that is effective at an instant. */
export const findPolicy = (db: Knex, at: number): Promise<{ version: number; hash: string } | undefined> =>
  db('policy').where('effective_at', '<=', new Date(at)).orderBy('version', 'desc').first('version', 'hash');

export const findPolicyBody = async (db: Knex, version: number): Promise<string> =>
  (await db('policy').where({ version }).first('body')).body as string;

export async function insertPolicy(
  db: Knex,
  policy: { body: string; hash: string; at: number; by: number | null },
): Promise<number> {
  const [row] = await db('policy')
    .insert({
      body: policy.body,
      hash: policy.hash,
      effective_at: new Date(policy.at),
      changed_by: policy.by,
    })
    .returning('version');
  return row.version as number;
}
