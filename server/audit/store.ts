import type { Knex } from 'knex';
import type { EventOf, FactType, LedgerEvent } from '../../shared/contract/events.ts';

/** All SQL that reads the ledger. Only kernel/transact.ts writes it. */

interface Row {
  seq: number;
  subject: string;
  body: string;
  type: string;
}

/** A stored fact as it goes over the wire. */
export const eventOf = (row: Omit<Row, 'subject'>): LedgerEvent =>
  ({ seq: row.seq, type: row.type, ...JSON.parse(row.body) }) as LedgerEvent;

/** Facts after a number, in order. */
export async function eventsAfter(db: Knex, since: number, limit: number): Promise<LedgerEvent[]> {
  const rows = await db<Row>('event')
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .select('seq', 'body', 'type');
  return rows.map(eventOf);
}

/** Facts about one subject, oldest first. */
export async function eventsAbout(db: Knex, subject: string, limit: number): Promise<LedgerEvent[]> {
  const rows = await db<Row>('event')
    .where({ subject })
    .orderBy('seq')
    .limit(limit)
    .select('seq', 'body', 'type');
  return rows.map(eventOf);
}

/** Facts of one kind since an instant (ms), about one subject or all, oldest first. */
export async function eventsOfType<T extends FactType>(
  db: Knex,
  type: T,
  { subject, since }: { readonly subject?: string; readonly since: number },
): Promise<EventOf<T>[]> {
  const query = db<Row>('event')
    .where({ type })
    .where('at', '>=', new Date(since))
    .orderBy('seq')
    .select('seq', 'body', 'type');
  if (subject !== undefined) void query.where({ subject });
  return (await query).map(eventOf) as EventOf<T>[];
}

/** The newest fact of these kinds about one subject. */
export async function newestAbout<T extends FactType>(
  db: Knex,
  subject: string,
  types: readonly T[],
): Promise<{ [K in T]: EventOf<K> }[T] | undefined> {
  const row = await db<Row>('event')
    .where({ subject })
    .whereIn('type', [...types])
    .orderBy('seq', 'desc')
    .first('seq', 'body', 'type');
  return row && (eventOf(row) as { [K in T]: EventOf<K> }[T]);
}

/** How far back a follower may resume: so many facts, so many hours. Beyond it a snapshot is the shorter way. */
export const keptWindow = { facts: 20_000, ms: 24 * 3_600_000 } as const;

/** True when a follower who holds `since` misses more than the kept window. */
export async function outsideWindow(db: Knex, since: number, head: number, at: number): Promise<boolean> {
  if (since >= head) return false;
  if (head - since > keptWindow.facts) return true;
  const first = await db('event')
    .where({ seq: since + 1 })
    .first('at');
  return first === undefined || Date.parse(first.at as string) < at - keptWindow.ms;
}

/** Number of the last fact; 0 in an empty ledger. */
export const head = async (db: Knex): Promise<number> =>
  ((await db('event_clock').first('seq'))?.seq as number | undefined) ?? 0;

export interface ChainRow {
  seq: number;
  at: string;
  type: string;
  subject: string;
  body: string;
  prev: Buffer;
  hash: Buffer;
}

/** Links of the chain after a number, in order, for verification. */
export const chainAfter = (db: Knex, since: number, limit: number): Promise<ChainRow[]> =>
  db('event').where('seq', '>', since).orderBy('seq').limit(limit).select('*');

/** The clock row: number and hash of the last link. */
export const readClock = (db: Knex): Promise<{ seq: number; hash: Buffer }> =>
  db('event_clock').first('seq', 'hash');
