import { z } from 'zod';
import { priorities } from './dispatch-codes.ts';
import { CrsSchema, LngLatSchema } from './geo.ts';
import { NeedSchema } from './needs.ts';
import {
  AssignmentId,
  CellId,
  EditionId,
  IncidentId,
  InstantSchema,
  PersonId,
  TeamId,
  ZoneId,
} from './ids.ts';

/** States of an incident; the steps between them stand in rules/lifecycle.ts. Zod-free consumers use the type. */
export const IncidentState = z.enum([
  'reported',
  'verifying',
  'filed',
  'offered',
  'accepted',
  'en_route',
  'on_scene',
  'correction_pending',
  'handled',
  'checking',
  'rework',
  'returned',
  'closed',
  'rejected',
  'merged',
  'transferred',
]);
export type IncidentState = z.infer<typeof IncidentState>;

/** 1 is the most urgent; the screen shows P1 to P4. */
export const Priority = z.literal(priorities);
export type Priority = z.infer<typeof Priority>;

export const ReportSource = z.enum([
  'patrol',
  'grid_worker',
  'hotline_12345',
  'video_ai',
  'department',
  'superior',
  'self',
  'dispatcher',
  'public_page',
]);
export type ReportSource = z.infer<typeof ReportSource>;

export const Liability = z.enum([
  'none',
  'education',
  'order_only',
  'simple',
  'notice',
  'ordinary',
  'transferred',
]);
export type Liability = z.infer<typeof Liability>;

export const DeadlineClock = z.enum(['urgent_hour', 'work_hour', 'work_day', 'natural_day']);

/** Why a place is in doubt: it stays out of heat maps until a person confirms it. */
export const PlaceDoubt = z.enum(['default_coordinate', 'outside', 'snapped', 'datum', 'address', 'coarse']);
export type PlaceDoubt = z.infer<typeof PlaceDoubt>;

/** An incident as every console sees it; nothing about the reporter. */
export const IncidentViewSchema = z.strictObject({
  id: IncidentId,
  state: IncidentState,
  priority: Priority,
  matterCode: z.string().nullable(),
  text: z.string(),
  address: z.string(),
  point: LngLatSchema,
  cellId: CellId.nullable(),
  cellCode: z.string().nullable(),
  zoneId: ZoneId.nullable(),
  zoneNumber: z.number().int().nullable(),
  editionId: EditionId.nullable(),
  overlays: z.array(z.string()),
  doubts: z.array(PlaceDoubt),
  source: ReportSource,
  reportedAt: InstantSchema,
  filedAt: InstantSchema.nullable(),
  clock: DeadlineClock.nullable(),
  deadlineStartAt: InstantSchema.nullable(),
  deadlineAt: InstantSchema.nullable(),
  handledAt: InstantSchema.nullable(),
  closedAt: InstantSchema.nullable(),
  holdUntil: InstantSchema.nullable(),
  liability: Liability.nullable(),
  mergedInto: IncidentId.nullable(),
  acknowledgedAt: InstantSchema.nullable(),
  acknowledgedBy: PersonId.nullable(),
  /** The active lead assignment, if any. */
  assignmentId: AssignmentId.nullable(),
  teamId: TeamId.nullable(),
  handledBy: PersonId.nullable(),
  /** 暂估: counted across a year whose holidays are not published yet. */
  deadlineProvisional: z.literal(true).optional(),
  /** The last check on the spot found it not done: it cannot be closed. */
  checkFailed: z.literal(true).optional(),
  /** What it needs, line by line, the lead's first; absent: one team, as the matter says. */
  needs: z.array(NeedSchema).optional(),
  /** Reports merged into this incident, itself included. */
  reports: z.number().int(),
  version: z.number().int(),
});
export type IncidentView = z.infer<typeof IncidentViewSchema>;

const text = z.string().trim().max(2000);

/** A new incident. `crs` says what datum the point is in; there is no default on purpose. */
export const CreateIncidentSchema = z.strictObject({
  matterCode: z.string().max(16).nullable().default(null),
  text: text.default(''),
  address: z.string().trim().max(200).default(''),
  point: z.strictObject({ lng: z.number(), lat: z.number() }),
  crs: CrsSchema,
  priority: Priority.optional(),
  source: ReportSource.default('dispatcher'),
  reporterName: z.string().trim().max(64).optional(),
  reporterPhone: z
    .string()
    .regex(/^[0-9+ -]{3,20}$/)
    .optional(),
  externalId: z.string().max(64).optional(),
  /** File at once when a matter is known: the dispatcher's usual way. */
  file: z.boolean().default(true),
});
export type CreateIncident = z.input<typeof CreateIncidentSchema>;

/** Who reported, for a call back. Masked for every reader; unmasked on its own request with a purpose. */
export const ReporterSchema = z.strictObject({ name: z.string().nullable(), phone: z.string().nullable() });
/** Telephones of those who reported, for the team on the task; the name is masked. */
export const ContactsSchema = z.strictObject({
  contacts: z.array(z.strictObject({ name: z.string().nullable(), phone: z.string() })),
});
export const RevealSchema = z.strictObject({ purpose: z.string().trim().min(2).max(200) });

/** The place is confirmed as it stands, or moved: with its datum, as every point from outside. */
export const PlaceIncidentSchema = z.strictObject({
  point: z.strictObject({ lng: z.number(), lat: z.number(), crs: CrsSchema }).nullable(),
  text: text.max(200).default(''),
});

export const NoteSchema = z.strictObject({ text: text.min(1) });
export const FileIncidentSchema = z.strictObject({
  matterCode: z.string().max(16),
  priority: Priority.optional(),
});
export const MergeIncidentSchema = z.strictObject({ into: IncidentId });
export const HoldIncidentSchema = z.strictObject({
  minutes: z.number().int().min(1).max(527_040),
  reason: text.min(1),
});
export const RejectIncidentSchema = z.strictObject({
  reason: z.enum(['not_exists', 'out_of_list', 'unclear', 'test', 'other']),
  text: text.default(''),
});
export const CloseIncidentSchema = z.strictObject({
  text: text.default(''),
  liability: Liability.optional(),
});
/** Within seven days of the closing by itself; later only when the reporter is not satisfied. */
export const ReopenIncidentSchema = z.strictObject({
  reason: text.min(1),
  reporterUnsatisfied: z.boolean().default(false),
});
export const EscalateIncidentSchema = z.strictObject({ reason: text.min(1) });
export const ChangePrioritySchema = z.strictObject({ priority: Priority });

/** An open incident that may be the same: same matter, near, recent. */
export const DuplicateSchema = z.strictObject({
  incidentId: IncidentId,
  metres: z.number(),
  seconds: z.number(),
  text: z.string(),
});
export type Duplicate = z.infer<typeof DuplicateSchema>;
