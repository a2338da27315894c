import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type {
  NumberedKind,
  PaperBlockSchema,
  TakeBlockSchema,
  VoidNumberSchema,
} from '../../shared/contract/papers.ts';
import { dayOf, yearOf } from '../../shared/rules/calendar.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { sealOf } from './seal.ts';
import {
  listBlocks,
  lockNumber,
  numbersOf,
  takeBlock,
  useNumber,
  voidNumber,
  type BlockRow,
} from './store-numbers.ts';
import { readSettings } from './store-settings.ts';

type Block = z.output<typeof PaperBlockSchema>;

/** Token of a notice's public page: 192 bits that only the key of the house can make from the number. */
export const tokenOf = (deps: Deps, number: string): string => sealOf(deps).mark('notice', number);
export const tokenHashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
/** Path of the public status page of a notice. */
export const statusPathOf = (deps: Deps, number: string): string => `/n/${tokenOf(deps, number)}`;

async function take(tx: Tx, kind: NumberedKind, count: number, device: string) {
  const { numberPrefix } = await readSettings(tx.db);
  const year = yearOf(dayOf(tx.at));
  return takeBlock(tx.db, { kind, year, count, device, by: tx.actor.id, at: tx.at }, (n) => {
    const number = `${numberPrefix[kind]}〔${year}〕第${String(n).padStart(5, '0')}号`;
    return { number, tokenHash: kind === 'inquiry_notice' ? tokenHashOf(tokenOf(tx.deps, number)) : null };
  });
}

/** A device takes numbers ahead, so that it can issue papers without a network. */
export async function takeNumbers(tx: Tx, body: z.output<typeof TakeBlockSchema>): Promise<Block> {
  const { block, numbers } = await take(tx, body.kind, body.count, body.device);
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  tx.announce('block.taken', `block/${block.id}`, { kind: body.kind, first, last, device: body.device });
  return (await blocksOf(tx, [block]))[0]!;
}

/**
 * Uses a number for a paper: one that the device had, or the next one. A number is used once, by whoever took it, for
 * its own kind, and never before it was taken.
 */
export async function spendNumber(
  tx: Tx,
  kind: NumberedKind,
  subject: string,
  wanted: string | undefined,
  doneAt: number,
): Promise<string> {
  const number = wanted ?? (await take(tx, kind, 1, 'server')).numbers[0]!;
  const row = await lockNumber(tx.db, number);
  const own = row && (wanted === undefined || row.person_id === tx.actor.id);
  if (!row || !own || row.kind !== kind) throw new Refused('number_unknown', { number, kind });
  if (row.state !== 'free') throw new Refused('number_spent', { number, state: row.state });
  if (wanted !== undefined && doneAt < Date.parse(row.taken_at))
    throw new Refused('done_at_invalid', { number, takenAt: row.taken_at });
  await useNumber(tx.db, number, subject, tx.at);
  return number;
}

/** A spoilt or lost number is recorded, never handed out again. */
export async function voidPaperNumber(tx: Tx, { number, reason }: z.output<typeof VoidNumberSchema>) {
  const row = await lockNumber(tx.db, number);
  if (!row || (row.person_id !== tx.actor.id && tx.actor.role !== 'head'))
    throw new Refused('number_unknown', { number });
  if (row.state !== 'free') throw new Refused('number_spent', { number, state: row.state });
  await voidNumber(tx.db, number, reason, tx.actor.id, tx.at);
  tx.announce('number.voided', `block/${row.block_id}`, { number, reason });
  return { number, state: 'void' as const, statusPath: null };
}

/** Blocks with what became of each number: an officer's own, or everybody's for whoever watches. */
export async function listNumbers(tx: Pick<Tx, 'db' | 'deps'>, personId: number | null): Promise<Block[]> {
  return blocksOf(tx, await listBlocks(tx.db, personId));
}

async function blocksOf(tx: Pick<Tx, 'db' | 'deps'>, blocks: readonly BlockRow[]): Promise<Block[]> {
  const numbers = await numbersOf(
    tx.db,
    blocks.map(({ id }) => id),
  );
  return blocks.map((block) => ({
    id: block.id,
    kind: block.kind,
    device: block.device,
    takenAt: block.taken_at,
    numbers: numbers
      .filter((one) => one.block_id === block.id)
      .map(({ number, state }) => ({
        number,
        state,
        statusPath: block.kind === 'inquiry_notice' ? statusPathOf(tx.deps, number) : null,
      })),
  }));
}
