import type { z } from 'zod';
import type { AnswerAppealSchema, Appeal, SubmitAppealSchema } from '../../shared/contract/field-steps.ts';
import { wasLate } from '../../shared/rules/deadlines/late.ts';
import { instantAtShare, startClock } from '../../shared/rules/deadlines/run.ts';
import { may } from '../../shared/rules/permissions.ts';
import { assignmentsOf } from '../dispatch/store.ts';
import { plan, type Due } from '../kernel/due.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { workingTime } from './deadline.ts';
import { holdIncidentRow, stepIncident } from './steps.ts';
import { lockIncident, readIncidentView } from './store.ts';
import { escalateAppeal, findAppeal, insertAppeal, writeReview } from './store-appeals.ts';

/** Kind of the due row of an appeal that waits for an answer: incident/ID. */
export const appealDue = 'incidents.appeal';

/** Working days in which each level answers (assumed: no rule names any). */
const answerDays = 3;

const subject = (id: number): string => `incident/${id}`;

async function planAnswer(tx: Tx, incidentId: number): Promise<number> {
  const time = await workingTime(tx.db, tx.at);
  const run = startClock(time, { clock: 'work_day', amount: answerDays }, tx.at);
  const answerBy = instantAtShare(time, run, 1)?.at ?? tx.at + answerDays * 86_400_000;
  await plan(tx.db, appealDue, subject(incidentId), answerBy);
  return answerBy;
}

async function tell(
  tx: Tx,
  type: 'appeal.submitted' | 'appeal.reviewed' | 'appeal.escalated',
  id: number,
): Promise<Appeal> {
  const appeal = (await findAppeal(tx.db, id))!;
  tx.announce(type, subject(id), { incident: await readIncidentView(tx.db, id), appeal });
  return appeal;
}

/** 超时申诉 by the leader of the team that handled a closed incident late: once, whatever comes of it. */
export async function submitAppeal(
  tx: Tx,
  id: number,
  { text }: z.output<typeof SubmitAppealSchema>,
): Promise<Appeal> {
  const row = await holdIncidentRow(tx, id);
  const handled = (await assignmentsOf(tx.db, id)).findLast(
    (one) => one.is_lead && one.state === 'completed',
  );
  const { role, id: personId, teamId } = tx.actor;
  refuseIf(may({ role, personId, teamId }, 'assignment.answer', { teamId: handled?.team_id ?? null }));
  const before = await findAppeal(tx.db, id);
  await stepIncident(tx, row, 'appeal.submitted', {
    overdue: wasLate(row),
    appealsBefore: before ? 1 : 0,
    reason: text,
  });
  const answerBy = await planAnswer(tx, id);
  await insertAppeal(tx.db, { incidentId: id, text, by: personId!, at: tx.at, answerBy });
  return tell(tx, 'appeal.submitted', id);
}

/** The room answers first, the head what the room endorsed; a refusal at either level is final. */
export async function answerAppeal(
  tx: Tx,
  id: number,
  { approve, text }: z.output<typeof AnswerAppealSchema>,
  quieted: (tx: Tx, incidentId: number) => Promise<void>,
): Promise<Appeal> {
  const row = await holdIncidentRow(tx, id);
  const appeal = await findAppeal(tx.db, id);
  if (!appeal) throw new Refused('request_unknown', { incidentId: id });
  await stepIncident(tx, row, 'appeal.reviewed', {
    appealOpen: appeal.result === null,
    appealReviewedBy: appeal.firstReview ? 'dispatcher' : null,
  });
  const level = appeal.firstReview ? 'second' : 'first';
  const goesOn = approve && level === 'first';
  await writeReview(tx.db, id, {
    level,
    review: { approved: approve, text, by: tx.actor.id as never, at: new Date(tx.at).toISOString() },
    result: goesOn ? null : approve ? 'approved' : 'refused',
    answerBy: goesOn ? await planAnswer(tx, id) : null,
  });
  await quieted(tx, id);
  return tell(tx, 'appeal.reviewed', id);
}

/** Nobody answered in time: told once for each level; true when somebody is to be called. */
export async function appealOverdue(
  tx: Tx,
  { subject: about }: Pick<Due, 'subject'>,
): Promise<number | null> {
  const id = Number(about.split('/')[1]);
  if (!(await lockIncident(tx.db, id))) return null;
  const appeal = await findAppeal(tx.db, id);
  if (!appeal || appeal.result !== null || appeal.escalatedAt !== null || Date.parse(appeal.answerBy) > tx.at)
    return null;
  await escalateAppeal(tx.db, id, tx.at);
  await tell(tx, 'appeal.escalated', id);
  return id;
}
