import type { PenaltyFileState, Procedure } from '../../contract/enforcement.ts';
import type { Role } from '../../contract/roles.ts';
import { type Step, type StepRefusal, takeStep } from './machine.ts';
import { type PenaltyFileFacts, type PenaltyFileGuard, penaltyFileGuards } from './penalty-file-guards.ts';

/** A row of the table, valid for some procedures; `becomes` names the procedure that the file follows afterwards. */
interface FileStep<Event extends string> extends Step<PenaltyFileState, Event, PenaltyFileGuard> {
  readonly procedures: readonly (Procedure | null)[];
  readonly becomes?: Procedure;
}

const officers: readonly Role[] = ['officer', 'leader'];
const head: readonly Role[] = ['head'];
const reviewer: readonly Role[] = ['legalReviewer'];
const undecided = [
  'opened',
  'notice_posted',
  'notice_expired',
  'told',
  'heard',
  'investigated',
  'legal_review',
] as const satisfies PenaltyFileState[];
const simple = ['simple'] as const;
const ordinary = ['ordinary'] as const;
const notice = ['notice'] as const;
const decidable = ['simple', 'ordinary'] as const;
const any = ['notice', 'simple', 'ordinary'] as const;

/**
 * The penalty file as a table (行政处罚法, articles behind each block). Simple and ordinary procedure share states but
 * not steps; a paper on the windscreen is a file that has chosen neither yet.
 */
// prettier-ignore
const table = [
  // simple procedure: 51 to 53, 42, 44, 45, 62
  step('file.opened', [null], [null], 'opened', officers, ['officers_two', 'simple_allowed'], 'simple'),
  step('rights.told', simple, ['opened'], 'told', officers, ['officers_two', 'licence_shown', 'rights_told']),
  step('statement.taken', simple, ['told'], 'heard', officers, ['officers_two', 'statement_taken']),
  step('penalty.decided', simple, ['heard'], 'decided', officers, ['officers_two', 'simple_allowed', 'number_taken', 'amount_lawful']),
  step('decision.served', simple, ['decided'], 'served', officers, ['officers_two', 'served_by_hand']),
  step('file.closed', simple, ['served', 'enforcing'], 'closed', ['system', ...officers], ['decision_registered', 'decision_settled', 'demand_over', 'remedy_over', 'measures_over']),
  step('file.converted', simple, ['opened', 'told', 'heard'], 'opened', [...officers, ...head], ['simple_refused', 'reason_given'], 'ordinary'),

  // the paper on the windscreen: an inquiry, it fines nobody
  step('notice.posted', [null], [null], 'notice_posted', [...officers, 'auxiliary'], ['officer_present', 'notice_complete'], 'notice'),
  step('party.identified', notice, ['notice_posted'], 'opened', officers, ['party_identified', 'simple_allowed'], 'simple'),
  step('party.identified', notice, ['notice_posted', 'notice_expired'], 'opened', officers, ['party_identified', 'simple_refused'], 'ordinary'),
  step('notice.expired', notice, ['notice_posted'], 'notice_expired', ['system'], ['notice_due']),
  step('file.registered', notice, ['notice_expired'], 'opened', head, ['standard_met'], 'ordinary'),

  // ordinary procedure: 54 to 61
  step('file.registered', [null], [null], 'opened', head, ['standard_met'], 'ordinary'),
  step('file.registered', ordinary, ['opened'], 'opened', head, ['filing_pending', 'standard_met']),
  step('inquiry.completed', ordinary, ['opened'], 'investigated', officers, ['filing_approved', 'officers_two', 'licence_shown', 'records_made', 'preservation_decided']),
  step('rights.told', ordinary, ['investigated'], 'told', officers, ['officers_two', 'rights_told']),
  step('statement.taken', ordinary, ['told'], 'heard', ['system', ...officers, ...reviewer], ['statement_over', 'hearing_held']),
  step('review.requested', ordinary, ['heard'], 'legal_review', [...officers, ...reviewer], []),
  step('review.refused', ordinary, ['legal_review'], 'investigated', reviewer, ['reviewer_independent', 'review_failed', 'reason_given']),
  step('penalty.decided', ordinary, ['heard'], 'decided', head, ['review_needless', 'officers_two', 'evidence_verified', 'discussed_together', 'amount_lawful', 'number_taken', 'period_running']),
  step('penalty.decided', ordinary, ['legal_review'], 'decided', head, ['review_passed', 'reviewer_independent', 'officers_two', 'evidence_verified', 'discussed_together', 'amount_lawful', 'number_taken', 'period_running']),
  step('decision.served', ordinary, ['decided'], 'served', ['system', ...officers, 'auxiliary'], ['service_consented', 'announcement_over']),
  step('file.closed', ordinary, ['served', 'enforcing'], 'closed', ['system', ...head], ['decision_settled', 'demand_over', 'remedy_over', 'measures_over']),

  // what may happen to any file: 30, 31, 33, 57, 72, 48
  step('penalty.waived', any, undecided, 'no_penalty', head, ['ground_given', 'education_recorded', 'measures_over']),
  step('file.transferred', any, undecided, 'transferred', head, ['reason_given']),
  step('enforcement.started', decidable, ['served'], 'enforcing', head, ['payment_overdue']),
  step('decision.revoked', decidable, ['decided', 'served', 'enforcing', 'closed'], 'revoked', head, ['review_decided', 'reason_given']),
] as const satisfies readonly FileStep<string>[];

export type PenaltyFileEvent = (typeof table)[number]['event'];

/** The table, for documentation and for the property tests. */
export const penaltyFileSteps: readonly FileStep<PenaltyFileEvent>[] = table;

/** A file before its first fact, or as it stands. */
export interface FileStanding {
  readonly procedure: Procedure | null;
  readonly state: PenaltyFileState | null;
}

/** May this role take this step of the file now, where does it lead and under which procedure? */
export function penaltyFileTransition(
  file: FileStanding,
  event: PenaltyFileEvent,
  role: Role,
  facts: PenaltyFileFacts,
):
  | { ok: true; to: PenaltyFileState; procedure: Procedure }
  | { ok: false; refusal: StepRefusal<PenaltyFileGuard> } {
  const rows = penaltyFileSteps.filter((row) => row.procedures.includes(file.procedure));
  const holds = (guard: PenaltyFileGuard): boolean => penaltyFileGuards[guard](facts);
  const step = takeStep(rows, file.state, event, role, holds);
  if (!step.ok) return step;
  const procedure = step.row.becomes ?? file.procedure;
  if (procedure === null) return { ok: false, refusal: { code: 'transition_illegal' } };
  return { ok: true, to: step.to, procedure };
}

function step<const Event extends string>(
  event: Event,
  procedures: readonly (Procedure | null)[],
  from: readonly (PenaltyFileState | null)[],
  to: PenaltyFileState,
  by: readonly Role[],
  guards: readonly PenaltyFileGuard[],
  becomes?: Procedure,
): FileStep<Event> {
  return { event, procedures, from, to, by, guards, ...(becomes ? { becomes } : {}) };
}
