import type { Knex } from 'knex';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { plan } from '../kernel/due.ts';
import type { Tx } from '../kernel/transact.ts';
import { eventsOfType } from '../audit/store.ts';
import { clear, raise } from './alerts.ts';
import { dueKinds } from './due.ts';
import { policyAt } from './policies.ts';
import { subject } from './steps.ts';
import { assignmentView, findAssignment, type AssignmentRow } from './store.ts';

/** Prompts that may go unanswered before the room is told. */
const missedLimit = 2;

/** When the team on a scene last said that all is well: at its arrival, or by a check-in since. */
async function lastWord(db: Knex, row: AssignmentRow): Promise<number> {
  const arrivedAt = Date.parse(row.arrived_at ?? row.offered_at);
  const said = await eventsOfType(db, 'officer.checked_in', {
    subject: subject(row.incident_id),
    since: arrivedAt,
  });
  const own = said.filter(({ data }) => data.assignment.id === row.id).map(({ at }) => Date.parse(at));
  return Math.max(arrivedAt, ...own);
}

/** When the team is asked next, and how many prompts went unanswered since its last word. */
export async function checkInOf(db: Knex, row: AssignmentRow, seconds: number, at: number) {
  const word = await lastWord(db, row);
  return { dueAt: word + seconds * 1000, missed: Math.max(0, Math.floor((at - word) / (seconds * 1000))) };
}

/** A team has arrived: from now on it is asked. Rows are never cancelled, each looks at the last word. */
export async function planCheckIn(tx: Tx, assignmentId: number, at: number): Promise<void> {
  const { policy } = await policyAt(tx.db, tx.at);
  const next = Math.max(tx.at, at) + policy.watchdog.checkInSeconds * 1000;
  await plan(tx.db, dueKinds.checkIn, `assignment/${assignmentId}/${next}`, next);
}

/** A prompt is due: two without an answer bring an alarm; the next prompt follows while the team is there. */
export async function promptCheckIn(tx: Tx, assignmentId: number): Promise<void> {
  const row = await findAssignment(tx.db, assignmentId);
  if (!row || row.state !== 'on_scene') return;
  const { checkInSeconds } = (await policyAt(tx.db, tx.at)).policy.watchdog;
  const { dueAt, missed } = await checkInOf(tx.db, row, checkInSeconds, tx.at);
  if (missed >= missedLimit)
    await raise(tx, {
      kind: 'check_in_missed',
      incidentId: row.incident_id,
      teamId: row.team_id,
      detail: { assignmentId, missed },
    });
  const next = dueAt + missed * checkInSeconds * 1000;
  await plan(tx.db, dueKinds.checkIn, `assignment/${assignmentId}/${next}`, next);
}

/** 报平安: the officer on the scene says that all is well. */
export async function checkIn(tx: Tx, row: AssignmentRow): Promise<AssignmentView> {
  const assignment = assignmentView(row);
  if (row.state !== 'on_scene') return assignment;
  tx.announce('officer.checked_in', subject(row.incident_id), {
    assignment,
    personId: tx.actor.id as never,
  });
  await clear(tx, { incidentId: row.incident_id, teamId: row.team_id }, ['check_in_missed']);
  return assignment;
}
