import type { FileAct } from '../../shared/contract/file-acts.ts';
import { dayOf, dayOfDate } from '../../shared/rules/calendar.ts';
import { cashRefusal, daysLate, lateSumYuan } from '../../shared/rules/penalties/payment.ts';
import { Refused } from '../kernel/refused.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { noteFile, startPeriod, stepFile, type Held } from './file-steps.ts';
import { findDecision, insertPayment, paidOn, revokeDecision, type DecisionRow } from './store-amounts.ts';
import { endPeriods, periodsOf, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

/** What is owed on a decision at an instant, yuan: the fine, what was paid, and the sum for lateness (72①(1)). */
export async function dueOn(tx: Pick<Tx, 'db'>, fileId: number, decision: DecisionRow, at: number) {
  const fine = decision.amount_yuan ?? 0;
  const period = (await periodsOf(tx.db, fileId)).findLast((one) => one.period === 'pay');
  const paid = await paidOn(tx.db, decision.id);
  const fully = paid.yuan >= fine;
  const until = fully && paid.lastAt ? Date.parse(paid.lastAt) : at;
  const late = period
    ? lateSumYuan(fine, Math.max(0, daysLate(dayOfDate(period.lastDate), dayOf(until))))
    : 0;
  return { fine, paid: paid.yuan, late, payBy: period?.endsAt ?? null, settled: paid.yuan >= fine + late };
}

async function decisionOf(tx: Tx, file: FileRow): Promise<DecisionRow> {
  const decision = await findDecision(tx.db, file.id);
  if (!decision || decision.revoked_at !== null)
    throw new Refused('transition_illegal', {
      fileId: file.id,
      state: file.state,
      guard: 'decision_standing',
    });
  return decision;
}

/** Registered with the organ (52③). */
export async function registerDecision(tx: Tx, { file }: Held): Promise<FileRow> {
  await decisionOf(tx, file);
  if (!['served', 'enforcing'].includes(file.state) || file.progress.registeredAt)
    throw new Refused('transition_illegal', {
      fileId: file.id,
      state: file.state,
      event: 'decision.registered',
    });
  const progress = { registeredAt: new Date(tx.at).toISOString() };
  return closeByItself(tx, await noteFile(tx, file, 'decision.registered', { progress }));
}

/** Money came in. Cash on the spot only within 68 to 70, and handed in within two working days (71). */
export async function pay(tx: Tx, { file }: Held, act: Act<'pay'>): Promise<FileRow> {
  const decision = await decisionOf(tx, file);
  if (!['served', 'enforcing'].includes(file.state) || decision.kind !== 'fine')
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event: 'payment.taken' });
  const cash = act.channel === 'cash_on_spot';
  if (cash) {
    const refusal = cashRefusal({
      procedure: file.procedure,
      amountYuan: decision.amount_yuan ?? 0,
      hardToCollect: act.cashGround === 'hard_to_collect',
      remoteAndRequested: act.cashGround === 'remote_requested',
      financeReceipt: act.receiptNumber !== '',
    });
    if (refusal || act.cashGround === undefined)
      throw new Refused(refusal ?? 'cash_unlawful', {
        fileId: file.id,
        articles: '行政处罚法第六十八条至第七十条',
      });
  }
  if (act.receiptNumber === '') throw new Refused('receipt_missing', { fileId: file.id });
  const paidAt = act.paidAt === undefined ? tx.at : Date.parse(act.paidAt);
  if (paidAt > tx.at || paidAt < Date.parse(decision.decided_at))
    throw new Refused('done_at_invalid', { paidAt: act.paidAt });
  const before = await dueOn(tx, file.id, decision, paidAt);
  if (act.amountYuan > before.fine + before.late - before.paid + 1e-9)
    throw new Refused('payment_excessive', { fileId: file.id });
  const written = await insertPayment(tx.db, {
    decisionId: decision.id,
    channel: act.channel,
    amountYuan: act.amountYuan,
    receiptNumber: act.receiptNumber,
    cashGround: cash ? act.cashGround! : null,
    paidAt,
    by: tx.actor.id!,
  });
  if (written.length === 0) throw new Refused('receipt_spent', { receiptNumber: act.receiptNumber });
  if (cash) await startPeriod(tx, file, 'handInCash', paidAt);
  const paid = await noteFile(tx, file, 'payment.taken', {}, act.channel);
  if ((await dueOn(tx, file.id, decision, paidAt)).settled) await endPeriods(tx.db, file.id, tx.at, ['pay']);
  return closeByItself(tx, paid);
}

/** A simple file ends by itself when it is registered and settled; an ordinary one is closed by the head (结案审批). */
async function closeByItself(tx: Tx, file: FileRow): Promise<FileRow> {
  if (file.procedure !== 'simple') return file;
  const facts = await settledFacts(tx, file, false);
  if (!facts.registered || facts.settled === undefined) return file;
  return closeWith(tx.as(systemActor), file, facts);
}

async function settledFacts(tx: Tx, file: FileRow, enforced: boolean) {
  const decision = await decisionOf(tx, file);
  const paid = decision.kind === 'fine' && (await dueOn(tx, file.id, decision, tx.at)).settled;
  const settled =
    decision.kind === 'warning'
      ? ('warning_only' as const)
      : paid
        ? ('paid' as const)
        : enforced && file.state === 'enforcing'
          ? ('enforced' as const)
          : undefined;
  return { registered: file.progress.registeredAt !== undefined, ...(settled && { settled }) };
}

async function closeWith(tx: Tx, file: FileRow, facts: Awaited<ReturnType<typeof settledFacts>>) {
  const moved = await stepFile(tx, file, 'file.closed', facts);
  await endPeriods(tx.db, file.id, tx.at);
  return moved;
}

export const close = async (tx: Tx, { file }: Held, act: Act<'close'>): Promise<FileRow> =>
  closeWith(tx, file, await settledFacts(tx, file, act.enforced));

/** A decision of social influence was published (48). */
export async function publish(tx: Tx, { file }: Held): Promise<FileRow> {
  await decisionOf(tx, file);
  if (tx.actor.role !== 'head') throw new Refused('action_forbidden', { act: 'publish' });
  const progress = { publishedAt: new Date(tx.at).toISOString() };
  return noteFile(tx, file, 'decision.published', { progress });
}

/** Not paid in time: 3 % a day, a written demand, after ten working days the court (72, 行政强制法 54). */
export async function enforce(tx: Tx, { file }: Held): Promise<FileRow> {
  const decision = await decisionOf(tx, file);
  const owed = await dueOn(tx, file.id, decision, tx.at);
  const paymentOverdue =
    decision.kind === 'fine' && !owed.settled && owed.payBy !== null && tx.at >= Date.parse(owed.payBy);
  const progress = { demandedAt: new Date(tx.at).toISOString() };
  const moved = await stepFile(tx, file, 'enforcement.started', { paymentOverdue }, { progress });
  await startPeriod(tx, file, 'demandCourt', tx.at);
  return moved;
}

/** Review or court; a published decision is withdrawn within three working days (48②). */
export async function revoke(tx: Tx, { file }: Held, act: Act<'revoke'>): Promise<FileRow> {
  await decisionOf(tx, file);
  const moved = await stepFile(
    tx,
    file,
    'decision.revoked',
    { reviewOutcome: act.outcome, reason: act.reason },
    { progress: { revokedBecause: act.reason } },
    act.reason,
  );
  await revokeDecision(tx.db, file.id, tx.at);
  await endPeriods(tx.db, file.id, tx.at);
  if (file.progress.publishedAt) await startPeriod(tx, file, 'withdrawPublished', tx.at);
  return moved;
}
