import type { Policy } from '../../contract/dispatch.ts';
import type { IncidentId, TeamId } from '../../contract/ids.ts';
import { costMs, etaMs } from './cost.ts';
import { bitOf, failures } from './eligibility.ts';
import { bestTeam } from './evaluate.ts';
import { outranks, victimOf } from './preempt.ts';
import { isDriving } from './situation.ts';
import type { Situation } from './situation.ts';

/** A driving team that only a person may take for a more urgent incident, and what it would mean. */
export interface PreemptionProposal {
  readonly teamId: TeamId;
  readonly leavesIncidentId: IncidentId;
  readonly etaSeconds: number;
  /** Against the best team that may go without asking; null when there is none. */
  readonly gainSeconds: number | null;
  /** The team that would take over what is left, and when it would be there. */
  readonly successorTeamId: TeamId | null;
  readonly successorEtaSeconds: number | null;
}

const slotFull = bitOf('slot_full');

/**
 * Manual and joint assignments and teams about to arrive are never taken by themselves. When such a team
 * would be there sooner by the minimum gain of the better-team alert, the dispatcher is shown it. `leftBehind`
 * gives the situation of the incident that would be left.
 */
export function proposePreemption(
  situation: Situation,
  leftBehind: (incidentId: IncidentId) => Situation | null,
  policy: Policy,
  at: number,
): PreemptionProposal | null {
  const { incident, teams } = situation;
  const best = bestTeam(situation, policy, at);
  const bestCost = best < 0 ? Infinity : costMs(situation, best, policy, at);
  const reserved = teams
    .map((team, index) => {
      const victim = team.assignments.find(
        (held) => held.line === 0 && isDriving(held) && outranks(policy, incident.priority, held.priority),
      );
      return { team, index, victim, cost: costMs(situation, index, policy, at) };
    })
    .filter(
      ({ team, index, victim }) =>
        victim !== undefined &&
        victimOf(team, incident.priority, policy) === null &&
        failures(situation, index, policy, at) === slotFull,
    )
    .toSorted((a, b) => a.cost - b.cost || a.team.number - b.team.number)[0];
  if (!reserved?.victim) return null;
  if (bestCost - reserved.cost < policy.betterTeam.minimumGainSeconds * 1000) return null;
  const left = leftBehind(reserved.victim.incidentId);
  const successor = left ? bestTeam(left, policy, at) : -1;
  return {
    teamId: reserved.team.teamId,
    leavesIncidentId: reserved.victim.incidentId,
    etaSeconds: Math.round(etaMs(situation, reserved.index, policy, at) / 1000),
    gainSeconds: best < 0 ? null : Math.round((bestCost - reserved.cost) / 1000),
    successorTeamId: left && successor >= 0 ? left.teams[successor]!.teamId : null,
    successorEtaSeconds:
      left && successor >= 0 ? Math.round(etaMs(left, successor, policy, at) / 1000) : null,
  };
}
