import type { Knex } from 'knex';
import type { FactData } from '../../shared/contract/events.ts';
import { decisionTexts, textHash } from '../dispatch/store-decisions.ts';
import { linkHash } from '../kernel/transact.ts';
import { chainAfter, readClock } from './store.ts';

export interface ChainReport {
  readonly ok: boolean;
  readonly head: number;
  readonly checked: number;
  /** One sentence a fault: which number, what is wrong. */
  readonly faults: string[];
}

/**
 * Walks the whole ledger: numbers without a gap, each link's hash over the exact stored text, the columns
 * equal to what the text says, the stored decisions as the facts hashed them, and the clock at the last link. A cut-off
 * tail shows against the clock row.
 */
export async function verifyChain(db: Knex, batch = 2000): Promise<ChainReport> {
  const faults: string[] = [];
  let prev: Buffer = Buffer.alloc(32);
  let seq = 0;
  for (;;) {
    const rows = await chainAfter(db, seq, batch);
    if (rows.length === 0) break;
    faults.push(...(await decisionFaults(db, rows)));
    for (const row of rows) {
      if (row.seq !== seq + 1) faults.push(`${seq + 1}: missing, the next is ${row.seq}`);
      if (!prev.equals(row.prev)) faults.push(`${row.seq}: does not follow the link before`);
      if (!linkHash(row.prev, row.seq, row.type, row.body).equals(row.hash))
        faults.push(`${row.seq}: text changed`);
      const said = JSON.parse(row.body) as { at: string; subject: string };
      if (said.at !== row.at || said.subject !== row.subject)
        faults.push(`${row.seq}: columns differ from the text`);
      seq = row.seq;
      prev = row.hash;
    }
  }
  const clock = await readClock(db);
  if (clock.seq !== seq || !clock.hash.equals(prev))
    faults.push(`${clock.seq}: the clock stands past the last link ${seq}`);
  return { ok: faults.length === 0, head: clock.seq, checked: seq, faults: faults.slice(0, 100) };
}

/** Decisions whose stored explanation is not the one that was announced with the offer, or with nobody to go. */
async function decisionFaults(
  db: Knex,
  rows: readonly { readonly seq: number; readonly type: string; readonly body: string }[],
): Promise<string[]> {
  const offers = rows.flatMap(({ seq, type, body }) => {
    if (type !== 'assignment.offered' && type !== 'incident.queued') return [];
    const { data } = JSON.parse(body) as {
      data: FactData<'assignment.offered'> | FactData<'incident.queued'>;
    };
    const id = 'assignment' in data ? data.assignment.decisionId : data.decisionId;
    return data.decisionHash ? [{ seq, id: id as number, decisionHash: data.decisionHash }] : [];
  });
  const texts = await decisionTexts(
    db,
    offers.map(({ id }) => id),
  );
  return offers
    .filter(({ id, decisionHash }) => textHash(texts.get(id) ?? '') !== decisionHash)
    .map(({ seq, id }) => `${seq}: the text of decision ${id} changed`);
}
