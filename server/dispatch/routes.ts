import type { DecisionRecord } from '../../shared/contract/dispatch.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncidents, incidentView } from '../incidents/store.ts';
import { acknowledgeAlarm, shelveAlarm } from './alarms.ts';
import * as answers from './answers.ts';
import { assignTeam, dispatchIncident, reassign } from './assign.ts';
import { recommend } from './card.ts';
import { listDecisions } from './store-decisions.ts';
import { approvePolicy, proposePolicy, readPolicies, withdrawPolicy } from './policy-change.ts';
import { figuresOf } from './figures.ts';
import { setNeeds } from './needs.ts';
import { policyAt } from './policies.ts';
import { acceptProposal, keepProposal } from './proposals.ts';
import { recallAssignment, stickAssignment } from './recall.ts';
import { activeAssignments, assignmentView } from './store.ts';
import { wayOfTask } from './way.ts';

type Names =
  | 'recommendTeams'
  | 'setNeeds'
  | 'assignTeam'
  | 'dispatchIncident'
  | 'listDecisions'
  | 'readWay'
  | 'recallAssignment'
  | 'reassignAssignment'
  | 'keepAssignment'
  | 'releaseAssignment'
  | 'seeAssignment'
  | 'acceptAssignment'
  | 'declineAssignment'
  | 'departAssignment'
  | 'arriveAssignment'
  | 'handleAssignment'
  | 'returnAssignment'
  | 'acceptProposal'
  | 'keepProposal'
  | 'readFigures'
  | 'readPolicy'
  | 'listPolicies'
  | 'proposePolicy'
  | 'approvePolicy'
  | 'withdrawPolicy'
  | 'acknowledgeAlarm'
  | 'shelveAlarm'
  | 'listTasks';

/** Who goes where. `evidenceOf` comes from the room that keeps evidence. */
export function dispatchHandlers(evidenceOf: answers.EvidenceOf): Pick<Handlers, Names> {
  return {
    recommendTeams: read<'recommendTeams'>(({ deps, params, query }) =>
      recommend({ db: deps.db as Tx['db'], deps, at: deps.now() }, params.incidentId, query),
    ),
    setNeeds: command<'setNeeds'>((tx, { params, body }) => setNeeds(tx, params.incidentId, body)),
    assignTeam: command<'assignTeam'>((tx, { params, body }) => assignTeam(tx, params.incidentId, body)),
    dispatchIncident: command<'dispatchIncident'>((tx, { params }) =>
      dispatchIncident(tx, params.incidentId),
    ),
    listDecisions: read<'listDecisions'>(async ({ deps, params }) => ({
      decisions: (await listDecisions(deps.db, params.incidentId)).map(({ id, body, policyVersion }) => ({
        id: id as never,
        record: JSON.parse(body) as DecisionRecord,
        policyVersion,
      })),
    })),
    readWay: read<'readWay'>(({ deps, params }) =>
      wayOfTask({ db: deps.db as Tx['db'], deps, at: deps.now() }, params.assignmentId),
    ),
    recallAssignment: command<'recallAssignment'>((tx, { params, body }) =>
      recallAssignment(tx, params.assignmentId, body.reason),
    ),
    reassignAssignment: command<'reassignAssignment'>((tx, { params, body }) =>
      reassign(tx, params.assignmentId, body),
    ),
    releaseAssignment: command<'releaseAssignment'>((tx, { params }) =>
      stickAssignment(tx, params.assignmentId, false),
    ),
    keepAssignment: command<'keepAssignment'>((tx, { params }) =>
      stickAssignment(tx, params.assignmentId, true),
    ),
    seeAssignment: command<'seeAssignment'>((tx, { params }) =>
      answers.seeAssignment(tx, params.assignmentId),
    ),
    acceptAssignment: command<'acceptAssignment'>((tx, { params }) =>
      answers.acceptAssignment(tx, params.assignmentId),
    ),
    declineAssignment: command<'declineAssignment'>((tx, { params, body }) =>
      answers.declineAssignment(tx, params.assignmentId, body),
    ),
    departAssignment: command<'departAssignment'>((tx, { params, body }) =>
      answers.departAssignment(tx, params.assignmentId, body.doneAt),
    ),
    arriveAssignment: command<'arriveAssignment'>((tx, { params, body }) =>
      answers.arriveAssignment(tx, params.assignmentId, body),
    ),
    handleAssignment: command<'handleAssignment'>((tx, { params, body }) =>
      answers.handleAssignment(tx, params.assignmentId, body, evidenceOf),
    ),
    returnAssignment: command<'returnAssignment'>((tx, { params, body }) =>
      answers.returnAssignment(tx, params.assignmentId, body),
    ),
    acceptProposal: command<'acceptProposal'>((tx, { params }) =>
      acceptProposal(tx, params.proposalId as number),
    ),
    keepProposal: command<'keepProposal'>((tx, { params }) => keepProposal(tx, params.proposalId as number)),
    readFigures: read<'readFigures'>(({ deps }) => figuresOf(deps.db, deps.now())),
    readPolicy: read<'readPolicy'>(({ deps }) => policyAt(deps.db, deps.now())),
    listPolicies: read<'listPolicies'>(async ({ deps }) => ({
      policies: await readPolicies({ db: deps.db as Tx['db'], at: deps.now() }),
    })),
    proposePolicy: command<'proposePolicy'>((tx, { body }) => proposePolicy(tx, body)),
    approvePolicy: command<'approvePolicy'>((tx, { params }) => approvePolicy(tx, params.version)),
    withdrawPolicy: command<'withdrawPolicy'>((tx, { params, body }) =>
      withdrawPolicy(tx, params.version, body.reason),
    ),
    acknowledgeAlarm: command<'acknowledgeAlarm'>((tx, { params }) =>
      acknowledgeAlarm(tx, params.alarmId as number),
    ),
    shelveAlarm: command<'shelveAlarm'>((tx, { params, body }) =>
      shelveAlarm(tx, params.alarmId as number, body.minutes),
    ),
    listTasks: read<'listTasks'>(async ({ deps, actor }) => {
      const at = new Date(deps.now()).toISOString();
      if (actor.teamId === null) return { tasks: [], at };
      const rows = await activeAssignments(deps.db, { teamIds: [actor.teamId] });
      const found = await findIncidents(
        deps.db,
        rows.map((row) => row.incident_id),
      );
      const incidents = found.map(incidentView);
      return {
        tasks: rows.map((row) => ({
          assignment: assignmentView(row),
          incident: incidents.find(({ id }) => id === row.incident_id)!,
        })),
        at,
      };
    }),
  };
}
