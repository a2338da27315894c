import { z } from 'zod';
import { IncidentId, InstantSchema, PersonId } from './ids.ts';

/** States of a penalty file (案卷); the steps between them stand in rules/lifecycle. */
export const PenaltyFileState = z.enum([
  'opened',
  'notice_posted',
  'notice_expired',
  'told',
  'heard',
  'investigated',
  'legal_review',
  'decided',
  'served',
  'enforcing',
  'closed',
  'no_penalty',
  'transferred',
  'revoked',
]);
export type PenaltyFileState = z.infer<typeof PenaltyFileState>;

/** `simple` is 当场处罚 (行政处罚法 51 to 53), `ordinary` 普通程序 (54 to 65), `notice` a paper on the windscreen so far. */
export const Procedure = z.enum(['notice', 'simple', 'ordinary']);
export type Procedure = z.infer<typeof Procedure>;

/** 当事人: the cap of the simple procedure hangs on it (行政处罚法 51). */
export const PartyKind = z.enum(['individual', 'organisation']);
export type PartyKind = z.infer<typeof PartyKind>;

const optionalText = (length: number) => z.string().trim().min(1).max(length).nullable().default(null);

export const PartySchema = z.strictObject({
  kind: PartyKind,
  name: z.string().trim().min(1).max(120),
  idKind: z
    .enum(['identity_card', 'passport', 'credit_code', 'driving_licence', 'other'])
    .nullable()
    .default(null),
  idNumber: optionalText(32),
  birthDate: z.iso.date().nullable().default(null),
  representative: optionalText(64),
  address: optionalText(200),
  phone: optionalText(20),
  plate: optionalText(12),
});
export type Party = z.output<typeof PartySchema>;

/** Ways of service (送达). */
export const ServiceMode = z.enum(['handed', 'posted', 'left', 'mail', 'electronic', 'announcement']);
export type ServiceMode = z.infer<typeof ServiceMode>;

export const CorrectionOutcome = z.enum(['corrected', 'refused', 'expired']);
export type CorrectionOutcome = z.infer<typeof CorrectionOutcome>;

/** An order to correct (责令改正): an order, not a penalty. */
export const CorrectionOrderSchema = z.strictObject({
  id: z.number().int().positive(),
  incidentId: IncidentId,
  number: z.string(),
  text: z.string().max(2000),
  basis: z.string().max(200),
  servedAt: InstantSchema,
  dueAt: InstantSchema,
  outcome: CorrectionOutcome.nullable(),
});
export type CorrectionOrder = z.infer<typeof CorrectionOrderSchema>;

/** How money was taken; `cash_on_spot` only within 行政处罚法 68 to 70. */
export const PaymentChannel = z.enum(['bank', 'electronic', 'cash_on_spot']);
export type PaymentChannel = z.infer<typeof PaymentChannel>;

/** 行政复议 or 行政诉讼 against a decision. */
export const RemedyKind = z.enum(['review', 'lawsuit']);
export type RemedyKind = z.infer<typeof RemedyKind>;

/** The questions that the law puts before a penalty (行政处罚法 30, 31, 33, 36, 51); null is unanswered. */
export const CircumstancesSchema = z.strictObject({
  /** The party stands here: a decision on the spot is handed over (52). */
  partyPresent: z.boolean(),
  capable: z.boolean().default(true),
  guardianPresent: z.boolean().default(false),
  /** Harm to life, health or financial safety: five years instead of two (36). */
  grave: z.boolean().default(false),
  minorHarmless: z.boolean().nullable().default(null),
  firstMinor: z.enum(['no', 'spared', 'penalised']).nullable().default(null),
  faultless: z.boolean().nullable().default(null),
  mitigated: z.boolean().default(false),
  /** Gravity by the published discretion benchmark (裁量基准), when there is one. */
  level: z.string().trim().min(1).max(20).nullable().default(null),
});
export type CircumstancesAnswered = z.output<typeof CircumstancesSchema>;

/**
 * Penalties beside a warning or a fine (行政处罚法 9(2)(4)), where the provision carries them: illegal gains as they were
 * found (0: none were), things that the file has in hand, what must stop. An absent member is not imposed.
 */
export const CompanionsSchema = z.strictObject({
  gainsYuan: z.number().nonnegative().max(10_000_000).multipleOf(0.01).optional(),
  thingIds: z.array(z.number().int().positive()).max(100).optional(),
  stopBusiness: z.string().trim().min(1).max(400).optional(),
});
export type Companions = z.infer<typeof CompanionsSchema>;

/** What is to be imposed. Yuan, at most two decimals. */
export const ProposalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('warning'), companions: CompanionsSchema.optional() }),
  z.strictObject({
    kind: z.literal('fine'),
    amountYuan: z.number().positive().max(10_000_000).multipleOf(0.01),
    companions: CompanionsSchema.optional(),
  }),
]);
export type Proposal = z.infer<typeof ProposalSchema>;

/** 先行登记保存 (行政处罚法 56) and 查封、扣押 (行政强制法 22 to 28). */
export const MeasureKind = z.enum(['preservation', 'seizure']);
export type MeasureKind = z.infer<typeof MeasureKind>;

/** What becomes of a thing in hand. */
export const ThingOutcome = z.enum(['returned', 'seized', 'confiscated', 'transferred']);
export type ThingOutcome = z.infer<typeof ThingOutcome>;

/** A measure on things of a file, with its list; `approvedAt` null: urgent, the head's word is still to come (19). */
export const MeasureSchema = z.strictObject({
  id: z.number().int(),
  kind: MeasureKind,
  reason: z.string(),
  approvedBy: PersonId.nullable(),
  approvedAt: InstantSchema.nullable(),
  /** Null: approved and not carried out yet. */
  beganAt: InstantSchema.nullable(),
  keptAt: z.string(),
  extendedAt: InstantSchema.nullable(),
  endedAt: InstantSchema.nullable(),
  things: z.array(
    z.strictObject({
      id: z.number().int(),
      name: z.string(),
      quantity: z.string(),
      state: z.string(),
      outcome: ThingOutcome.nullable(),
    }),
  ),
});
export type Measure = z.infer<typeof MeasureSchema>;

/** The question "may we penalise on the spot?", asked before anything is written. */
export const AskSimpleSchema = z.strictObject({
  matterCode: z.string().max(16).optional(),
  party: PartySchema.nullable(),
  partyKind: PartyKind,
  partnerId: PersonId.nullable(),
  circumstances: CircumstancesSchema,
  proposal: ProposalSchema.nullable().default(null),
  actAt: InstantSchema.optional(),
});

/** The answer is computed, never chosen; a refusal names its articles. */
export const SimpleAnswerSchema = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(true), maxAmountYuan: z.number(), articles: z.string() }),
  z.strictObject({ allowed: z.literal(false), code: z.string(), articles: z.string() }),
]);

/** A statutory period that runs or ran on a file; `provisional` while a year on the way has no published calendar. */
export const FilePeriodSchema = z.strictObject({
  period: z.string(),
  startedAt: InstantSchema,
  lastDate: z.iso.date(),
  endsAt: InstantSchema,
  provisional: z.boolean(),
  endedAt: InstantSchema.nullable(),
});
export type FilePeriod = z.infer<typeof FilePeriodSchema>;

/**
 * A penalty file as facts carry it: no party and, by construction, no amount, so that nothing that folds facts (scores
 * among it) can read one (行政处罚法 74③).
 */
export const FileFactSchema = z.strictObject({
  id: z.number().int().positive(),
  incidentId: IncidentId,
  procedure: Procedure,
  state: PenaltyFileState,
  matterCode: z.string(),
  /** Version of the matter at the time of the act, and at the time of the decision. */
  versionAtAct: z.number().int(),
  versionAtDecision: z.number().int().nullable(),
  actAt: InstantSchema,
  openedAt: InstantSchema,
  officers: z.array(PersonId),
  version: z.number().int(),
});
export type FileFact = z.infer<typeof FileFactSchema>;

/** A row of the list of open files: who it is about (the family name alone for whoever does not handle it), what ends next. */
export const OpenFileViewSchema = FileFactSchema.extend({
  partyName: z.string().nullable(),
  /** The head has approved its filing (54②). */
  filed: z.boolean(),
  next: FilePeriodSchema.nullable(),
});
export type OpenFileView = z.infer<typeof OpenFileViewSchema>;

/** What has been told, heard, asked and reviewed so far; an absent member has not happened. */
export const FileProgressSchema = z.strictObject({
  licenceShownAt: InstantSchema.optional(),
  toldAt: InstantSchema.optional(),
  hearingRight: z.boolean().optional(),
  statement: z.enum(['heard', 'waived', 'period_over']).optional(),
  hearingRequestedAt: InstantSchema.optional(),
  hearingAnnouncedAt: InstantSchema.optional(),
  hearingPlace: z.string().optional(),
  hearingHeldAt: InstantSchema.optional(),
  hearingChairId: PersonId.optional(),
  /** The hearing came to nothing: the party stayed away (64(6)) or took its request back. */
  hearingEnded: z.enum(['absent', 'withdrawn']).optional(),
  recordsMadeAt: InstantSchema.optional(),
  reviewCompulsory: z.boolean().optional(),
  complex: z.boolean().optional(),
  /** A stop of business, or a sum from which a hearing is of right (63): decided by the heads together (57②). */
  heavy: z.boolean().optional(),
  reviewPassed: z.boolean().optional(),
  reviewerId: PersonId.optional(),
  /** When the decision was announced; it counts as served thirty days later. */
  announcedAt: InstantSchema.optional(),
  servedAt: InstantSchema.optional(),
  serviceMode: ServiceMode.optional(),
  acknowledged: z.enum(['signed', 'refusal_noted']).optional(),
  registeredAt: InstantSchema.optional(),
  publishedAt: InstantSchema.optional(),
  withdrawnAt: InstantSchema.optional(),
  convertedBecause: z.string().optional(),
  /** 立案 by the head (54②); an ordinary file is not inquired into before. */
  filedAt: InstantSchema.optional(),
  /** The law changed and neither text is milder in every part (37); `lawChosen` is the word of the legal review. */
  lawUnclear: z.boolean().optional(),
  lawChosen: z.enum(['act', 'decision']).optional(),
  noPenaltyGround: z.string().optional(),
  /** Served after the seven working days of 61①. */
  servedLate: z.boolean().optional(),
  demandedAt: InstantSchema.optional(),
  demandServedAt: InstantSchema.optional(),
  demandServiceMode: ServiceMode.optional(),
  revokedBecause: z.string().optional(),
});
export type FileProgress = z.infer<typeof FileProgressSchema>;

/** A penalty file as its readers see it; the party's number and phone are masked except for those who handle it. */
export const PenaltyFileViewSchema = FileFactSchema.extend({
  party: PartySchema.nullable(),
  partyMasked: z.boolean(),
  /** Which law applies when it changed between act and decision (行政处罚法 37). */
  lawApplied: z.enum(['act', 'decision']).nullable(),
  circumstances: CircumstancesSchema,
  progress: FileProgressSchema,
  /** End of the 90 days of 行政处罚法 60; only for the ordinary procedure. */
  decideBy: InstantSchema.nullable(),
  proposal: ProposalSchema.nullable(),
  decision: z
    .strictObject({
      number: z.string(),
      kind: z.enum(['warning', 'fine']),
      amountYuan: z.number().nullable(),
      decidedAt: InstantSchema,
      decidedBy: PersonId,
      revokedAt: InstantSchema.nullable(),
    })
    .nullable(),
  /** Penalties beside the warning or the fine, as the decision says; null without any. */
  decisionCompanions: CompanionsSchema.nullable(),
  measures: z.array(MeasureSchema),
  /** Minutes of the collective discussion (行政处罚法 57②); `text` is null for those who do not handle the file. */
  minutes: z.strictObject({ text: z.string().nullable(), at: InstantSchema, by: PersonId }).nullable(),
  /** Paid so far and, when overdue, what is owed on top (行政处罚法 72①(1)); null before a fine. */
  payment: z
    .strictObject({
      paidYuan: z.number(),
      lateYuan: z.number(),
      /** Illegal gains that were confiscated; no sum for lateness grows on them. */
      gainsYuan: z.number(),
      payBy: InstantSchema.nullable(),
      /** Where cash taken on the spot is now (71); null when none was taken. */
      cash: z.enum(['held', 'handed_in', 'banked']).nullable(),
    })
    .nullable(),
  /** Reviews and lawsuits against the decision; `endedAt` null while one goes on. */
  remedies: z.array(
    z.strictObject({ remedy: RemedyKind, startedAt: InstantSchema, endedAt: InstantSchema.nullable() }),
  ),
  notice: z
    .strictObject({
      number: z.string(),
      dueAt: InstantSchema,
      publicNote: z.string(),
      statusPath: z.string(),
    })
    .nullable(),
  signatures: z.array(
    z.strictObject({
      purpose: z.string(),
      personId: PersonId.nullable(),
      refusalNote: z.string().nullable(),
      at: InstantSchema,
    }),
  ),
  periods: z.array(FilePeriodSchema),
  /** Evidence that lies in the file: attached to it, or verified for its decision. */
  evidenceIds: z.array(z.uuid()),
  papers: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: z.string(),
      number: z.string().nullable(),
      madeAt: InstantSchema,
      templateVersion: z.number().int(),
    }),
  ),
});
export type PenaltyFileView = z.infer<typeof PenaltyFileViewSchema>;

/** The public status of a paper on the windscreen: nothing about a person, a plate or a place. */
export const NoticeStatusSchema = z.strictObject({
  number: z.string(),
  state: z.enum(['waiting', 'expired', 'handling', 'ended']),
  note: z.string(),
  organ: z.string(),
  contact: z.string(),
  address: z.string(),
  dueAt: InstantSchema,
});
export type NoticeStatus = z.infer<typeof NoticeStatusSchema>;

/** An amount that the tables can keep: ten digits before the point. */
const yuan = z.number().max(9_999_999_999);

export const BenchmarkSchema = z
  .strictObject({
    matterCode: z.string().max(16),
    partyKind: PartyKind,
    level: z.string().trim().min(1).max(20),
    leastYuan: yuan.nonnegative(),
    mostYuan: yuan.positive(),
    document: z.string().trim().min(1).max(200),
  })
  .refine(({ leastYuan, mostYuan }) => leastYuan <= mostYuan, {
    path: ['leastYuan'],
    message: 'the least may not be above the most',
  });
