import type { Policy } from '../../contract/dispatch.ts';
import type { CostParts } from '../../contract/dispatch.ts';
import { ofPriority } from './policy.ts';
import { victimOf } from './preempt.ts';
import { isFull, isForeign } from './eligibility.ts';
import { isDriving } from './situation.ts';
import type { Situation, TeamFacts } from './situation.ts';

/*
 * cost = start delay + travel + age of the fix + work to finish first + zone term + load term,
 * in whole ms, lower is better. Law is no term of it.
 */

/** Surcharge of "own zone strictly first": far above any travel, far below the cost of waiting. */
const strictSurchargeMs = 1_000_000_000;

const travelMs = ({ travel }: Situation, index: number): number => Math.round(travel.seconds[index]! * 1000);

/** A moving team may be v x age from its fix; counted as way still to go. */
function ageMs({ travel, teams }: Situation, index: number, at: number): number {
  const { position } = teams[index]!;
  if (position === null || position.speedMetresPerSecond === 0) return 0;
  const age = Math.max(0, at - position.fixAt);
  return Math.round((age * position.speedMetresPerSecond) / travel.speedMetresPerSecond);
}

/** A team with a second slot finishes its present task first; a team that is preempted leaves it. */
function workMs(situation: Situation, team: TeamFacts, policy: Policy): number {
  if (team.assignments.length === 0 || isFull(team, policy)) return 0;
  let seconds = 0;
  for (const assignment of team.assignments) {
    if (isDriving(assignment)) seconds += assignment.remainingSeconds ?? 0;
    seconds += assignment.remainingWorkSeconds ?? situation.line.expectedWorkSeconds;
  }
  return Math.round(seconds * 1000);
}

function zoneMs(situation: Situation, team: TeamFacts, policy: Policy): number {
  if (ofPriority(policy.zoneRule, situation.incident.priority) !== 'own_first') return 0;
  if (!isForeign(situation, team)) return 0;
  return policy.ownFirstCapSeconds === null ? strictSurchargeMs : policy.ownFirstCapSeconds * 1000;
}

function loadMs(situation: Situation, team: TeamFacts, policy: Policy): number {
  const { secondsPerJob, limitSeconds } = policy.load;
  if (secondsPerJob === 0) return 0;
  const seconds = (team.jobs - situation.shiftMeanJobs) * secondsPerJob;
  return Math.round(Math.max(-limitSeconds, Math.min(limitSeconds, seconds)) * 1000);
}

/** Time until the team could be there, in ms: what an officer calls eta. */
export function etaMs(situation: Situation, index: number, policy: Policy, at: number): number {
  return (
    policy.travel.startDelaySeconds * 1000 +
    travelMs(situation, index) +
    ageMs(situation, index, at) +
    workMs(situation, situation.teams[index]!, policy)
  );
}

/** What sending team `index` costs, in ms. */
export function costMs(situation: Situation, index: number, policy: Policy, at: number): number {
  const team = situation.teams[index]!;
  return (
    etaMs(situation, index, policy, at) + zoneMs(situation, team, policy) + loadMs(situation, team, policy)
  );
}

/** The same cost, part by part. */
export function costParts(situation: Situation, index: number, policy: Policy, at: number): CostParts {
  const team = situation.teams[index]!;
  return {
    startMs: policy.travel.startDelaySeconds * 1000,
    travelMs: travelMs(situation, index),
    ageMs: ageMs(situation, index, at),
    workMs: workMs(situation, team, policy),
    zoneMs: zoneMs(situation, team, policy),
    loadMs: loadMs(situation, team, policy),
    totalMs: costMs(situation, index, policy, at),
  };
}

/** The incident that the team would leave for this one, or null. */
export function preempted(situation: Situation, index: number, policy: Policy) {
  const team = situation.teams[index]!;
  if (!isFull(team, policy)) return null;
  return victimOf(team, situation.incident.priority, policy)?.incidentId ?? null;
}
