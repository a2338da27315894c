import type { z } from 'zod';
import type {
  EndOperationSchema,
  Operation,
  PlanOperationSchema,
} from '../../shared/contract/field-steps.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams } from '../teams/store.ts';
import { findIncident } from './store.ts';
import { endOperationRow, insertOperation, lockOperation, operationView } from './store-field.ts';

/**
 * 联合执法: recorded before it begins, with who called it, who takes part and what is planned. Its
 * teams are reserved: the engine does not ask them for work that would run into it, a person may.
 */
export async function planOperation(tx: Tx, body: z.output<typeof PlanOperationSchema>): Promise<Operation> {
  const { incidentId } = body;
  if (incidentId !== undefined && !(await findIncident(tx.db, incidentId)))
    throw new Refused('incident_unknown', { incidentId });
  const known = new Set((await listTeams(tx.db, body.teamIds)).map(({ id }) => id));
  const stranger = body.teamIds.find((teamId) => !known.has(teamId));
  if (stranger !== undefined) throw new Refused('team_unknown', { teamId: stranger });
  if (Date.parse(body.endsAt) <= Date.parse(body.startsAt))
    throw new Refused('due_at_invalid', { endsAt: body.endsAt });
  const row = await insertOperation(tx.db, {
    ...body,
    incidentId: incidentId ?? null,
    plannedBy: tx.actor.id as Operation['plannedBy'],
    at: tx.at,
  });
  const operation = operationView(row);
  tx.announce('operation.planned', subjectOf(operation), { operation });
  return operation;
}

/** An operation about an incident is a part of its story. */
const subjectOf = ({ id, incidentId }: Operation): string =>
  incidentId === null ? `operation/${id}` : `incident/${incidentId}`;

/** What came of it, object by object and organ by organ; written once. */
export async function endOperation(
  tx: Tx,
  operationId: number,
  { results }: z.output<typeof EndOperationSchema>,
): Promise<Operation> {
  const row = await lockOperation(tx.db, operationId);
  if (!row) throw new Refused('joint_unknown', { operationId });
  if (row.ended_at !== null) throw new Refused('joint_ended', { operationId, endedAt: row.ended_at });
  const stranger = results.find(({ organ }) => ![row.initiator, ...row.participants].includes(organ));
  if (stranger)
    throw new Refused('guard_unmet', { operationId, guard: 'organ_taking_part', organ: stranger.organ });
  const operation = operationView(await endOperationRow(tx.db, operationId, results, tx.at));
  tx.announce('operation.ended', subjectOf(operation), { operation });
  return operation;
}
