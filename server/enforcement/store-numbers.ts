import type { Knex } from 'knex';
import type { NumberedKind } from '../../shared/contract/papers.ts';

/** All SQL that names paper_series, paper_block and paper_number. */

export interface BlockRow {
  id: number;
  kind: NumberedKind;
  year: number;
  first: number;
  last: number;
  device: string;
  person_id: number | null;
  taken_at: string;
}

export interface NumberRow {
  kind: NumberedKind;
  year: number;
  n: number;
  number: string;
  block_id: number;
  state: 'free' | 'used' | 'void';
  person_id: number | null;
  taken_at: string;
}

/** Takes the next `count` numbers of a series; the locked row of the series leaves no gap and gives none twice. */
export async function takeBlock(
  db: Knex,
  block: { kind: NumberedKind; year: number; count: number; device: string; by: number | null; at: number },
  write: (n: number) => { number: string; tokenHash: Buffer | null },
): Promise<{ block: BlockRow; numbers: string[] }> {
  const found = await db.raw(
    `insert into paper_series (kind, year, next) values (:kind, :year, 1 + :count::int)
     on conflict (kind, year) do update set next = paper_series.next + :count::int returning next`,
    { kind: block.kind, year: block.year, count: block.count },
  );
  const next = found.rows[0].next as number;
  const [row] = await db('paper_block')
    .insert({
      kind: block.kind,
      year: block.year,
      first: next - block.count,
      last: next - 1,
      device: block.device,
      person_id: block.by,
      taken_at: new Date(block.at),
    })
    .returning('*');
  const numbers = Array.from({ length: block.count }, (_, i) => {
    const n = next - block.count + i;
    const { number, tokenHash } = write(n);
    return {
      kind: block.kind,
      year: block.year,
      n,
      block_id: row.id as number,
      number,
      token_hash: tokenHash,
    };
  });
  await db('paper_number').insert(numbers);
  return { block: row as BlockRow, numbers: numbers.map(({ number }) => number) };
}

/** Loads and locks a number with the block that it came in. */
export async function lockNumber(db: Knex, number: string): Promise<NumberRow | undefined> {
  const found = await db.raw(
    `select n.kind, n.year, n.n, n.number, n.block_id, n.state, b.person_id, b.taken_at
     from paper_number n join paper_block b on b.id = n.block_id where n.number = ? for update of n`,
    [number],
  );
  return found.rows[0] as NumberRow | undefined;
}

export const useNumber = (db: Knex, number: string, subject: string, at: number) =>
  db('paper_number')
    .where({ number })
    .update({ state: 'used', subject, ended_at: new Date(at) });

export const voidNumber = (db: Knex, number: string, reason: string, by: number | null, at: number) =>
  db('paper_number')
    .where({ number })
    .update({ state: 'void', void_reason: reason, void_by: by, ended_at: new Date(at) });

/** Blocks (of one person, or all), newest first. */
export const listBlocks = (db: Knex, personId: number | null, limit = 100): Promise<BlockRow[]> => {
  const query = db<BlockRow>('paper_block').orderBy('id', 'desc').limit(limit);
  return personId === null ? query : query.where({ person_id: personId });
};

export const numbersOf = (
  db: Knex,
  blockIds: readonly number[],
): Promise<{ block_id: number; n: number; number: string; state: NumberRow['state'] }[]> =>
  db('paper_number')
    .whereIn('block_id', [...blockIds])
    .orderBy(['kind', 'year', 'n'])
    .select('block_id', 'n', 'number', 'state');
