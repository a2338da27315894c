import type { Knex } from 'knex';
import type { ProposalView } from '../../shared/contract/assignments.ts';

/** All SQL that names proposal. */

export interface ProposalRow {
  id: number;
  kind: ProposalView['kind'];
  incident_id: number;
  assignment_id: number | null;
  from_team_id: number | null;
  to_team_id: number;
  eta_seconds: number | null;
  gain_seconds: number | null;
  other_incident_id: number | null;
  other_eta_seconds: number | null;
  changes: readonly ProposedChange[];
  made_at: string;
  ended_at: string | null;
  outcome: ProposalView['outcome'];
}

/** One incident of a proposal that changes hands. */
interface ProposedChange {
  readonly incidentId: number;
  readonly fromTeamId: number | null;
  readonly toTeamId: number | null;
}

/** Who would take over an incident that a proposal empties. */
const successorOf = ({ changes, other_incident_id: left }: ProposalRow) =>
  left === null ? null : (changes.find(({ incidentId }) => incidentId === left)?.toTeamId ?? null);

/** The wire form of a proposal. */
export const proposalView = (row: ProposalRow): ProposalView =>
  ({
    id: row.id,
    kind: row.kind,
    incidentId: row.incident_id,
    assignmentId: row.assignment_id,
    fromTeamId: row.from_team_id,
    toTeamId: row.to_team_id,
    withTeamId: row.kind === 'combine' ? (row.changes[1]?.toTeamId ?? null) : null,
    etaSeconds: row.eta_seconds,
    gainSeconds: row.gain_seconds,
    otherIncidentId: row.other_incident_id,
    otherTeamId: successorOf(row),
    otherEtaSeconds: row.other_eta_seconds,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
  }) as ProposalView;

export const openProposals = (db: Knex): Promise<ProposalRow[]> =>
  db<ProposalRow>('proposal').whereNull('ended_at').orderBy('id');

/** A change to be shown; `changes` is what accepting it does as one whole. */
export interface NewProposal {
  readonly kind: ProposalRow['kind'];
  readonly incidentId: number;
  readonly assignmentId: number | null;
  readonly fromTeamId: number | null;
  readonly toTeamId: number;
  readonly etaSeconds: number;
  readonly gainSeconds: number | null;
  readonly otherIncidentId: number | null;
  readonly otherEtaSeconds: number | null;
  readonly changes: readonly ProposedChange[];
  readonly at: number;
}

/** Writes a proposal unless the same one stands; answers the row only when it is new. */
export async function insertProposal(db: Knex, p: NewProposal): Promise<ProposalRow | undefined> {
  const rows = await db('proposal')
    .insert({
      kind: p.kind,
      incident_id: p.incidentId,
      assignment_id: p.assignmentId,
      from_team_id: p.fromTeamId,
      to_team_id: p.toTeamId,
      eta_seconds: p.etaSeconds,
      gain_seconds: p.gainSeconds,
      other_incident_id: p.otherIncidentId,
      other_eta_seconds: p.otherEtaSeconds,
      changes: JSON.stringify(p.changes),
      made_at: new Date(p.at),
    })
    .onConflict()
    .ignore()
    .returning('*');
  return rows[0] as ProposalRow | undefined;
}

export const lockProposal = (db: Knex, id: number): Promise<ProposalRow | undefined> =>
  db<ProposalRow>('proposal').where({ id }).forUpdate().first();

export async function endProposal(
  db: Knex,
  id: number,
  outcome: NonNullable<ProposalRow['outcome']>,
  at: number,
  by: number | null,
): Promise<ProposalRow> {
  const [row] = await db('proposal')
    .where({ id })
    .update({ ended_at: new Date(at), outcome, ended_by: by })
    .returning('*');
  return row as ProposalRow;
}

/** Everything that was ever proposed about these assignments. */
export const proposalsAbout = (db: Knex, assignmentIds: readonly number[]): Promise<ProposalRow[]> =>
  db<ProposalRow>('proposal')
    .whereIn('assignment_id', [...assignmentIds])
    .orderBy('id');

/** What was proposed for an incident while nobody was on the way to it, by the team. */
export const proposalsWaiting = (db: Knex, incidentId: number, toTeamId: number): Promise<ProposalRow[]> =>
  db<ProposalRow>('proposal')
    .where({ incident_id: incidentId, to_team_id: toTeamId })
    .whereNull('assignment_id')
    .orderBy('id');
