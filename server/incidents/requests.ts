import type { z } from 'zod';
import type { DeadlineRequest, RequestTimeSchema } from '../../shared/contract/field-steps.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { incidentTransition } from '../../shared/rules/lifecycle/incident.ts';
import { may } from '../../shared/rules/permissions.ts';
import { activeLeads } from '../dispatch/store.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { holdIncident } from './commands.ts';
import { extendRun } from './deadline.ts';
import { factsOf, holdIncidentRow, stepIncident } from './steps.ts';
import { readIncidentView } from './store.ts';
import { decideRequest, findRequest, insertRequest, lockRequest, requestView } from './store-field.ts';

const subject = (id: number) => `incident/${id}`;

/** The team that has the incident asks for more time (延期) or for a rest of the clock (挂账). */
export async function requestTime(
  tx: Tx,
  id: number,
  body: z.output<typeof RequestTimeSchema>,
): Promise<DeadlineRequest> {
  const row = await holdIncidentRow(tx, id);
  const lead = (await activeLeads(tx.db, [id])).get(id);
  const { role, id: personId, teamId } = tx.actor;
  refuseIf(may({ role, personId, teamId }, 'assignment.answer', { teamId: lead?.team_id ?? null }));
  // what could not be granted is not asked
  const minutes = body.kind === 'hold' ? body.minutes : null;
  const event = body.kind === 'hold' ? 'incident.held' : 'deadline.extended';
  const asked = incidentTransition(row.state, event, 'dispatcher', {
    ...factsOf(row, tx.at),
    reason: body.reason,
    ...(minutes !== null && { holdDays: minutes / 1440 }),
  });
  if (!asked.ok) {
    const { code, ...detail } = asked.refusal;
    throw new Refused(code, { incidentId: id, state: row.state, event, ...detail });
  }
  const written = await insertRequest(tx.db, {
    incidentId: id,
    kind: body.kind,
    minutes,
    reason: body.reason,
    by: tx.actor.id!,
    at: tx.at,
  });
  if (!written) throw new Refused('request_open', { incidentId: id, kind: body.kind });
  const request = requestView(written);
  tx.announce('deadline.requested', subject(id), { incident: await readIncidentView(tx.db, id), request });
  return request;
}

/** The room or the head decides; a refusal counts for nothing. */
export async function answerTime(
  tx: Tx,
  requestId: number,
  { approve, text }: { approve: boolean; text: string },
): Promise<DeadlineRequest> {
  const found = await findRequest(tx.db, requestId);
  if (!found) throw new Refused('request_unknown', { requestId });
  await holdIncidentRow(tx, found.incident_id);
  const row = (await lockRequest(tx.db, requestId))!;
  if (row.decided_at !== null) throw new Refused('request_decided', { requestId, approved: row.approved });
  if (row.requested_by === tx.actor.id) throw new Refused('action_forbidden', { guard: 'approver_other' });
  const decided = await decideRequest(tx.db, requestId, {
    approved: approve,
    text,
    by: tx.actor.id,
    at: tx.at,
  });
  const request = requestView(decided);
  if (!approve) {
    const incident = await readIncidentView(tx.db, row.incident_id);
    tx.announce('deadline.refused', subject(row.incident_id), { incident, request });
  } else if (row.kind === 'hold') await holdIncident(tx, row.incident_id, row.minutes!, row.reason);
  else await extendIncident(tx, row.incident_id, row.reason);
  return request;
}

/** 延期: at most two, each adds one original limit to the present deadline; never once it has passed. */
export async function extendIncident(tx: Tx, id: number, reason: string): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(
    tx,
    row,
    'deadline.extended',
    { reason },
    { extensions: row.extensions + 1, ...(await extendRun(tx.db, row, tx.at)) },
  );
  tx.announce('deadline.extended', subject(id), { incident, reason });
  return incident;
}
