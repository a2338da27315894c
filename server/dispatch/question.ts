import type { z } from 'zod';
import type { AnswerQuestionSchema, AssignmentView } from '../../shared/contract/assignments.ts';
import { afterAnswer } from '../../shared/rules/dispatch/watch-answer.ts';
import type { Tx } from '../kernel/transact.ts';
import { clear, raise } from './alerts.ts';
import { policyAt } from './policies.ts';
import { subject, tell, type Task } from './steps.ts';
import { assignmentView } from './store.ts';
import { findWatches, saveWatch, unwatched } from './store-watch.ts';
import { giveAway, kinds, trouble } from './watch.ts';

/**
 * What the team says when it is asked why it does not come nearer. On the way ends the alarms; held up tells the room why;
 * cannot calls the room and seeks another team. An answer that comes after the arrival or the end changes nothing.
 */
export async function answerQuestion(
  tx: Tx,
  { incident, assignment }: Task,
  { word, reason, text }: z.output<typeof AnswerQuestionSchema>,
): Promise<AssignmentView> {
  if (assignment.state !== 'accepted' && assignment.state !== 'en_route') return assignmentView(assignment);
  const before = (await findWatches(tx.db, [assignment.id])).get(assignment.id) ?? unwatched;
  const { policy } = await policyAt(tx.db, tx.at);
  const state = afterAnswer(before.state, word, incident.priority, policy, tx.at);
  const why = { ...(reason && { reason }), text };
  const answer = { word, ...why, at: tx.at };
  const now = { state, askedAt: null, answer, answers: before.answers + 1 };
  await saveWatch(tx.db, assignment.id, now);
  const told = await tell(tx, assignment);
  tx.announce('team.answered', subject(incident.id), {
    incident: told.incident,
    assignment: told.assignment,
    word,
    ...why,
  });
  const of = { incidentId: incident.id, teamId: assignment.team_id };
  if (word === 'on_the_way') {
    await clear(tx, of, kinds);
    return told.assignment;
  }
  await trouble(tx, assignment, now);
  if (word === 'cannot') {
    // it stands until somebody decides, also when the team moves on
    const detail = { want: 'transfer', ...why };
    await raise(tx, { kind: 'help_requested', ...of, personId: tx.actor.id, detail });
    await giveAway(tx, assignment.id, state);
  }
  return told.assignment;
}
