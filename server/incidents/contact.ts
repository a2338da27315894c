import type { z } from 'zod';
import type { ContactsSchema, IncidentView } from '../../shared/contract/incidents.ts';
import { maskedReporter } from '../../shared/rules/penalties/identity.ts';
import { may } from '../../shared/rules/permissions.ts';
import { findAssignment } from '../dispatch/store.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listContacts } from './store.ts';

/**
 * The telephones of those who reported, for the team that has taken the task, while it runs, and for the room. Each
 * look leaves a fact before the answer goes out; the name stays masked, for a call it is enough.
 */
export async function callReporter(tx: Tx, assignmentId: number): Promise<z.output<typeof ContactsSchema>> {
  const task = await findAssignment(tx.db, assignmentId);
  if (!task) throw new Refused('assignment_unknown', { assignmentId });
  const { role, id, teamId } = tx.actor;
  refuseIf(may({ role, personId: id, teamId }, 'reporter.call', { teamId: task.team_id }), {
    assignmentId,
    teamId: task.team_id,
  });
  if (task.ended_at !== null || task.state === 'offered')
    throw new Refused('task_idle', { assignmentId, state: task.state });
  const contacts = await listContacts(tx.db, task.incident_id);
  tx.announce('reporter.contacted', `incident/${task.incident_id}`, {
    incidentId: task.incident_id as IncidentView['id'],
    assignmentId: task.id as never,
    teamId: task.team_id as never,
  });
  return {
    contacts: contacts.map(({ name, phone }) => ({ name: maskedReporter({ name, phone }).name, phone })),
  };
}
