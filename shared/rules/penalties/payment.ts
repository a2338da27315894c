import type { Procedure } from '../../contract/enforcement.ts';

/**
 * Sum for late payment: 3 % of the fine a day, at most the fine itself (行政处罚法 72①(1)). In whole fen, so that no rounding is carried along.
 */
export function lateSumYuan(fineYuan: number, daysLate: number): number {
  const fen = Math.round(fineYuan * 100);
  const days = Math.max(0, Math.floor(daysLate));
  return Math.min(fen, Math.round((fen * 3 * days) / 100)) / 100;
}

/**
 * Days late between the last day of payment and the day paid (day numbers). Days of a review or a lawsuit, both ends
 * included, are left out, each once (73③).
 */
export function daysLate(
  lastDay: number,
  paidDay: number,
  suspended: readonly (readonly [first: number, last: number])[] = [],
): number {
  let days = Math.max(0, paidDay - lastDay);
  let counted = lastDay;
  for (const [first, last] of suspended.toSorted((a, b) => a[0] - b[0])) {
    const from = Math.max(first, counted + 1);
    const to = Math.min(last, paidDay);
    if (to < from) continue;
    days -= to - from + 1;
    counted = to;
  }
  return days;
}

export type CashRefusal = 'cash_unlawful' | 'receipt_missing';

/** What a cashier on the spot must show. */
export interface CashCase {
  readonly procedure: Procedure;
  readonly amountYuan: number;
  /** Hard to collect later (68(2)). */
  readonly hardToCollect: boolean;
  /** Remote place, and the party asks for it (69). */
  readonly remoteAndRequested: boolean;
  /** A receipt of the finance department is at hand; without it the party may refuse to pay (70). */
  readonly financeReceipt: boolean;
}

/** May the officers take the money themselves? Null when they may; the deciding and collecting bodies are separate (67). */
export function cashRefusal(cash: CashCase): CashRefusal | null {
  const onTheSpot = cash.procedure === 'simple' && (cash.amountYuan <= 100 || cash.hardToCollect);
  if (!onTheSpot && !cash.remoteAndRequested) return 'cash_unlawful';
  return cash.financeReceipt ? null : 'receipt_missing';
}

/** Which remedy text a decision carries. An on-the-spot decision goes to reconsideration first (行政复议法 23①(1)): never shared. */
export const remedyTextKey = (procedure: 'simple' | 'ordinary') =>
  procedure === 'simple' ? 'remedy_reconsideration_first' : 'remedy_free_choice';
