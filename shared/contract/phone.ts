import { z } from 'zod';
import { MessageSchema } from './messages.ts';
import { AppealSchema } from './field-steps.ts';
import { AssignmentViewSchema } from './assignments.ts';
import { CrsSchema, LngLatSchema } from './geo.ts';
import { positionDoubts } from './frame.ts';
import { AlarmViewSchema } from './alarms.ts';
import { AssignmentId, IncidentId, InstantSchema, PersonId, TeamId } from './ids.ts';
import { IncidentViewSchema } from './incidents.ts';
import { DutyViewSchema, TeamViewSchema } from './teams.ts';

/** An SOS that concerns this person: the own one, or one to whose place the own team is the nearest. */
export const SosViewSchema = z.strictObject({
  alarmId: z.number().int(),
  personId: PersonId,
  name: z.string(),
  teamCode: z.string().nullable(),
  point: LngLatSchema.nullable(),
  raisedAt: InstantSchema,
  /** Who of the room has seen it; null while nobody has. */
  acknowledgedBy: z.string().nullable(),
});
export type SosView = z.infer<typeof SosViewSchema>;

/** Everything that one officer's phone shows of its team, as of `at`. */
export const PhoneSchema = z.strictObject({
  at: InstantSchema,
  duty: DutyViewSchema,
  team: TeamViewSchema.nullable(),
  /** The newest fix of this person, by whatever app. */
  fix: z
    .strictObject({ fixAt: InstantSchema, source: z.string(), accuracyMetres: z.number().nullable() })
    .nullable(),
  /** What stands against the places of this person's phone, and how far its clock runs ahead when its fixes are not taken for that. */
  doubt: z.enum(positionDoubts).nullable(),
  clockAheadSeconds: z.number().nullable(),
  tasks: z.array(z.strictObject({ assignment: AssignmentViewSchema, incident: IncidentViewSchema })),
  /** Tasks at whose scene a phone of this team was seen: the arrival waits for one tap. */
  arrivals: z.array(
    z.strictObject({
      assignmentId: AssignmentId,
      seenAt: InstantSchema,
      metres: z.number().nullable(),
    }),
  ),
  /** Tasks on which the watchdog asks why the team does not come nearer; `state` is a code of the watchdog. */
  questions: z.array(
    z.strictObject({ assignmentId: AssignmentId, state: z.string(), askedAt: InstantSchema }),
  ),
  /** Incidents of this team whose check was not passed and that nobody has taken up again. */
  reworks: z.array(IncidentViewSchema),
  /** What the check asked for, of incidents among the tasks and reworks that were sent back. */
  asked: z.array(z.strictObject({ incidentId: IncidentId, text: z.string(), at: InstantSchema })),
  /** Incidents of the tasks whose reporter left a telephone; the number is handed out on its own request. */
  callable: z.array(IncidentId),
  /** When each team on a scene is asked whether all is well; `missed` prompts went unanswered before. */
  checkIns: z.array(
    z.strictObject({ assignmentId: AssignmentId, dueAt: InstantSchema, missed: z.number().int() }),
  ),
  sos: z.array(SosViewSchema),
  /** Tasks that were taken back from this team a short while ago, and why (a code of `withdrawReasons`). */
  calledOff: z.array(
    z.strictObject({
      assignmentId: AssignmentId,
      incidentId: IncidentId,
      reason: z.string(),
      text: z.string(),
      at: InstantSchema,
    }),
  ),
  /** What the room said to this team or to all in the last hours, and this person has not read yet. */
  messages: z.array(MessageSchema),
  /** Within this distance an arrival is suggested; beyond it a reason is asked. */
  arrivalMetres: z.number(),
  checkInSeconds: z.number(),
});
export type PhoneView = z.infer<typeof PhoneSchema>;

/** One person's day: load, answers and who looked at the track. Fines are not counted anywhere (行政处罚法 74③). */
export const MyDaySchema = z.strictObject({
  from: InstantSchema,
  at: InstantSchema,
  offered: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  expired: z.number().int(),
  handled: z.number().int(),
  active: z.number().int(),
  capacity: z.number().int().nullable(),
  /** Medians; null without a case. */
  answerSeconds: z.number().nullable(),
  arrivalSeconds: z.number().nullable(),
  restSeconds: z.number().nullable(),
  tasks: z.array(
    z.strictObject({
      assignment: AssignmentViewSchema,
      matterCode: z.string().nullable(),
      address: z.string(),
    }),
  ),
  /** Closed incidents that the own team handled late in the last 30 days, with the appeal against the mark. */
  overdue: z.array(
    z.strictObject({
      incidentId: IncidentId,
      matterCode: z.string().nullable(),
      address: z.string(),
      deadlineAt: InstantSchema,
      handledAt: InstantSchema,
      appeal: AppealSchema.nullable(),
    }),
  ),
  viewers: z.array(z.strictObject({ at: InstantSchema, name: z.string(), purpose: z.string() })),
});
export type MyDay = z.infer<typeof MyDaySchema>;

/** A call for help from the street; the place is the phone's own fix, when it has one. */
export const RaiseSosSchema = z.strictObject({
  incidentId: IncidentId.nullable().default(null),
  place: z
    .strictObject({ lng: z.number(), lat: z.number(), crs: CrsSchema, accuracyMetres: z.number().nullable() })
    .nullable()
    .default(null),
});
export const EndSosSchema = z.strictObject({ text: z.string().trim().max(200).default('') });
export const SosAnswerSchema = z.strictObject({ alarm: AlarmViewSchema, helpers: z.array(TeamId) });

/** What a team on a task asks of the room. */
export const RequestHelpSchema = z.strictObject({
  want: z.enum(['backup', 'transfer']),
  text: z.string().trim().min(1).max(500),
});
