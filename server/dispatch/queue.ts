import type { Recommendation } from '../../shared/contract/dispatch.ts';
import type { IncidentId } from '../../shared/contract/ids.ts';
import { expectedStart, queueOrder } from '../../shared/rules/dispatch/waiting.ts';
import { listFiledIncidents, type IncidentRow } from '../incidents/store.ts';
import { policyAt } from './policies.ts';
import { expectedWorkSeconds, type Look } from './scene.ts';
import { activeAssignments, type AssignmentRow } from './store.ts';
import { waitsSince } from './subject.ts';

/** A team that should long be done is expected this soon. */
const atLeastMs = 60_000;

/** The place of a filed incident among all that wait, and when a team may come to it. */
export async function queueOf({ db, at }: Look, row: IncidentRow): Promise<Recommendation['queue']> {
  const { policy } = await policyAt(db, at);
  const waiting = (await listFiledIncidents(db)).map((one) => ({
    incidentId: one.id as IncidentId,
    priority: one.priority,
    waitingSinceAt: waitsSince(one),
  }));
  const place = queueOrder(waiting, policy, at).findIndex(({ incidentId }) => incidentId === row.id);
  if (place < 0) return undefined;
  const freeAt = (await activeAssignments(db)).map((one) => Math.max(at + atLeastMs, endOf(one)));
  const rank = place + 1;
  return {
    rank,
    waiting: waiting.length,
    expectedStartAt: expectedStart(freeAt, rank, expectedWorkSeconds),
  };
}

/** When a task should be done: the way that was foretold, then the usual work. */
function endOf(row: AssignmentRow): number {
  const arrivedAt = row.arrived_at
    ? Date.parse(row.arrived_at)
    : Date.parse(row.accepted_at ?? row.offered_at) + (row.eta_seconds ?? 0) * 1000;
  return arrivedAt + expectedWorkSeconds * 1000;
}
