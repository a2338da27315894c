import type { Knex } from 'knex';
import type { Candidate } from '../../shared/contract/dispatch.ts';
import type { TaskKind } from '../../shared/contract/assignments.ts';
import { recordOf, type StoredDecision } from '../../shared/rules/dispatch/record.ts';
import { textHash } from './store-decisions.ts';
import { assignmentColumns, type AssignmentRow } from './store.ts';

/** An offer that is about to be made. */
export interface NewAssignment {
  readonly incidentId: number;
  readonly teamId: number;
  readonly slot: number;
  readonly kind: TaskKind;
  /** Of the incident's needs; 0 leads, null fills none. */
  readonly line: number | null;
  readonly manual: boolean;
  readonly at: number;
  readonly by: number | null;
  readonly answerBy: number | null;
  readonly etaSeconds: number | null;
  /** When the offer moved a team that was on its way elsewhere. */
  readonly switchedAt: number | null;
  /** Who answers for it, where auxiliaries may do it. */
  readonly supervisor: { readonly personId: number; readonly name: string } | null;
  readonly key: string;
}

/** What is kept of a decision, with what was evaluated of its situation. */
export interface Decided {
  readonly stored: StoredDecision;
  readonly evaluated: readonly Candidate[];
}

/**
 * Decides, and writes the offer with the record of its decision in one statement, or neither: nothing comes back when a
 * unique index refused the offer (somebody was first). A team that takes a task by itself is not a decision (null). The
 * hash (SHA-256, hex) of the record's exact text goes into the ledger with the offer.
 */
export async function insertOffer(
  db: Knex,
  a: NewAssignment,
  decided: Decided | null,
): Promise<{ assignment: AssignmentRow; decisionHash: string | null } | undefined> {
  const body = decided && JSON.stringify(recordOf(decided.stored, decided.evaluated));
  const { actor = null, policyHash = null, kind = null } = decided?.stored.head ?? {};
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const found = await db.raw(
    `with n as (select case when :body::text is not null then nextval(pg_get_serial_sequence('decision', 'id')) end id),
     offer as (insert into assignment (incident_id, team_id, kind, slot, is_lead, line, manual, state, offered_at, offered_by, answer_by,
         eta_seconds, switched_at, supervisor_id, supervisor_name, decision_id, idem_key)
       select :incidentId, :teamId, :task, :slot, :isLead, :line::smallint, :manual, 'offered', :offeredAt::timestamptz, :by::int,
         :answerAt::timestamptz, :etaSeconds::double precision, :switchedAt::timestamptz, :supervisorId::int, :supervisorName::text, n.id, :key::uuid from n
       on conflict do nothing returning ${assignmentColumns.join(', ')}),
     told as (insert into decision (id, incident_id, kind, at, actor_id, policy_hash, body, situation) overriding system value
       select o.decision_id, :incidentId, :kind, :offeredAt::timestamptz, :actor::int, :policyHash, :body, :situation from offer o where o.decision_id is not null)
     select * from offer`,
    {
      incidentId: a.incidentId,
      teamId: a.teamId,
      task: a.kind,
      slot: a.slot,
      isLead: a.line === 0,
      line: a.line,
      manual: a.manual,
      offeredAt: instant(a.at),
      by: a.by,
      answerAt: instant(a.answerBy),
      etaSeconds: a.etaSeconds,
      switchedAt: instant(a.switchedAt),
      supervisorId: a.supervisor?.personId ?? null,
      supervisorName: a.supervisor?.name ?? null,
      key: a.key,
      kind,
      actor: actor === 'automatic' ? null : actor,
      policyHash,
      body,
      situation: decided && JSON.stringify(decided.stored),
    } as never,
  );
  const assignment = found.rows[0] as AssignmentRow | undefined;
  return assignment && { assignment, decisionHash: body && textHash(body) };
}
