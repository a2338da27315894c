import type { Knex } from 'knex';
import type { Policy } from '../../shared/contract/dispatch.ts';
import { defaultPolicy } from '../../shared/rules/dispatch/policy.ts';
import { canonicalText } from '../../shared/rules/dispatch/record.ts';
import { textHash } from './store-decisions.ts';
import { findPolicy, findPolicyBody } from './store-policies.ts';

/** The settings that a decision is made under; the hash goes into its record. Version 0 is the default. */
export interface PolicyInForce {
  readonly version: number;
  readonly hash: string;
  readonly policy: Policy;
}

const start: PolicyInForce = {
  version: 0,
  hash: textHash(canonicalText(defaultPolicy)),
  policy: defaultPolicy,
};

/** Parsed documents by their hash: the same text is the same policy, in every process and town. */
const parsed = new Map<string, Policy>();

/** What a transaction has read once: its instant is one, so its policy is. Forgotten when a command changes it. */
const read = new WeakMap<Knex, PolicyInForce>();

/** The policy in force at an instant: the approved one that became effective last. */
export async function policyAt(db: Knex, at: number): Promise<PolicyInForce> {
  const known = db.isTransaction ? read.get(db) : undefined;
  if (known) return known;
  const found = await loadPolicy(db, at);
  if (db.isTransaction) read.set(db, found);
  return found;
}

/** What a transaction learnt on the way is its policy. */
export function notePolicy(db: Knex, inForce: PolicyInForce): void {
  if (db.isTransaction) read.set(db, inForce);
}

/** The next look of this transaction reads the policy again. */
export const forgetPolicy = (db: Knex): boolean => read.delete(db);

const loadPolicy = async (db: Knex, at: number): Promise<PolicyInForce> =>
  policyOf(db, await findPolicy(db, at));

/** The document of a version; without one the default. */
export async function policyOf(
  db: Knex,
  row: { readonly version: number; readonly hash: string } | undefined,
): Promise<PolicyInForce> {
  if (!row) return start;
  const known = parsed.get(row.hash);
  if (known) return { ...row, policy: known };
  const policy = JSON.parse(await findPolicyBody(db, row.version)) as Policy;
  parsed.set(row.hash, policy);
  return { ...row, policy };
}
