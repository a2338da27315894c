import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { EventActor, FactData, FactType } from '../../shared/contract/events.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { isUnavailable } from './database.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';

/** On whose behalf a command runs. `teamId` is the team of the person's present duty. */
export interface Actor {
  readonly kind: EventActor['kind'];
  readonly id: number | null;
  readonly name: string;
  readonly role: Role;
  readonly teamId: number | null;
}

/** The product's own clock at work: ticks and automatic decisions. */
export const systemActor: Actor = { kind: 'system', id: null, name: 'system', role: 'system', teamId: null };

/** One command = one transaction = one instant = one actor. */
export interface Tx {
  readonly db: Knex.Transaction;
  readonly deps: Deps;
  readonly actor: Actor;
  /** Instant of the command, milliseconds UTC: the same for everything that it writes. */
  readonly at: number;
  /** The idempotency key, or a fresh one for acts that nobody repeats. */
  readonly key: string;
  /** The same command going on for somebody else: what follows by itself is the system's act, not the caller's. */
  as(actor: Actor): Tx;
  /** Collects a fact; facts are numbered and written last, just before the commit. */
  announce<T extends FactType>(type: T, subject: string, data: FactData<T>): void;
}

/** The repeated call: same key and body get the stored answer, another body is refused. */
export interface Idempotent {
  readonly key: string;
  readonly route: string;
  readonly body: unknown;
}

interface Fact {
  readonly type: string;
  readonly subject: string;
  readonly body: string;
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Hash of one link of the chain: SHA-256(prev ‖ seq as 8 bytes ‖ type ‖ body), over the exact stored text. */
export function linkHash(prev: Buffer, seq: number, type: string, body: string): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return sha256(prev, number, type, body);
}

/**
 * Runs a command. Everything it wrote and every fact it announced commit together; facts get consecutive
 * numbers without a gap from the one-row clock, which is held only across the commit. A refusal rolls back.
 * Retries once when the database asks for it and repeating is safe (serialisation, deadlock, lost connection
 * with an idempotency key).
 */
export async function transact<T>(
  deps: Deps,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  idempotent?: Idempotent,
): Promise<T> {
  try {
    return await attempt(deps, actor, work, idempotent);
  } catch (error) {
    if (!retryable(error, idempotent !== undefined)) throw error;
    deps.log.warn({ code: (error as { code?: string }).code }, 'transaction tried once more');
    return attempt(deps, actor, work, idempotent);
  }
}

async function attempt<T>(
  deps: Deps,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  idempotent: Idempotent | undefined,
): Promise<T> {
  const facts: Fact[] = [];
  const at = deps.now();
  deps.fault('before-begin');
  const answer = await deps.db.transaction(async (db) => {
    if (idempotent) {
      const stored = await takeKey(db, actor, idempotent, at);
      if (stored !== undefined) return JSON.parse(stored) as T;
    }
    const key = idempotent?.key ?? deps.newId();
    const txOf = (who: Actor): Tx => ({
      db,
      deps,
      actor: who,
      at,
      key,
      as: txOf,
      announce(type, subject, data) {
        const { kind, id, name } = who;
        const event = { v: 1, at: new Date(at).toISOString(), subject, actor: { kind, id, name }, data };
        facts.push({ type, subject, body: JSON.stringify(event) });
      },
    });
    const result = await work(txOf(actor));
    const answered = idempotent && { key: idempotent.key, answer: JSON.stringify(result) };
    deps.fault('before-commit');
    await append(db, facts, at, answered);
    return result;
  });
  deps.fault('after-commit');
  if (facts.length > 0) deps.wake.ring();
  return answer;
}

/** Takes the key, waiting for a twin under way; answers the stored text when the act was done before. */
async function takeKey(
  db: Knex.Transaction,
  actor: Actor,
  { key, route, body }: Idempotent,
  at: number,
): Promise<string | undefined> {
  const bodyHash = sha256(JSON.stringify(body ?? null));
  const taken = await db('idempotency')
    .insert({ key, person_id: actor.id, route, body_hash: bodyHash, at: new Date(at) })
    .onConflict('key')
    .ignore()
    .returning('key');
  if (taken.length > 0) return undefined;
  const row = await db('idempotency').where({ key }).first();
  if (!row || row.person_id !== actor.id || row.route !== route || !bodyHash.equals(row.body_hash)) {
    throw new Refused('key_reused', { key });
  }
  return row.answer as string;
}

/**
 * Writes the answer under its key and the facts with their numbers and hashes, and commits, in one message to the
 * database: the clock row, through which all commands go one by one, is never held while this process has other work.
 * The query builder's own commit then finds nothing to do. Texts go as base64, since a message of several statements
 * carries no values.
 */
async function append(
  db: Knex.Transaction,
  facts: readonly Fact[],
  at: number,
  answered: { readonly key: string; readonly answer: string } | undefined,
): Promise<void> {
  if (facts.length === 0) {
    if (answered) await db.raw('update idempotency set answer = :answer where key = :key', answered);
    return;
  }
  const parts = [
    answered &&
      `update idempotency set answer = ${literal(answered.answer)} where key = ${literal(answered.key)}::uuid`,
    `select append_facts(${literal(new Date(at).toISOString())}::timestamptz, ${literal(JSON.stringify(facts))}::json)`,
    'commit',
  ];
  await db.raw(parts.filter(Boolean).join('; '));
}

/** A text inside a statement; no text can end it. */
const literal = (text: string): string =>
  `convert_from(decode('${Buffer.from(text).toString('base64')}', 'base64'), 'UTF8')`;

/** Errors after which the same command may run once more: nothing of it was committed, or the key guards it. */
function retryable(error: unknown, keyed: boolean): boolean {
  const { code } = error as { code?: unknown };
  return code === '40001' || code === '40P01' || (keyed && isUnavailable(error));
}
