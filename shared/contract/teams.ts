import { z } from 'zod';
import { teamStatuses } from './dispatch-codes.ts';
import { positionDoubts } from './frame.ts';
import { LngLatSchema } from './geo.ts';
import { AssignmentId, InstantSchema, PersonId, TeamId, ZoneId } from './ids.ts';

/** What a team does now; derived from its duty, its active assignments and its own word. */
export const TeamStatus = z.enum(teamStatuses);
export type TeamStatus = z.infer<typeof TeamStatus>;

export const UnavailableReason = z.enum([
  'break',
  'paperwork',
  'vehicle',
  'out_of_service',
  'training',
  'other',
]);
export type UnavailableReason = z.infer<typeof UnavailableReason>;

export const MemberSchema = z.strictObject({
  personId: PersonId,
  displayName: z.string(),
  kind: z.enum(['officer', 'auxiliary']),
  /** A licence valid now. */
  licensed: z.boolean(),
  leader: z.boolean(),
  skills: z.array(z.string()),
});
export type Member = z.infer<typeof MemberSchema>;

/** A grouped team (编组) as the unit board shows it. */
export const TeamViewSchema = z.strictObject({
  id: TeamId,
  code: z.string(),
  name: z.string(),
  zoneIds: z.array(ZoneId),
  members: z.array(MemberSchema),
  kit: z.array(z.string()),
  status: TeamStatus,
  statusSince: InstantSchema,
  unavailableReason: UnavailableReason.nullable(),
  unavailableUntil: InstantSchema.nullable(),
  shiftEndsAt: InstantSchema.nullable(),
  capacity: z.number().int(),
  freeSlots: z.number().int(),
  assignmentIds: z.array(AssignmentId),
  /** Offers that expired in the last 30 minutes; two mark the team as not answering. */
  expiredOffers: z.number().int(),
  version: z.number().int(),
});
export type TeamView = z.infer<typeof TeamViewSchema>;

/** Latest place of a team, by fix time. */
export const TeamPositionSchema = z.strictObject({
  teamId: TeamId,
  personId: PersonId,
  point: LngLatSchema,
  fixAt: InstantSchema,
  accuracyMetres: z.number().nullable(),
  speedMetresPerSecond: z.number().nullable(),
  headingDegrees: z.number().nullable(),
  battery: z.number().nullable(),
  source: z.string(),
  catchingUp: z.boolean(),
  /** Why it may not be trusted; null when nothing is known against it. */
  doubt: z.enum(positionDoubts).nullable(),
});
export type TeamPosition = z.infer<typeof TeamPositionSchema>;

export const SetTeamStatusSchema = z.strictObject({
  status: z.enum(['available', 'unavailable']),
  reason: UnavailableReason.optional(),
  minutes: z.number().int().min(1).max(720).optional(),
  text: z.string().max(200).default(''),
});
export const DutySchema = z.strictObject({ on: z.boolean() });
export const DutyViewSchema = z.strictObject({
  on: z.boolean(),
  teamId: TeamId.nullable(),
  startsAt: InstantSchema.nullable(),
  endsAt: InstantSchema.nullable(),
});
