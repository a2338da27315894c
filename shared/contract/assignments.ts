import { z } from 'zod';
import { declineReasons, overrideReasons, taskKinds, withdrawReasons } from './dispatch-codes.ts';
import { AssignmentId, DecisionId, IncidentId, InstantSchema, PersonId, TeamId } from './ids.ts';

export const AssignmentState = z.enum([
  'offered',
  'accepted',
  'en_route',
  'on_scene',
  'completed',
  'declined',
  'expired',
  'withdrawn',
  'returned',
]);
export type AssignmentState = z.infer<typeof AssignmentState>;

/** What the team is sent for. */
export const TaskKind = z.enum(taskKinds);
export type TaskKind = z.infer<typeof TaskKind>;

export const WithdrawReason = z.enum(withdrawReasons);
export type WithdrawReason = z.infer<typeof WithdrawReason>;

/** One team sent to one incident: an offer first, then what became of it. */
export const AssignmentViewSchema = z.strictObject({
  id: AssignmentId,
  incidentId: IncidentId,
  teamId: TeamId,
  kind: TaskKind,
  isLead: z.boolean(),
  /** The line of the incident's needs that it fills, 0 for the lead; null: none, somebody goes and looks. */
  line: z.number().int().nullable(),
  state: AssignmentState,
  manual: z.boolean(),
  offeredAt: InstantSchema,
  offeredBy: PersonId.nullable(),
  answerBy: InstantSchema.nullable(),
  seenAt: InstantSchema.nullable(),
  /** 已动身,未接单: when the team was first seen to come nearer without having answered. */
  movingAt: InstantSchema.nullable(),
  acceptedAt: InstantSchema.nullable(),
  departedAt: InstantSchema.nullable(),
  arrivedAt: InstantSchema.nullable(),
  endedAt: InstantSchema.nullable(),
  reason: z.string().nullable(),
  etaSeconds: z.number().nullable(),
  decisionId: DecisionId.nullable(),
  /** The officer who answers for it, where the task is open to auxiliaries; the name as it was then. */
  supervisor: z.strictObject({ personId: PersonId, name: z.string() }).nullable(),
  version: z.number().int(),
});
export type AssignmentView = z.infer<typeof AssignmentViewSchema>;

/** The way to a task along the roads, from the team's newest place (WGS-84 degrees). */
export const WaySchema = z.strictObject({
  points: z.array(z.tuple([z.number(), z.number()])),
  seconds: z.number().int(),
  metres: z.number().int(),
  /** When the team was seen there. */
  fixAt: InstantSchema,
});

/** A change the engine advises and a person decides with one key. */
export const ProposalKind = z.enum(['swap', 'preempt', 'give', 'combine']);
export const ProposalViewSchema = z.strictObject({
  id: z.number().int(),
  kind: ProposalKind,
  incidentId: IncidentId,
  assignmentId: AssignmentId.nullable(),
  fromTeamId: TeamId.nullable(),
  toTeamId: TeamId,
  /** The second of two teams that would go together. */
  withTeamId: TeamId.nullable(),
  /** Seconds until the proposed team would be there, and how many are won; null where nobody is on the way yet. */
  etaSeconds: z.number().nullable(),
  gainSeconds: z.number().nullable(),
  /** The incident that the proposed team would leave, who would take it over, and when that team would be there. */
  otherIncidentId: IncidentId.nullable(),
  otherTeamId: TeamId.nullable(),
  otherEtaSeconds: z.number().nullable(),
  madeAt: InstantSchema,
  endedAt: InstantSchema.nullable(),
  outcome: z.enum(['accepted', 'kept', 'lapsed']).nullable(),
});
export type ProposalView = z.infer<typeof ProposalViewSchema>;

export const OverrideReason = z.enum(overrideReasons);
export const DeclineReason = z.enum(declineReasons);
export type DeclineReason = z.infer<typeof DeclineReason>;

const text = z.string().trim().max(500).default('');

export const AssignTeamSchema = z.strictObject({
  teamId: TeamId,
  /** Absent: as the line says. For the lead another kind is from now on what the incident needs. */
  kind: TaskKind.optional(),
  isLead: z.boolean().default(true),
  /** The line that a team beside the lead fills; absent: the first that lacks one. */
  line: z.number().int().min(1).max(5).optional(),
  /** Who answers for auxiliaries; absent: the team's own officer, else the first of the card. */
  supervisorId: PersonId.optional(),
  /** Needed when the team is not the first of the ranking or an overridable rule fails. */
  override: OverrideReason.optional(),
  text,
});
export const DeclineSchema = z.strictObject({ reason: DeclineReason, text });
export const RecallSchema = z.strictObject({ reason: z.string().trim().max(200).default('') });
export const ReassignSchema = z.strictObject({
  teamId: TeamId,
  /** Absent: what the present team was sent for. Another kind is from now on what the incident needs. */
  kind: TaskKind.optional(),
  /** Who answers for auxiliaries; absent: the team's own officer, else the first of the card. */
  supervisorId: PersonId.optional(),
  override: OverrideReason.optional(),
  text,
});
/** What a team says when it is asked why it does not come nearer; held up says why, cannot says so to the room. */
export const watchWords = ['on_the_way', 'held_up', 'cannot'] as const;
export type WatchWord = (typeof watchWords)[number];
/** Why a team is held up or cannot go, where it is one of the usual reasons; anything else is said in words. */
export const watchReasons = [
  'traffic',
  'road_closed',
  'vehicle',
  'urgent_task',
  'unwell',
  'not_ours',
] as const;
export type WatchReason = (typeof watchReasons)[number];
export const AnswerQuestionSchema = z
  .strictObject({ word: z.enum(watchWords), reason: z.enum(watchReasons).optional(), text })
  .refine(({ word, reason, text: why }) => word === 'on_the_way' || reason !== undefined || why !== '', {
    path: ['text'],
    error: 'say why',
  });

/** When the team did it, if its phone had no network then; absent: now. Never ahead, never before the step before. */
const doneAt = InstantSchema.optional();
export const DepartSchema = z.strictObject({ doneAt });
export const ArriveSchema = z.strictObject({
  /** Where the officer stands; outside the geofence a reason is compulsory. */
  reason: z.string().trim().max(200).default(''),
  doneAt,
});
export const HandleSchema = z.strictObject({
  disposition: z.string().trim().min(1).max(500),
  liability: z.enum(['none', 'education', 'order_only', 'simple', 'notice', 'ordinary', 'transferred']),
  doneAt,
});
export const ReturnSchema = z.strictObject({ reason: z.string().trim().min(1).max(200), doneAt });
