import type { z } from 'zod';
import type { DeclareRecusalSchema, RecusalSchema } from '../../shared/contract/field-steps.ts';
import { insertRecusal } from '../auth/store.ts';
import { listLicensed } from '../auth/store-licences.ts';
import { familyOf } from '../incidents/store-field.ts';
import { lockIncident, readIncidentView } from '../incidents/store.ts';
import { doneAtOf } from '../kernel/done-at.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { filesOfIncidents, lockFile, updateFile } from './store.ts';

/** What the room of dispatch does when somebody of a crew drops out of a case; given by app.ts. */
export interface CrewTasks {
  /** Looks at the team on the task: fewer than two licensed left calls the room for another; answers how many are left. */
  crewShort(tx: Tx, incidentId: number, personId: number, reason: string): Promise<number | null>;
}

const decided = ['decided', 'served', 'enforcing', 'closed', 'no_penalty', 'transferred', 'revoked'];

/**
 * 回避 (行政处罚法 43): whoever has an interest in a case stands back from it at once; at the party's request the head
 * decides. The person leaves the undecided files, no signature of theirs counts any more, and a team that is left with
 * fewer than two licensed officers is to be replaced.
 */
export async function declareRecusal(
  tx: Tx,
  incidentId: number,
  body: z.output<typeof DeclareRecusalSchema>,
  tasks: CrewTasks,
): Promise<z.output<typeof RecusalSchema>> {
  const incident = await lockIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const at = doneAtOf(tx, body.doneAt, Date.parse(incident.reported_at));
  const personId = body.personId ?? tx.actor.id!;
  if (personId !== tx.actor.id && tx.actor.role !== 'head')
    throw new Refused('action_forbidden', { guard: 'head', articles: '行政处罚法第四十三条第三款' });
  const [person] = await listLicensed(tx.db, [personId]);
  if (!person) throw new Refused('person_unknown', { personId });
  const fileIds: number[] = [];
  for (const familyId of await familyOf(tx.db, incidentId))
    await insertRecusal(tx.db, { personId, incidentId: familyId, reason: body.reason, at });
  for (const { id, state, officers } of await filesOfIncidents(tx.db, await familyOf(tx.db, incidentId))) {
    if (decided.includes(state) || !officers.includes(personId)) continue;
    await lockFile(tx.db, id);
    await updateFile(tx.db, id, { officers: officers.filter((one) => one !== personId) });
    fileIds.push(id);
  }
  const view = await readIncidentView(tx.db, incidentId);
  tx.announce('officer.recused', `incident/${incidentId}`, {
    incident: view,
    personId: personId as never,
    fileIds,
    reason: body.reason,
  });
  const licensedLeft = await tasks.crewShort(tx, incidentId, personId, body.reason);
  return { incidentId: view.id, personId: personId as never, fileIds, licensedLeft };
}
