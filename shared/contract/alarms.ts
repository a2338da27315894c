import { z } from 'zod';
import { IncidentId, InstantSchema, PersonId, TeamId } from './ids.ts';

/** What calls a dispatcher; screens.md groups them into three sounds. */
export const AlarmKind = z.enum([
  'incident_urgent',
  'offer_unseen',
  'offer_unanswered',
  'offers_exhausted',
  'deadline_breached',
  'team_stalled',
  'team_dark',
  'team_not_answering',
  'position_doubted',
  'officer_unsafe',
  'check_in_missed',
  'help_requested',
  'appeal_unanswered',
  'file_period_over',
  'sos',
]);
export type AlarmKind = z.infer<typeof AlarmKind>;

export const AlarmViewSchema = z.strictObject({
  id: z.number().int(),
  kind: AlarmKind,
  incidentId: IncidentId.nullable(),
  teamId: TeamId.nullable(),
  personId: PersonId.nullable(),
  detail: z.record(z.string(), z.unknown()),
  raisedAt: InstantSchema,
  acknowledgedAt: InstantSchema.nullable(),
  acknowledgedBy: PersonId.nullable(),
  shelvedUntil: InstantSchema.nullable(),
  clearedAt: InstantSchema.nullable(),
});
export type AlarmView = z.infer<typeof AlarmViewSchema>;

export const ShelveAlarmSchema = z.strictObject({ minutes: z.number().int().min(1).max(60).default(5) });
