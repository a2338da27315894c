import { assignmentTransition } from '../../shared/rules/lifecycle/assignment.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import type { TeamId } from '../../shared/contract/ids.ts';
import type { Exclusion } from '../../shared/rules/dispatch/situation.ts';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import { pauseClock } from '../../shared/rules/deadlines/run.ts';
import { Refused } from '../kernel/refused.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { readIncidentView, updateIncident, type IncidentRow } from '../incidents/store.ts';
import { freeSlot, takeSlot } from '../teams/store.ts';
import { clear, raise } from './alerts.ts';
import { claimTeam, tellOffer } from './claim.ts';
import { teamFreed } from './due.ts';
import { crewShort } from './recused.ts';
import {
  askIncident,
  endAssignment,
  holdIncident,
  holdTask,
  moveTask,
  subject,
  tell,
  type Told,
} from './steps.ts';
import { activeAssignments, assignmentsOf, moveAssignment, setLead, type AssignmentRow } from './store.ts';
import { dropLoop } from './store-loops.ts';
import { momentAt } from './moment.ts';
import { insertOffer, type NewAssignment } from './store-offers.ts';
import { subjectOf } from './subject.ts';
import { keepShortfall } from './shortfall.ts';
import { refill, refusalsOf } from './support.ts';
import { rankingOf, shortfallOf, townWide, viewFor } from './views.ts';

/*
 * Tasks beside the lead's: somebody goes and verifies a report, checks a result, looks again at an order to correct. They
 * are offers like any other (slot, answer time, explanation), but whoever declines is simply followed by the next.
 */

/** Tasks that the product offers by itself to the nearest team. */
const offeredBeside: readonly TaskKind[] = ['verify', 'check', 'correct'];

/** The team whose people handled the incident last. */
export const handlers = (rows: readonly AssignmentRow[]): number | undefined =>
  rows.findLast((row) => row.is_lead && row.state === 'completed')?.team_id;

/**
 * Offers a task of this kind to the nearest team that may do it: a check never to the team that handled, a re-inspection
 * first to the team that gave the order. Nobody to ask is an alarm; answers the team that is asked.
 */
export async function offerBeside(tx: Tx, incidentId: number, kind: TaskKind): Promise<number | null> {
  const auto = tx.as(systemActor);
  const incident = await holdIncident(tx, incidentId);
  const rows = await assignmentsOf(tx.db, incidentId);
  if (rows.some((row) => row.kind === kind && row.ended_at === null)) return null;
  const handler = handlers(rows);
  const same = rows.filter((row) => row.kind === kind && row.line === null);
  const named = kind === 'correct' && handler !== undefined ? [handler] : [];
  const moment = await momentAt(auto);
  const about = await subjectOf(auto, incident, moment);
  // to go and look asks for no skill or kit of the matter
  const [lead] = about.needs;
  const need = kind === 'correct' ? { ...lead, kind } : { kind, count: 1, skills: [], kit: [] };
  const { policy } = moment.inForce;
  const exclusions = [
    ...refusalsOf(same, null, policy).filter(({ cause }) => cause !== 'recalled'),
    ...(kind === 'check' && handler !== undefined ? [handled(handler)] : []),
  ];
  const view = await viewFor(auto, { ...about, needs: [need] }, townWide(null, exclusions), named, moment);
  const ranking = rankingOf(view);
  const decision = same.length === 0 ? 'first' : 'next';
  const claimsLost: TeamId[] = [];
  const wanted = [
    ...ranking.filter((id) => named.includes(id)),
    ...ranking.filter((id) => !named.includes(id)),
  ];
  for (const teamId of wanted) {
    const claimed = await claimTeam(auto, incident, {
      view,
      teamId,
      kind,
      line: null,
      manual: false,
      decision,
      claimsLost,
      override: null,
      change: null,
      key: tx.deps.newId(),
      waiting: false,
      switched: false,
    });
    if (!claimed) {
      claimsLost.push(teamId);
      continue;
    }
    await tellOffer(auto, claimed);
    tx.deps.metrics.offers.inc({ result: 'offered' });
    await clear(tx, { incidentId }, ['offers_exhausted']);
    return teamId;
  }
  const lost = { code: 'teams_busy', teams: claimsLost.length, only: claimsLost.length } as const;
  const shortfall = claimsLost.length > 0 ? [lost] : shortfallOf(view);
  const codes = shortfall.map(({ code }) => code);
  auto.announce('incident.queued', subject(incidentId), {
    incident: await readIncidentView(tx.db, incidentId),
    shortfall: codes,
    round: 1,
    line: null,
    kind,
    ...(await keepShortfall(auto, view, { kind: decision, shortfall, claimsLost })),
  });
  await raise(auto, { kind: 'offers_exhausted', incidentId, detail: { kind, shortfall: codes } });
  return null;
}

const handled = (teamId: number): Exclusion => ({
  teamId: teamId as TeamId,
  cause: 'handled',
  untilAt: null,
});

/** A team declined or did not answer: the next one is asked, as long as the task still matters. */
export async function offerNextBeside(tx: Tx, assignment: AssignmentRow): Promise<void> {
  if (assignment.line !== null) return refill(tx, assignment.incident_id);
  if (!offeredBeside.includes(assignment.kind)) return;
  const incident = await holdIncident(tx, assignment.incident_id);
  const state = { verify: 'verifying', check: 'checking', correct: 'correction_pending' }[
    assignment.kind as 'verify' | 'check' | 'correct'
  ];
  if (incident.state === state) await offerBeside(tx, incident.id, assignment.kind);
}

const ownTask = async (tx: Tx, incidentId: number, kind: TaskKind): Promise<AssignmentRow | undefined> =>
  (await activeAssignments(tx.db, { incidentIds: [incidentId] })).find(
    (row) => row.kind === kind && row.team_id === tx.actor.teamId && row.state === 'on_scene',
  );

/**
 * The own team's task of this kind is done; other teams that were asked for the same are called off. Refuses when the
 * team stands on no such task; a person without a team (a grid worker) needs none.
 */
export async function finishBeside(
  tx: Tx,
  incidentId: number,
  kind: TaskKind,
  result: string,
): Promise<Told | null> {
  const own = await ownTask(tx, incidentId, kind);
  if (!own && tx.actor.teamId !== null) throw new Refused('task_missing', { incidentId, kind });
  let told: Told | null = null;
  if (own) {
    told = await moveTask(tx, await holdTask(tx, own.id), 'incident.handled', {}, { reason: result });
    await teamFreed(tx);
  }
  const auto = tx.as(systemActor);
  for (const other of await activeAssignments(tx.db, { incidentIds: [incidentId] }))
    if (other.kind === kind && other.state !== 'on_scene')
      await endAssignment(
        auto,
        await holdIncident(tx, incidentId),
        other.id,
        'assignment.withdrawn',
        'closed',
      );
  return told;
}

/** 责令改正: the order is served, the incident waits for the correction and the team is free. */
export async function orderServed(tx: Tx, incidentId: number, facts: IncidentFacts): Promise<Told> {
  const lead = (await activeAssignments(tx.db, { incidentIds: [incidentId] })).find(
    (row) => row.is_lead && row.team_id === tx.actor.teamId,
  );
  if (!lead) throw new Refused('task_missing', { incidentId, kind: 'handle' });
  const told = await moveTask(tx, await holdTask(tx, lead.id), 'correction.ordered', facts, {
    reason: 'correction_ordered',
  });
  await dropLoop(tx.db, incidentId);
  await clear(tx, { incidentId });
  await teamFreed(tx);
  return told;
}

/**
 * What the re-inspection found. Confirmed: the incident is handled and the team free. Failed: the team stays and handles
 * on as the lead. A team that is there without having been asked takes the task up as it speaks.
 */
export async function reinspected(
  tx: Tx,
  incidentId: number,
  event: 'correction.confirmed' | 'correction.failed',
  facts: IncidentFacts,
  change: Record<string, unknown>,
): Promise<Told> {
  const incident = await holdIncident(tx, incidentId);
  const state = askIncident(tx, incident, event, facts);
  const own = (await ownTask(tx, incidentId, 'correct')) ?? (await takeUp(tx, incident, 'correct'));
  if (event === 'correction.failed') {
    await updateIncident(tx.db, incidentId, { state, ...change });
    return tell(tx, await setLead(tx.db, own.id));
  }
  const run = incident.clock_run && { clock_run: JSON.stringify(pauseClock(incident.clock_run, tx.at)) };
  const done = await moveAssignment(tx.db, own.id, 'completed', tx.at, { reason: 'corrected' });
  await freeSlot(tx.db, done.team_id, done.slot, tx.at);
  await updateIncident(tx.db, incidentId, { state, ...run, ...change });
  await clear(tx, { incidentId });
  await teamFreed(tx);
  return tell(tx, done);
}

/** A team that stands there takes a task by its own word. */
async function takeUp(tx: Tx, incident: IncidentRow, kind: TaskKind): Promise<AssignmentRow> {
  const { teamId } = tx.actor;
  const known = (await assignmentsOf(tx.db, incident.id)).some((row) => row.team_id === teamId);
  if (teamId === null || !known) throw new Refused('task_missing', { incidentId: incident.id, kind });
  const pending = (await activeAssignments(tx.db, { incidentIds: [incident.id] })).find(
    (row) => row.team_id === teamId,
  );
  const row = pending ?? (await claimForSelf(tx, incident.id, teamId, kind, false));
  await moveAssignment(tx.db, row.id, 'accepted', tx.at);
  await moveAssignment(tx.db, row.id, 'en_route', tx.at);
  return moveAssignment(tx.db, row.id, 'on_scene', tx.at);
}

async function claimForSelf(
  tx: Tx,
  incidentId: number,
  teamId: number,
  kind: TaskKind,
  isLead: boolean,
): Promise<AssignmentRow> {
  const slot = await takeSlot(tx.db, teamId, tx.at);
  if (slot === undefined) throw new Refused('team_taken', { teamId });
  const taken: NewAssignment = {
    incidentId,
    teamId,
    slot,
    kind,
    line: isLead ? 0 : null,
    manual: true,
    at: tx.at,
    by: tx.actor.id,
    answerBy: null,
    etaSeconds: null,
    switchedAt: null,
    supervisor: null,
    key: tx.deps.newId(),
  };
  const row = (await insertOffer(tx.db, taken, null))?.assignment;
  if (!row) throw new Refused('team_taken', { teamId });
  return row;
}

/** After a failed check the same team goes on: it has the incident again, accepted. The caller moves the incident. */
export async function takeRework(tx: Tx, incidentId: number): Promise<AssignmentRow> {
  const handler = handlers(await assignmentsOf(tx.db, incidentId));
  const own = tx.actor.role === 'dispatcher' || tx.actor.teamId === handler;
  if (handler === undefined || !own) throw new Refused('task_missing', { incidentId, kind: 'handle' });
  const row = await claimForSelf(tx, incidentId, handler, 'handle', true);
  return moveAssignment(tx.db, row.id, 'accepted', tx.at);
}

/** Another organ has the incident: whoever is asked or on the way is called off, whoever is there is done. */
export async function leaveAll(tx: Tx, incidentId: number, reason: string): Promise<Told | undefined> {
  let present: Told | undefined;
  for (const row of await activeAssignments(tx.db, { incidentIds: [incidentId] })) {
    const asked = assignmentTransition(row.state, 'incident.transferred', tx.actor.role, { reason });
    if (!asked.ok) throw new Refused(asked.refusal.code, { assignmentId: row.id, state: row.state });
    const left = await moveAssignment(tx.db, row.id, asked.to, tx.at, { reason: 'cancelled' });
    await freeSlot(tx.db, left.team_id, left.slot, tx.at);
    const told = await tell(tx, left);
    if (left.state === 'completed') present = told;
    else
      tx.announce('assignment.withdrawn', subject(incidentId), {
        ...told,
        reason: 'cancelled',
        text: reason,
      });
  }
  await dropLoop(tx.db, incidentId);
  await clear(tx, { incidentId });
  await teamFreed(tx);
  return present;
}

/** What this room does for steps of an incident beside dispatch; app.ts hands it over. */
export const fieldTasks = {
  offerBeside,
  finishBeside,
  orderServed,
  reinspected,
  takeRework,
  leaveAll,
  crewShort,
  tell,
};
