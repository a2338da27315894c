import type { z } from 'zod';
import type { AssignTeamSchema, AssignmentView, ReassignSchema } from '../../shared/contract/assignments.ts';
import type { Shortfall } from '../../shared/contract/dispatch.ts';
import type { OverrideReason, RejectionCode, TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { judgeManual } from '../../shared/rules/dispatch/manual.ts';
import { openLoop } from '../../shared/rules/dispatch/offers.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { incidentView, readIncidentView, updateIncident, type IncidentRow } from '../incidents/store.ts';
import { findPersonById } from '../auth/store.ts';
import { listTeams, lockTeams } from '../teams/store.ts';
import { clear } from './alerts.ts';
import { claimTeam, tellOffer, type View } from './claim.ts';
import { drive, tellLoop } from './drive.ts';
import { loopOf } from './loops.ts';
import { holdIncident, holdTask, refuseEnded, subject } from './steps.ts';
import { activeAssignments, activeLeads, assignmentView, type AssignmentRow } from './store.ts';
import { momentAt } from './moment.ts';
import { subjectOf } from './subject.ts';
import { townWide, viewOf, type Reach } from './views.ts';

/** A dispatcher sends a team: the first of the ranking, or another one with a reason. */
export async function assignTeam(
  tx: Tx,
  incidentId: number,
  body: z.output<typeof AssignTeamSchema>,
): Promise<AssignmentView> {
  const stop = tx.deps.metrics.assignSeconds.startTimer({ mode: 'manual' });
  // whoever comes late learns it without waiting for the lock; under the lock it is asked again
  if (body.isLead) await refuseTaken(tx, incidentId);
  const held = await holdIncident(tx, incidentId);
  refuseEnded(held);
  const incident = body.isLead && body.kind ? await wantKind(tx, held, body.kind) : held;
  const row = body.isLead ? await assignLead(tx, incident, body) : await assignSupport(tx, incident, body);
  await seen(tx, incident);
  stop();
  return assignmentView(row);
}

/** What the lead is sent for is what the incident needs from now on: whoever is asked in its place is asked for that. */
async function wantKind(tx: Tx, incident: IncidentRow, kind: TaskKind): Promise<IncidentRow> {
  const { needs } = await subjectOf(tx, incident, await momentAt(tx));
  if (needs[0].kind === kind) return incident;
  const changed = [{ ...needs[0], kind }, ...needs.slice(1)];
  const row = await updateIncident(tx.db, incident.id, { needs: JSON.stringify(changed) });
  tx.announce('needs.set', subject(incident.id), { incident: incidentView(row) });
  return row;
}

async function assignLead(
  tx: Tx,
  incident: IncidentRow,
  body: z.output<typeof AssignTeamSchema>,
): Promise<AssignmentRow> {
  await refuseTaken(tx, incident.id);
  const { row } = await loopOf(tx, incident, 'person');
  const choice = await choose(tx, incident, body, {
    ...townWide(null, row.loop.exclusions),
    supervisorId: body.supervisorId ?? null,
  });
  const event = { type: 'given', teamId: body.teamId, manual: choice.sticky } as const;
  // a person who assigns takes the search up again, though it was stopped
  const going = row.going === 'stopped' ? 'person' : row.going;
  const { offered } = await tellLoop(tx, incident, { ...row, going }, event, {
    view: choice.view,
    decision: 'manual',
    supervisorId: body.supervisorId ?? null,
    override: choice.override,
    change: null,
    key: tx.key,
    switched: false,
  });
  if (!offered) throw new Refused('transition_illegal', { incidentId: incident.id, phase: row.loop.phase });
  return offered;
}

/** A team beside the lead: an offer of its own, no step of the incident, nobody asked in its place. */
async function assignSupport(
  tx: Tx,
  incident: IncidentRow,
  body: z.output<typeof AssignTeamSchema>,
): Promise<AssignmentRow> {
  const line = body.line ?? (await lackingLine(tx, incident));
  if (line !== null && line >= (incident.needs?.length ?? 1))
    throw new Refused('need_unknown', { incidentId: incident.id, line });
  const choice = await choose(tx, incident, body, {
    ...townWide(body.kind ?? null, [], 1, line ?? 0),
    supervisorId: body.supervisorId ?? null,
  });
  const claimed = await claimTeam(tx, incident, {
    view: choice.view,
    teamId: body.teamId,
    kind: choice.view.situation.line.taskKind,
    supervisorId: body.supervisorId ?? null,
    line,
    manual: true,
    decision: 'manual',
    claimsLost: [],
    override: choice.override,
    change: null,
    key: tx.key,
    waiting: true,
    switched: false,
  });
  if (!claimed) throw new Refused('team_taken', { teamId: body.teamId });
  await tellOffer(tx, claimed);
  tx.deps.fault('announced');
  return claimed.assignment;
}

/** The first line beside the lead's that lacks a team; null when none does. */
async function lackingLine(tx: Tx, { id, needs }: IncidentRow): Promise<number | null> {
  const active = await activeAssignments(tx.db, { incidentIds: [id] });
  const found = (needs ?? []).findIndex(
    ({ count }, line) => line > 0 && active.filter((one) => one.line === line).length < count,
  );
  return found < 0 ? null : found;
}

interface Choice {
  readonly view: View;
  readonly override: { readonly reason: OverrideReason; readonly text: string } | null;
  /** Against the ranking: no automatic act may change it. */
  readonly sticky: boolean;
}

/** May this person send this team to this incident? Refuses with what stands against it. */
async function choose(
  tx: Tx,
  incident: IncidentRow,
  body: { teamId: number; override?: OverrideReason | undefined; text: string },
  reach: Reach,
): Promise<Choice> {
  const { teamId, text } = body;
  const view = await viewOf(tx, incident, reach, [teamId]);
  const candidate = view.candidates.find((one) => one.teamId === teamId);
  if (!candidate) throw new Refused('team_unknown', { teamId });
  const named = reach.supervisorId ?? null;
  if (named !== null && view.situation.line.supervisorId !== named)
    throw new Refused('supervisor_invalid', { personId: named });
  const override = body.override === undefined ? null : { reason: body.override, text };
  const judged = judgeManual(candidate, override);
  if (judged.ok) return { view, override, sticky: judged.rank !== 1 || override !== null };
  const detail = { teamId, teamCode: candidate.code, reasons: candidate.reasons, rank: candidate.rank };
  switch (judged.refusal) {
    case 'law_binding':
      throw new Refused('team_ineligible', { ...detail, codes: judged.codes });
    case 'slot_full':
      throw new Refused('team_taken', { ...detail, incidentIds: heldBy(candidate.reasons) });
    case 'text_missing':
      throw new Refused('reason_missing', detail);
    default:
      throw new Refused('override_missing', { ...detail, first: view.candidates[0]?.teamId ?? null });
  }
}

const heldBy = (reasons: readonly { code: RejectionCode; with?: unknown }[]): unknown =>
  reasons.find(({ code }) => code === 'slot_full')?.with ?? [];

/** Refuses when somebody was faster, and says who, when and with which team. */
async function refuseTaken(tx: Tx, incidentId: number): Promise<void> {
  const lead = (await activeLeads(tx.db, [incidentId])).get(incidentId);
  if (lead) throw new Refused('incident_taken', await takenBy(tx, lead));
}

/** Who has it, since when, with which team: the plain answer to somebody who came second. */
export async function takenBy(tx: Tx, lead: AssignmentRow): Promise<Record<string, unknown>> {
  const [team] = await listTeams(tx.db, [lead.team_id]);
  const person = lead.offered_by === null ? undefined : await findPersonById(tx.db, lead.offered_by);
  return {
    incidentId: lead.incident_id,
    assignmentId: lead.id,
    teamId: lead.team_id,
    teamCode: team?.code,
    by: person?.display_name ?? null,
    at: lead.offered_at,
    state: lead.state,
  };
}

/**
 * A person who decides about an incident has seen it: its calls for attention fall silent. Answers its row where that
 * changed it.
 */
async function seen(
  tx: Tx,
  { id: incidentId, acknowledged_at }: IncidentRow,
): Promise<IncidentRow | undefined> {
  const row =
    acknowledged_at === null
      ? await updateIncident(tx.db, incidentId, {
          acknowledged_at: new Date(tx.at),
          acknowledged_by: tx.actor.id,
        })
      : undefined;
  await clear(tx, { incidentId }, ['incident_urgent', 'offers_exhausted', 'offer_unanswered']);
  return row;
}

/** What pressing "dispatch" came to; without a team the incident stays in the queue and is tried again. */
export interface Dispatched {
  readonly incident: IncidentView;
  readonly assignment: AssignmentView | null;
  readonly shortfall: Shortfall[];
}

/** The engine chooses now and goes on by itself until somebody accepts or nobody is left. */
export async function dispatchIncident(tx: Tx, incidentId: number): Promise<Dispatched> {
  const stop = tx.deps.metrics.assignSeconds.startTimer({ mode: 'automatic' });
  const incident = await holdIncident(tx, incidentId);
  refuseEnded(incident);
  await refuseTaken(tx, incidentId);
  if (incident.state !== 'filed')
    throw new Refused('transition_illegal', {
      incidentId,
      state: incident.state,
      event: 'assignment.offered',
    });
  if (incident.hold_until !== null) throw new Refused('incident_held', { incidentId });
  const { offered, shortfall } = await start(tx, incident);
  const now = tx.actor.kind === 'person' ? await seen(tx, incident) : undefined;
  stop();
  return {
    incident: now ? incidentView(now) : await readIncidentView(tx.db, incidentId),
    assignment: offered && assignmentView(offered),
    shortfall: [...shortfall],
  };
}

/** Begins the search of a held, filed incident from its first round; who declined before stays excluded. */
export async function start(tx: Tx, incident: IncidentRow) {
  // the settings come with it, so that nobody below asks for them
  const moment = await momentAt(tx);
  const { row, fresh } = await loopOf(tx, incident, 'auto');
  const going = { ...row, going: 'auto', startedBy: tx.actor.id } as const;
  if (fresh) return drive(tx, incident, going, fresh, undefined, moment);
  const { policy } = moment.inForce;
  const anew = openLoop(row.loop.incidentId, incident.priority, policy);
  const loop = { ...anew.loop, exclusions: row.loop.exclusions, tried: row.loop.tried };
  return drive(tx, incident, going, { ...anew, loop }, undefined, moment);
}

/** Gives an incident to another team in one act; the present one is told why. */
export async function reassign(
  tx: Tx,
  assignmentId: number,
  body: z.output<typeof ReassignSchema>,
): Promise<AssignmentView> {
  const { incident: held, assignment } = await holdTask(tx, assignmentId);
  if (assignment.ended_at !== null)
    throw new Refused('offer_ended', { assignmentId, state: assignment.state, endedAt: assignment.ended_at });
  if (!assignment.is_lead || assignment.state === 'on_scene')
    throw new Refused('transition_illegal', { assignmentId, state: assignment.state });
  if (assignment.team_id === body.teamId) throw new Refused('team_taken', { teamId: body.teamId });
  // both rows in the order of their ids: no two of these can wait for each other
  await lockTeams(tx.db, [assignment.team_id, body.teamId]);
  const { row } = await loopOf(tx, held, 'person');
  const incident = body.kind ? await wantKind(tx, held, body.kind) : held;
  const kind = body.kind ?? assignment.kind;
  const supervisorId = body.supervisorId ?? null;
  const choice = await choose(tx, incident, body, { ...townWide(kind, row.loop.exclusions), supervisorId });
  const event = { type: 'given', teamId: body.teamId, manual: choice.sticky } as const;
  const { offered } = await tellLoop(tx, incident, row, event, {
    view: choice.view,
    decision: 'manual',
    kind,
    supervisorId,
    override: choice.override,
    change: null,
    key: tx.key,
    switched: false,
  });
  if (!offered) throw new Refused('team_taken', { teamId: body.teamId });
  await seen(tx, incident);
  return assignmentView(offered);
}
