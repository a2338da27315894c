import type { Knex } from 'knex';

/** All SQL that writes policy; the moment of a decision reads the one in force by itself. */

export interface PolicyRow {
  version: number;
  body: string;
  hash: string;
  effective_at: string;
  reason: string;
  proposed_by: number;
  proposed_at: string;
  approved_by: number | null;
  approved_at: string | null;
  withdrawn_by: number | null;
  withdrawn_at: string | null;
}

/** Versions that rule at an instant or have ruled before, the one in force first. */
const effective = (db: Knex, at: number) =>
  db('policy')
    .whereNotNull('approved_at')
    .whereNull('withdrawn_at')
    .where('effective_at', '<=', new Date(at))
    .orderBy([
      { column: 'effective_at', order: 'desc' },
      { column: 'version', order: 'desc' },
    ]);

/** The policy in force at an instant. */
export const findPolicy = (db: Knex, at: number): Promise<{ version: number; hash: string } | undefined> =>
  effective(db, at).first('version', 'hash');

/** The policy that would rule at an instant without one version. */
export const findPolicyBefore = (
  db: Knex,
  at: number,
  version: number,
): Promise<{ version: number; hash: string } | undefined> =>
  effective(db, at).whereNot({ version }).first('version', 'hash');

export const findPolicyBody = async (db: Knex, version: number): Promise<string> =>
  (await db('policy').where({ version }).first('body')).body as string;

/** Every version, newest first. */
export const listPolicies = (db: Knex): Promise<PolicyRow[]> =>
  db<PolicyRow>('policy').orderBy('version', 'desc');

/** True when a version waits for its approval or for its time. */
export const policiesToCome = async (db: Knex, at: number): Promise<boolean> =>
  (await db('policy')
    .whereNull('withdrawn_at')
    .where((query) => query.whereNull('approved_at').orWhere('effective_at', '>', new Date(at)))
    .first('version')) !== undefined;

export const lockPolicy = (db: Knex, version: number): Promise<PolicyRow | undefined> =>
  db<PolicyRow>('policy').where({ version }).forUpdate().first();

export async function insertPolicy(
  db: Knex,
  policy: { body: string; hash: string; effectiveAt: number; reason: string; at: number; by: number },
): Promise<PolicyRow> {
  const [row] = await db('policy')
    .insert({
      body: policy.body,
      hash: policy.hash,
      effective_at: new Date(policy.effectiveAt),
      reason: policy.reason,
      proposed_by: policy.by,
      proposed_at: new Date(policy.at),
    })
    .returning('*');
  return row as PolicyRow;
}

export async function updatePolicy(
  db: Knex,
  version: number,
  change: Partial<Record<keyof PolicyRow, unknown>>,
): Promise<PolicyRow> {
  const [row] = await db('policy').where({ version }).update(change).returning('*');
  return row as PolicyRow;
}
