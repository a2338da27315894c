import type { AssignmentId, IncidentId, TeamId } from '../../shared/contract/ids.ts';
import type { DecisionKind, WithdrawReason } from '../../shared/contract/dispatch-codes.ts';
import type { Change } from '../../shared/rules/dispatch/groups.ts';
import type { LineFill } from '../../shared/rules/dispatch/lines.ts';
import { step } from '../../shared/rules/dispatch/offers.ts';
import type { OfferStep } from '../../shared/rules/dispatch/offer-loop.ts';
import type { DecisionHead } from '../../shared/rules/dispatch/record.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { lockIncidents, type IncidentRow } from '../incidents/store.ts';
import { lockTeams, markSwitched, type TeamRow } from '../teams/store.ts';
import { drive } from './drive.ts';
import { loopOf } from './loops.ts';
import { type LoopRow } from './store-loops.ts';
import { policyAt } from './policies.ts';
import { endAssignment } from './steps.ts';
import { activeAssignments, jointAssignments, type AssignmentRow } from './store.ts';
import { fillSupport, served } from './support.ts';
import { townWide, viewOf } from './views.ts';

/** Changes that are done as one whole or not at all. */
export interface Plan {
  readonly changes: readonly Pick<Change, 'incidentId' | 'fromTeamId' | 'toTeamId'>[];
  readonly gainSeconds: number;
  /** A person accepted it: it may touch what a person chose before. */
  readonly byPerson: boolean;
  readonly decision: DecisionKind;
  readonly reason: WithdrawReason;
  /** Who goes beside the leads, where one look filled the lines of everybody: nobody else is sought for them meanwhile. */
  readonly beside?: readonly Beside[];
}

/** One team for one line beside a lead. */
interface Beside {
  readonly incidentId: IncidentId;
  readonly line: number;
  readonly teamId: TeamId;
}

interface Step {
  readonly incidentId: number;
  readonly from: AssignmentRow | null;
  readonly toTeamId: number | null;
  incident: IncidentRow;
  row: LoopRow;
  rest: OfferStep | null;
}

/**
 * Moves teams between incidents. Everything that takes part is locked first, incidents and then teams in the order of
 * their numbers, and must still be as it was seen; else nothing is done and the answer is false.
 */
export async function execute(tx: Tx, plan: Plan): Promise<boolean> {
  const steps = await hold(tx, plan);
  if (!steps) return false;
  const { policy } = await policyAt(tx.db, tx.at);
  const moved = new Set<number>();
  const actor = plan.byPerson ? tx : tx.as(systemActor);
  for (const one of steps) {
    if (!one.from) continue;
    const assignmentId = one.from.id as AssignmentId;
    const event = { type: 'withdrawn', assignmentId, reason: plan.reason } as const;
    const { loop, effects } = step(one.row.loop, event, policy, tx.at);
    await endAssignment(actor, one.incident, one.from.id, 'assignment.withdrawn', plan.reason);
    if (steps.some(({ toTeamId }) => toTeamId === one.from?.team_id)) moved.add(one.from.team_id);
    one.row = { ...one.row, loop };
    one.rest = { loop, effects: effects.filter(({ type }) => type !== 'end'), refusal: null };
  }
  for (const teamId of moved) await markSwitched(tx.db, teamId, tx.at);
  for (const one of steps) {
    [one.incident] = (await lockIncidents(tx.db, [one.incidentId])) as [IncidentRow];
    if (one.toTeamId === null) continue;
    const event = { type: 'given', teamId: one.toTeamId as TeamId, manual: false } as const;
    const given = step(one.row.loop, event, policy, tx.at);
    const reach = townWide(one.from?.kind ?? null, one.row.loop.exclusions, one.row.loop.round);
    await drive(tx, one.incident, one.row, given, {
      view: await viewOf(tx, one.incident, reach, [one.toTeamId]),
      decision: plan.decision,
      ...(one.from && { kind: one.from.kind }),
      override: null,
      change: changeOf(plan, policy.rematch.hysteresisSeconds),
      key: null,
      switched: moved.has(one.toTeamId),
      alone: plan.beside !== undefined,
    });
  }
  for (const incident of await lockIncidents(tx.db, incidentsBeside(plan)))
    await fillSupport(tx, incident, fillsOf(plan, incident.id), plan.decision);
  // whoever lost a team and got none looks for another, now that the others have theirs
  for (const one of steps) {
    if (one.toTeamId === null && one.rest)
      await drive(tx, one.incident, { ...one.row, going: 'auto' }, one.rest);
  }
  return true;
}

const incidentsBeside = ({ beside = [] }: Plan) => [
  ...new Set(beside.map(({ incidentId }) => incidentId as number)),
];

/** What a plan gives the lines of one incident. */
const fillsOf = ({ beside = [] }: Plan, incidentId: number): LineFill[] =>
  beside
    .filter((one) => one.incidentId === incidentId)
    .map(({ line, teamId, ...one }) => ({
      ...one,
      line,
      isLead: false,
      teamIds: [teamId],
      lacking: 0,
      shortfall: [],
    }));

const changeOf = ({ changes, gainSeconds }: Plan, hysteresisSeconds: number): DecisionHead['change'] => ({
  gainSeconds,
  hysteresisSeconds,
  before: changes.map(({ incidentId, fromTeamId }) => ({ incidentId, teamId: fromTeamId })),
  after: changes.map(({ incidentId, toTeamId }) => ({ incidentId, teamId: toTeamId })),
});

/** Locks what takes part and looks whether it still stands. */
async function hold(tx: Tx, plan: Plan): Promise<Step[] | undefined> {
  const { changes, byPerson } = plan;
  const ids = [...changes.map(({ incidentId }) => incidentId as number), ...incidentsBeside(plan)];
  const rows = new Map((await lockIncidents(tx.db, ids)).map((row) => [row.id, row]));
  const active = await activeAssignments(tx.db, { incidentIds: ids });
  const joint = byPerson
    ? []
    : await jointAssignments(
        tx.db,
        active.map(({ id }) => id),
      );
  const steps: Step[] = [];
  for (const { incidentId, fromTeamId, toTeamId } of changes) {
    const incident = rows.get(incidentId);
    const from = active.find((one) => one.incident_id === incidentId && one.is_lead) ?? null;
    if (!incident || incident.hold_until !== null || (from?.team_id ?? null) !== fromTeamId) return undefined;
    if (from ? !isMovable(from, byPerson) : incident.state !== 'filed') return undefined;
    if (from && joint.includes(from.id)) return undefined;
    const { row } = await loopOf(tx, incident, 'auto');
    steps.push({ incidentId, from, toTeamId, incident, row, rest: null });
  }
  const beside = plan.beside ?? [];
  if (!beside.every((one) => lacks(rows.get(one.incidentId), one, beside, active))) return undefined;
  const teamIds = [
    ...steps.flatMap(({ from, toTeamId }) => [from?.team_id, toTeamId]).filter((id) => id != null),
    ...beside.map(({ teamId }) => teamId),
  ];
  const teams = new Map((await lockTeams(tx.db, teamIds)).map((team) => [team.id, team]));
  tx.deps.fault('locked');
  const given = beside.map(({ incidentId, teamId }) => ({ incidentId, fromTeamId: null, toTeamId: teamId }));
  const all = [...changes, ...given];
  return canGo(all, teams) && !servesTwice(all) ? steps : undefined;
}

/** A team with two slots might be given two lines of one incident; it can fill one. */
const servesTwice = (all: readonly Pick<Change, 'incidentId' | 'toTeamId'>[]): boolean =>
  all.some(({ incidentId, toTeamId }, i) =>
    all.some(
      (other, j) =>
        j > i && toTeamId !== null && other.incidentId === incidentId && other.toTeamId === toTeamId,
    ),
  );

/** Does the line still lack as many teams as the plan gives it, and this team nowhere else in the incident? */
function lacks(
  incident: IncidentRow | undefined,
  { line, teamId }: Beside,
  beside: readonly Beside[],
  active: readonly AssignmentRow[],
): boolean {
  const need = incident?.needs?.[line];
  if (!incident || !need || incident.hold_until !== null || !served.includes(incident.state)) return false;
  const there = active.filter((row) => row.incident_id === incident.id);
  const given = beside.filter((one) => one.incidentId === incident.id && one.line === line);
  const serving = there.filter((row) => row.line === line).length;
  return serving + given.length <= need.count && there.every((row) => row.team_id !== teamId);
}

const isMovable = (from: AssignmentRow, byPerson: boolean): boolean =>
  from.state !== 'on_scene' && (byPerson || !from.manual);

/** Every team that is to go is on duty, with as many slots as it is to fill, free or freed by these changes. */
export const canGo = (
  changes: readonly { readonly fromTeamId: number | null; readonly toTeamId: number | null }[],
  teams: ReadonlyMap<number, TeamRow>,
): boolean =>
  changes.every(({ toTeamId }) => {
    if (toTeamId === null) return true;
    const team = teams.get(toTeamId);
    if (!team?.on_duty) return false;
    const filled = changes.filter((one) => one.toTeamId === toTeamId).length;
    const freed = changes.filter(({ fromTeamId }) => fromTeamId === toTeamId).length;
    return filled <= team.free_slots.length + freed;
  });
