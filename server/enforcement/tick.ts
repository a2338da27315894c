import { statutoryPeriods, type StatutoryPeriod } from '../../shared/rules/deadlines/statutory.ts';
import type { Deps } from '../kernel/deps.ts';
import { listDue, plan, postpone, takeDue, type Due } from '../kernel/due.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { serveByAnnouncement } from './acts-decision.ts';
import { chairInvestigated } from './acts-hearing.ts';
import { dueKinds, holdFile, noteFile, periodEnd, stepFile } from './file-steps.ts';
import { endPeriods, findNotice, insertPeriod, periodsOf } from './store.ts';

const batch = 32;
const retryMs = 30_000;

/** What a due order does; the room of incidents has it (re-inspection). */
type OrderDue = (tx: Tx, orderId: number) => Promise<void>;

/** What other rooms do when something of this one falls due; given by app.ts. */
export interface EnforcementRung {
  readonly orderDue: OrderDue;
  /** A period of the organ's own ran out: somebody must know. */
  readonly periodOver: (tx: Tx, incidentId: number, fileId: number, period: StatutoryPeriod) => Promise<void>;
}

/** Does what is due: notices that run out, statutory periods, orders to correct. */
export async function tickEnforcement(deps: Deps, rung: EnforcementRung): Promise<void> {
  const at = deps.now();
  for (;;) {
    const rows = await listDue(deps.db, Object.values(dueKinds), at, batch);
    for (const row of rows) await once(deps, row, rung);
    if (rows.length < batch) return;
  }
}

async function once(deps: Deps, row: Due, rung: EnforcementRung): Promise<void> {
  try {
    await transact(deps, systemActor, async (tx) => {
      if (await takeDue(tx.db, row.id)) await handle(tx, row, rung);
    });
  } catch (error) {
    deps.log.error({ error, kind: row.kind, subject: row.subject }, 'a due row could not be handled');
    const at = deps.now();
    await postpone(deps.db, row.id, at + retryMs);
  }
}

async function handle(tx: Tx, { kind, subject }: Due, rung: EnforcementRung): Promise<void> {
  const [, id, period, startedAt] = subject.split('/');
  if (kind === dueKinds.order) return rung.orderDue(tx, Number(id));
  if (kind === dueKinds.notice) return expireNotice(tx, Number(id));
  return endPeriod(tx, Number(id), period as StatutoryPeriod, Number(startedAt), rung);
}

async function expireNotice(tx: Tx, fileId: number): Promise<void> {
  const { file } = await holdFile(tx, fileId);
  const notice = await findNotice(tx.db, fileId);
  if (file.state !== 'notice_posted' || !notice || tx.at < Date.parse(notice.due_at)) return;
  await stepFile(tx, file, 'notice.expired', { noticeDue: true });
}

/** A period ran out. One that was reckoned without the calendar of its year is reckoned again first. */
async function endPeriod(
  tx: Tx,
  fileId: number,
  period: StatutoryPeriod,
  startedAt: number,
  rung: EnforcementRung,
): Promise<void> {
  const { file } = await holdFile(tx, fileId);
  const running = (await periodsOf(tx.db, fileId)).find(
    (one) => one.period === period && Date.parse(one.startedAt) === startedAt && one.endedAt === null,
  );
  if (!running) return;
  const end = await periodEnd(tx, period, startedAt);
  if (end.endsAt > tx.at) {
    await insertPeriod(tx.db, { fileId, period, startedAt, ...end });
    return void (await plan(tx.db, dueKinds.period, `file/${fileId}/${period}/${startedAt}`, end.endsAt));
  }
  await endPeriods(tx.db, fileId, tx.at, [period]);
  const told = await noteFile(tx, file, 'period.ended', {}, period);
  if (period === 'announceService') return serveByAnnouncement(tx, told, end.endsAt);
  if (!statutoryPeriods[period].party && period !== 'announceHearing')
    await rung.periodOver(tx, file.incident_id, fileId, period);
  const { progress } = told;
  // five working days without a word: the party was heard as far as the law asks (64(1))
  if (period === 'askHearing' && told.state === 'told' && !progress.hearingRequestedAt)
    await stepFile(
      tx,
      told,
      'statement.taken',
      { statement: 'period_over', hearingRequested: false, chairInvestigated: chairInvestigated(told) },
      { progress: { statement: 'period_over' } },
    );
}
