import type { PairMemory } from '../../shared/rules/dispatch/better-team.ts';
import type { TeamId } from '../../shared/contract/ids.ts';
import type { Combination } from '../../shared/rules/dispatch/lines.ts';
import type { Tx } from '../kernel/transact.ts';
import { policyAt } from './policies.ts';
import { insertProposal, proposalsAbout, proposalView, type NewProposal } from './store-proposals.ts';

/** Shows a change that a person decides, unless the same one stands, was shown a moment ago or was silenced. */
export async function propose(tx: Tx, proposal: Omit<NewProposal, 'at'>): Promise<void> {
  if (proposal.assignmentId !== null) {
    const { policy } = await policyAt(tx.db, tx.at);
    const since = tx.at - policy.betterTeam.repeatSeconds * 1000;
    const shown = (await memoryOf(tx, [proposal.assignmentId])).filter(
      ({ teamId }) => teamId === (proposal.toTeamId as TeamId),
    );
    if (shown.some(({ kept, alertedAt }) => kept || alertedAt > since)) return;
  }
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
    gainSeconds: 0,
    otherIncidentId: null,
    otherEtaSeconds: etaSeconds,
    changes: teamIds.map((toTeamId) => ({ incidentId, fromTeamId: null, toTeamId })),
  });
