import type { IncidentView } from '../../shared/contract/incidents.ts';
import { assignmentsOf } from '../dispatch/store.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { teamsAt } from '../teams/store-crew.ts';
import { reviveRun } from './deadline.ts';
import type { FieldTasks } from './field-tasks.ts';
import { holdIncidentRow, stepIncident } from './steps.ts';
import { incidentView, readIncidentView, updateIncident, type IncidentRow } from './store.ts';

const subject = (id: number) => `incident/${id}`;

/** 核查 by somebody who goes there: the nearest team but the one that handled. */
export async function offerCheck(tx: Tx, id: number, tasks: FieldTasks): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  if (row.state !== 'checking') {
    const incident = await stepIncident(tx, row, 'check.assigned', { checkerIsHandler: false });
    tx.announce('check.assigned', subject(id), { incident });
  }
  await tasks.offerBeside(tx, id, 'check');
  return readIncidentView(tx.db, id);
}

/** Kinds of task whose people handled an incident when they were the last to end it. */
const handling: readonly string[] = ['handle', 'correct', 'coerce', 'dissuade', 'secure'];

/** The person who booked the handling, the team that did it, and whoever was of it then, booked by the room or not. */
async function handledIt(tx: Tx, row: IncidentRow): Promise<boolean> {
  const { id, teamId } = tx.actor;
  if (row.handled_by === id) return true;
  const done = (await assignmentsOf(tx.db, row.id)).findLast(
    (one) => one.state === 'completed' && handling.includes(one.kind),
  );
  if (!done || id === null) return false;
  const at = Date.parse(row.handled_at ?? done.ended_at ?? '');
  return teamId === done.team_id || (await teamsAt(tx.db, [id], at)).get(id) === done.team_id;
}

/** What the checker saw; the room closes or sends it back. Whoever handled checks nothing. */
export async function reportCheck(
  tx: Tx,
  id: number,
  { passed, text }: { passed: boolean; text: string },
  tasks: FieldTasks,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  if (row.state !== 'checking')
    throw new Refused('transition_illegal', { incidentId: id, state: row.state, event: 'check.reported' });
  if (await handledIt(tx, row))
    throw new Refused('guard_unmet', { incidentId: id, guard: 'checker_independent' });
  const told = await tasks.finishBeside(tx, id, 'check', passed ? 'passed' : 'failed');
  const incident = incidentView(await updateIncident(tx.db, id, { check_failed: !passed }));
  tx.announce('check.reported', subject(id), { ...told, incident, passed, text });
  return incident;
}

/** Not good: the same team does it again, its clock goes on from here. */
export async function failCheck(tx: Tx, id: number, text: string): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(
    tx,
    row,
    'check.failed',
    { reason: text },
    await reviveRun(tx.db, row, tx.at),
  );
  tx.announce('check.failed', subject(id), { incident, text });
  return incident;
}

/** The team that handled takes its rework. */
export async function acceptRework(tx: Tx, id: number, tasks: FieldTasks): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const stepped = await stepIncident(
    tx,
    row,
    'rework.accepted',
    {},
    {
      handled_at: null,
      handled_by: null,
      check_failed: false,
      liability: null,
    },
  );
  const { incident, assignment, team } = await tasks.tell(tx, await tasks.takeRework(tx, stepped.id));
  tx.announce('rework.accepted', subject(id), { incident, assignment, team });
  return incident;
}
