import type { Policy } from '../../contract/dispatch.ts';
import type { AssignmentId, TeamId } from '../../contract/ids.ts';
import { costMs, etaMs } from './cost.ts';
import { bestTeam } from './evaluate.ts';
import type { Situation } from './situation.ts';

/** What was said about this pair before. */
export interface PairMemory {
  readonly assignmentId: AssignmentId;
  readonly teamId: TeamId;
  readonly alertedAt: number;
  /** The dispatcher chose "keep": silent for good. */
  readonly kept: boolean;
}

export interface BetterTeam {
  readonly assignmentId: AssignmentId;
  readonly fromTeamId: TeamId;
  readonly toTeamId: TeamId;
  readonly gainSeconds: number;
  readonly etaSeconds: number;
}

/**
 * Is there a team that would be there much sooner than the one on its way? `situation` is the incident seen
 * by all teams; the assigned one is found by its assignment. Null when the gain is too small, the assigned
 * team is near, on scene, or this pair was shown lately or silenced.
 */
export function betterTeam(
  situation: Situation,
  assignmentId: AssignmentId,
  memory: readonly PairMemory[],
  policy: Policy,
  at: number,
): BetterTeam | null {
  const limits = policy.betterTeam;
  const { teams } = situation;
  const present = teams.findIndex(({ assignments }) =>
    assignments.some((assignment) => assignment.assignmentId === assignmentId),
  );
  const assignment = teams[present]?.assignments.find((held) => held.assignmentId === assignmentId);
  if (!assignment || assignment.state === 'on_scene') return null;
  const remaining = assignment.remainingSeconds ?? etaMs(situation, present, policy, at) / 1000;
  const way = assignment.remainingMetres ?? situation.travel.metres[present]!;
  if (remaining < limits.minimumRemainingSeconds || way < limits.minimumRemainingMetres) return null;
  const best = bestTeam(situation, policy, at);
  if (best < 0 || best === present) return null;
  const gainMs = costMs(situation, present, policy, at) - costMs(situation, best, policy, at);
  if (gainMs < limits.minimumGainSeconds * 1000) return null;
  const { teamId } = teams[best]!;
  const known = memory.filter((pair) => pair.assignmentId === assignmentId && pair.teamId === teamId);
  if (known.some(({ kept, alertedAt }) => kept || at - alertedAt < limits.repeatSeconds * 1000)) return null;
  return {
    assignmentId,
    fromTeamId: teams[present]!.teamId,
    toTeamId: teamId,
    gainSeconds: Math.round(gainMs / 1000),
    etaSeconds: Math.round(etaMs(situation, best, policy, at) / 1000),
  };
}
