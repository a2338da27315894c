import type { Candidate } from '../../shared/contract/dispatch.ts';
import type { DecisionKind, OverrideReason, TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { PersonId, TeamId } from '../../shared/contract/ids.ts';
import { ofPriority } from '../../shared/rules/dispatch/policy.ts';
import type { DecisionHead, StoredDecision } from '../../shared/rules/dispatch/record.ts';
import type { Situation } from '../../shared/rules/dispatch/situation.ts';
import { supervisorFor } from '../../shared/rules/dispatch/supervisor.ts';
import { findPersonById } from '../auth/store.ts';
import { plan } from '../kernel/due.ts';
import type { Tx } from '../kernel/transact.ts';
import { updateIncident, type IncidentRow } from '../incidents/store.ts';
import { freeSlot, takeSlot } from '../teams/store.ts';
import { dueKinds } from './due.ts';
import type { Scene } from './scene.ts';
import { askIncident, subject, tell } from './steps.ts';
import { insertOffer, type NewAssignment } from './store-offers.ts';
import type { AssignmentRow } from './store.ts';
import type { Subject } from './subject.ts';

/** What a claim is made from: the town as it was seen, and what the engine thought of every team. */
export interface View {
  readonly scene: Scene;
  readonly situation: Situation;
  readonly candidates: readonly Candidate[];
  readonly subject: Subject;
}

/** One team wanted for one incident, and why. */
export interface Wanted {
  readonly view: View;
  readonly teamId: number;
  readonly kind: TaskKind;
  /** The line that it fills; 0 leads, null fills none. */
  readonly line: number | null;
  /** Sticky: a person chose against the ranking. */
  readonly manual: boolean;
  readonly decision: DecisionKind;
  readonly claimsLost: readonly number[];
  readonly override: { readonly reason: OverrideReason; readonly text: string } | null;
  readonly change: DecisionHead['change'];
  readonly key: string;
  /** False: who holds the team's row is not waited for. */
  readonly waiting: boolean;
  readonly switched: boolean;
  /** Whom a person named to answer for auxiliaries. */
  readonly supervisorId?: number | null;
}

/**
 * Takes the slot of a team on its locked row, writes the offer and the decision that made it, and moves the
 * incident. Nothing comes back when somebody was faster: the slot first, the unique indexes as the last word.
 */
export async function claimTeam(tx: Tx, incident: IncidentRow, wanted: Wanted): Promise<Claimed | undefined> {
  const { scene, situation, candidates } = wanted.view;
  const { policy, hash } = scene.inForce;
  const person = tx.actor.kind === 'person' ? (tx.actor.id as PersonId) : null;
  const isLead = wanted.line === 0;
  const state = isLead
    ? askIncident(tx, incident, 'assignment.offered', { explained: true, teamEligible: true })
    : incident.state;
  const slot = await takeSlot(tx.db, wanted.teamId, tx.at, wanted.waiting);
  if (slot === undefined) return undefined;
  const assignment: NewAssignment = {
    incidentId: incident.id,
    teamId: wanted.teamId,
    slot,
    kind: wanted.kind,
    line: wanted.line,
    manual: wanted.manual,
    at: tx.at,
    by: person,
    answerBy: policy.offers.enabled
      ? tx.at + ofPriority(policy.offers.answerSeconds, incident.priority) * 1000
      : null,
    etaSeconds: candidates.find(({ teamId }) => teamId === wanted.teamId)?.etaSeconds ?? null,
    switchedAt: wanted.switched ? tx.at : null,
    supervisor: await supervisorOf(tx, wanted),
    key: wanted.key,
  };
  const stored: StoredDecision = {
    situation,
    policy,
    at: tx.at,
    head: {
      kind: wanted.decision,
      actor: person !== null && wanted.decision === 'manual' ? person : 'automatic',
      policyHash: hash,
      editionId: scene.editionId,
      coverageId: scene.coverageId,
      claimsLost: wanted.claimsLost as TeamId[],
      slot,
      givenTeamId: wanted.teamId as TeamId,
      override: wanted.override,
      change: wanted.change,
    },
  };
  const made = await insertOffer(tx.db, assignment, { stored, evaluated: candidates });
  if (!made) {
    await freeSlot(tx.db, wanted.teamId, slot, tx.at);
    return undefined;
  }
  tx.deps.fault('inserted');
  const moved = await updateIncident(tx.db, incident.id, { state });
  tx.deps.fault('updated');
  return { ...made, incident: moved };
}

/** Who answers for what the team will do, with the name of today; null for a task that needs officers of its own. */
async function supervisorOf(
  tx: Tx,
  { view, teamId, supervisorId }: Wanted,
): Promise<NewAssignment['supervisor']> {
  const personId = supervisorId ?? supervisorFor(view.situation, teamId as TeamId, tx.at);
  const person = personId === null ? undefined : await findPersonById(tx.db, personId);
  return person ? { personId: person.id, name: person.display_name } : null;
}

/** An offer that was made, and the incident as it is with it. */
export interface Claimed {
  readonly assignment: AssignmentRow;
  readonly incident: IncidentRow;
  /** Of the record of its decision, as the ledger is told. */
  readonly decisionHash: string | null;
}

/** An offer that no search follows: it is told, and its answer is waited for. */
export async function tellOffer(tx: Tx, { assignment, incident, decisionHash }: Claimed): Promise<void> {
  if (assignment.answer_by !== null)
    await plan(tx.db, dueKinds.offer, `assignment/${assignment.id}`, Date.parse(assignment.answer_by));
  const told = await tell(tx, assignment, incident);
  tx.announce('assignment.offered', subject(incident.id), { ...told, decisionHash });
}
