import type { Policy } from '../../shared/contract/dispatch.ts';
import type { PairMemory } from '../../shared/rules/dispatch/better-team.ts';
import type { TeamId } from '../../shared/contract/ids.ts';
import { isFull } from '../../shared/rules/dispatch/eligibility.ts';
import type { Combination } from '../../shared/rules/dispatch/lines.ts';
import { proposePreemption } from '../../shared/rules/dispatch/preempt-proposal.ts';
import { outranks, victimOf } from '../../shared/rules/dispatch/preempt.ts';
import { isDriving, type Situation } from '../../shared/rules/dispatch/situation.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncidents } from '../incidents/store.ts';
import type { View } from './claim.ts';
import { policyAt } from './policies.ts';
import { situationOf } from './scene.ts';
import {
  insertProposal,
  proposalsAbout,
  proposalsWaiting,
  proposalView,
  type NewProposal,
} from './store-proposals.ts';
import { subjectOf } from './subject.ts';
import { townWide } from './views.ts';

/** Shows a change that a person decides, unless the same one stands, was shown a moment ago or was silenced. */
export async function propose(tx: Tx, proposal: Omit<NewProposal, 'at'>): Promise<void> {
  const { policy } = await policyAt(tx.db, tx.at);
  const since = tx.at - policy.betterTeam.repeatSeconds * 1000;
  const { assignmentId, incidentId, toTeamId } = proposal;
  const shown =
    assignmentId === null
      ? await proposalsWaiting(tx.db, incidentId, toTeamId)
      : (await proposalsAbout(tx.db, [assignmentId])).filter((row) => row.to_team_id === toTeamId);
  if (shown.some((row) => row.outcome === 'kept' || Date.parse(row.made_at) > since)) return;
  const row = await insertProposal(tx.db, { ...proposal, at: tx.at });
  if (row) tx.announce('proposal.made', `proposal/${row.id}`, { proposal: proposalView(row) });
}

/** What was shown about these assignments before, for the silence between two alerts. */
export async function memoryOf(tx: Tx, assignmentIds: readonly number[]): Promise<PairMemory[]> {
  return (await proposalsAbout(tx.db, assignmentIds)).map((row) => ({
    assignmentId: row.assignment_id as PairMemory['assignmentId'],
    teamId: row.to_team_id as TeamId,
    alertedAt: Date.parse(row.made_at),
    kept: row.outcome === 'kept',
  }));
}

/** The changes that give a task's incident to another team: one with its hands full leaves the incident that it is on. */
export function handOver(
  { teams, incident }: Situation,
  task: { readonly incident_id: number; readonly team_id: number },
  toTeamId: number,
  policy: Policy,
): Pick<NewProposal, 'changes' | 'otherIncidentId' | 'otherEtaSeconds'> {
  const team = teams.find(({ teamId }) => teamId === (toTeamId as TeamId))!;
  const left = isFull(team, policy) ? victimOf(team, incident.priority, policy) : null;
  const change = { incidentId: task.incident_id, fromTeamId: task.team_id, toTeamId };
  return {
    changes: left
      ? [change, { incidentId: left.incidentId, fromTeamId: toTeamId, toTeamId: null }]
      : [change],
    otherIncidentId: left?.incidentId ?? null,
    otherEtaSeconds: null,
  };
}

/**
 * Nobody can go, but a team that drives to a lower priority could: sent there by hand, or about to arrive. Only a person
 * takes it away; the card says who would take over what it leaves.
 */
export async function proposeReserved(tx: Tx, { scene, situation }: View): Promise<void> {
  const { policy } = scene.inForce;
  const { incidentId, priority } = situation.incident;
  const leads = scene.teams.flatMap(({ assignments }) =>
    assignments.filter(
      (held) => held.line === 0 && isDriving(held) && outranks(policy, priority, held.priority),
    ),
  );
  const left = new Map<number, Situation>();
  for (const row of await findIncidents(
    tx.db,
    leads.map((held) => held.incidentId),
  ))
    left.set(row.id, await situationOf(scene, await subjectOf(tx, row, scene), townWide()));
  const found =
    left.size === 0 ? null : proposePreemption(situation, (id) => left.get(id) ?? null, policy, tx.at);
  if (!found) return;
  const { teamId, leavesIncidentId, successorTeamId } = found;
  await propose(tx, {
    kind: 'preempt',
    incidentId,
    assignmentId: null,
    fromTeamId: null,
    toTeamId: teamId,
    etaSeconds: found.etaSeconds,
    gainSeconds: found.gainSeconds,
    otherIncidentId: leavesIncidentId,
    otherEtaSeconds: found.successorEtaSeconds,
    changes: [
      { incidentId, fromTeamId: null, toTeamId: teamId },
      { incidentId: leavesIncidentId, fromTeamId: teamId, toTeamId: successorTeamId },
    ],
  });
}

/** Two teams that have two licensed officers together, where no single one has: a person decides, never the engine. */
export const proposeCombined = (
  tx: Tx,
  incidentId: number,
  { teamIds, etaSeconds }: Combination,
): Promise<void> =>
  propose(tx, {
    kind: 'combine',
    incidentId,
    assignmentId: null,
    fromTeamId: null,
    toTeamId: teamIds[0],
    etaSeconds,
    gainSeconds: null,
    otherIncidentId: null,
    otherEtaSeconds: null,
    changes: teamIds.map((toTeamId) => ({ incidentId, fromTeamId: null, toTeamId })),
  });
