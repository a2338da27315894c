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

export const PartySchema = z.strictObject({
  kind: PartyKind,
  name: z.string().trim().min(1).max(120),
  idKind: z.enum(['identity_card', 'passport', 'credit_code', 'driving_licence', 'other']).nullable(),
  idNumber: z.string().trim().max(32).nullable(),
  birthDate: z.iso.date().nullable(),
  representative: z.string().trim().max(64).nullable(),
  address: z.string().trim().max(200).nullable(),
  phone: z.string().trim().max(20).nullable(),
  plate: z.string().trim().max(12).nullable(),
});
export type Party = z.infer<typeof PartySchema>;

/** The eight kinds of evidence of 行政处罚法 46. */
export const EvidenceKind = z.enum([
  'documentary', // 书证
  'physical', // 物证
  'audiovisual', // 视听资料
  'electronic', // 电子数据
  'testimony', // 证人证言
  'party_statement', // 当事人的陈述
  'appraisal', // 鉴定意见
  'inspection_record', // 勘验笔录、现场笔录
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

export const PhotoKind = z.enum(['near', 'far', 'reference', 'before', 'after']);

export const EvidenceSchema = z.strictObject({
  id: z.uuid(),
  incidentId: IncidentId,
  kind: EvidenceKind,
  photoKind: PhotoKind.nullable(),
  /** Of the bytes as captured, computed on the device; hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  capturedAt: InstantSchema,
  receivedAt: InstantSchema.nullable(),
  /** Device clock minus server clock. */
  deviceOffsetSeconds: z.number().nullable(),
  capturedBy: PersonId,
  /** The original, when this is a crop, a blur or a watermark of it. */
  originalId: z.uuid().nullable(),
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** Ways of service (送达). */
export const ServiceMode = z.enum(['handed', 'posted', 'left', 'mail', 'electronic', 'announcement']);
export type ServiceMode = z.infer<typeof ServiceMode>;

export const CorrectionOutcome = z.enum(['corrected', 'refused', 'expired']);
export type CorrectionOutcome = z.infer<typeof CorrectionOutcome>;

/** An order to correct (责令改正): an order, not a penalty. */
export const CorrectionOrderSchema = z.strictObject({
  id: z.number().int().positive(),
  incidentId: IncidentId,
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

/** A penalty file as its readers see it; the party's number and phone are masked except for those who handle it. */
export const PenaltyFileViewSchema = z.strictObject({
  id: z.number().int().positive(),
  incidentId: IncidentId,
  procedure: Procedure,
  state: PenaltyFileState,
  matterCode: z.string(),
  /** Version of the matter at the time of the act, and at the time of the decision. */
  versionAtAct: z.number().int(),
  versionAtDecision: z.number().int().nullable(),
  party: PartySchema.nullable(),
  actAt: InstantSchema,
  openedAt: InstantSchema,
  /** End of the 90 days of 行政处罚法 60; only for the ordinary procedure. */
  decideBy: InstantSchema.nullable(),
  amountYuan: z.number().nonnegative().nullable(),
  signedBy: z.array(PersonId),
});
export type PenaltyFileView = z.infer<typeof PenaltyFileViewSchema>;
