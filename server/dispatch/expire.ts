import type { AssignmentId } from '../../shared/contract/ids.ts';
import type { Tx } from '../kernel/transact.ts';
import { raise } from './alerts.ts';
import { tellLoop } from './drive.ts';
import { offerNextBeside } from './field-tasks.ts';
import { loopOf } from './loops.ts';
import { endAssignment, holdTask } from './steps.ts';

/** The time to answer is over. An offer that was answered or withdrawn meanwhile is left alone. */
export async function expireOffer(tx: Tx, assignmentId: number): Promise<void> {
  const { incident, assignment } = await holdTask(tx, assignmentId);
  if (assignment.state !== 'offered' || assignment.answer_by === null) return;
  const dueAt = Date.parse(assignment.answer_by);
  if (tx.at < dueAt) return;
  if (!assignment.is_lead) {
    await endAssignment(tx, incident, assignmentId, 'assignment.expired', 'expired');
    if (assignment.moving_at === null)
      await raise(tx, { kind: 'offer_unanswered', incidentId: incident.id, teamId: assignment.team_id });
    return offerNextBeside(tx, assignment);
  }
  const { row } = await loopOf(tx, incident, 'person');
  await tellLoop(tx, incident, row, { type: 'timer', assignmentId: assignmentId as AssignmentId, dueAt });
  // a search that lost its thread must not leave the offer standing
  const after = await holdTask(tx, assignmentId);
  await endAssignment(tx, after.incident, assignmentId, 'assignment.expired', 'expired');
}
