import type { Policy } from '../../contract/dispatch.ts';
import type { Priority } from '../../contract/dispatch-codes.ts';
import { ofPriority } from './policy.ts';
import type { CurrentAssignment, TeamFacts } from './situation.ts';

/** True when a task of priority `victim` may lose its driving team to one of priority `taker`. */
export function outranks(policy: Policy, taker: Priority, victim: Priority): boolean {
  return ofPriority(policy.preempt.over, taker).includes(victim);
}

/**
 * The task that a busy team would leave for an incident of this priority: of lower priority, its own to lead, accepted
 * or driving, not manual, not joint, not about to arrive. Null when it may not be taken.
 */
export function victimOf(team: TeamFacts, taker: Priority, policy: Policy): CurrentAssignment | null {
  if (ofPriority(policy.preempt.over, taker).length === 0) return null;
  let victim: CurrentAssignment | null = null;
  for (const assignment of team.assignments) {
    if (!isTakeable(assignment, taker, policy)) continue;
    if (victim === null || isWorse(assignment, victim)) victim = assignment;
  }
  return victim;
}

function isTakeable(assignment: CurrentAssignment, taker: Priority, policy: Policy): boolean {
  const { state, manual, joint, remainingSeconds, priority, line } = assignment;
  // whoever supports, verifies or checks has no incident of its own to hand on
  if (line !== 0) return false;
  if (state !== 'accepted' && state !== 'en_route') return false;
  if (manual || joint || !outranks(policy, taker, priority)) return false;
  const lock = policy.preempt.nearLockSeconds;
  return lock === 0 || (remainingSeconds !== null && remainingSeconds >= lock);
}

/** Lower priority first; of equals the later incident. */
const isWorse = (a: CurrentAssignment, b: CurrentAssignment): boolean =>
  a.priority > b.priority || (a.priority === b.priority && a.incidentId > b.incidentId);
