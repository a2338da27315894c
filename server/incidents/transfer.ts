import type { z } from 'zod';
import type { TransferSchema } from '../../shared/contract/field-steps.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { findEvidence } from '../enforcement/store-evidence.ts';
import type { Tx } from '../kernel/transact.ts';
import type { FieldTasks } from './field-tasks.ts';
import { holdIncidentRow, stepIncident } from './steps.ts';
import { readIncidentView } from './store.ts';
import { insertTransfer } from './store-field.ts';

/** 移送: out of the list, recalled, a suspected crime, another organ's; the other organ's receipt is kept. */
export async function transferIncident(
  tx: Tx,
  id: number,
  body: z.output<typeof TransferSchema>,
  tasks: FieldTasks,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const photo = body.receiptEvidenceId && (await findEvidence(tx.db, body.receiptEvidenceId));
  const kept = photo ? photo.incidentId === id : false;
  await stepIncident(
    tx,
    row,
    'incident.transferred',
    { reason: body.reason, receiptKept: body.receipt !== '' || kept },
    { closed_at: new Date(tx.at), liability: 'transferred', hold_until: null, held_at: null },
  );
  await insertTransfer(tx.db, {
    incidentId: id,
    to: body.to,
    reason: body.reason,
    ground: body.ground,
    receipt: body.receipt,
    receiptEvidenceId: kept ? body.receiptEvidenceId! : null,
    by: tx.actor.id!,
    at: tx.at,
  });
  const present = await tasks.leaveAll(tx, id, body.reason);
  const incident = await readIncidentView(tx.db, id);
  tx.announce('incident.transferred', `incident/${id}`, {
    incident,
    ...(present && { assignment: present.assignment, team: present.team }),
    to: body.to,
    reason: body.reason,
  });
  return incident;
}
