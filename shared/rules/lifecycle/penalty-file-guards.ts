import type { ServiceMode } from '../../contract/enforcement.ts';

/** Somebody who signs: counted once per person, only with a licence valid now and not recused (行政处罚法 42, 43). */
export interface Signer {
  readonly personId: number;
  readonly licensed: boolean;
  readonly recused: boolean;
}

/** What the shell knows about a penalty file when it asks for a step; a fact left out counts as not given. */
export interface PenaltyFileFacts {
  readonly signers?: readonly Signer[];
  /** The answer of `maySimple` for this file, now. */
  readonly simpleAllowed?: boolean;
  readonly filingStandardMet?: boolean;
  /** The head has approved the filing of an ordinary file (54②). */
  readonly filed?: boolean;
  readonly noticePhotos?: number;
  readonly plateRead?: boolean;
  readonly numberTaken?: boolean;
  readonly partyIdentified?: boolean;
  readonly noticeDue?: boolean;
  readonly licenceShown?: boolean;
  /** Content, facts, grounds and rights were told before deciding (44). */
  readonly rightsTold?: boolean;
  readonly statement?: 'heard' | 'waived' | 'period_over';
  readonly hearingRequested?: boolean;
  readonly hearingHeld?: boolean;
  /** The party stayed away from its hearing, or took the request back (64(6)). */
  readonly hearingEnded?: boolean;
  readonly chairInvestigated?: boolean;
  readonly recordsMade?: boolean;
  readonly preservationPending?: boolean;
  /** Things of the file are registered or seized and wait for what becomes of them. */
  readonly measuresOpen?: boolean;
  /** The case is one of those of 行政处罚法 58. */
  readonly reviewCompulsory?: boolean;
  readonly reviewPassed?: boolean;
  readonly reviewerInvestigated?: boolean;
  readonly amountLawful?: boolean;
  readonly evidenceVerified?: boolean;
  /** Complex or grave: decided by the heads together (57②). */
  readonly grave?: boolean;
  readonly discussedTogether?: boolean;
  readonly insideDecisionPeriod?: boolean;
  readonly noPenaltyGround?:
    'minor_corrected' | 'first_time' | 'no_fault' | 'minor_age' | 'incapacity' | 'unproven';
  readonly educated?: boolean;
  readonly reason?: string;
  readonly service?: ServiceMode;
  /** Thirty days since the announcement are over. */
  readonly announcementOver?: boolean;
  readonly acknowledged?: 'signed' | 'refusal_noted';
  readonly electronicConsent?: boolean;
  readonly registered?: boolean;
  readonly settled?: 'paid' | 'enforced' | 'warning_only';
  readonly paymentOverdue?: boolean;
  /** Ten working days since the demand letter was served are over (行政强制法 54). */
  readonly demandOver?: boolean;
  /** A review or a lawsuit against the decision goes on. */
  readonly remedyOpen?: boolean;
  readonly reviewOutcome?: 'revoked' | 'changed' | 'void';
}

/** Distinct persons who may sign a decision, an order or a seizure. */
export const validSigners = (signers: readonly Signer[] = []): number =>
  new Set(signers.filter((s) => s.licensed && !s.recused).map((s) => s.personId)).size;

/** 行政处罚法 42: at least two; only a law may say otherwise, so this is no setting. */
export const signersNeeded = 2;

/** Named conditions; the name is what a refusal shows. */
export const penaltyFileGuards = {
  officers_two: (f) => validSigners(f.signers) >= signersNeeded,
  officer_present: (f) => validSigners(f.signers) >= 1,
  simple_allowed: (f) => f.simpleAllowed === true,
  simple_refused: (f) => f.simpleAllowed === false,
  standard_met: (f) => f.filingStandardMet === true,
  filing_pending: (f) => f.filed === false,
  filing_approved: (f) => f.filed === true,
  notice_complete: (f) => (f.noticePhotos ?? 0) >= 3 && f.plateRead === true && f.numberTaken === true,
  party_identified: (f) => f.partyIdentified === true,
  notice_due: (f) => f.noticeDue === true,
  licence_shown: (f) => f.licenceShown === true,
  rights_told: (f) => f.rightsTold === true,
  statement_taken: (f) => f.statement === 'heard' || f.statement === 'waived',
  statement_over: (f) => f.statement !== undefined,
  hearing_held: (f) =>
    f.hearingRequested !== true ||
    f.hearingEnded === true ||
    (f.hearingHeld === true && f.chairInvestigated === false),
  records_made: (f) => f.recordsMade === true,
  preservation_decided: (f) => f.preservationPending !== true,
  measures_over: (f) => f.measuresOpen !== true,
  review_needless: (f) => f.reviewCompulsory === false,
  review_passed: (f) => f.reviewPassed === true,
  review_failed: (f) => f.reviewPassed === false,
  reviewer_independent: (f) => f.reviewerInvestigated === false,
  number_taken: (f) => f.numberTaken === true,
  amount_lawful: (f) => f.amountLawful === true,
  evidence_verified: (f) => f.evidenceVerified === true,
  discussed_together: (f) => f.grave === false || f.discussedTogether === true,
  period_running: (f) => f.insideDecisionPeriod === true,
  ground_given: (f) => f.noPenaltyGround !== undefined,
  education_recorded: (f) => f.educated === true,
  reason_given: (f) => (f.reason ?? '').trim().length > 0,
  served_by_hand: (f) => f.service === 'handed' && f.acknowledged !== undefined,
  service_consented: (f) =>
    f.service !== undefined && (f.service !== 'electronic' || f.electronicConsent === true),
  announcement_over: (f) => f.service !== 'announcement' || f.announcementOver === true,
  decision_registered: (f) => f.registered === true,
  decision_settled: (f) => f.settled !== undefined,
  demand_over: (f) => f.settled !== 'enforced' || f.demandOver === true,
  remedy_over: (f) => f.settled !== 'enforced' || f.remedyOpen === false,
  payment_overdue: (f) => f.paymentOverdue === true,
  review_decided: (f) => f.reviewOutcome !== undefined,
} as const satisfies Record<string, (facts: PenaltyFileFacts) => boolean>;

export type PenaltyFileGuard = keyof typeof penaltyFileGuards;
