import type { z } from 'zod';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { CorrectionOrder } from '../../shared/contract/enforcement.ts';
import type {
  ConfirmCorrectionSchema,
  FailCorrectionSchema,
  OrderCorrectionSchema,
} from '../../shared/contract/field-steps.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import { validSigners } from '../../shared/rules/lifecycle/penalty-file-guards.ts';
import { findIncident, findMatter, lockIncident, type IncidentRow } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { doneAtOf } from '../kernel/done-at.ts';
import { plan } from '../kernel/due.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { articlesOf } from './articles.ts';
import { signersOf } from './crew.ts';
import { photosOf } from './evidence.ts';
import { dueKinds } from './file-steps.ts';
import { spendNumber } from './numbers.ts';
import { makeOrderPaper } from './papers-of-file.ts';
import { takePartyHand, takeSignatures } from './signing.ts';
import {
  endOrder,
  findOrder,
  insertOrder,
  nextOrderId,
  orderView,
  ordersOf,
  type OrderRow,
} from './store-orders.ts';

interface Told {
  readonly incident: IncidentView;
  readonly assignment: AssignmentView;
  readonly team: TeamView;
}

/** What the room of dispatch does when an order is given and looked at again; given by app.ts. */
export interface CorrectionTasks {
  orderServed(tx: Tx, incidentId: number, facts: IncidentFacts): Promise<Told>;
  reinspected(
    tx: Tx,
    incidentId: number,
    event: 'correction.confirmed' | 'correction.failed',
    facts: IncidentFacts,
    change: Record<string, unknown>,
  ): Promise<Told>;
  offerBeside(tx: Tx, incidentId: number, kind: 'correct'): Promise<number | null>;
}

const subject = (id: number): string => `incident/${id}`;

/**
 * 责令改正: signed by two, numbered, served; the re-inspection comes by itself when the time is over. Crew, papers and the
 * time to correct go by when it was handed over, also where the phone tells of it later.
 */
export async function orderCorrection(
  tx: Tx,
  incidentId: number,
  body: z.output<typeof OrderCorrectionSchema>,
  tasks: CorrectionTasks,
): Promise<CorrectionOrder> {
  const incident = await lockIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const at = doneAtOf(tx, body.doneAt, Date.parse(incident.reported_at));
  const dueAt = Date.parse(body.dueAt);
  if (dueAt <= at) throw new Refused('due_at_invalid', { dueAt: body.dueAt });
  await refusePowerless(tx, incident, at);
  const id = await nextOrderId(tx.db);
  const signing = {
    subject: `order/${id}`,
    purpose: 'order',
    incidentId,
    at,
    together: true,
  } as const;
  const crew = await takeSignatures(tx, signing, body.signatures);
  const facts = { licensedSigners: validSigners(signersOf(crew)), orderServed: body.served };
  const told = await tasks.orderServed(tx, incidentId, facts);
  const number = await spendNumber(tx, 'correction_order', `order/${id}`, body.number, at);
  const order = await insertOrder(tx.db, {
    id,
    incidentId,
    number,
    text: body.text,
    basis: body.basis,
    servedAt: at,
    dueAt,
    teamId: told.assignment.teamId,
  });
  await takePartyHand(tx, signing, body.party);
  await plan(tx.db, dueKinds.order, `order/${id}`, dueAt);
  tx.announce('correction.ordered', subject(incidentId), { ...told, dueAt: order.due_at });
  await makeOrderPaper(tx, {
    incident,
    orderId: id,
    number,
    text: body.text,
    basis: body.basis,
    dueAt,
    crew,
    partyName: body.partyName,
    at,
  });
  return orderView(order);
}

/** An order by an organ without the power is void (行政处罚法 38): nothing is ordered on a matter that the town does not hold. */
async function refusePowerless(tx: Tx, { id, matter_code }: IncidentRow, at: number): Promise<void> {
  if (matter_code === null) return;
  const now = await findMatter(tx.db, matter_code, at);
  if (now?.status !== 'delegated')
    throw new Refused('matter_recalled', { incidentId: id, articles: articlesOf('matter_recalled') });
}

async function openOrder(tx: Tx, incidentId: number): Promise<OrderRow> {
  const order = (await ordersOf(tx.db, await familyOf(tx.db, incidentId))).findLast(
    (one) => one.outcome === null,
  );
  if (!order) throw new Refused('order_unknown', { incidentId });
  return order;
}

/** Corrected: a photo after, on the same spot. */
export async function confirmCorrection(
  tx: Tx,
  incidentId: number,
  { liability, doneAt }: z.output<typeof ConfirmCorrectionSchema>,
  tasks: CorrectionTasks,
): Promise<CorrectionOrder> {
  await lockIncident(tx.db, incidentId);
  const order = await openOrder(tx, incidentId);
  const at = doneAtOf(tx, doneAt, Date.parse(order.served_at));
  const photos = await photosOf(tx.db, incidentId);
  const told = await tasks.reinspected(
    tx,
    incidentId,
    'correction.confirmed',
    {
      correctionOutcome: 'corrected',
      photosAfter: photos.after,
      spotMetres: photos.spotMetres,
      liability,
    },
    { handled_at: new Date(at), handled_by: tx.actor.id, liability },
  );
  await endOrder(tx.db, order.id, 'corrected', tx.actor.id, at);
  tx.announce('correction.confirmed', subject(incidentId), told);
  return orderView((await findOrder(tx.db, order.id))!);
}

/** Refused, or not done when its time was over: this alone opens the second step of a two-step matter. */
export async function failCorrection(
  tx: Tx,
  incidentId: number,
  { outcome, doneAt }: z.output<typeof FailCorrectionSchema>,
  tasks: CorrectionTasks,
): Promise<CorrectionOrder> {
  await lockIncident(tx.db, incidentId);
  const order = await openOrder(tx, incidentId);
  const at = doneAtOf(tx, doneAt, Date.parse(order.served_at));
  if (outcome === 'expired' && at < Date.parse(order.due_at))
    throw new Refused('guard_unmet', { incidentId, guard: 'order_due', dueAt: order.due_at });
  const facts = { correctionOutcome: outcome };
  const told = await tasks.reinspected(tx, incidentId, 'correction.failed', facts, {});
  await endOrder(tx.db, order.id, outcome, tx.actor.id, at);
  tx.announce('correction.failed', subject(incidentId), { ...told, outcome });
  return orderView((await findOrder(tx.db, order.id))!);
}

/** The time of an order is over: the nearest team looks again, first the one that gave it. */
export async function orderDue(tx: Tx, orderId: number, tasks: CorrectionTasks): Promise<void> {
  const order = await findOrder(tx.db, orderId);
  if (!order || order.outcome !== null) return;
  const incident = await findIncident(tx.db, order.incident_id);
  if (incident?.state === 'correction_pending') await tasks.offerBeside(tx, incident.id, 'correct');
}
