import type { z } from 'zod';
import type {
  ArriveSchema,
  AssignmentState,
  AssignmentView,
  DeclineSchema,
  HandleSchema,
  ReturnSchema,
} from '../../shared/contract/assignments.ts';
import type { AssignmentId } from '../../shared/contract/ids.ts';
import { pauseClock } from '../../shared/rules/deadlines/run.ts';
import { licensedMinimum } from '../../shared/rules/dispatch/crew.ts';
import { lawCodes } from '../../shared/rules/dispatch/manual.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { may } from '../../shared/rules/permissions.ts';
import { doneAtOf } from '../kernel/done-at.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findTeamPosition } from '../teams/store.ts';
import { insertRecusal } from '../auth/store.ts';
import { clear, raise } from './alerts.ts';
import { planCheckIn } from './check-in.ts';
import { takenBy } from './assign.ts';
import { tellLoop } from './drive.ts';
import { teamFreed } from './due.ts';
import { offerNextBeside } from './field-tasks.ts';
import { dropLoop } from './store-loops.ts';
import { loopOf } from './loops.ts';
import { policyAt } from './policies.ts';
import { endAssignment, holdTask, moveTask, subject, type Task } from './steps.ts';
import {
  activeAssignments,
  activeLeads,
  assignmentView,
  findAssignment,
  markSeen,
  type AssignmentRow,
} from './store.ts';
import { townWide, viewOf } from './views.ts';

/*
 * What a team says about its task. A dispatcher may say it for the team, on its word. Each answer is legal once from
 * its state; said again it gives the present state, and after the end it says what became of the offer.
 */

const path: readonly AssignmentState[] = ['offered', 'accepted', 'en_route', 'on_scene'];

/** Holds the task and asks whether this person may speak for that team. */
export async function holdOwn(tx: Tx, assignmentId: number): Promise<Task> {
  const task = await holdTask(tx, assignmentId);
  const { role, id, teamId } = tx.actor;
  refuseIf(may({ role, personId: id, teamId }, 'assignment.answer', { teamId: task.assignment.team_id }), {
    assignmentId,
    teamId: task.assignment.team_id,
  });
  return task;
}

/** True when the answer was given before; refuses when the assignment has ended meanwhile. */
async function isPast(tx: Tx, { assignment }: Task, target: AssignmentState): Promise<boolean> {
  if (assignment.ended_at !== null) {
    const lead = (await activeLeads(tx.db, [assignment.incident_id])).get(assignment.incident_id);
    throw new Refused('offer_ended', {
      assignmentId: assignment.id,
      state: assignment.state,
      endedAt: assignment.ended_at,
      reason: assignment.reason,
      takenBy: lead ? await takenBy(tx, lead) : null,
    });
  }
  return path.indexOf(assignment.state) >= path.indexOf(target);
}

/** When a step was done: never before the step before. */
const instantOf = (tx: Tx, { assignment: a }: Task, doneAt: string | undefined): number =>
  doneAtOf(tx, doneAt, Date.parse(a.arrived_at ?? a.departed_at ?? a.accepted_at ?? a.offered_at));

const reported = (tx: Tx): boolean => tx.actor.role === 'dispatcher' || tx.actor.role === 'head';

const shown = async (tx: Tx, id: number): Promise<AssignmentView> =>
  assignmentView((await findAssignment(tx.db, id))!);

/** The offer is on a phone's screen. */
export async function seeAssignment(tx: Tx, id: number): Promise<AssignmentView> {
  const { incident, assignment } = await holdOwn(tx, id);
  if (assignment.ended_at !== null || assignment.seen_at !== null) return assignmentView(assignment);
  const view = assignmentView(await markSeen(tx.db, id, tx.at));
  tx.announce('assignment.seen', subject(incident.id), { assignment: view });
  return view;
}

export async function acceptAssignment(tx: Tx, id: number): Promise<AssignmentView> {
  const task = await holdOwn(tx, id);
  if (await isPast(tx, task, 'accepted')) return assignmentView(task.assignment);
  const { incident, assignment } = task;
  const late = assignment.answer_by !== null && tx.at > Date.parse(assignment.answer_by);
  if (late && !reported(tx))
    throw new Refused('offer_ended', { assignmentId: id, state: 'expired', answerBy: assignment.answer_by });
  const teamEligible = await mayStillGo(tx, task);
  const facts = {
    insideAnswerTime: !late,
    teamReported: reported(tx),
    teamEligible,
    taskKind: assignment.kind,
  };
  const told = await moveTask(tx, task, 'assignment.accepted', facts);
  tx.announce('assignment.accepted', subject(incident.id), told);
  tx.deps.metrics.offers.inc({ result: 'accepted' });
  await clear(tx, { incidentId: incident.id }, ['offer_unanswered', 'offers_exhausted']);
  await clear(tx, { teamId: assignment.team_id }, ['team_not_answering']);
  // on a team's word a dispatcher may be late; the search counts it as in time
  const event = { type: 'accepted', assignmentId: id as AssignmentId } as const;
  await follow(tx, task, late ? { ...event, inTime: true } : event);
  tx.deps.fault('announced');
  return told.assignment;
}

/** Rules 2 to 6 hold at the acceptance too: somebody may have gone off duty, or a licence have run out. */
async function mayStillGo(tx: Tx, { incident, assignment }: Task): Promise<boolean> {
  const active = await activeAssignments(tx.db, { incidentIds: [incident.id] });
  // two half teams are the lead and one that fills no line; a line's own team has its officers itself
  const together = active
    .filter(({ kind, line }) => kind === assignment.kind && !(line! > 0) && !(assignment.line! > 0))
    .map(({ team_id }) => team_id);
  const named = [...new Set([...together, assignment.team_id])];
  const reach = townWide(assignment.kind, [], 1, assignment.line ?? 0);
  const view = await viewOf(tx, incident, { ...reach, supervisorId: assignment.supervisor_id }, named);
  const candidate = view.candidates.find((one) => one.teamId === assignment.team_id);
  if (!candidate) return false;
  // teams that were sent together have their officers together
  const licensed = view.candidates
    .filter(({ teamId }) => named.includes(teamId))
    .reduce((sum, one) => sum + one.licensed, 0);
  const bound = lawCodes.filter(
    (code) => !(code === 'licences_few' && candidate.licensed > 0 && licensed >= licensedMinimum),
  );
  return !candidate.reasons.some(({ code }) => bound.includes(code));
}

/** Tells the search of a lead what its team did; nothing of it is asked back here. */
async function follow(
  tx: Tx,
  { incident, assignment }: Task,
  event: { type: 'accepted' | 'departed' | 'arrived'; assignmentId: AssignmentId; inTime?: true },
): Promise<void> {
  if (!assignment.is_lead) return;
  const { row } = await loopOf(tx, incident, 'person');
  const { inTime, ...said } = event;
  const { offer } = row.loop;
  const loop = inTime && offer ? { ...row.loop, offer: { ...offer, answerBy: tx.at } } : row.loop;
  await tellLoop(tx, incident, { ...row, loop }, said);
}

export async function declineAssignment(
  tx: Tx,
  id: number,
  { reason, text }: z.output<typeof DeclineSchema>,
): Promise<AssignmentView> {
  if (reason === 'other' && text === '') throw new Refused('reason_missing', { assignmentId: id, reason });
  const task = await holdOwn(tx, id);
  await isPast(tx, task, 'accepted');
  const { incident, assignment } = task;
  // 回避: whoever declines for that reason is recused from the case, wherever else he serves
  if (reason === 'recusal' && !reported(tx) && tx.actor.id !== null)
    await insertRecusal(tx.db, { personId: tx.actor.id, incidentId: incident.id, reason: text, at: tx.at });
  await endAssignment(tx, incident, id, 'assignment.declined', reason, text);
  if (assignment.is_lead) {
    const held = await holdTask(tx, id);
    const { row } = await loopOf(tx, held.incident, 'person');
    await tellLoop(tx, held.incident, row, { type: 'declined', assignmentId: id as AssignmentId, reason });
  } else await offerNextBeside(tx, assignment);
  if (!assignment.is_lead && reason === 'unsafe') {
    await raise(tx, {
      kind: 'officer_unsafe',
      incidentId: incident.id,
      teamId: assignment.team_id,
      personId: tx.actor.id,
    });
  }
  tx.deps.fault('announced');
  return shown(tx, id);
}

export async function departAssignment(tx: Tx, id: number, doneAt?: string): Promise<AssignmentView> {
  const task = await holdOwn(tx, id);
  if (await isPast(tx, task, 'en_route')) return assignmentView(task.assignment);
  const told = await moveTask(
    tx,
    task,
    'team.departed',
    { teamReported: reported(tx), taskKind: task.assignment.kind },
    { at: instantOf(tx, task, doneAt) },
  );
  tx.announce('team.departed', subject(task.incident.id), told);
  await follow(tx, task, { type: 'departed', assignmentId: id as AssignmentId });
  return told.assignment;
}

/** Arrival is suggested by the geofence and confirmed by hand; away from it only with a reason. */
export async function arriveAssignment(
  tx: Tx,
  id: number,
  { reason, doneAt }: z.output<typeof ArriveSchema>,
): Promise<AssignmentView> {
  const task = await holdOwn(tx, id);
  if (await isPast(tx, task, 'on_scene')) return assignmentView(task.assignment);
  const insideGeofence = await isInside(tx, task);
  if (!insideGeofence && reason === '' && !reported(tx))
    throw new Refused('reason_missing', { assignmentId: id, guard: 'place_reached' });
  const at = instantOf(tx, task, doneAt);
  const told = await moveTask(
    tx,
    task,
    'team.arrived',
    { teamReported: reported(tx), insideGeofence, reason, taskKind: task.assignment.kind },
    { at },
  );
  await planCheckIn(tx, id, at);
  tx.announce('team.arrived', subject(task.incident.id), { ...told, outside: !insideGeofence, reason });
  await follow(tx, task, { type: 'arrived', assignmentId: id as AssignmentId });
  await clear(tx, { incidentId: task.incident.id, teamId: task.assignment.team_id }, [
    'team_stalled',
    'team_dark',
  ]);
  return told.assignment;
}

/** Within 80 m (policy) of the place by a fix that is not dark. */
async function isInside(tx: Tx, { incident, assignment }: Task): Promise<boolean> {
  const position = await findTeamPosition(tx.db, assignment.team_id);
  if (!position) return false;
  const { policy } = await policyAt(tx.db, tx.at);
  const fresh = tx.at - Date.parse(position.fixAt) < policy.fresh.darkSeconds * 1000;
  const place = { lng: incident.lng, lat: incident.lat } as typeof position.point;
  return fresh && distanceMetres(position.point, place) <= policy.watchdog.nearMetres;
}

/** Is the evidence of an incident complete, by the room that keeps it. */
export type EvidenceOf = (db: Tx['db'], incidentId: number) => Promise<boolean>;

/** 处置: the lead closes the work on the scene, a supporting team only its own part. */
export async function handleAssignment(
  tx: Tx,
  id: number,
  { disposition, liability, doneAt }: z.output<typeof HandleSchema>,
  evidenceOf: EvidenceOf,
): Promise<AssignmentView> {
  const task = await holdOwn(tx, id);
  await isPast(tx, task, 'offered');
  const { incident, assignment } = task;
  const at = instantOf(tx, task, doneAt);
  const told = await moveTask(
    tx,
    task,
    'incident.handled',
    {
      teamReported: reported(tx),
      taskKind: assignment.kind,
      evidenceComplete: await evidenceOf(tx.db, incident.id),
      disposition,
      liability,
    },
    {
      reason: disposition,
      at,
      incident: {
        handled_at: new Date(at),
        handled_by: tx.actor.id,
        liability,
        ...stopped(incident, at),
      },
    },
  );
  tx.announce('incident.handled', subject(incident.id), { ...told, disposition });
  await finish(tx, task);
  return told.assignment;
}

/** The deadline's own time ends with the handling; what comes after is not the team's. */
const stopped = ({ clock_run }: Task['incident'], at: number) =>
  clock_run ? { clock_run: JSON.stringify(pauseClock(clock_run, at)) } : {};

/** The team gives the task back with a reason; a dispatcher decides what becomes of it. */
export async function returnAssignment(
  tx: Tx,
  id: number,
  { reason, doneAt }: z.output<typeof ReturnSchema>,
): Promise<AssignmentView> {
  const task = await holdOwn(tx, id);
  await isPast(tx, task, 'offered');
  const told = await moveTask(
    tx,
    task,
    'incident.returned',
    { reason, taskKind: task.assignment.kind },
    { reason, at: instantOf(tx, task, doneAt) },
  );
  tx.announce('incident.returned', subject(task.incident.id), { ...told, reason });
  await finish(tx, task);
  return told.assignment;
}

/** The lead is done: its search is over, and supporting teams that have not arrived are called off. */
async function finish(tx: Tx, { incident, assignment }: Task): Promise<void> {
  await teamFreed(tx);
  if (!assignment.is_lead) return;
  await dropLoop(tx.db, incident.id);
  await callOff(tx, incident.id, 'closed');
  await clear(tx, { incidentId: incident.id });
}

/** Withdraws whoever is still asked or on the way for an incident that needs nobody any more. */
export async function callOff(tx: Tx, incidentId: number, reason: 'cancelled' | 'merged' | 'closed') {
  const system = tx.as({ ...tx.actor, role: 'system' });
  const others: AssignmentRow[] = await activeAssignments(tx.db, { incidentIds: [incidentId] });
  for (const other of others) {
    if (other.state === 'on_scene') continue;
    const { incident } = await holdTask(tx, other.id);
    await endAssignment(system, incident, other.id, 'assignment.withdrawn', reason);
  }
}
