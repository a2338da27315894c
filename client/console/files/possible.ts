import type {
  MeasureKind,
  OpenFileView,
  PenaltyFileState,
  PenaltyFileView,
} from '../../../shared/contract/enforcement.ts';
import type { FileActName } from '../../../shared/contract/file-acts.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import type { PenaltyFileFacts } from '../../../shared/rules/lifecycle/penalty-file-guards.ts';
import {
  penaltyFileSteps,
  penaltyFileTransition,
  type PenaltyFileEvent,
} from '../../../shared/rules/lifecycle/penalty-file.ts';
import { actRefusal, actRoles } from '../../../shared/rules/penalties/act-roles.ts';
import type { ActCondition } from '../../words/zh-CN-files.ts';

/** Why an act is not possible now; a condition of the law is named. */
export type NotNow =
  | { readonly why: 'state'; readonly states: readonly PenaltyFileState[] }
  | { readonly why: 'procedure' }
  | { readonly why: 'role'; readonly roles: readonly Role[] }
  | { readonly why: 'condition'; readonly condition: ActCondition };

/** Who looks at the file, when, and whether a record of inspection or inquiry lies in it. */
export interface Looker {
  readonly role: Role;
  readonly personId: number;
  readonly nowMs: number;
  readonly recordsMade: boolean;
}

const events: Readonly<Partial<Record<FileActName, PenaltyFileEvent>>> = {
  tell: 'rights.told',
  hear: 'statement.taken',
  decide: 'penalty.decided',
  serve: 'decision.served',
  close: 'file.closed',
  convert: 'file.converted',
  identify: 'party.identified',
  register: 'file.registered',
  inquire: 'inquiry.completed',
  request_review: 'review.requested',
  waive: 'penalty.waived',
  transfer: 'file.transferred',
  enforce: 'enforcement.started',
  revoke: 'decision.revoked',
};

const officers: readonly Role[] = ['officer', 'leader'];
const taking = ['opened', 'investigated', 'told', 'heard', 'legal_review'] as const;
const holding = [...taking, 'decided', 'served', 'enforcing', 'closed', 'no_penalty', 'revoked'] as const;
const measureKinds = ['preservation', 'seizure'] as const;

/** The measure of a kind that has not ended. */
const openOf = ({ measures }: Pick<PenaltyFileView, 'measures'>, kind: MeasureKind) =>
  measures.find((one) => one.kind === kind && one.endedAt === null);

/** Things are in hand by a measure of this kind. */
const runs = (file: Pick<PenaltyFileView, 'measures'>, kind: MeasureKind): boolean =>
  openOf(file, kind)?.beganAt != null;

const paid = ['served', 'enforcing', 'closed', 'revoked'] as const;
const standing = ['decided', 'served', 'enforcing', 'closed'] as const;

/** Acts that change no state: when they may be noted, and what else must hold (the first that fails is named). */
const notes: Readonly<
  Partial<
    Record<
      FileActName,
      {
        readonly states: readonly PenaltyFileState[];
        readonly missing: (file: PenaltyFileView, looker: Looker) => ActCondition | false;
      }
    >
  >
> = {
  sign: {
    states: ['heard', 'legal_review'],
    missing: (file, { personId }) =>
      (file.procedure === 'ordinary' && !file.officers.some((id) => id === personId) && 'investigator') ||
      (signedBy(file).has(personId) && 'signed_once'),
  },
  register_decision: {
    states: ['served', 'enforcing'],
    missing: ({ progress }) => progress.registeredAt !== undefined && 'registered_once',
  },
  pay: {
    states: ['served', 'enforcing'],
    missing: (file) => owedYuan(file) <= 0 && 'fine_owed',
  },
  answer: { states: ['opened', 'investigated'], missing: () => false },
  note_public: {
    states: ['notice_posted', 'notice_expired', 'opened', 'told', 'heard', 'investigated', 'legal_review'],
    missing: ({ notice }) => notice === null && 'notice_given',
  },
  approve_measure: {
    states: taking,
    missing: (file) =>
      measureKinds.every((kind) => openOf(file, kind)?.approvedAt != null) && 'measure_single',
  },
  take_things: {
    states: taking,
    missing: (file) => measureKinds.every((kind) => runs(file, kind)) && 'measure_single',
  },
  extend_seizure: {
    states: holding,
    missing: (file) =>
      (!runs(file, 'seizure') && 'measure_running') ||
      (openOf(file, 'seizure')?.extendedAt != null && 'extension_single'),
  },
  release_things: {
    states: holding,
    missing: (file) => !measureKinds.some((kind) => openOf(file, kind)) && 'measure_running',
  },
  request_hearing: {
    states: ['told'],
    missing: ({ progress, periods }, { nowMs }) =>
      (progress.hearingRight !== true && 'hearing_right') ||
      (progress.hearingRequestedAt !== undefined && 'hearing_requested_once') ||
      (!periods.some(
        ({ period, endedAt, endsAt }) =>
          period === 'askHearing' && endedAt === null && Date.parse(endsAt) > nowMs,
      ) &&
        'hearing_period'),
  },
  announce_hearing: {
    states: ['told'],
    missing: ({ progress }) =>
      (progress.hearingRequestedAt === undefined && 'hearing_requested') ||
      (isOver(progress) && 'hearing_done'),
  },
  hold_hearing: {
    states: ['told'],
    missing: ({ progress }, { personId }) =>
      (progress.hearingAnnouncedAt === undefined && 'hearing_announced') ||
      (isOver(progress) && 'hearing_done') ||
      (progress.hearingChairId !== personId && 'chair_present'),
  },
  review: {
    states: ['legal_review'],
    missing: (file, { personId }) =>
      (file.officers.some((id) => id === personId) && 'reviewer_independent') ||
      (file.progress.reviewPassed === true && 'review_passed_once'),
  },
  hand_in_cash: { states: paid, missing: ({ payment }) => payment?.cash !== 'held' && 'cash_held' },
  bank_cash: { states: paid, missing: ({ payment }) => payment?.cash !== 'handed_in' && 'cash_handed_in' },
  serve_demand: {
    states: ['enforcing'],
    missing: ({ progress }) =>
      (progress.demandedAt === undefined || progress.demandServedAt !== undefined) && 'demand_unserved',
  },
  note_remedy: {
    states: standing,
    missing: ({ decision }) => decision === null && 'decision_standing',
  },
  end_remedy: {
    states: standing,
    missing: ({ remedies }) => !remedies.some(({ endedAt }) => endedAt === null) && 'remedy_open',
  },
  publish: {
    states: ['served', 'enforcing', 'closed'],
    missing: ({ progress, decision }) =>
      (decision === null && 'decision_standing') || (progress.publishedAt !== undefined && 'published_once'),
  },
  withdraw_publication: {
    states: ['revoked'],
    missing: ({ progress }) =>
      (progress.publishedAt === undefined && 'publication_given') ||
      (progress.withdrawnAt !== undefined && 'withdrawn_once'),
  },
};

/** A hearing was held, or came to nothing. */
const isOver = ({ hearingHeldAt, hearingEnded }: PenaltyFileView['progress']): boolean =>
  hearingHeldAt !== undefined || hearingEnded !== undefined;

/** What is left to pay, yuan: the fine and what lateness adds, less what was paid. */
export const owedYuan = ({ decision, payment }: Pick<PenaltyFileView, 'decision' | 'payment'>): number =>
  decision?.kind === 'fine' && payment !== null
    ? Math.round(
        ((decision.amountYuan ?? 0) + payment.gainsYuan + payment.lateYuan - payment.paidYuan) * 100,
      ) / 100
    : 0;

const signedBy = ({ signatures }: Pick<PenaltyFileView, 'signatures'>): ReadonlySet<number> =>
  new Set(
    signatures.flatMap(({ purpose, personId }) =>
      purpose === 'decision' && personId !== null ? [personId] : [],
    ),
  );

/** Somebody with a valid licence; who the second officer is, the form asks and the server judges. */
const signer = (personId: number) => ({ personId, licensed: true, recused: false });

/** What is known of the file, with everything given that the form of the act asks for. */
function factsOf(file: PenaltyFileView, act: FileActName, looker: Looker): PenaltyFileFacts {
  const { progress, decision } = file;
  const owed = owedYuan(file);
  const signed = [...signedBy(file)];
  const investigated = (personId: number | undefined) =>
    personId === undefined || file.officers.some((id) => id === personId);
  return {
    signers:
      act === 'decide'
        ? [...signed, ...(file.procedure === 'simple' ? [looker.personId] : [])].map(signer)
        : [-1, -2].map(signer),
    // on the spot or not is computed by the server from the answers of the form
    simpleAllowed: file.procedure === 'simple' ? act !== 'convert' : file.state === 'notice_posted',
    filingStandardMet: true,
    filed: progress.filedAt !== undefined,
    demandOver: file.periods.some(
      ({ period, endsAt }) => period === 'demandCourt' && looker.nowMs >= Date.parse(endsAt),
    ),
    remedyOpen: file.remedies.some(({ endedAt }) => endedAt === null),
    numberTaken: true,
    partyIdentified: true,
    licenceShown: true,
    rightsTold: true,
    statement: 'heard',
    hearingRequested: progress.hearingRequestedAt !== undefined,
    hearingHeld: progress.hearingHeldAt !== undefined,
    hearingEnded: progress.hearingEnded !== undefined,
    chairInvestigated: investigated(progress.hearingChairId),
    recordsMade: looker.recordsMade,
    preservationPending: runs(file, 'preservation'),
    measuresOpen: runs(file, 'preservation') || runs(file, 'seizure'),
    reviewCompulsory: progress.reviewCompulsory === true || progress.complex === true,
    ...(progress.reviewPassed !== undefined && { reviewPassed: progress.reviewPassed }),
    reviewerInvestigated: investigated(progress.reviewerId),
    amountLawful: true,
    evidenceVerified: true,
    grave: progress.complex === true || progress.heavy === true || file.circumstances.grave,
    discussedTogether: true,
    insideDecisionPeriod: file.decideBy !== null && looker.nowMs < Date.parse(file.decideBy),
    noPenaltyGround: 'unproven',
    educated: true,
    reason: 'given',
    service: 'handed',
    acknowledged: 'signed',
    registered: progress.registeredAt !== undefined,
    ...(decision && owed <= 0
      ? { settled: decision.kind === 'warning' ? ('warning_only' as const) : ('paid' as const) }
      : file.state === 'enforcing' && { settled: 'enforced' as const }),
    paymentOverdue: owed > 0 && file.payment?.payBy != null && looker.nowMs >= Date.parse(file.payment.payBy),
    reviewOutcome: 'revoked',
  };
}

/** May this act be done now by whoever looks? null: yes. The state machine is asked; the server judges again. */
export function notNow(act: FileActName, file: PenaltyFileView, looker: Looker): NotNow | null {
  const event = events[act];
  if (event === undefined) {
    const note = notes[act]!;
    if (!note.states.includes(file.state)) return { why: 'state', states: note.states };
    if (actRefusal(looker.role, act)) return { why: 'role', roles: actRoles[act] };
    const condition = note.missing(file, looker);
    return condition ? { why: 'condition', condition } : null;
  }
  const rows = penaltyFileSteps.filter(
    (row) => row.event === event && row.procedures.includes(file.procedure),
  );
  if (rows.length === 0) return { why: 'procedure' };
  const here = rows.filter(({ from }) => from.includes(file.state));
  if (here.length === 0)
    return { why: 'state', states: rows.flatMap(({ from }) => from.filter((state) => state !== null)) };
  if (actRefusal(looker.role, act)) return { why: 'role', roles: rolesOf(here, act) };
  if (act === 'decide' && file.proposal === null) return { why: 'condition', condition: 'proposal_told' };
  const asked = penaltyFileTransition(file, event, looker.role, factsOf(file, act, looker));
  if (asked.ok) return null;
  if (asked.refusal.code === 'guard_unmet') return { why: 'condition', condition: asked.refusal.guard };
  return { why: 'role', roles: rolesOf(here, act) };
}

/** Who takes one of these steps. */
const rolesOf = (rows: typeof penaltyFileSteps, act: FileActName): readonly Role[] =>
  [...new Set(rows.flatMap(({ by }) => by))].filter((role) => actRoles[act].includes(role));

/** Steps that end a file early or undo a decision: possible nearly always, so nobody waits for them. */
const aside: readonly string[] = ['penalty.waived', 'file.transferred', 'file.converted', 'decision.revoked'];

/** Does the next step of the file wait for this person? Officers wait for their own files and for those of nobody. */
export function waitsFor(
  file: Pick<OpenFileView, 'state' | 'procedure' | 'officers' | 'filed'>,
  { role, personId }: Pick<Looker, 'role' | 'personId'>,
): boolean {
  const theirs =
    !officers.includes(role) || file.officers.length === 0 || file.officers.some((id) => id === personId);
  return (
    theirs &&
    penaltyFileSteps.some(
      ({ event, procedures, from, by }) =>
        !aside.includes(event) &&
        event !== (file.filed ? 'file.registered' : 'inquiry.completed') &&
        procedures.includes(file.procedure) &&
        from.includes(file.state) &&
        by.includes(role),
    )
  );
}
