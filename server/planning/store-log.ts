import type { Knex } from 'knex';
import type { LogEntry } from '../../shared/contract/planning.ts';

/** All SQL about a draft's log. Rows are only added. */

interface OpRow {
  readonly seq: number;
  readonly body: string;
  readonly at: string;
}

const entryOf = ({ seq, body, at }: OpRow): LogEntry => ({ seq, at, ...JSON.parse(body) }) as LogEntry;

/** Entries after a number, in order. */
export async function entriesAfter(
  db: Knex,
  editionId: number,
  after: number,
  limit = 100_000,
): Promise<LogEntry[]> {
  const rows = await db('edition_op')
    .where({ edition_id: editionId })
    .andWhere('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .select('seq', 'body', 'at');
  return (rows as OpRow[]).map(entryOf);
}

/** Adds entries; the caller holds the edition's row. */
export async function appendEntries(
  db: Knex,
  editionId: number,
  entries: readonly { opId: string; authorId: number; kind: string; entry: LogEntry }[],
): Promise<void> {
  if (entries.length === 0) return;
  await db('edition_op').insert(
    entries.map(({ opId, authorId, kind, entry: { seq, at, ...body } }) => ({
      edition_id: editionId,
      seq,
      op_id: opId,
      author_id: authorId,
      kind,
      body: JSON.stringify(body),
      at,
    })),
  );
}

/** Numbers of operations that the log holds already, by their ids. */
export async function knownOperations(
  db: Knex,
  editionId: number,
  opIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db('edition_op')
    .where({ edition_id: editionId })
    .whereIn('op_id', [...opIds])
    .select('op_id', 'seq');
  return new Map(rows.map((row) => [row.op_id as string, row.seq as number]));
}

/** Everybody who wrote an entry. */
export const authorsOf = async (db: Knex, editionId: number): Promise<number[]> =>
  (await db('edition_op').where({ edition_id: editionId }).distinct('author_id')).map(
    (row) => row.author_id as number,
  );

/** The last numbers of some drafts. */
export async function lastSeqs(db: Knex, editionIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db('edition')
    .whereIn('id', [...editionIds])
    .select('id', 'op_seq');
  return new Map(rows.map((row) => [row.id as number, row.op_seq as number]));
}
