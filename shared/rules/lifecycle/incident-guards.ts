import type { TaskKind } from '../../contract/assignments.ts';
import { licensedTaskKinds } from '../../contract/dispatch-codes.ts';
import type { Liability, ReportSource } from '../../contract/incidents.ts';
import type { Role } from '../../contract/roles.ts';

/** What the shell knows when it asks for a step. A fact that is left out counts as not given: guards fail closed. */
export interface IncidentFacts {
  /** Position with datum, time and source are there. */
  readonly positioned?: boolean;
  readonly duplicatesSearched?: boolean;
  readonly source?: ReportSource;
  readonly reason?: string;
  readonly rejectReason?: string;
  readonly verificationResult?: 'exists' | 'not_exists' | 'unclear';
  readonly verificationPhotos?: number;
  readonly targetOpen?: boolean;
  /** A filing condition is chosen, so that the deadline could be computed. */
  readonly conditionChosen?: boolean;
  /** Cell, zone, edition, overlays and matter version are written down. */
  readonly pinned?: boolean;
  readonly penaltyOpen?: boolean;
  readonly photosBefore?: number;
  readonly photosAfter?: number;
  /** Reasons and rejected candidates are stored with the offer, and an answer is due. */
  readonly explained?: boolean;
  readonly teamEligible?: boolean;
  readonly insideAnswerTime?: boolean;
  /** The team said so by radio or telephone: the dispatcher acts for it. */
  readonly teamReported?: boolean;
  readonly insideGeofence?: boolean;
  /** Distinct officers with a licence valid now, not recused, who sign. */
  readonly licensedSigners?: number;
  readonly orderServed?: boolean;
  readonly correctionOutcome?: 'corrected' | 'refused' | 'expired';
  /** Distance between the places of the photos before and after, metres. */
  readonly spotMetres?: number;
  readonly taskKind?: TaskKind;
  readonly evidenceComplete?: boolean;
  readonly disposition?: string;
  readonly liability?: Liability | null;
  readonly checkerIsHandler?: boolean;
  /** The last check on the spot found it not done. */
  readonly checkFailed?: boolean;
  readonly receiptKept?: boolean;
  readonly held?: boolean;
  readonly overdue?: boolean;
  readonly extensionsApproved?: number;
  readonly holdsBefore?: number;
  readonly holdDays?: number;
  readonly holdDue?: boolean;
  readonly reporterUnsatisfied?: boolean;
  readonly daysSinceClosed?: number;
  readonly appealsBefore?: number;
  /** Levels that an appeal has passed: none, the dispatcher, the head. */
  readonly appealReviewedBy?: Role | null;
  readonly appealOpen?: boolean;
}

/** Numbers that a town may set; the defaults are assumptions of this product. */
export const lifecycleLimits = {
  sameSpotMetres: 30,
  reopenDays: 7,
  extensions: 2,
  holdDays: 366,
} as const;

const said = (text: string | undefined): boolean => (text ?? '').trim().length > 0;
/** True for a task that auxiliaries may do under a named officer (浙江省综合行政执法条例 art. 30). */
export const isAuxiliary = (kind: TaskKind | undefined): boolean =>
  kind !== undefined && !(licensedTaskKinds as readonly TaskKind[]).includes(kind);
const pair = (f: IncidentFacts): boolean => (f.photosBefore ?? 0) > 0 && (f.photosAfter ?? 0) > 0;

/** Named conditions; the name is what a refusal shows. */
export const incidentGuards = {
  position_known: (f) => f.positioned === true,
  duplicates_searched: (f) => f.duplicatesSearched === true,
  source_unverified: (f) =>
    f.source !== undefined && ['public_page', 'hotline_12345', 'video_ai', 'department'].includes(f.source),
  result_given: (f) => f.verificationResult !== undefined,
  absence_photographed: (f) => f.verificationResult !== 'not_exists' || (f.verificationPhotos ?? 0) > 0,
  reason_given: (f) => said(f.reason),
  absence_verified: (f) =>
    f.rejectReason !== 'not_exists' ||
    (f.verificationResult === 'not_exists' && (f.verificationPhotos ?? 0) > 0),
  target_open: (f) => f.targetOpen === true,
  condition_chosen: (f) => f.conditionChosen === true,
  place_pinned: (f) => f.pinned === true,
  penalty_absent: (f) => f.penaltyOpen === false,
  photos_paired: pair,
  decision_explained: (f) => f.explained === true,
  team_eligible: (f) => f.teamEligible === true,
  answer_timely: (f) => f.insideAnswerTime === true,
  answer_overdue: (f) => f.insideAnswerTime === false,
  team_reported: (f) => f.teamReported === true,
  place_reached: (f) => f.insideGeofence === true || said(f.reason),
  task_auxiliary: (f) => isAuxiliary(f.taskKind),
  officers_two: (f) => (f.licensedSigners ?? 0) >= 2,
  order_served: (f) => f.orderServed === true,
  correction_seen: (f) => f.correctionOutcome === 'corrected' && (f.photosAfter ?? 0) > 0,
  correction_missing: (f) => f.correctionOutcome === 'refused' || f.correctionOutcome === 'expired',
  spot_same: (f) => f.spotMetres !== undefined && f.spotMetres <= lifecycleLimits.sameSpotMetres,
  evidence_complete: (f) => f.evidenceComplete === true,
  disposition_given: (f) => said(f.disposition),
  liability_set: (f) => f.liability !== undefined && f.liability !== null,
  checker_independent: (f) => f.checkerIsHandler === false,
  check_unfailed: (f) => f.checkFailed !== true,
  receipt_kept: (f) => f.receiptKept === true,
  hold_absent: (f) => f.held !== true,
  hold_present: (f) => f.held === true,
  hold_due: (f) => f.holdDue === true,
  hold_first: (f) => (f.holdsBefore ?? 0) === 0,
  hold_bounded: (f) => f.holdDays !== undefined && f.holdDays > 0 && f.holdDays <= lifecycleLimits.holdDays,
  deadline_running: (f) => f.overdue === false,
  deadline_missed: (f) => f.overdue === true,
  extensions_left: (f) => (f.extensionsApproved ?? 0) < lifecycleLimits.extensions,
  reopen_grounded: (f) =>
    f.reporterUnsatisfied === true ||
    (f.daysSinceClosed !== undefined && f.daysSinceClosed <= lifecycleLimits.reopenDays),
  appeal_first: (f) => (f.appealsBefore ?? 0) === 0,
  appeal_open: (f) => f.appealOpen === true,
  appeal_unreviewed: (f) => f.appealReviewedBy === null,
  appeal_endorsed: (f) => f.appealReviewedBy === 'dispatcher',
} as const satisfies Record<string, (facts: IncidentFacts) => boolean>;

export type IncidentGuard = keyof typeof incidentGuards;
