import { step } from '../../shared/rules/dispatch/offers.ts';
import type { AssignmentId } from '../../shared/contract/ids.ts';
import type { OfferStep } from '../../shared/rules/dispatch/offer-loop.ts';
import type { Tx } from '../kernel/transact.ts';
import { lockFreeIncident, type IncidentRow } from '../incidents/store.ts';
import { markSwitched } from '../teams/store.ts';
import { loopOf } from './loops.ts';
import { type LoopRow } from './store-loops.ts';
import type { PolicyInForce } from './policies.ts';
import { endAssignment } from './steps.ts';
import { activeAssignments, jointAssignments } from './store.ts';

/** An incident whose team was taken away, and what its search has to do next. */
export interface Vacated {
  readonly incident: IncidentRow;
  readonly row: LoopRow;
  readonly rest: OfferStep;
}

/**
 * Takes a driving team from an incident of lower priority. Nothing when it is not to be had any more: somebody holds
 * that incident, or the team arrived, or a person wants it there. Never waits, so two of these cannot block each
 * other.
 */
export async function vacate(
  tx: Tx,
  incidentId: number,
  teamId: number,
  { policy }: PolicyInForce,
): Promise<Vacated | undefined> {
  const incident = await lockFreeIncident(tx.db, incidentId);
  if (!incident) return undefined;
  const assignment = (await activeAssignments(tx.db, { incidentIds: [incidentId] })).find(
    (one) => one.team_id === teamId && one.is_lead,
  );
  if (!assignment || assignment.manual || (await jointAssignments(tx.db, [assignment.id])).length > 0)
    return undefined;
  if (assignment.state !== 'accepted' && assignment.state !== 'en_route') return undefined;
  const { row } = await loopOf(tx, incident, 'auto');
  const event = {
    type: 'withdrawn',
    assignmentId: assignment.id as AssignmentId,
    reason: 'preempted',
  } as const;
  const { loop, effects } = step(row.loop, event, policy, tx.at);
  await endAssignment(tx, incident, assignment.id, 'assignment.withdrawn', 'preempted');
  await markSwitched(tx.db, teamId, tx.at);
  const rest = effects.filter((effect) => effect.type !== 'end');
  // a person's choice was not sticky, or it could not be taken; the search for another team goes on by itself
  return { incident, row: { ...row, going: 'auto', loop }, rest: { loop, effects: rest, refusal: null } };
}
