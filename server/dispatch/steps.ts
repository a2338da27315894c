import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import { assignmentTransition, type AssignmentFacts } from '../../shared/rules/lifecycle/assignment.ts';
import { incidentTransition } from '../../shared/rules/lifecycle/incident.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import {
  endStates,
  incidentView,
  lockIncident,
  readIncidentView,
  updateIncident,
  type IncidentRow,
} from '../incidents/store.ts';
import { freeSlot, teamView, touchTeam } from '../teams/store.ts';
import { teamFreed } from './due.ts';
import {
  assignmentView,
  findAssignment,
  lockAssignment,
  moveAssignment,
  type AssignmentRow,
} from './store.ts';

/** An assignment and its incident, both locked: the incident first, in every command. */
export interface Task {
  readonly incident: IncidentRow;
  readonly assignment: AssignmentRow;
}

/** The views that a fact about an assignment carries. */
export interface Told {
  readonly incident: IncidentView;
  readonly assignment: AssignmentView;
  readonly team: TeamView;
}

/** Steps that an assignment and, where it is the lead's, its incident take together. */
export type TaskEvent =
  | 'assignment.accepted'
  | 'assignment.declined'
  | 'assignment.expired'
  | 'assignment.withdrawn'
  | 'team.departed'
  | 'team.arrived'
  | 'incident.returned'
  | 'incident.handled'
  | 'correction.ordered';

export const subject = (incidentId: number): string => `incident/${incidentId}`;

/** Loads and locks an incident; refuses when it is not there. */
export async function holdIncident(tx: Tx, id: number): Promise<IncidentRow> {
  const row = await lockIncident(tx.db, id);
  if (!row) throw new Refused('incident_unknown', { incidentId: id });
  tx.deps.fault('locked');
  return row;
}

/** Refuses what has ended. */
export function refuseEnded({ id, state }: IncidentRow): void {
  if (endStates.includes(state)) throw new Refused('incident_ended', { incidentId: id, state });
}

/** Loads and locks an assignment with its incident; refuses when it is not there. */
export async function holdTask(tx: Tx, assignmentId: number): Promise<Task> {
  const found = await findAssignment(tx.db, assignmentId);
  if (!found) throw new Refused('assignment_unknown', { assignmentId });
  const incident = (await lockIncident(tx.db, found.incident_id))!;
  const assignment = (await lockAssignment(tx.db, assignmentId))!;
  tx.deps.fault('locked');
  return { incident, assignment };
}

/** What both machines want to know of every step. */
const always = (tx: Tx, { incident }: Pick<Task, 'incident'>): IncidentFacts => ({
  held: incident.hold_until !== null,
  overdue: incident.deadline_at !== null && Date.parse(incident.deadline_at) < tx.at,
});

/** Asks the incident's machine; throws its refusal. */
export function askIncident(
  tx: Tx,
  incident: IncidentRow,
  event: TaskEvent | 'assignment.offered' | 'correction.confirmed' | 'correction.failed',
  facts: IncidentFacts,
): IncidentRow['state'] {
  const asked = incidentTransition(incident.state, event, tx.actor.role, {
    ...always(tx, { incident }),
    ...facts,
  });
  if (asked.ok) return asked.to;
  const { code, ...detail } = asked.refusal;
  throw new Refused(code, { incidentId: incident.id, state: incident.state, event, ...detail });
}

/**
 * Takes one step of an assignment and, for the lead, of its incident: both machines are asked before anything is
 * written. An end gives the slot back. The caller announces.
 */
export async function moveTask(
  tx: Tx,
  { incident, assignment }: Task,
  event: TaskEvent,
  facts: AssignmentFacts & IncidentFacts,
  more: { reason?: string; incident?: Record<string, unknown>; at?: number } = {},
): Promise<Told> {
  const asked = assignmentTransition(assignment.state, event, tx.actor.role, facts);
  if (!asked.ok) {
    const { code, ...detail } = asked.refusal;
    throw new Refused(code, { assignmentId: assignment.id, state: assignment.state, event, ...detail });
  }
  const state = assignment.is_lead ? askIncident(tx, incident, event, facts) : incident.state;
  const moved = await moveAssignment(tx.db, assignment.id, asked.to, more.at ?? tx.at, {
    ...(more.reason !== undefined && { reason: more.reason }),
  });
  if (moved.ended_at === null) await touchTeam(tx.db, moved.team_id, tx.at);
  else await freeSlot(tx.db, moved.team_id, moved.slot, tx.at);
  const now = await updateIncident(tx.db, incident.id, { state, ...(assignment.is_lead && more.incident) });
  tx.deps.fault('updated');
  return tell(tx, moved, now);
}

/** The present views of an assignment, its incident (`incident` where it was just written) and its team. */
export const tell = async (tx: Tx, row: AssignmentRow, incident?: IncidentRow): Promise<Told> => ({
  incident: incident ? incidentView(incident) : await readIncidentView(tx.db, row.incident_id),
  assignment: assignmentView(row),
  team: await teamView(tx.db, tx.at, row.team_id),
});

/** Ends an assignment that stands, tells it, and lets the freed team look for work; one that ended is left alone. */
export async function endAssignment(
  tx: Tx,
  incident: IncidentRow,
  assignmentId: number,
  event: 'assignment.declined' | 'assignment.expired' | 'assignment.withdrawn',
  reason: string,
  text = '',
): Promise<void> {
  const assignment = await lockAssignment(tx.db, assignmentId);
  if (!assignment || assignment.ended_at !== null) return;
  const facts = { reason, insideAnswerTime: false, teamReported: true, taskKind: assignment.kind };
  const told = await moveTask(tx, { incident, assignment }, event, facts, { reason });
  if (event === 'assignment.expired') tx.announce(event, subject(incident.id), told);
  else if (event === 'assignment.declined')
    tx.announce(event, subject(incident.id), { ...told, reason, text });
  else tx.announce(event, subject(incident.id), { ...told, reason: reason as never, text });
  tx.deps.metrics.offers.inc({ result: event.slice('assignment.'.length) });
  await teamFreed(tx);
}
