/**
 * Every endpoint once: method, path below /api/v1, and the action that rules/permissions.ts judges
 * (null: nobody needs to be signed in). Free of zod, so that the client may import it; the shapes of what goes
 * in and out stand under the same name in api.ts. Every mutation but the `keyless` ones needs an
 * Idempotency-Key.
 */
import type { Action } from './actions.ts';

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly action: Action | null;
  readonly keyless?: true;
}

const get = (path: string, action: Action | null): Route => ({ method: 'get', path, action });
const post = (path: string, action: Action | null): Route => ({ method: 'post', path, action });
const put = (path: string, action: Action | null): Route => ({ method: 'put', path, action });
const keyless = (route: Route): Route => ({ ...route, keyless: true });

export const routes = {
  // signing in
  signIn: keyless(post('/login', null)),
  signOut: keyless(post('/logout', 'self.read')),
  readMe: get('/me', 'self.read'),
  listDemoSignIns: get('/demo', null),
  // people, by the administrator; a password goes in and never out, so nothing is kept under a key
  listPeople: get('/people', 'people.manage'),
  listNames: get('/names', 'penalty.read'), // who stands behind the number of a person in a fact or a file
  addPerson: keyless(post('/people', 'people.manage')),
  changePerson: put('/people/:personId', 'people.manage'),
  resetPassword: keyless(post('/people/:personId/password', 'people.manage')),
  giveLicence: post('/people/:personId/licences', 'people.manage'),
  revokeLicence: post('/licences/:licenceId/revoke', 'people.manage'),
  // the picture
  readSnapshot: get('/snapshot', 'room.watch'),
  listEvents: get('/events', 'room.watch'),
  readFigures: get('/figures', 'room.watch'),
  readHeat: get('/heat', 'room.watch'),
  readTown: get('/town', 'town.read'),
  listMatters: get('/matters', 'town.read'),
  listMatterVersions: get('/matters/:matterCode/versions', 'town.read'),
  publishMatter: post('/matters/:matterCode', 'policy.change'), // a new version; what is open keeps the one it was filed by
  // incidents
  listHolidays: get('/holidays', 'town.read'),
  publishHolidays: put('/holidays/:year', 'policy.change'), // running deadlines are counted anew
  createIncident: post('/incidents', 'incident.report'),
  previewIncident: get('/incidents/preview', 'incident.report'),
  searchIncidents: get('/incidents', 'room.watch'),
  readIncident: get('/incidents/:incidentId', 'incident.read'),
  revealReporter: keyless(post('/incidents/:incidentId/reporter', 'person.reveal')), // the answer is kept nowhere; a fact says who looked and why
  callReporter: keyless(post('/assignments/:assignmentId/reporter', 'reporter.call')), // the telephone for a running task; the answer is kept nowhere, a fact says who was given it
  noteIncident: post('/incidents/:incidentId/notes', 'incident.note'),
  placeIncident: post('/incidents/:incidentId/place', 'incident.direct'), // confirms a doubtful place or moves it
  fileIncident: post('/incidents/:incidentId/file', 'incident.direct'),
  acknowledgeIncident: post('/incidents/:incidentId/acknowledge', 'incident.direct'),
  prioritiseIncident: post('/incidents/:incidentId/priority', 'incident.direct'),
  mergeIncident: post('/incidents/:incidentId/merge', 'incident.direct'),
  rejectIncident: post('/incidents/:incidentId/reject', 'incident.direct'),
  holdIncident: post('/incidents/:incidentId/hold', 'incident.direct'),
  resumeIncident: post('/incidents/:incidentId/resume', 'incident.direct'),
  escalateIncident: post('/incidents/:incidentId/escalate', 'incident.direct'),
  requestCheck: post('/incidents/:incidentId/check', 'incident.direct'),
  closeIncident: post('/incidents/:incidentId/close', 'incident.direct'),
  reopenIncident: post('/incidents/:incidentId/reopen', 'incident.direct'),
  redispatchIncident: post('/incidents/:incidentId/redispatch', 'incident.direct'),
  // dispatch
  recommendTeams: get('/incidents/:incidentId/recommendation', 'dispatch.decide'),
  setNeeds: put('/incidents/:incidentId/needs', 'dispatch.decide'),
  assignTeam: post('/incidents/:incidentId/assignments', 'dispatch.decide'),
  dispatchIncident: post('/incidents/:incidentId/dispatch', 'dispatch.decide'),
  listDecisions: get('/incidents/:incidentId/decisions', 'decision.read'),
  readWay: get('/assignments/:assignmentId/way', 'room.watch'), // along the roads, from the team's place to the task's
  recallAssignment: post('/assignments/:assignmentId/recall', 'dispatch.decide'),
  reassignAssignment: post('/assignments/:assignmentId/reassign', 'dispatch.decide'),
  keepAssignment: post('/assignments/:assignmentId/keep', 'dispatch.decide'),
  releaseAssignment: post('/assignments/:assignmentId/release', 'dispatch.decide'),
  seeAssignment: post('/assignments/:assignmentId/seen', 'assignment.answer'),
  acceptAssignment: post('/assignments/:assignmentId/accept', 'assignment.answer'),
  declineAssignment: post('/assignments/:assignmentId/decline', 'assignment.answer'),
  departAssignment: post('/assignments/:assignmentId/depart', 'assignment.answer'),
  arriveAssignment: post('/assignments/:assignmentId/arrive', 'assignment.answer'),
  handleAssignment: post('/assignments/:assignmentId/handle', 'assignment.answer'),
  returnAssignment: post('/assignments/:assignmentId/return', 'assignment.answer'),
  acceptProposal: post('/proposals/:proposalId/accept', 'dispatch.decide'),
  keepProposal: post('/proposals/:proposalId/keep', 'dispatch.decide'),
  readPolicy: get('/policy', 'room.watch'),
  listPolicies: get('/policies', 'room.watch'),
  proposePolicy: post('/policies', 'policy.change'),
  approvePolicy: post('/policies/:version/approve', 'policy.change'), // by somebody else than who proposed it
  withdrawPolicy: post('/policies/:version/withdraw', 'policy.change'), // before it rules
  // teams and duty
  setTeamStatus: post('/teams/:teamId/status', 'team.status'),
  setDuty: post('/duty', 'duty.change'),
  readDuty: get('/duty', 'self.read'),
  readTrail: get('/teams/:teamId/trail', 'track.view'),
  sendMessage: post('/messages', 'dispatch.decide'), // to a team, or to all; the phones show it, the groups are told
  readMessage: post('/messages/:messageId/read', 'self.read'),
  // alarms
  acknowledgeAlarm: post('/alarms/:alarmId/acknowledge', 'alarm.answer'),
  shelveAlarm: post('/alarms/:alarmId/shelve', 'alarm.answer'),
  // positions
  readPositionSettings: get('/position-settings', 'policy.change'),
  changePositionSettings: put('/position-settings', 'policy.change'),
  reportPositions: keyless(post('/positions', 'position.report')), // naturally idempotent: one fix per person and instant
  // phones and gateways that send positions; a secret is told once, so nothing is kept under a key
  listDevices: get('/devices', 'people.manage'),
  registerDevice: keyless(post('/devices', 'people.manage')),
  rotateDevice: keyless(post('/devices/:deviceId/secret', 'people.manage')),
  revokeDevice: post('/devices/:deviceId/revoke', 'people.manage'),
  listMyDevices: get('/phone/devices', 'position.report'),
  registerMyDevice: keyless(post('/phone/devices', 'position.report')),
  rotateMyDevice: keyless(post('/phone/devices/:deviceId/secret', 'position.report')),
  revokeMyDevice: post('/phone/devices/:deviceId/revoke', 'position.report'),
  // officers and tasks of the person who asks
  listTasks: get('/tasks', 'self.read'),
  readPhone: get('/phone', 'self.read'),
  readMyDay: get('/phone/day', 'self.read'),
  checkIn: post('/assignments/:assignmentId/check-in', 'assignment.answer'),
  answerQuestion: post('/assignments/:assignmentId/answer', 'assignment.answer'), // why the team does not come nearer, when the watchdog asked
  requestHelp: post('/assignments/:assignmentId/help', 'assignment.answer'),
  raiseSos: post('/sos', 'duty.change'),
  endSos: post('/sos/end', 'duty.change'),
  // evidence
  addEvidence: post('/evidence', 'evidence.add'), // a multipart form: `meta` (EvidenceMetaSchema as JSON), then `file`
  readEvidence: get('/incidents/:incidentId/evidence', 'evidence.read'),
  skipEvidence: post('/incidents/:incidentId/evidence/skips', 'evidence.add'),
  readEnforcementSettings: get('/enforcement-settings', 'town.read'),
  changeEnforcementSettings: put('/enforcement-settings', 'policy.change'),
  // the planner's studio: editions
  listEditions: get('/editions', 'plan.read'),
  readEdition: get('/editions/:editionId', 'plan.read'),
  createDraft: post('/editions', 'plan.draft'),
  changeDraft: put('/editions/:editionId', 'plan.draft'),
  discardDraft: post('/editions/:editionId/discard', 'plan.draft'),
  postOperations: keyless(post('/editions/:editionId/operations', 'plan.draft')), // each operation has its own id
  listDraftLog: get('/editions/:editionId/operations', 'plan.read'),
  setDraftTeams: put('/editions/:editionId/teams', 'plan.draft'),
  createZones: post('/zones', 'plan.draft'),
  editCells: post('/editions/:editionId/cells', 'plan.draft'),
  rebaseDraft: post('/editions/:editionId/rebase', 'plan.draft'),
  resolveConflicts: post('/editions/:editionId/conflicts', 'plan.draft'),
  readProblems: get('/editions/:editionId/problems', 'plan.read'),
  submitEdition: post('/editions/:editionId/submit', 'plan.draft'),
  returnEdition: post('/editions/:editionId/return', 'plan.approve'),
  approveEdition: post('/editions/:editionId/approve', 'plan.approve'),
  publishEdition: post('/editions/:editionId/publish', 'plan.approve'),
  withdrawEdition: post('/editions/:editionId/withdraw', 'plan.approve'),
  rollBackEdition: post('/editions/:editionId/roll-back', 'plan.approve'),
  importPlan: keyless(post('/editions/:editionId/import', 'plan.draft')), // multipart: `meta` (ImportPlanMetaSchema), then `file`; writes nothing
  importCells: keyless(post('/cells/import', 'plan.draft')), // multipart: `meta` (ImportCellsMetaSchema), then `file`; sent again it makes another draft
  // the studio's picture and its replays
  readStudio: get('/studio', 'plan.read'),
  readCellTravel: get('/studio/travel', 'plan.read'),
  readReplayWorld: get('/studio/history', 'plan.read'),
  readPlanningSettings: get('/planning-settings', 'plan.read'),
  changePlanningSettings: put('/planning-settings', 'policy.change'),
  startReplay: post('/editions/:editionId/replays', 'plan.draft'),
  readReplay: get('/replays/:replayId', 'plan.read'),
  listIncidentLists: get('/incident-lists', 'plan.read'),
  addIncidentList: keyless(post('/incident-lists', 'plan.draft')), // multipart: `meta`, then `file`; the same bytes give the same list
  drawIncidentList: keyless(post('/incident-lists/synthetic', 'plan.draft')), // the same days and seed give the same list
  // closures and calendar
  listClosures: get('/closures', 'town.read'),
  createClosure: post('/closures', 'closure.set'),
  endClosure: post('/closures/:closureId/end', 'closure.set'),
  listCalendarRules: get('/calendar-rules', 'plan.read'),
  createCalendarRule: post('/calendar-rules', 'plan.approve'),
  endCalendarRule: post('/calendar-rules/:ruleId/end', 'plan.approve'),
  // steps of an incident beside filing and dispatch
  requestVerification: post('/incidents/:incidentId/verification/request', 'incident.direct'),
  completeVerification: post('/incidents/:incidentId/verification', 'incident.work'),
  settleIncident: post('/incidents/:incidentId/settle', 'incident.work'),
  orderCorrection: post('/incidents/:incidentId/corrections', 'incident.work'),
  confirmCorrection: post('/incidents/:incidentId/corrections/confirm', 'incident.work'),
  failCorrection: post('/incidents/:incidentId/corrections/fail', 'incident.work'),
  offerCheck: post('/incidents/:incidentId/check/offer', 'incident.direct'),
  reportCheck: post('/incidents/:incidentId/check/report', 'incident.work'),
  failCheck: post('/incidents/:incidentId/check/fail', 'incident.direct'),
  acceptRework: post('/incidents/:incidentId/rework', 'incident.work'),
  requestTime: post('/incidents/:incidentId/deadline-requests', 'incident.work'),
  answerTime: post('/deadline-requests/:requestId/answer', 'incident.direct'),
  listTimeRequests: get('/deadline-requests', 'room.watch'),
  submitAppeal: post('/incidents/:incidentId/appeal', 'incident.work'),
  answerAppeal: post('/incidents/:incidentId/appeal/answer', 'incident.direct'),
  declareRecusal: post('/incidents/:incidentId/recusals', 'penalty.act'),
  extendIncident: post('/incidents/:incidentId/extend', 'incident.direct'),
  transferIncident: post('/incidents/:incidentId/transfer', 'incident.direct'),
  readFieldFile: get('/incidents/:incidentId/field', 'incident.read'),
  planJointOperation: post('/joint-operations', 'incident.direct'),
  endJointOperation: post('/joint-operations/:operationId/end', 'incident.direct'),
  listJointOperations: get('/joint-operations', 'room.watch'),
  // penalty files
  askSimple: keyless(post('/incidents/:incidentId/may-simple', 'penalty.act')), // a question: it changes nothing
  openFile: post('/incidents/:incidentId/penalty-files', 'penalty.act'),
  listFiles: get('/incidents/:incidentId/penalty-files', 'penalty.read'),
  listOpenFiles: get('/penalty-files', 'penalty.read'),
  readFile: get('/penalty-files/:fileId', 'penalty.read'),
  revealParty: keyless(post('/penalty-files/:fileId/party', 'person.reveal')),
  actOnFile: post('/penalty-files/:fileId/acts', 'penalty.act'),
  readNoticeStatus: get('/notices/:token', null), // the QR of a notice: nothing about a person, a plate or a place
  listBenchmarks: get('/benchmarks', 'penalty.read'),
  publishBenchmark: post('/benchmarks', 'policy.change'),
  // papers and their numbers
  takeNumbers: post('/numbers', 'paper.number'),
  listNumbers: get('/numbers', 'penalty.read'),
  voidNumber: post('/numbers/void', 'penalty.act'),
  makePaper: post('/incidents/:incidentId/papers', 'penalty.act'),
  listPapers: get('/incidents/:incidentId/papers', 'penalty.read'),
  listTemplates: get('/templates', 'penalty.read'),
  changeTemplate: post('/templates/:kind', 'template.change'),
  previewTemplate: keyless(post('/templates/:kind/preview', 'template.change')), // a question: it changes nothing
  // patrols
  listChecklists: get('/checklists', 'patrol.read'),
  changeChecklist: post('/checklists/:siteType', 'patrol.plan'),
  startPatrol: post('/patrols', 'patrol.walk'),
  answerSite: post('/patrols/:patrolId/visits', 'patrol.walk'),
  endPatrol: post('/patrols/:patrolId/end', 'patrol.walk'),
  readPatrol: get('/patrols/:patrolId', 'patrol.read'),
  listPatrols: get('/patrols', 'patrol.read'),
  readEarlierAnswers: get('/patrols/earlier', 'patrol.read'),
  measureFindings: get('/patrols/findings', 'patrol.read'),
  // ways out: receivers of facts (a secret is told once), group robots, browsers that take Web Push
  listWebhooks: get('/webhooks', 'integration.manage'),
  createWebhook: keyless(post('/webhooks', 'integration.manage')),
  changeWebhook: put('/webhooks/:webhookId', 'integration.manage'),
  rotateWebhookSecret: keyless(post('/webhooks/:webhookId/secret', 'integration.manage')),
  testWebhook: keyless(post('/webhooks/:webhookId/test', 'integration.manage')), // a call, no change
  listDeliveries: get('/webhooks/:webhookId/deliveries', 'integration.manage'),
  replayDeliveries: post('/webhooks/:webhookId/replay', 'integration.manage'),
  listRobots: get('/robots', 'integration.manage'),
  addRobot: post('/robots', 'integration.manage'),
  removeRobot: post('/robots/:robotId/remove', 'integration.manage'),
  testRobot: keyless(post('/robots/:robotId/test', 'integration.manage')), // a message, no change
  readPushKey: get('/push/key', 'self.read'),
  subscribePush: post('/push/subscriptions', 'self.read'),
  unsubscribePush: post('/push/unsubscribe', 'self.read'),
  readPushSettings: get('/push-settings', 'room.watch'),
  changePushSettings: put('/push-settings', 'policy.change'),
  // the ledger
  verifyLedger: get('/audit/verify', 'audit.read'),
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

/** The prefix of every path in this table. */
export const apiBase = '/api/v1';
