import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { AssignmentId } from '../../shared/contract/ids.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { tellLoop } from './drive.ts';
import { loopOf } from './loops.ts';
import { saveLoop } from './store-loops.ts';
import { endAssignment, holdTask, subject } from './steps.ts';
import { assignmentView, findAssignment, setManual } from './store.ts';

/**
 * Takes an assignment back. Before the answer it is an undo: no reason, and the team may be chosen again. After it the
 * team is told why. Either way the incident rests with the person who did it: nobody is asked by the engine.
 */
export async function recallAssignment(tx: Tx, id: number, reason: string): Promise<AssignmentView> {
  const task = await holdTask(tx, id);
  const { incident, assignment } = task;
  if (assignment.ended_at !== null)
    throw new Refused('offer_ended', {
      assignmentId: id,
      state: assignment.state,
      endedAt: assignment.ended_at,
    });
  const silent = assignment.state === 'offered';
  if (!silent && reason === '') throw new Refused('reason_missing', { assignmentId: id });
  await endAssignment(tx, incident, id, 'assignment.withdrawn', 'recalled', reason);
  if (assignment.is_lead) {
    const held = await holdTask(tx, id);
    const { row } = await loopOf(tx, held.incident, 'stopped');
    const event = { type: 'withdrawn', assignmentId: id as AssignmentId, reason: 'recalled' } as const;
    const { loop } = await tellLoop(tx, held.incident, { ...row, going: 'stopped' }, event);
    if (silent) await forgive(tx, { ...row, loop }, assignment.team_id);
  }
  return assignmentView((await findAssignment(tx.db, id))!);
}

/** An undone choice stands against nobody. */
async function forgive(tx: Tx, row: Parameters<typeof saveLoop>[1], teamId: number): Promise<void> {
  const exclusions = row.loop.exclusions.filter((one) => one.teamId !== teamId || one.cause !== 'recalled');
  await saveLoop(tx.db, { ...row, going: 'stopped', loop: { ...row.loop, exclusions } });
}

/** Ends the stickiness of a person's choice, so that the engine may better it again, or makes it sticky. */
export async function stickAssignment(tx: Tx, id: number, manual: boolean): Promise<AssignmentView> {
  const { incident, assignment } = await holdTask(tx, id);
  if (assignment.ended_at !== null)
    throw new Refused('offer_ended', {
      assignmentId: id,
      state: assignment.state,
      endedAt: assignment.ended_at,
    });
  if (assignment.manual === manual) return assignmentView(assignment);
  const view = assignmentView(await setManual(tx.db, id, manual));
  tx.announce(manual ? 'assignment.kept' : 'assignment.released', subject(incident.id), { assignment: view });
  return view;
}
