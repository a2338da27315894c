import { z } from 'zod';
import { AlarmViewSchema } from './alarms.ts';
import {
  AssignmentViewSchema,
  ProposalViewSchema,
  TaskKind,
  watchReasons,
  watchWords,
  WithdrawReason,
} from './assignments.ts';
import { FileFactSchema } from './enforcement.ts';
import { DeviceFactSchema } from './devices.ts';
import { CalendarRuleSchema, ClosureSchema } from './closures.ts';
import { PlanningSettingsSchema } from './editions.ts';
import { EvidenceViewSchema } from './evidence.ts';
import { AppealSchema, DeadlineRequestSchema, OperationSchema } from './field-steps.ts';
import {
  AssignmentId,
  DecisionId,
  EditionId,
  IncidentId,
  InstantSchema,
  PersonId,
  TeamId,
  ZoneId,
} from './ids.ts';
import { IncidentViewSchema } from './incidents.ts';
import { EnforcementSettingsSchema, PaperSchema } from './papers.ts';
import { PatrolFactSchema } from './patrols.ts';
import { PositionSettingsSchema } from './positions.ts';
import { EditionSummarySchema } from './planning.ts';
import { PushChannel, PushFailure, PushSettingsSchema, RobotKind } from './push.ts';
import { TeamViewSchema } from './teams.ts';
import { ZoneSchema } from './town.ts';

/**
 * Every fact of the product: name -> payload. This file is its table of contents.
 *
 * A fact carries the state that it made, under fixed keys (`incident`, `assignment`, `team`, `alarm`,
 * `proposal`): a screen folds facts by putting those views in place. What else it says is the reason, the
 * amount, the text: the trace that people read.
 */
const incident = IncidentViewSchema;
const assignment = AssignmentViewSchema;
const team = TeamViewSchema;
const text = z.string();

const offer = z.object({ incident, assignment, team });
const onFile = z.object({
  file: FileFactSchema,
  text,
  /** When it was done on a phone that was offline for more than a day; absent: as it arrived. */
  doneAt: InstantSchema.optional(),
  /** Done after the period that the law sets for it. */
  late: z.boolean().optional(),
});
const asked = z.object({ incident, request: DeadlineRequestSchema });
const appealed = z.object({ incident, appeal: AppealSchema });
const operation = z.object({ operation: OperationSchema });
const pushed = z.object({
  assignmentId: AssignmentId,
  incidentId: IncidentId,
  teamId: TeamId,
  channel: PushChannel,
});
const robot = z.object({
  robotId: z.number().int(),
  kind: RobotKind,
  name: z.string(),
  host: z.string(),
  teamId: TeamId.nullable(),
});
const webhook = z.object({ webhookId: z.number().int(), name: z.string(), host: z.string() });
const policy = z.object({ version: z.number().int(), hash: z.string() });
const edition = z.object({ edition: EditionSummarySchema });
const patrol = z.object({ patrol: PatrolFactSchema });

export const facts = {
  // 问题发现, 信息收集
  'incident.reported': z.object({ incident }),
  'incident.filed': z.object({ incident }),
  /** A person settled where it is: `metres` from where it was, 0 when the place was confirmed; `doubts` are those it had. */
  'incident.placed': z.object({ incident, doubts: z.array(z.string()), metres: z.number().int(), text }),
  'incident.noted': z.object({ incidentId: IncidentId, text }),
  'incident.prioritised': z.object({ incident, was: z.number().int() }),
  'incident.merged': z.object({ incident, into: incident }),
  'incident.rejected': z.object({ incident, reason: z.string(), text }),
  'incident.acknowledged': z.object({ incident }),
  'verification.requested': z.object({ incident }),
  /** With the task and the team where a team verified, which is free again. */
  'verification.completed': z.object({
    incident,
    assignment: assignment.optional(),
    team: team.optional(),
    result: z.enum(['exists', 'not_exists', 'unclear']),
    text,
  }),
  // 指挥交办
  /** With the SHA-256 (hex) of the decision's stored text: the explanation is part of the chain. */
  'assignment.offered': offer.extend({ decisionHash: z.string().nullable() }),
  'assignment.seen': z.object({ assignment }),
  /** A person wants this team to keep it: no automatic change touches it. */
  'assignment.kept': z.object({ assignment }),
  /** A person's choice is no longer sticky. */
  'assignment.released': z.object({ assignment }),
  'assignment.accepted': offer,
  'assignment.declined': offer.extend({ reason: z.string(), text }),
  'assignment.expired': offer,
  'assignment.withdrawn': offer.extend({ reason: WithdrawReason, text }),
  'team.departed': offer,
  'team.arrived': offer.extend({ outside: z.boolean(), reason: z.string() }),
  /** What the incident needs, line by line, is another. */
  'needs.set': z.object({ incident }),
  /** Nobody can go for a line of what it needs, 0 the lead's; with the decision that says so, hashed as an offer's is. */
  'incident.queued': z.object({
    incident,
    shortfall: z.array(z.string()),
    round: z.number().int(),
    /** Of the incident's needs; null: for a task beside them, which `kind` names. */
    line: z.number().int().nullable(),
    kind: TaskKind.optional(),
    decisionId: DecisionId.nullable(),
    decisionHash: z.string().nullable(),
  }),
  'proposal.made': z.object({ proposal: ProposalViewSchema }),
  'proposal.ended': z.object({ proposal: ProposalViewSchema }),
  // 处置反馈
  'correction.ordered': offer.extend({ dueAt: InstantSchema }),
  'correction.confirmed': offer,
  'correction.failed': offer.extend({ outcome: z.enum(['refused', 'expired']) }),
  'incident.handled': offer.extend({ disposition: text }),
  /** 回避: this person acts on it no more. */
  'officer.recused': z.object({
    incident,
    personId: PersonId,
    /** Penalty files that the person was taken out of. */
    fileIds: z.array(z.number().int()),
    reason: text,
  }),
  'incident.returned': offer.extend({ reason: z.string() }),
  'incident.redispatched': z.object({ incident }),
  'incident.settled': z.object({ incident, disposition: text }),
  'holidays.published': z.object({
    year: z.number().int(),
    days: z.number().int(),
    source: text,
    moved: z.number().int(),
  }),
  /** The calendar of a year changed, and with it a running deadline; `wasAt` is the one before. */
  'deadline.recounted': z.object({ incident, wasAt: InstantSchema, reason: text }),
  'deadline.extended': z.object({ incident, reason: text }),
  'incident.held': z.object({ incident, reason: text }),
  'incident.resumed': z.object({ incident }),
  'incident.escalated': z.object({ incident, reason: text, share: z.number().nullable() }),
  'incident.transferred': z.object({
    incident,
    assignment: assignment.optional(),
    team: team.optional(),
    to: z.string(),
    reason: text,
  }),
  // 考核评价
  'check.assigned': z.object({ incident }),
  'check.failed': z.object({ incident, text }),
  'rework.accepted': z.object({ incident, assignment: assignment.optional(), team: team.optional() }),
  'incident.closed': z.object({ incident, text }),
  'incident.reopened': z.object({ incident, reason: text }),
  // evidence
  'evidence.added': z.object({ incidentId: IncidentId, evidence: EvidenceViewSchema }),
  'evidence.skipped': z.object({ incidentId: IncidentId, slot: z.string(), reason: text }),
  'evidence.taken': z.object({ incidentId: IncidentId, evidenceId: z.uuid() }),
  'deadline.requested': asked,
  'deadline.refused': asked,
  'appeal.submitted': appealed,
  'appeal.reviewed': appealed,
  /** Nobody answered in time. */
  'appeal.escalated': appealed,
  'check.reported': z.object({
    incident,
    assignment: assignment.optional(),
    team: team.optional(),
    passed: z.boolean(),
    text,
  }),
  'operation.planned': operation,
  'operation.ended': operation,
  // penalty files: no party and no amount in any fact
  'notice.posted': onFile,
  'notice.expired': onFile,
  'notice.noted': onFile,
  'party.identified': onFile,
  'file.opened': onFile,
  'file.registered': onFile,
  'file.answered': onFile,
  'file.converted': onFile,
  'inquiry.completed': onFile,
  'rights.told': onFile,
  'hearing.requested': onFile,
  'hearing.announced': onFile,
  'hearing.held': onFile,
  'statement.taken': onFile,
  'signature.given': onFile,
  'review.requested': onFile,
  'review.passed': onFile,
  'review.refused': onFile,
  'measure.approved': onFile,
  'things.taken': onFile,
  'seizure.extended': onFile,
  'things.released': onFile,
  'decision.discussed': onFile,
  'penalty.decided': onFile,
  'penalty.waived': onFile,
  'decision.announced': onFile,
  'decision.served': onFile,
  'decision.registered': onFile,
  'decision.published': onFile,
  'publication.withdrawn': onFile,
  'decision.revoked': onFile,
  'payment.taken': onFile,
  'cash.handed_in': onFile,
  'cash.banked': onFile,
  'enforcement.started': onFile,
  'demand.served': onFile,
  'remedy.sought': onFile,
  'remedy.ended': onFile,
  'period.ended': onFile,
  'file.transferred': onFile,
  'file.closed': onFile,
  // papers and their numbers
  'paper.made': z.object({ incidentId: IncidentId, paper: PaperSchema }),
  'block.taken': z.object({ kind: z.string(), first: z.string(), last: z.string(), device: z.string() }),
  'number.voided': z.object({ number: z.string(), reason: text }),
  'template.changed': z.object({ kind: z.string(), version: z.number().int(), note: text }),
  'benchmark.published': z.object({ matterCode: z.string(), level: z.string(), document: z.string() }),
  // patrols
  'checklist.changed': z.object({ siteType: z.string(), version: z.number().int() }),
  'patrol.started': patrol,
  'patrol.answered': patrol.extend({ siteName: text, faults: z.number().int() }),
  'patrol.ended': patrol,
  'enforcement.set': z.object({ settings: EnforcementSettingsSchema }),
  // what a phone in the street says beside its task
  'help.requested': z.object({ incident, assignment, want: z.enum(['backup', 'transfer']), text }),
  /** The watchdog asks a team that does not come nearer; `state` is a code of the watchdog. */
  'team.asked': z.object({ incident, assignment, state: z.string() }),
  'team.answered': z.object({
    incident,
    assignment,
    word: z.enum(watchWords),
    reason: z.enum(watchReasons).optional(),
    text,
  }),
  /** 已动身,未接单: the team drives to the scene and has not answered; this is no acceptance. */
  'team.moved': offer,
  'officer.checked_in': z.object({ assignment, personId: PersonId }),
  /** A phone crossed the fence round its scene: whether the team has arrived, the officer says. */
  'arrival.suggested': z.object({ incident, assignment, metres: z.number().nullable() }),
  'device.registered': DeviceFactSchema,
  'device.rotated': DeviceFactSchema,
  'device.revoked': DeviceFactSchema,
  // what the room says to the street, and who has read it
  'message.sent': z.object({ messageId: z.uuid(), teamId: TeamId.nullable(), text }),
  'message.read': z.object({ messageId: z.uuid(), personId: PersonId, teamId: TeamId.nullable() }),
  // teams
  'duty.started': z.object({ team, personId: PersonId }),
  'duty.ended': z.object({ team, personId: PersonId }),
  'team.changed': z.object({ team, text }),
  // alarms
  'alarm.raised': z.object({ alarm: AlarmViewSchema }),
  'alarm.acknowledged': z.object({ alarm: AlarmViewSchema }),
  'alarm.shelved': z.object({ alarm: AlarmViewSchema }),
  'alarm.cleared': z.object({ alarm: AlarmViewSchema }),
  // ways out; nothing about a receiver but how many there were
  'push.sent': pushed.extend({ receivers: z.number().int() }),
  'push.failed': pushed.extend({ failure: PushFailure }),
  /** How long the history of positions is kept. */
  'positions.set': z.object({ settings: PositionSettingsSchema, was: z.number() }),
  'push.set': z.object({ settings: PushSettingsSchema }),
  'robot.added': robot,
  'robot.removed': robot,
  'webhook.created': webhook,
  'webhook.changed': webhook.extend({ active: z.boolean() }),
  'webhook.disabled': webhook.extend({ reason: z.enum(['gone', 'exhausted']) }),
  // the house
  'edition.published': z.object({
    editionId: EditionId,
    name: z.string(),
    effectiveAt: InstantSchema,
    edition: EditionSummarySchema.optional(),
  }),
  /**
   * The lines changed at this minute: the town's map and the teams' zones are another's now. Everybody reads it, officers'
   * phones too: `teams` names nobody.
   */
  'edition.effective': z.object({
    editionId: EditionId,
    name: z.string(),
    effectiveAt: InstantSchema,
    wasId: EditionId.nullable(),
    cause: z.enum(['published', 'rolled_back', 'calendar']),
    teams: z.array(z.object({ teamId: TeamId, zoneIds: z.array(ZoneId) })),
  }),
  'edition.drafted': edition,
  'edition.changed': edition,
  'edition.discarded': edition,
  'edition.submitted': edition.extend({ replayId: z.number().int().nullable(), reason: text }),
  'edition.returned': edition.extend({ reason: text }),
  'edition.approved': edition,
  'edition.withdrawn': edition.extend({ reason: text }),
  'edition.retired': edition.extend({ reason: z.enum(['superseded', 'rolled_back']) }),
  'draft.rebased': edition.extend({ onto: EditionId, conflicts: z.number().int() }),
  'cells.edited': edition.extend({
    kind: z.string(),
    was: z.array(z.string()),
    became: z.array(z.string()),
  }),
  'zone.created': z.object({ zone: ZoneSchema }),
  'closure.opened': z.object({ closure: ClosureSchema }),
  'closure.ended': z.object({ closure: ClosureSchema }),
  'calendar.set': z.object({ rule: CalendarRuleSchema }),
  'calendar.ended': z.object({ rule: CalendarRuleSchema }),
  'replay.reported': edition.extend({ replayId: z.number().int(), title: text }),
  'planning.set': z.object({ settings: PlanningSettingsSchema }),
  'policy.proposed': policy.extend({ effectiveAt: InstantSchema, reason: text }),
  'policy.approved': policy.extend({ effectiveAt: InstantSchema }),
  'policy.withdrawn': policy.extend({ reason: text }),
  /** The settings are others from now on. */
  'policy.changed': policy,
  'town.imported': z.object({
    layer: z.string(),
    rows: z.number().int(),
    licence: z.string(),
    source: z.string(),
  }),
  'person.created': z.object({ personId: PersonId, name: z.string(), role: z.string() }),
  'person.changed': z.object({ personId: PersonId, name: z.string(), role: z.string(), active: z.boolean() }),
  'password.reset': z.object({ personId: PersonId }),
  'licence.given': z.object({ personId: PersonId, number: z.string() }),
  'licence.revoked': z.object({ personId: PersonId, number: z.string() }),
  'matter.published': z.object({
    matterCode: z.string(),
    version: z.number().int(),
    status: z.string(),
    document: z.string(),
  }),
  'person.signed_in': z.object({ personId: PersonId }),
  'person.signed_out': z.object({ personId: PersonId }),
  /** The telephone of who reported was handed to a member of the team on the task. */
  'reporter.contacted': z.object({ incidentId: IncidentId, assignmentId: AssignmentId, teamId: TeamId }),
  /** Somebody looked at what is masked about a reporter or a party; who it is stands in no fact. */
  'person.revealed': z.object({
    incidentId: IncidentId,
    of: z.enum(['reporter', 'party']),
    fileId: z.number().int().nullable(),
    purpose: z.string(),
  }),
  'track.viewed': z.object({ personId: PersonId.nullable(), teamId: TeamId.nullable(), purpose: z.string() }),
} as const;

export type FactType = keyof typeof facts;
export type FactData<T extends FactType> = z.infer<(typeof facts)[T]>;

/** Who did it: a person, the system by itself, or the public by way of a source. */
export const ActorSchema = z.object({
  kind: z.enum(['person', 'system', 'public']),
  id: z.number().int().nullable(),
  name: z.string(),
});
export type EventActor = z.infer<typeof ActorSchema>;

/** A fact as it stands in the ledger and goes over the socket. `seq` has no gap in the ledger. */
export type EventOf<T extends FactType> = {
  seq: number;
  at: string;
  type: T;
  v: 1;
  subject: string;
  actor: EventActor;
  data: FactData<T>;
};
export type LedgerEvent = { [T in FactType]: EventOf<T> }[FactType];

export const LedgerEventSchema = z.object({
  seq: z.number().int(),
  at: InstantSchema,
  type: z.string(),
  v: z.literal(1),
  subject: z.string(),
  actor: ActorSchema,
  data: z.record(z.string(), z.unknown()),
});
