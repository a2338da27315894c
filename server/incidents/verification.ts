import type { IncidentView } from '../../shared/contract/incidents.ts';
import { evidenceOfIncidents } from '../enforcement/store-evidence.ts';
import { filesOfIncidents } from '../enforcement/store.ts';
import type { Tx } from '../kernel/transact.ts';
import type { FieldTasks } from './field-tasks.ts';
import { holdIncidentRow, stepIncident } from './steps.ts';
import { readIncidentView } from './store.ts';
import { familyOf, insertVerification } from './store-field.ts';

const subject = (id: number) => `incident/${id}`;

/** 核实: what the public, a camera or another office reports is looked at first, by the nearest who may. */
export async function requestVerification(tx: Tx, id: number, tasks: FieldTasks): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(tx, row, 'verification.requested', {});
  tx.announce('verification.requested', subject(id), { incident });
  await tasks.offerBeside(tx, id, 'verify');
  return readIncidentView(tx.db, id);
}

/** What was found there. That there is nothing needs a photo of the place, taken by whoever says so. */
export async function completeVerification(
  tx: Tx,
  id: number,
  { result, text }: { result: 'exists' | 'not_exists' | 'unclear'; text: string },
  tasks: FieldTasks,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const evidence = await evidenceOfIncidents(tx.db, await familyOf(tx.db, id));
  const photos = evidence.filter((one) => one.capturedBy === tx.actor.id).length;
  const incident = await stepIncident(
    tx,
    row,
    'verification.completed',
    { verificationResult: result, verificationPhotos: photos },
    // somebody was there and found it: the place is what it was said to be
    result === 'exists' ? { doubts: [] } : {},
  );
  await insertVerification(tx.db, { incidentId: id, result, photos, text, by: tx.actor.id!, at: tx.at });
  const told = await tasks.finishBeside(tx, id, 'verify', result);
  tx.announce('verification.completed', subject(id), { ...told, incident, result, text });
  return incident;
}

/** Files that are not at their end: while one stands, nothing is trivial. */
const ended = ['closed', 'no_penalty', 'transferred', 'revoked'];

/** 即查即改: a trifle that was put right on the spot, with a photo before and one after. */
export async function settleIncident(
  tx: Tx,
  id: number,
  body: { disposition: string; liability: 'none' | 'education' | 'order_only' },
  photos: { before: number; after: number },
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const files = await filesOfIncidents(tx.db, await familyOf(tx.db, id));
  const incident = await stepIncident(
    tx,
    row,
    'incident.settled',
    {
      penaltyOpen: files.some(({ state }) => !ended.includes(state)),
      photosBefore: photos.before,
      photosAfter: photos.after,
    },
    {
      closed_at: new Date(tx.at),
      handled_at: new Date(tx.at),
      handled_by: tx.actor.id,
      liability: body.liability,
    },
  );
  tx.announce('incident.settled', subject(id), { incident, disposition: body.disposition });
  return incident;
}
