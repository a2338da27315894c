import type { ProposalView } from '../../shared/contract/assignments.ts';
import type { PairMemory } from '../../shared/rules/dispatch/better-team.ts';
import type { TeamId } from '../../shared/contract/ids.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { execute, type Plan } from './changes.ts';
import { policyAt } from './policies.ts';
import { activeAssignments } from './store.ts';
import {
  endProposal,
  insertProposal,
  lockProposal,
  openProposals,
  proposalView,
  proposalsAbout,
  type NewProposal,
  type ProposalRow,
} from './store-proposals.ts';

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

async function holdProposal(tx: Tx, id: number): Promise<ProposalRow> {
  const row = await lockProposal(tx.db, id);
  if (!row) throw new Refused('proposal_unknown', { proposalId: id });
  if (row.ended_at !== null)
    throw new Refused('proposal_ended', { proposalId: id, outcome: row.outcome, endedAt: row.ended_at });
  return row;
}

async function end(
  tx: Tx,
  row: ProposalRow,
  outcome: NonNullable<ProposalView['outcome']>,
): Promise<ProposalView> {
  const proposal = proposalView(await endProposal(tx.db, row.id, outcome, tx.at, tx.actor.id));
  tx.announce('proposal.ended', `proposal/${row.id}`, { proposal });
  return proposal;
}

/** One key: the change is done as a whole, or not at all when things have moved on. */
export async function acceptProposal(tx: Tx, id: number): Promise<ProposalView> {
  const row = await holdProposal(tx, id);
  const done = await execute(tx, planOf(row));
  if (!done) throw new Refused('proposal_ended', { proposalId: id, outcome: 'lapsed' });
  return end(tx, row, 'accepted');
}

const planOf = (row: ProposalRow): Plan => ({
  changes: row.changes as Plan['changes'],
  gainSeconds: row.gain_seconds,
  byPerson: true,
  decision: row.kind === 'preempt' ? 'preemption' : 'switch',
  reason: row.kind === 'preempt' ? 'preempted' : 'reassigned',
});

/** "Keep": this pair is silent from now on. */
export async function keepProposal(tx: Tx, id: number): Promise<ProposalView> {
  return end(tx, await holdProposal(tx, id), 'kept');
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

/** Takes down what no longer stands: another team has it, it arrived or ended, or it was shown long enough. */
export async function lapse(tx: Tx, shownSeconds: number): Promise<void> {
  const open = await openProposals(tx.db);
  if (open.length === 0) return;
  const active = await activeAssignments(tx.db);
  for (const row of open) {
    const lead = active.find((one) => one.is_lead && one.incident_id === row.incident_id);
    const stands =
      (lead?.team_id ?? null) === row.from_team_id &&
      lead?.state !== 'on_scene' &&
      tx.at - Date.parse(row.made_at) < shownSeconds * 1000;
    if (!stands) await end(tx, row, 'lapsed');
  }
}
