import type { ProposalView } from '../../shared/contract/assignments.ts';
import { findIncidents } from '../incidents/store.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams } from '../teams/store.ts';
import { canGo, execute, type Plan } from './changes.ts';
import { sendCombined } from './combine.ts';
import { activeAssignments } from './store.ts';
import {
  endProposal,
  lockProposal,
  openProposals,
  proposalView,
  type ProposalRow,
} from './store-proposals.ts';

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
  const done = row.kind === 'combine' ? await sendCombined(tx, row) : await execute(tx, planOf(row));
  if (!done) throw new Refused('proposal_ended', { proposalId: id, outcome: 'lapsed' });
  return end(tx, row, 'accepted');
}

const planOf = (row: ProposalRow): Plan => ({
  changes: row.changes as Plan['changes'],
  gainSeconds: row.gain_seconds ?? 0,
  byPerson: true,
  decision: row.kind === 'preempt' ? 'preemption' : 'switch',
  reason: row.kind === 'preempt' ? 'preempted' : 'reassigned',
});

/** "Keep": this pair is silent from now on. */
export async function keepProposal(tx: Tx, id: number): Promise<ProposalView> {
  return end(tx, await holdProposal(tx, id), 'kept');
}

/**
 * Takes down what no longer stands: an incident has another team, a team arrived or cannot go any more, or it was shown
 * long enough. Two teams that could go together are no matter of minutes: they stand until somebody can go.
 */
export async function lapse(tx: Tx, shownSeconds: number): Promise<void> {
  const open = await openProposals(tx.db);
  if (open.length === 0) return;
  const changes = open.flatMap((row) => row.changes);
  const incidents = await findIncidents(tx.db, [...new Set(changes.map(({ incidentId }) => incidentId))]);
  const teamIds = changes.flatMap(({ toTeamId }) => toTeamId ?? []);
  const teams = new Map((await listTeams(tx.db, teamIds)).map((team) => [team.id, team]));
  const leads = new Map(
    (await activeAssignments(tx.db)).flatMap((one) => (one.is_lead ? [[one.incident_id, one] as const] : [])),
  );
  const isAsSeen = ({ incidentId, fromTeamId }: ProposalRow['changes'][number]): boolean => {
    const lead = leads.get(incidentId);
    if (!lead)
      return fromTeamId === null && incidents.some(({ id, state }) => id === incidentId && state === 'filed');
    return lead.team_id === fromTeamId && lead.state !== 'on_scene';
  };
  for (const row of open) {
    const fresh = row.kind === 'combine' || tx.at - Date.parse(row.made_at) < shownSeconds * 1000;
    if (!fresh || !row.changes.every(isAsSeen) || !canGo(row.changes, teams)) await end(tx, row, 'lapsed');
  }
}
