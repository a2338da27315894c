import { z } from 'zod';
import { CorrectionOrderSchema } from './enforcement.ts';
import { IncidentId, InstantSchema, PersonId, TeamId } from './ids.ts';
import { Liability } from './incidents.ts';

/** Steps of an incident beside dispatch and filing: verification, correction, check, time, transfer, joint operation. */

const said = z.string().trim().min(1).max(2000);
const text = z.string().trim().max(2000).default('');
const glass = z.base64().min(40).max(80_000);

export const VerificationResult = z.enum(['exists', 'not_exists', 'unclear']);

/** 核实; `not_exists` needs a photo of the empty place. */
export const CompleteVerificationSchema = z.strictObject({ result: VerificationResult, text });
export const SettleSchema = z.strictObject({
  disposition: said,
  liability: z.enum(['none', 'education', 'order_only']).default('education'),
});
/** When it was done, if the phone had no network then; absent: now. */
const doneAt = InstantSchema.optional();
export const OrderCorrectionSchema = z.strictObject({
  partyName: z.string().trim().min(1).max(120).default('当事人'),
  text: said,
  basis: z.string().trim().min(1).max(200),
  dueAt: InstantSchema,
  /** The two officers' signatures, and the party's or the noted refusal. */
  signatures: z.array(z.strictObject({ personId: PersonId, image: glass.nullable() })).max(4),
  party: z
    .union([
      z.strictObject({ image: glass }),
      z.strictObject({ refusalNote: z.string().trim().min(1).max(200) }),
    ])
    .optional(),
  served: z.boolean(),
  number: z.string().max(60).optional(),
  doneAt,
});
export const ConfirmCorrectionSchema = z.strictObject({ liability: Liability, text, doneAt });
export const FailCorrectionSchema = z.strictObject({
  outcome: z.enum(['refused', 'expired']),
  text,
  doneAt,
});
export const ReportCheckSchema = z.strictObject({ passed: z.boolean(), text });
export const FailCheckSchema = z.strictObject({ text: said });

export const RequestTimeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('extension'), reason: said }),
  z.strictObject({ kind: z.literal('hold'), reason: said, minutes: z.number().int().min(1).max(527_040) }),
]);
export const AnswerTimeSchema = z.strictObject({ approve: z.boolean(), text });
export const DeadlineRequestSchema = z.strictObject({
  id: z.number().int(),
  incidentId: IncidentId,
  kind: z.enum(['extension', 'hold']),
  minutes: z.number().int().nullable(),
  reason: z.string(),
  requestedBy: PersonId,
  requestedAt: InstantSchema,
  decidedBy: PersonId.nullable(),
  decidedAt: InstantSchema.nullable(),
  approved: z.boolean().nullable(),
  text: z.string(),
});
export type DeadlineRequest = z.infer<typeof DeadlineRequestSchema>;

const AppealReviewSchema = z.strictObject({
  approved: z.boolean(),
  text: z.string(),
  by: PersonId,
  at: InstantSchema,
});
/** 超时申诉, and the answer to it at one of its two levels. */
export const SubmitAppealSchema = z.strictObject({ text: said });
export const AnswerAppealSchema = z.strictObject({ approve: z.boolean(), text });
/** An appeal against an overdue mark: the room, then the head; approved, only the score is exempt, the mark stays. */
export const AppealSchema = z.strictObject({
  incidentId: IncidentId,
  text: z.string(),
  submittedBy: PersonId,
  submittedAt: InstantSchema,
  answerBy: InstantSchema,
  firstReview: AppealReviewSchema.nullable(),
  secondReview: AppealReviewSchema.nullable(),
  result: z.enum(['approved', 'refused']).nullable(),
  escalatedAt: InstantSchema.nullable(),
});
export type Appeal = z.infer<typeof AppealSchema>;

/** 回避 (行政处罚法 43): declared for oneself; of somebody else the head decides. */
export const DeclareRecusalSchema = z.strictObject({ personId: PersonId.optional(), reason: said, doneAt });
export const RecusalSchema = z.strictObject({
  incidentId: IncidentId,
  personId: PersonId,
  /** Penalty files that this person was taken out of. */
  fileIds: z.array(z.number().int()),
  /** Licensed officers that the team on the task has left for this case; null when no team has it. */
  licensedLeft: z.number().int().nullable(),
});

export const ExtendSchema = z.strictObject({ reason: said });

export const TransferSchema = z.strictObject({
  to: z.string().trim().min(1).max(120),
  ground: z.enum(['out_of_list', 'matter_recalled', 'suspected_crime', 'other_organ']),
  reason: said,
  /** Number or signature under which the other organ took it over. */
  receipt: z.string().trim().max(120).default(''),
  receiptEvidenceId: z.uuid().optional(),
});

/** 联合执法: who called it, who takes part, what is planned, what came of it. */
export const PlanOperationSchema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  initiator: z.string().trim().min(1).max(80),
  participants: z.array(z.string().trim().min(1).max(80)).min(1).max(20),
  ground: z.enum(['several_organs', 'unclear_duty', 'checks_at_once']),
  plan: said,
  objects: z.array(z.string().trim().min(1).max(200)).max(200).default([]),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  incidentId: IncidentId.optional(),
  /** Teams that are kept free for it, the way there included. */
  teamIds: z.array(TeamId).max(60).default([]),
});
export const EndOperationSchema = z.strictObject({
  results: z
    .array(
      z.strictObject({ object: z.string().trim().min(1).max(200), organ: z.string().max(80), result: said }),
    )
    .min(1)
    .max(500),
});
export const OperationSchema = z.strictObject({
  id: z.number().int(),
  title: z.string(),
  initiator: z.string(),
  participants: z.array(z.string()),
  ground: z.string(),
  plan: z.string(),
  objects: z.array(z.string()),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  incidentId: IncidentId.nullable(),
  teamIds: z.array(TeamId),
  plannedBy: PersonId,
  plannedAt: InstantSchema,
  results: z.array(z.strictObject({ object: z.string(), organ: z.string(), result: z.string() })).nullable(),
  endedAt: InstantSchema.nullable(),
});
export type Operation = z.infer<typeof OperationSchema>;

/** What stands open beside an incident: its order, its requests. */
export const FieldFileSchema = z.strictObject({
  orders: z.array(CorrectionOrderSchema),
  requests: z.array(DeadlineRequestSchema),
  appeal: AppealSchema.nullable(),
  transfers: z.array(
    z.strictObject({
      to: z.string(),
      ground: z.string(),
      reason: z.string(),
      receipt: z.string(),
      at: InstantSchema,
    }),
  ),
});
