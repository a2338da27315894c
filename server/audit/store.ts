import type { Knex } from 'knex';
import type { LedgerEvent } from '../../shared/contract/events.ts';

/** All SQL that reads the ledger. Only kernel/transact.ts writes it. */

interface Row {
  seq: number;
  body: string;
  type: string;
}

/** A stored fact as it goes over the wire. */
export const eventOf = (row: Row): LedgerEvent =>
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
