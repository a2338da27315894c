import type { FileAct } from '../../shared/contract/file-acts.ts';
import { dayOf, dayOfDate } from '../../shared/rules/calendar.ts';
import { statutoryPeriods, type StatutoryPeriod } from '../../shared/rules/deadlines/statutory.ts';
import { cashRefusal, daysLate, lateSumYuan } from '../../shared/rules/penalties/payment.ts';
import { Refused } from '../kernel/refused.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { crewAt } from './crew.ts';
import { instantOf, noteFile, periodEnd, startPeriod, stepFile, type Held } from './file-steps.ts';
import { makeDemandLetter } from './papers-of-file.ts';
import { takePartyHand } from './signing.ts';
import {
  bankPayments,
  findDecision,
  handInPayments,
  insertPayment,
  paidOn,
  revokeDecision,
  type DecisionRow,
} from './store-amounts.ts';
import { inHand } from './store-measures.ts';
import { endRemedies, insertRemedy, remediesOf } from './store-remedies.ts';
import { endPeriods, periodsOf, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

/**
 * What is owed on a decision at an instant, yuan: the fine, what was paid, and the sum for lateness (72①(1)) without the
 * days of a review or a lawsuit (73③).
 */
export async function dueOn(tx: Pick<Tx, 'db'>, fileId: number, decision: DecisionRow, at: number) {
  const fine = decision.amount_yuan ?? 0;
  const period = (await periodsOf(tx.db, fileId)).findLast((one) => one.period === 'pay');
  const paid = await paidOn(tx.db, decision.id);
  const gains = decision.gains_yuan ?? 0;
  const fully = paid.yuan >= fine + gains;
  const until = fully && paid.lastAt ? Date.parse(paid.lastAt) : at;
  const suspended = (await remediesOf(tx.db, fileId)).map(
    ({ startedAt, endedAt }) =>
      [dayOf(Date.parse(startedAt)), dayOf(endedAt === null ? at : Date.parse(endedAt))] as const,
  );
  const late = period ? lateSumYuan(fine, daysLate(dayOfDate(period.lastDate), dayOf(until), suspended)) : 0;
  return {
    fine,
    gains,
    paid: paid.yuan,
    late,
    payBy: period?.endsAt ?? null,
    settled: paid.yuan >= fine + gains + late,
  };
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
  await endPeriods(tx.db, file.id, tx.at, ['registerDecision']);
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
  if (act.amountYuan > before.fine + before.gains + before.late - before.paid + 1e-9)
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

/** Cash taken on the spot reached the organ (71); the bank is next. */
export async function handInCash(tx: Tx, { file }: Held): Promise<FileRow> {
  const decision = await cashDecisionOf(tx, file);
  if ((await handInPayments(tx.db, decision.id, tx.at, tx.actor.id!)) === 0)
    throw new Refused('transition_illegal', { fileId: file.id, event: 'cash.handed_in' });
  const late = await isOver(tx, file.id, 'handInCash');
  await endPeriods(tx.db, file.id, tx.at, ['handInCash']);
  await startPeriod(tx, file, 'bankCash', tx.at);
  return noteFile(tx, file, 'cash.handed_in', {}, '', { late });
}

/** The organ paid the cash in at the bank (71). */
export async function bankCash(tx: Tx, { file }: Held, act: Act<'bank_cash'>): Promise<FileRow> {
  const decision = await cashDecisionOf(tx, file);
  if ((await bankPayments(tx.db, decision.id, tx.at, act.slip)) === 0)
    throw new Refused('transition_illegal', { fileId: file.id, event: 'cash.banked' });
  const late = await isOver(tx, file.id, 'bankCash');
  await endPeriods(tx.db, file.id, tx.at, ['bankCash']);
  return noteFile(tx, file, 'cash.banked', {}, '', { late });
}

/** Money that was taken is handed on whatever became of the decision. */
async function cashDecisionOf(tx: Tx, file: FileRow): Promise<DecisionRow> {
  const decision = await findDecision(tx.db, file.id);
  if (!decision) throw new Refused('transition_illegal', { fileId: file.id, state: file.state });
  return decision;
}

const isOver = async (tx: Tx, fileId: number, period: StatutoryPeriod): Promise<boolean> => {
  const last = (await periodsOf(tx.db, fileId)).findLast((one) => one.period === period);
  return last !== undefined && tx.at >= Date.parse(last.endsAt);
};

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
  return {
    registered: file.progress.registeredAt !== undefined,
    ...(settled && { settled }),
    measuresOpen: (await inHand(tx, file.id)).running.length > 0,
    demandOver: await isOver(tx, file.id, 'demandCourt'),
    remedyOpen: (await remediesOf(tx.db, file.id)).some(({ endedAt }) => endedAt === null),
  };
}

/** Periods that end with a file; cash that was taken is still to be handed on. */
const unlessCash = (Object.keys(statutoryPeriods) as StatutoryPeriod[]).filter(
  (period) => !['handInCash', 'bankCash', 'seize', 'seizeExtended', 'approveUrgent'].includes(period),
);

async function closeWith(tx: Tx, file: FileRow, facts: Awaited<ReturnType<typeof settledFacts>>) {
  const moved = await stepFile(tx, file, 'file.closed', facts);
  await endPeriods(tx.db, file.id, tx.at, unlessCash);
  return moved;
}

export const close = async (tx: Tx, { file }: Held, act: Act<'close'>): Promise<FileRow> =>
  closeWith(tx, file, await settledFacts(tx, file, act.enforced));

/** A decision of social influence was published (48). */
export async function publish(tx: Tx, { file }: Held): Promise<FileRow> {
  await decisionOf(tx, file);
  // the public does not read of a decision before its party does
  if (!['served', 'enforcing', 'closed'].includes(file.state) || file.progress.publishedAt)
    throw new Refused('transition_illegal', {
      fileId: file.id,
      state: file.state,
      event: 'decision.published',
    });
  const progress = { publishedAt: new Date(tx.at).toISOString() };
  return noteFile(tx, file, 'decision.published', { progress });
}

/** What was published of a revoked decision is taken back, with the reasons, within three working days (48②). */
export async function withdrawPublication(
  tx: Tx,
  { file }: Held,
  act: Act<'withdraw_publication'>,
): Promise<FileRow> {
  const { publishedAt, withdrawnAt } = file.progress;
  if (file.state !== 'revoked' || !publishedAt || withdrawnAt)
    throw new Refused('transition_illegal', {
      fileId: file.id,
      state: file.state,
      event: 'publication.withdrawn',
    });
  const late = await isOver(tx, file.id, 'withdrawPublished');
  await endPeriods(tx.db, file.id, tx.at, ['withdrawPublished']);
  const progress = { withdrawnAt: new Date(tx.at).toISOString() };
  return noteFile(tx, file, 'publication.withdrawn', { progress }, act.reason, { late });
}

/** Not paid in time: 3 % a day, and a demand letter (催告书) before the court is asked (72, 行政强制法 54). */
export async function enforce(tx: Tx, { file, incident }: Held): Promise<FileRow> {
  const decision = await decisionOf(tx, file);
  const owed = await dueOn(tx, file.id, decision, tx.at);
  const paymentOverdue =
    decision.kind === 'fine' && !owed.settled && owed.payBy !== null && tx.at >= Date.parse(owed.payBy);
  const progress = { demandedAt: new Date(tx.at).toISOString() };
  const moved = await stepFile(tx, file, 'enforcement.started', { paymentOverdue }, { progress });
  await makeDemandLetter(tx, {
    incident,
    file: moved,
    decision,
    owed: owed.fine + owed.gains + owed.late - owed.paid,
  });
  return moved;
}

/** The demand letter was served: ten working days run, and only then the court may be asked (行政强制法 54). */
export async function serveDemand(
  tx: Tx,
  { file, incident }: Held,
  act: Act<'serve_demand'>,
): Promise<FileRow> {
  const { demandedAt, demandServedAt } = file.progress;
  if (file.state !== 'enforcing' || demandedAt === undefined || demandServedAt !== undefined)
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event: 'demand.served' });
  const at = instantOf(tx, act.doneAt, demandedAt);
  await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], at);
  await takePartyHand(tx, { subject: `file/${file.id}`, purpose: 'demand', at }, act.party);
  // an announced letter counts as served on the last of thirty days
  const servedAt = act.mode === 'announcement' ? (await periodEnd(tx, 'announceService', at)).endsAt - 1 : at;
  await startPeriod(tx, file, 'demandCourt', servedAt);
  const progress = { demandServedAt: new Date(servedAt).toISOString(), demandServiceMode: act.mode };
  return noteFile(tx, file, 'demand.served', { progress }, '', { at });
}

/** A review or a lawsuit against the decision begins; it is not stopped by it, but the days are not counted (73). */
export async function noteRemedy(tx: Tx, { file }: Held, act: Act<'note_remedy'>): Promise<FileRow> {
  const decision = await decisionOf(tx, file);
  const startedAt = remedyInstant(tx, act.at, decision.decided_at);
  const written = await insertRemedy(tx.db, {
    fileId: file.id,
    remedy: act.remedy,
    startedAt,
    by: tx.actor.id!,
  });
  if (written.length === 0)
    throw new Refused('transition_illegal', {
      fileId: file.id,
      event: 'remedy.sought',
      guard: 'remedy_single',
    });
  return noteFile(tx, file, 'remedy.sought', {}, act.remedy);
}

/** The review or the lawsuit is over and the decision stands; otherwise it is revoked. */
export async function endRemedy(tx: Tx, { file }: Held, act: Act<'end_remedy'>): Promise<FileRow> {
  const open = (await remediesOf(tx.db, file.id)).find(
    ({ remedy, endedAt }) => remedy === act.remedy && endedAt === null,
  );
  if (!open) throw new Refused('transition_illegal', { fileId: file.id, event: 'remedy.ended' });
  await endRemedies(tx.db, file.id, remedyInstant(tx, act.at, open.startedAt), act.remedy);
  return noteFile(tx, file, 'remedy.ended', {}, act.remedy);
}

function remedyInstant(tx: Tx, text: string | undefined, after: string): number {
  const at = text === undefined ? tx.at : Date.parse(text);
  if (at > tx.at || at < Date.parse(after))
    throw new Refused('done_at_invalid', { at: text, earliest: after });
  return at;
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
  await endRemedies(tx.db, file.id, tx.at);
  await endPeriods(tx.db, file.id, tx.at, unlessCash);
  if (file.progress.publishedAt) await startPeriod(tx, file, 'withdrawPublished', tx.at);
  return moved;
}
