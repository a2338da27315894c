import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { decide, type StoredDecision } from '../../shared/rules/dispatch/record.ts';

/*
 * Decisions as they are kept: exact text, append-only. The record is what was decided and shown, the
 * situation is what the core was given; `rerun` of the one gives the other, byte for byte.
 */

/** SHA-256 of a kept text, hex. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Decisions about an incident, oldest first, each with the version of the settings that its hash names. */
export async function listDecisions(
  db: Knex,
  incidentId: number,
): Promise<{ id: number; body: string; policyVersion: number }[]> {
  const found = await db.raw(
    `select d.id, d.body, coalesce((select p.version from policy p
         where p.hash = d.policy_hash and p.approved_at is not null and p.effective_at <= d.at
         order by p.effective_at desc, p.version desc limit 1), 0) "policyVersion"
     from decision d where d.incident_id = ? order by d.id`,
    [incidentId],
  );
  return (found.rows as { id: unknown; body: string; policyVersion: number }[]).map((row) => ({
    ...row,
    id: Number(row.id),
  }));
}

/** Text of the last decision about one line of an incident. */
export async function lastDecision(db: Knex, incidentId: number, line: number): Promise<string | undefined> {
  const row = await db('decision')
    .where('incident_id', incidentId)
    .whereRaw(`(body::jsonb->'incident'->>'line')::int = ?`, [line])
    .orderBy('id', 'desc')
    .first('body');
  return row?.body as string | undefined;
}

/** Decides and writes the record, which no offer carries; answers its number and the hash that goes into the ledger. */
export async function insertDecision(
  db: Knex,
  incidentId: number,
  stored: StoredDecision,
): Promise<{ id: number; hash: string }> {
  const { kind, actor, policyHash } = stored.head;
  const body = JSON.stringify(decide(stored));
  const [row] = await db('decision')
    .insert({
      incident_id: incidentId,
      kind,
      at: new Date(stored.at),
      actor_id: actor === 'automatic' ? null : actor,
      policy_hash: policyHash,
      body,
      situation: JSON.stringify(stored),
    })
    .returning('id');
  return { id: Number(row.id), hash: textHash(body) };
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
