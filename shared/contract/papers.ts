import { z } from 'zod';
import { IncidentId, InstantSchema, PersonId } from './ids.ts';

/** Kinds of paper (文书) that the product makes. */
export const PaperKind = z.enum([
  'inquiry_notice', // 协助调查通知书
  'onspot_decision', // 当场处罚决定书
  'correction_order', // 责令改正通知书
  'inspection_record', // 现场检查笔录
  'service_receipt', // 送达回证
  'interview_record', // 询问笔录
  'prior_notice', // 行政处罚事先告知书
  'penalty_decision', // 行政处罚决定书
  'demand_letter', // 催告书
  'hearing_notice', // 行政处罚听证通知书
  'hearing_record', // 听证笔录
  'no_penalty_decision', // 不予行政处罚决定书
  'transfer_letter', // 案件移送书
  'preservation_notice', // 先行登记保存证据通知书
  'seizure_decision', // 查封（扣押）决定书
  'extension_notice', // 延长查封（扣押）期限通知书
  'release_decision', // 物品处理决定书
  'closing_form', // 结案审批表
]);
export type PaperKind = z.infer<typeof PaperKind>;

/** Kinds that carry a number of their own. */
export const NumberedKind = z.enum([
  'inquiry_notice',
  'onspot_decision',
  'correction_order',
  'prior_notice',
  'penalty_decision',
]);
export type NumberedKind = z.infer<typeof NumberedKind>;

export const PaperSchema = z.strictObject({
  id: z.uuid(),
  kind: PaperKind,
  number: z.string().nullable(),
  incidentId: IncidentId,
  fileId: z.number().int().nullable(),
  templateVersion: z.number().int(),
  madeAt: InstantSchema,
});
export type Paper = z.infer<typeof PaperSchema>;

/** What an officer writes for a paper that is no step of a file: records and receipts. */
export const MakePaperSchema = z.strictObject({
  kind: z.enum(['inspection_record', 'interview_record', 'service_receipt', 'prior_notice', 'closing_form']),
  fileId: z.number().int().positive().optional(),
  partnerId: PersonId.optional(),
  fields: z.record(z.string().max(40), z.string().max(4000)).default({}),
});

export const TakeBlockSchema = z.strictObject({
  kind: NumberedKind,
  count: z.number().int().min(1).max(50),
  device: z.string().trim().min(1).max(64),
});
export const PaperNumberSchema = z.strictObject({
  number: z.string(),
  state: z.enum(['free', 'used', 'void']),
  /** Path of the public status page, for the QR of a notice that is printed offline. */
  statusPath: z.string().nullable(),
});
export const PaperBlockSchema = z.strictObject({
  id: z.number().int(),
  kind: NumberedKind,
  device: z.string(),
  takenAt: InstantSchema,
  numbers: z.array(PaperNumberSchema),
});
export const VoidNumberSchema = z.strictObject({
  number: z.string().max(60),
  reason: z.string().trim().min(1).max(200),
});

/** One part of a template. `{name}` stands for a field; a cell pairs a label with its text. */
export const TemplateBlockSchema = z.discriminatedUnion('block', [
  z.strictObject({
    block: z.literal('paragraph'),
    text: z.string().max(2000),
    flush: z.boolean().optional(),
  }),
  z.strictObject({
    block: z.literal('table'),
    rows: z.array(
      z
        .array(z.strictObject({ label: z.string().max(60), text: z.string().max(2000) }))
        .min(1)
        .max(3),
    ),
  }),
  z.strictObject({
    block: z.literal('signatures'),
    of: z.array(z.enum(['officers', 'party', 'witness', 'approver'])).min(1),
  }),
  z.strictObject({ block: z.literal('seal') }),
  z.strictObject({ block: z.literal('qr'), text: z.string().max(400) }),
  z.strictObject({ block: z.literal('note'), text: z.string().max(2000) }),
  z.strictObject({ block: z.literal('copies'), text: z.string().max(400) }),
]);
export type TemplateBlock = z.infer<typeof TemplateBlockSchema>;

export const TemplateBodySchema = z.strictObject({
  title: z.string().min(1).max(60),
  blocks: z.array(TemplateBlockSchema).min(1).max(60),
});
export type TemplateBody = z.infer<typeof TemplateBodySchema>;

export const TemplateSchema = z.strictObject({
  kind: PaperKind,
  version: z.number().int(),
  note: z.string(),
  createdAt: InstantSchema,
  createdBy: PersonId.nullable(),
  body: TemplateBodySchema,
  /** Fields that may stand in it, and those that the law wants in it. */
  fields: z.array(z.string()),
  compulsory: z.array(z.string()),
});
/** How a template would look, as one page without scripts, and what is wrong with its fields. */
export const TemplatePreviewSchema = z.strictObject({
  html: z.string(),
  unknown: z.array(z.string()),
  missing: z.array(z.string()),
});
export const ChangeTemplateSchema = z.strictObject({
  body: TemplateBodySchema,
  note: z.string().trim().min(1).max(200),
});

/** What stands on every paper of this organ, and the town's choices in the penalty domain. */
export const EnforcementSettingsSchema = z.strictObject({
  organ: z.string().trim().min(1).max(80),
  address: z.string().trim().max(200),
  contact: z.string().trim().max(80),
  /** Leading text of numbers by kind of paper, e.g. 慈执当罚. */
  numberPrefix: z.record(NumberedKind, z.string().trim().min(1).max(20)),
  reconsiderationBody: z.string().trim().max(80),
  court: z.string().trim().max(80),
  payAt: z.string().trim().max(200),
  /** Closing (结案) needs a photo before and one after, at most 30 m apart. */
  photosForClosing: z.boolean(),
  /** Handling needs every word of the matter's evidence checklist answered. */
  evidenceForHandling: z.boolean(),
  simpleAfterNotice: z.boolean(),
  /** 较大数额罚款 (行政处罚法 63) by kind of party, yuan; null: the legal reviewer says. */
  hearingFromYuan: z.strictObject({ individual: z.number().nullable(), organisation: z.number().nullable() }),
});
export type EnforcementSettings = z.infer<typeof EnforcementSettingsSchema>;
