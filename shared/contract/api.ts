import { z } from 'zod';
import { AlarmViewSchema, ShelveAlarmSchema } from './alarms.ts';
import * as assignments from './assignments.ts';
import { LedgerEventSchema } from './events.ts';
import * as closures from './closures.ts';
import * as devices from './devices.ts';
import * as editions from './editions.ts';
import * as enforcement from './enforcement.ts';
import * as evidence from './evidence.ts';
import * as fieldSteps from './field-steps.ts';
import * as fileActs from './file-acts.ts';
import { CrsSchema } from './geo.ts';
import { AssignmentId, EditionId, IncidentId, InstantSchema, RowId, TeamId, type PersonId } from './ids.ts';
import * as holidays from './holidays.ts';
import * as incidents from './incidents.ts';
import * as messages from './messages.ts';
import { SetNeedsSchema } from './needs.ts';
import * as people from './people.ts';
import * as papers from './papers.ts';
import * as patrols from './patrols.ts';
import * as phone from './phone.ts';
import * as policies from './policies.ts';
import {
  CellEditSchema,
  CellsEntrySchema,
  EditionSummarySchema,
  LogEntrySchema,
  PostOperationsSchema,
} from './planning.ts';
import * as plans from './plan-files.ts';
import * as push from './push.ts';
import * as replays from './replays.ts';
import type { RouteName } from './routes.ts';
import * as studio from './studio.ts';
import * as teams from './teams.ts';
import * as webhooks from './webhooks.ts';
import { TownSchema, ZoneSchema } from './town.ts';
import * as matters from './matters.ts';
import { DecisionSchema, RecommendationSchema, ShortfallSchema } from './dispatch.ts';
import { PositionReportSchema, PositionSettingsSchema, PositionAnswerSchema } from './positions.ts';

/** What goes into and out of one endpoint; absent parts must be absent on the wire. */
export interface Shape {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly output: z.ZodType;
}

const id = (schema: z.ZodType) => z.preprocess((v) => (/^\d{1,15}$/.test(String(v)) ? Number(v) : v), schema);
const incidentParams = z.strictObject({ incidentId: id(IncidentId) as unknown as typeof IncidentId });
const assignmentParams = z.strictObject({ assignmentId: id(AssignmentId) as unknown as typeof AssignmentId });
const matterParams = z.strictObject({ matterCode: z.string().max(16) });
const personParams = z.strictObject({ personId: id(RowId) as unknown as typeof PersonId });
const teamParams = z.strictObject({ teamId: id(TeamId) as unknown as typeof TeamId });
const editionParams = z.strictObject({ editionId: id(EditionId) as unknown as typeof EditionId });
const onEdition = <B extends z.ZodType>(body: B) => ({
  params: editionParams,
  body,
  output: EditionSummarySchema,
});
const positive = id(z.number().int().positive()) as unknown as z.ZodNumber;
const fileParams = z.strictObject({ fileId: positive });
const patrolParams = z.strictObject({ patrolId: positive });
const order = enforcement.CorrectionOrderSchema;
const file = enforcement.PenaltyFileViewSchema;
const deviceParams = z.strictObject({
  deviceId: id(z.number().int().positive().max(2_147_483_647)) as unknown as z.ZodNumber,
});
const smallId = id(z.number().int().positive().max(2_147_483_647)) as unknown as z.ZodNumber;
const webhookParams = z.strictObject({ webhookId: smallId });
const robotParams = z.strictObject({ robotId: smallId });
const numberInQuery = z.coerce.number();
const rowInQuery = numberInQuery.int().positive().max(2_147_483_647);
const none = z.strictObject({});
const policyParams = z.strictObject({ version: smallId });
const incident = incidents.IncidentViewSchema;
const assignment = assignments.AssignmentViewSchema;
const onIncident = <B extends z.ZodType>(body: B) => ({ params: incidentParams, body, output: incident });
const onAssignment = <B extends z.ZodType>(body: B) => ({
  params: assignmentParams,
  body,
  output: assignment,
});

/** The live picture in one read: every open thing, with the number of the last fact that it contains. */
export const SnapshotSchema = z.strictObject({
  seq: z.number().int(),
  at: InstantSchema,
  incidents: z.array(incident),
  assignments: z.array(assignment),
  teams: z.array(teams.TeamViewSchema),
  positions: z.array(teams.TeamPositionSchema),
  alarms: z.array(AlarmViewSchema),
  proposals: z.array(assignments.ProposalViewSchema),
  dispatchMode: z.enum(['auto', 'assist']),
});
export type Snapshot = z.infer<typeof SnapshotSchema>;

/** One incident with its story: `timeline` is the ledger's facts about it, oldest first. */
export const IncidentDetailSchema = z.strictObject({
  incident,
  assignments: z.array(assignment),
  timeline: z.array(LedgerEventSchema),
  duplicates: z.array(incidents.DuplicateSchema),
  /** Masked; the whole is asked for with a purpose. */
  reporter: incidents.ReporterSchema.nullable(),
});
export type IncidentDetail = z.infer<typeof IncidentDetailSchema>;

export const api = {
  signIn: { body: people.SignInSchema, output: people.MeSchema },
  signOut: { output: none },
  readMe: { output: people.MeSchema },
  listDemoSignIns: { output: people.DemoSignInsSchema },
  listPeople: { output: z.strictObject({ people: z.array(people.PersonSchema) }) },
  listNames: {
    output: z.strictObject({
      people: z.array(people.PersonSchema.pick({ personId: true, displayName: true, role: true })),
    }),
  },
  addPerson: { body: people.AddPersonSchema, output: people.PersonSchema },
  changePerson: { params: personParams, body: people.ChangePersonSchema, output: people.PersonSchema },
  resetPassword: { params: personParams, body: people.ResetPasswordSchema, output: people.PersonSchema },
  giveLicence: { params: personParams, body: people.GiveLicenceSchema, output: people.PersonSchema },
  revokeLicence: {
    params: z.strictObject({ licenceId: id(RowId) as unknown as typeof RowId }),
    body: none,
    output: people.PersonSchema,
  },
  readSnapshot: { output: SnapshotSchema },
  listEvents: {
    query: z.strictObject({
      since: numberInQuery.int().nonnegative().default(0),
      limit: numberInQuery.int().min(1).max(1000).default(500),
    }),
    output: z.strictObject({ events: z.array(LedgerEventSchema), head: z.number().int() }),
  },
  /** What the room measures of today, on the town's calendar. */
  readFigures: {
    output: z.strictObject({
      /** From report to the first team that was offered it; null before the first. */
      dispatchP90Seconds: z.number().nullable(),
      dispatched: z.number().int(),
    }),
  },
  /** Incidents of the last seven days by place; a place in doubt and a merged or rejected report is left out. */
  readHeat: { output: z.strictObject({ points: z.array(z.tuple([z.number(), z.number(), z.number()])) }) },
  readTown: { output: TownSchema },
  listMatterVersions: {
    params: matterParams,
    output: z.strictObject({ versions: z.array(matters.MatterVersionSchema) }),
  },
  publishMatter: {
    params: matterParams,
    body: matters.PublishMatterSchema,
    output: matters.MatterVersionSchema,
  },
  listMatters: { output: matters.MatterListSchema },
  listHolidays: { output: z.strictObject({ years: z.array(holidays.HolidayYearSchema) }) },
  publishHolidays: {
    params: z.strictObject({ year: id(z.number().int().min(2000).max(2099)) as unknown as z.ZodNumber }),
    body: holidays.PublishHolidaysSchema,
    output: holidays.PublishedHolidaysSchema,
  },
  createIncident: {
    body: incidents.CreateIncidentSchema,
    output: z.strictObject({ incident, recommendation: RecommendationSchema.nullable() }),
  },
  previewIncident: {
    query: z.strictObject({
      lng: numberInQuery,
      lat: numberInQuery,
      crs: CrsSchema.default('wgs84'),
      matterCode: z.string().max(16).optional(),
      text: z.string().max(200).optional(),
    }),
    output: z.strictObject({
      cellCode: z.string().nullable(),
      zoneNumber: z.number().int().nullable(),
      overlays: z.array(z.string()),
      doubts: z.array(incidents.PlaceDoubt),
      duplicates: z.array(incidents.DuplicateSchema),
      recommendation: RecommendationSchema.nullable(),
    }),
  },
  searchIncidents: {
    query: z.strictObject({
      text: z.string().max(100).default(''),
      limit: numberInQuery.int().min(1).max(100).default(20),
    }),
    output: z.strictObject({ incidents: z.array(incident) }),
  },
  readIncident: { params: incidentParams, output: IncidentDetailSchema },
  revealReporter: {
    params: incidentParams,
    body: incidents.RevealSchema,
    output: incidents.ReporterSchema,
  },
  callReporter: { params: assignmentParams, output: incidents.ContactsSchema },
  noteIncident: onIncident(incidents.NoteSchema),
  placeIncident: onIncident(incidents.PlaceIncidentSchema),
  fileIncident: onIncident(incidents.FileIncidentSchema),
  acknowledgeIncident: onIncident(none),
  prioritiseIncident: onIncident(incidents.ChangePrioritySchema),
  mergeIncident: onIncident(incidents.MergeIncidentSchema),
  rejectIncident: onIncident(incidents.RejectIncidentSchema),
  holdIncident: onIncident(incidents.HoldIncidentSchema),
  resumeIncident: onIncident(incidents.EscalateIncidentSchema),
  escalateIncident: onIncident(incidents.EscalateIncidentSchema),
  requestCheck: onIncident(none),
  closeIncident: onIncident(incidents.CloseIncidentSchema),
  reopenIncident: onIncident(incidents.ReopenIncidentSchema),
  redispatchIncident: onIncident(none),
  recommendTeams: {
    params: incidentParams,
    /** For another kind of task than the line says, or for a line beside the lead's. */
    query: z.strictObject({
      kind: assignments.TaskKind.optional(),
      line: numberInQuery.int().min(0).max(5).default(0),
    }),
    output: RecommendationSchema,
  },
  setNeeds: onIncident(SetNeedsSchema),
  assignTeam: { params: incidentParams, body: assignments.AssignTeamSchema, output: assignment },
  /** Without a team the incident stays in the queue, and `shortfall` says why nobody can go. */
  dispatchIncident: {
    params: incidentParams,
    body: none,
    output: z.strictObject({
      incident,
      assignment: assignment.nullable(),
      shortfall: z.array(ShortfallSchema),
    }),
  },
  listDecisions: { params: incidentParams, output: z.strictObject({ decisions: z.array(DecisionSchema) }) },
  readWay: {
    params: assignmentParams,
    output: z.strictObject({ way: assignments.WaySchema.nullable() }),
  },
  recallAssignment: onAssignment(assignments.RecallSchema),
  reassignAssignment: onAssignment(assignments.ReassignSchema),
  /** No automatic change touches it from now on, as if it had been chosen against the ranking. */
  keepAssignment: onAssignment(none),
  releaseAssignment: onAssignment(none),
  seeAssignment: onAssignment(none),
  acceptAssignment: onAssignment(none),
  declineAssignment: onAssignment(assignments.DeclineSchema),
  departAssignment: onAssignment(assignments.DepartSchema),
  arriveAssignment: onAssignment(assignments.ArriveSchema),
  handleAssignment: onAssignment(assignments.HandleSchema),
  returnAssignment: onAssignment(assignments.ReturnSchema),
  acceptProposal: {
    params: z.strictObject({ proposalId: id(z.number().int().positive()) }),
    body: none,
    output: assignments.ProposalViewSchema,
  },
  keepProposal: {
    params: z.strictObject({ proposalId: id(z.number().int().positive()) }),
    body: none,
    output: assignments.ProposalViewSchema,
  },
  readPolicy: { output: policies.PolicyInForceSchema },
  listPolicies: { output: z.strictObject({ policies: z.array(policies.PolicyVersionSchema) }) },
  proposePolicy: { body: policies.ProposePolicySchema, output: policies.PolicyVersionSchema },
  approvePolicy: { params: policyParams, body: none, output: policies.PolicyVersionSchema },
  withdrawPolicy: {
    params: policyParams,
    body: editions.ReasonSchema,
    output: policies.PolicyVersionSchema,
  },
  setTeamStatus: { params: teamParams, body: teams.SetTeamStatusSchema, output: teams.TeamViewSchema },
  setDuty: { body: teams.DutySchema, output: teams.DutyViewSchema },
  readDuty: { output: teams.DutyViewSchema },
  readTrail: {
    params: teamParams,
    query: z.strictObject({
      minutes: numberInQuery.int().min(1).max(1440).default(30),
      purpose: z.string().trim().min(1).max(200),
    }),
    output: z.strictObject({ fixes: z.array(z.tuple([z.number(), z.number(), InstantSchema])) }),
  },
  sendMessage: { body: messages.SendMessageSchema, output: messages.MessageSchema },
  readMessage: {
    params: z.strictObject({ messageId: z.uuid() }),
    body: none,
    output: none,
  },
  acknowledgeAlarm: {
    params: z.strictObject({ alarmId: id(z.number().int().positive()) }),
    body: none,
    output: AlarmViewSchema,
  },
  shelveAlarm: {
    params: z.strictObject({ alarmId: id(z.number().int().positive()) }),
    body: ShelveAlarmSchema,
    output: AlarmViewSchema,
  },
  readPositionSettings: { output: PositionSettingsSchema },
  changePositionSettings: { body: PositionSettingsSchema, output: PositionSettingsSchema },
  reportPositions: { body: PositionReportSchema, output: PositionAnswerSchema },
  listDevices: { output: devices.DeviceListSchema },
  registerDevice: { body: devices.RegisterDeviceSchema, output: devices.RegisteredSchema },
  rotateDevice: { params: deviceParams, body: none, output: devices.SetUpSchema },
  revokeDevice: { params: deviceParams, body: none, output: devices.DeviceViewSchema },
  listMyDevices: { output: devices.DeviceListSchema },
  registerMyDevice: { body: devices.RegisterMyDeviceSchema, output: devices.RegisteredSchema },
  rotateMyDevice: { params: deviceParams, body: none, output: devices.SetUpSchema },
  revokeMyDevice: { params: deviceParams, body: none, output: devices.DeviceViewSchema },
  listTasks: {
    output: z.strictObject({ tasks: z.array(z.strictObject({ assignment, incident })), at: InstantSchema }),
  },
  readPhone: { output: phone.PhoneSchema },
  readMyDay: { output: phone.MyDaySchema },
  checkIn: onAssignment(none),
  answerQuestion: onAssignment(assignments.AnswerQuestionSchema),
  requestHelp: onAssignment(phone.RequestHelpSchema),
  raiseSos: { body: phone.RaiseSosSchema, output: phone.SosAnswerSchema },
  endSos: { body: phone.EndSosSchema, output: none },
  addEvidence: { output: evidence.EvidenceViewSchema },
  readEvidence: { params: incidentParams, output: evidence.EvidenceSetSchema },
  skipEvidence: { params: incidentParams, body: evidence.SkipSlotSchema, output: evidence.EvidenceSetSchema },
  readEnforcementSettings: { output: papers.EnforcementSettingsSchema },
  changeEnforcementSettings: {
    body: papers.EnforcementSettingsSchema,
    output: papers.EnforcementSettingsSchema,
  },
  listEditions: {
    query: z.strictObject({ discarded: z.enum(['yes', 'no']).default('no') }),
    output: z.strictObject({
      editions: z.array(EditionSummarySchema),
      effects: z.array(editions.EffectSchema),
      runningEditionId: EditionId.nullable(),
    }),
  },
  readEdition: { params: editionParams, output: editions.EditionDetailSchema },
  createDraft: { body: editions.CreateDraftSchema, output: EditionSummarySchema },
  changeDraft: onEdition(editions.ChangeDraftSchema),
  discardDraft: onEdition(none),
  postOperations: {
    params: editionParams,
    body: PostOperationsSchema,
    output: editions.OperationAnswersSchema,
  },
  listDraftLog: {
    params: editionParams,
    query: z.strictObject({ after: numberInQuery.int().min(0).max(2_147_483_647).default(0) }),
    output: z.strictObject({ entries: z.array(LogEntrySchema), seq: z.number().int() }),
  },
  setDraftTeams: onEdition(editions.SetDraftTeamsSchema),
  createZones: { body: editions.CreateZonesSchema, output: z.strictObject({ zones: z.array(ZoneSchema) }) },
  editCells: {
    params: editionParams,
    body: z.strictObject({ edit: CellEditSchema }),
    output: z.strictObject({ entry: CellsEntrySchema, conflicts: z.array(editions.UndecidedCellSchema) }),
  },
  rebaseDraft: onEdition(none),
  resolveConflicts: onEdition(editions.ResolveConflictsSchema),
  readProblems: { params: editionParams, output: editions.ProblemsSchema },
  submitEdition: onEdition(editions.SubmitSchema),
  returnEdition: onEdition(editions.ReasonSchema),
  approveEdition: onEdition(none),
  publishEdition: onEdition(editions.PublishSchema),
  withdrawEdition: onEdition(editions.ReasonSchema),
  rollBackEdition: onEdition(editions.RollBackSchema),
  importPlan: { params: editionParams, output: plans.ImportedPlanSchema },
  importCells: { output: plans.ImportedCellsSchema },
  readStudio: { query: studio.StudioQuerySchema, output: studio.StudioSchema },
  readCellTravel: {
    query: z.strictObject({ editionId: rowInQuery.optional() }),
    output: studio.CellTravelSchema,
  },
  readReplayWorld: {
    query: z.strictObject({
      editionId: rowInQuery.optional(),
      /** The edition on the other side: neither counts as a calendar edition. */
      against: rowInQuery.optional(),
      from: InstantSchema.optional(),
      to: InstantSchema.optional(),
      listId: rowInQuery.optional(),
    }),
    output: studio.ReplayWorldSchema,
  },
  readPlanningSettings: { output: editions.PlanningSettingsSchema },
  changePlanningSettings: {
    body: editions.PlanningSettingsSchema,
    output: editions.PlanningSettingsSchema,
  },
  startReplay: { params: editionParams, body: replays.StartReplaySchema, output: replays.ReplaySchema },
  readReplay: {
    params: z.strictObject({ replayId: id(RowId) as unknown as typeof RowId }),
    output: replays.ReplaySchema,
  },
  listIncidentLists: { output: z.strictObject({ lists: z.array(plans.IncidentListSchema) }) },
  addIncidentList: { output: plans.AddedListSchema },
  drawIncidentList: { body: plans.DrawListSchema, output: plans.IncidentListSchema },
  listClosures: {
    query: z.strictObject({ all: z.enum(['yes', 'no']).default('no') }),
    output: z.strictObject({ closures: z.array(closures.ClosureSchema) }),
  },
  createClosure: { body: closures.CreateClosureSchema, output: closures.ClosureSchema },
  endClosure: {
    params: z.strictObject({ closureId: id(RowId) as unknown as typeof RowId }),
    body: none,
    output: closures.ClosureSchema,
  },
  listCalendarRules: { output: z.strictObject({ rules: z.array(closures.CalendarRuleSchema) }) },
  createCalendarRule: { body: closures.CreateCalendarRuleSchema, output: closures.CalendarRuleSchema },
  endCalendarRule: {
    params: z.strictObject({ ruleId: id(RowId) as unknown as typeof RowId }),
    body: none,
    output: closures.CalendarRuleSchema,
  },
  requestVerification: onIncident(none),
  completeVerification: onIncident(fieldSteps.CompleteVerificationSchema),
  settleIncident: onIncident(fieldSteps.SettleSchema),
  orderCorrection: { params: incidentParams, body: fieldSteps.OrderCorrectionSchema, output: order },
  confirmCorrection: { params: incidentParams, body: fieldSteps.ConfirmCorrectionSchema, output: order },
  failCorrection: { params: incidentParams, body: fieldSteps.FailCorrectionSchema, output: order },
  offerCheck: onIncident(none),
  reportCheck: onIncident(fieldSteps.ReportCheckSchema),
  failCheck: onIncident(fieldSteps.FailCheckSchema),
  acceptRework: onIncident(none),
  requestTime: {
    params: incidentParams,
    body: fieldSteps.RequestTimeSchema,
    output: fieldSteps.DeadlineRequestSchema,
  },
  answerTime: {
    params: z.strictObject({ requestId: positive }),
    body: fieldSteps.AnswerTimeSchema,
    output: fieldSteps.DeadlineRequestSchema,
  },
  submitAppeal: {
    params: incidentParams,
    body: fieldSteps.SubmitAppealSchema,
    output: fieldSteps.AppealSchema,
  },
  answerAppeal: {
    params: incidentParams,
    body: fieldSteps.AnswerAppealSchema,
    output: fieldSteps.AppealSchema,
  },
  declareRecusal: {
    params: incidentParams,
    body: fieldSteps.DeclareRecusalSchema,
    output: fieldSteps.RecusalSchema,
  },
  listTimeRequests: { output: z.strictObject({ requests: z.array(fieldSteps.DeadlineRequestSchema) }) },
  extendIncident: onIncident(fieldSteps.ExtendSchema),
  transferIncident: onIncident(fieldSteps.TransferSchema),
  readFieldFile: { params: incidentParams, output: fieldSteps.FieldFileSchema },
  planJointOperation: { body: fieldSteps.PlanOperationSchema, output: fieldSteps.OperationSchema },
  endJointOperation: {
    params: z.strictObject({ operationId: positive }),
    body: fieldSteps.EndOperationSchema,
    output: fieldSteps.OperationSchema,
  },
  listJointOperations: { output: z.strictObject({ operations: z.array(fieldSteps.OperationSchema) }) },
  askSimple: {
    params: incidentParams,
    body: enforcement.AskSimpleSchema,
    output: enforcement.SimpleAnswerSchema,
  },
  openFile: { params: incidentParams, body: fileActs.OpenFileSchema, output: file },
  listFiles: { params: incidentParams, output: z.strictObject({ files: z.array(file) }) },
  listOpenFiles: { output: z.strictObject({ files: z.array(enforcement.OpenFileViewSchema) }) },
  readFile: { params: fileParams, output: file },
  revealParty: { params: fileParams, body: incidents.RevealSchema, output: enforcement.PartySchema },
  actOnFile: { params: fileParams, body: fileActs.FileActSchema, output: file },
  readNoticeStatus: {
    params: z.strictObject({ token: z.string().max(64) }),
    output: enforcement.NoticeStatusSchema,
  },
  listBenchmarks: { output: z.strictObject({ benchmarks: z.array(enforcement.BenchmarkSchema) }) },
  publishBenchmark: { body: enforcement.BenchmarkSchema, output: enforcement.BenchmarkSchema },
  takeNumbers: { body: papers.TakeBlockSchema, output: papers.PaperBlockSchema },
  listNumbers: { output: z.strictObject({ blocks: z.array(papers.PaperBlockSchema) }) },
  voidNumber: { body: papers.VoidNumberSchema, output: papers.PaperNumberSchema },
  makePaper: { params: incidentParams, body: papers.MakePaperSchema, output: papers.PaperSchema },
  listPapers: { params: incidentParams, output: z.strictObject({ papers: z.array(papers.PaperSchema) }) },
  listTemplates: { output: z.strictObject({ templates: z.array(papers.TemplateSchema) }) },
  previewTemplate: {
    params: z.strictObject({ kind: papers.PaperKind }),
    body: z.strictObject({ body: papers.TemplateBodySchema }),
    output: papers.TemplatePreviewSchema,
  },
  changeTemplate: {
    params: z.strictObject({ kind: papers.PaperKind }),
    body: papers.ChangeTemplateSchema,
    output: papers.TemplateSchema,
  },
  listChecklists: { output: z.strictObject({ checklists: z.array(patrols.ChecklistSchema) }) },
  changeChecklist: {
    params: z.strictObject({ siteType: patrols.SiteType }),
    body: patrols.ChangeChecklistSchema,
    output: patrols.ChecklistSchema,
  },
  startPatrol: { body: patrols.StartPatrolSchema, output: patrols.PatrolViewSchema },
  answerSite: { params: patrolParams, body: patrols.AnswerSiteSchema, output: patrols.PatrolViewSchema },
  endPatrol: { params: patrolParams, body: patrols.EndPatrolSchema, output: patrols.PatrolViewSchema },
  readPatrol: { params: patrolParams, output: patrols.PatrolViewSchema },
  listPatrols: { output: z.strictObject({ patrols: z.array(patrols.PatrolViewSchema) }) },
  readEarlierAnswers: {
    query: z.strictObject({ siteType: patrols.SiteType, siteName: z.string().max(120) }),
    output: z.strictObject({ visit: patrols.PatrolViewSchema.shape.visits.element.nullable() }),
  },
  measureFindings: {
    query: z.strictObject({ from: InstantSchema, to: InstantSchema }),
    output: patrols.FindingSharesSchema,
  },
  listWebhooks: { output: z.strictObject({ webhooks: z.array(webhooks.WebhookSchema) }) },
  createWebhook: { body: webhooks.CreateWebhookSchema, output: webhooks.WebhookWithSecretSchema },
  changeWebhook: {
    params: webhookParams,
    body: webhooks.ChangeWebhookSchema,
    output: webhooks.WebhookSchema,
  },
  rotateWebhookSecret: { params: webhookParams, body: none, output: webhooks.WebhookWithSecretSchema },
  testWebhook: { params: webhookParams, body: none, output: webhooks.TestAnswerSchema },
  listDeliveries: {
    params: webhookParams,
    query: z.strictObject({
      before: numberInQuery.int().positive().optional(),
      limit: numberInQuery.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ deliveries: z.array(webhooks.DeliverySchema) }),
  },
  replayDeliveries: {
    params: webhookParams,
    body: webhooks.ReplaySchema,
    output: z.strictObject({ planned: z.number().int() }),
  },
  listRobots: { output: z.strictObject({ robots: z.array(push.RobotSchema) }) },
  addRobot: { body: push.AddRobotSchema, output: push.RobotSchema },
  removeRobot: { params: robotParams, body: none, output: push.RobotSchema },
  testRobot: { params: robotParams, body: none, output: push.SentSchema },
  readPushKey: { output: push.PushKeySchema },
  subscribePush: { body: push.SubscribePushSchema, output: none },
  unsubscribePush: { body: push.UnsubscribePushSchema, output: none },
  readPushSettings: { output: push.PushSettingsSchema },
  changePushSettings: { body: push.PushSettingsSchema, output: push.PushSettingsSchema },
  verifyLedger: {
    output: z.strictObject({
      ok: z.boolean(),
      head: z.number().int(),
      checked: z.number().int(),
      faults: z.array(z.string()),
    }),
  },
} as const satisfies Record<RouteName, Shape>;

/** Types of the wire by the name of the route, for clients. */
export type Output<N extends RouteName> = z.infer<(typeof api)[N]['output']>;
type Part<N extends RouteName, P extends string> =
  (typeof api)[N] extends Record<P, infer S> ? (S extends z.ZodType ? S : never) : never;
export type Body<N extends RouteName> = z.input<Part<N, 'body'>>;
export type Query<N extends RouteName> = z.input<Part<N, 'query'>>;
export type Params<N extends RouteName> = z.infer<Part<N, 'params'>>;

/** What a handler gets after parsing; `undefined` where the endpoint takes no such part. */
export type Parsed<N extends RouteName, P extends 'params' | 'query' | 'body'> = [Part<N, P>] extends [never]
  ? undefined
  : z.output<Part<N, P>>;
