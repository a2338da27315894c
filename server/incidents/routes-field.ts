import { orderView, ordersOf } from '../enforcement/store-orders.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { answerAppeal, submitAppeal } from './appeal.ts';
import { acceptRework, failCheck, offerCheck, reportCheck } from './check.ts';
import type { FieldTasks } from './field-tasks.ts';
import { endOperation, planOperation } from './operation.ts';
import { answerTime, extendIncident, requestTime } from './requests.ts';
import type { Dispatching, PhotosOf } from './routes.ts';
import { findAppeal } from './store-appeals.ts';
import {
  familyOf,
  listOperationRows,
  listRequests,
  listTransfers,
  operationView,
  requestView,
} from './store-field.ts';
import { transferIncident } from './transfer.ts';
import { completeVerification, requestVerification, settleIncident } from './verification.ts';

type Names =
  | 'requestVerification'
  | 'completeVerification'
  | 'settleIncident'
  | 'offerCheck'
  | 'reportCheck'
  | 'failCheck'
  | 'acceptRework'
  | 'requestTime'
  | 'answerTime'
  | 'submitAppeal'
  | 'answerAppeal'
  | 'listTimeRequests'
  | 'extendIncident'
  | 'transferIncident'
  | 'readFieldFile'
  | 'planJointOperation'
  | 'endJointOperation'
  | 'listJointOperations';

const operationsShown = 100;

/** Steps of an incident beside filing and dispatch. */
export function fieldStepHandlers(
  tasks: FieldTasks,
  dispatching: Pick<Dispatching, 'quieted'>,
  photosOf: PhotosOf,
): Pick<Handlers, Names> {
  return {
    requestVerification: command<'requestVerification'>((tx, { params }) =>
      requestVerification(tx, params.incidentId, tasks),
    ),
    completeVerification: command<'completeVerification'>((tx, { params, body }) =>
      completeVerification(tx, params.incidentId, body, tasks),
    ),
    settleIncident: command<'settleIncident'>(async (tx, { params, body }) => {
      const settled = await settleIncident(
        tx,
        params.incidentId,
        body,
        await photosOf(tx.db, params.incidentId),
      );
      await dispatching.quieted(tx, params.incidentId);
      return settled;
    }),
    offerCheck: command<'offerCheck'>((tx, { params }) => offerCheck(tx, params.incidentId, tasks)),
    reportCheck: command<'reportCheck'>((tx, { params, body }) =>
      reportCheck(tx, params.incidentId, body, tasks),
    ),
    failCheck: command<'failCheck'>((tx, { params, body }) => failCheck(tx, params.incidentId, body.text)),
    acceptRework: command<'acceptRework'>((tx, { params }) => acceptRework(tx, params.incidentId, tasks)),
    requestTime: command<'requestTime'>((tx, { params, body }) => requestTime(tx, params.incidentId, body)),
    answerTime: command<'answerTime'>((tx, { params, body }) => answerTime(tx, params.requestId, body)),
    submitAppeal: command<'submitAppeal'>((tx, { params, body }) =>
      submitAppeal(tx, params.incidentId, body),
    ),
    answerAppeal: command<'answerAppeal'>((tx, { params, body }) =>
      answerAppeal(tx, params.incidentId, body, dispatching.quieted),
    ),
    listTimeRequests: read<'listTimeRequests'>(async ({ deps }) => ({
      requests: (await listRequests(deps.db)).map(requestView),
    })),
    extendIncident: command<'extendIncident'>((tx, { params, body }) =>
      extendIncident(tx, params.incidentId, body.reason),
    ),
    transferIncident: command<'transferIncident'>((tx, { params, body }) =>
      transferIncident(tx, params.incidentId, body, tasks),
    ),
    readFieldFile: read<'readFieldFile'>(async ({ deps, params }) => ({
      orders: (await ordersOf(deps.db, await familyOf(deps.db, params.incidentId))).map(orderView),
      requests: (await listRequests(deps.db, params.incidentId)).map(requestView),
      appeal: await findAppeal(deps.db, params.incidentId),
      transfers: await listTransfers(deps.db, params.incidentId),
    })),
    planJointOperation: command<'planJointOperation'>((tx, { body }) => planOperation(tx, body)),
    endJointOperation: command<'endJointOperation'>((tx, { params, body }) =>
      endOperation(tx, params.operationId, body),
    ),
    listJointOperations: read<'listJointOperations'>(async ({ deps }) => ({
      operations: (await listOperationRows(deps.db, operationsShown)).map(operationView),
    })),
  };
}
