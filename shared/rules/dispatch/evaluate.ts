import type { Candidate, Policy } from '../../contract/dispatch.ts';
import type { ZoneRelation } from '../../contract/dispatch-codes.ts';
import { costMs, costParts, etaMs, preempted } from './cost.ts';
import { countLicensed } from './crew.ts';
import { failures, isTaken } from './eligibility.ts';
import { rejectionsOf, warningsOf } from './reasons.ts';
import type { Situation, TeamFacts } from './situation.ts';

/** Order of two teams for one incident: cost, then smaller load, then lower number. */
function compareTeams(costA: number, a: TeamFacts, costB: number, b: TeamFacts): number {
  return costA - costB || a.jobs - b.jobs || a.number - b.number;
}

/**
 * Judges every team for one line of one incident, at `at` (ms UTC): may it be sent, why not, at what cost.
 * Eligible teams come first, best first, with ranks from 1; then the rejected ones by number.
 */
export function evaluate(situation: Situation, policy: Policy, at: number): Candidate[] {
  const order = situation.teams.map((team, index) => ({
    team,
    index,
    mask: failures(situation, index, policy, at),
    cost: costMs(situation, index, policy, at),
  }));
  order.sort((a, b) => {
    if (a.mask === 0 && b.mask === 0) return compareTeams(a.cost, a.team, b.cost, b.team);
    return Number(a.mask !== 0) - Number(b.mask !== 0) || a.team.number - b.team.number;
  });
  return order.map(({ index, mask }, place) =>
    candidateOf(situation, index, mask, mask === 0 ? place + 1 : null, policy, at),
  );
}

/**
 * Index of the team that `evaluate` would rank first, or -1. The same rules without the explanation, for
 * replays and simulations.
 */
export function bestTeam(situation: Situation, policy: Policy, at: number): number {
  const { teams } = situation;
  let best = -1;
  let bestCost = Infinity;
  for (let index = 0; index < teams.length; index++) {
    // The cheap rule first: in a busy town it answers for most teams.
    if (isTaken(situation, index, policy) || failures(situation, index, policy, at) !== 0) continue;
    const cost = costMs(situation, index, policy, at);
    if (best >= 0 && compareTeams(cost, teams[index]!, bestCost, teams[best]!) >= 0) continue;
    best = index;
    bestCost = cost;
  }
  return best;
}

function candidateOf(
  situation: Situation,
  index: number,
  mask: number,
  rank: number | null,
  policy: Policy,
  at: number,
): Candidate {
  const team = situation.teams[index]!;
  const { position } = team;
  const seconds = situation.travel.seconds[index]!;
  const known = position !== null && seconds >= 0 && seconds < Infinity;
  const reasons = rejectionsOf(mask, situation, index, policy, at);
  return {
    teamId: team.teamId,
    number: team.number,
    code: team.code,
    verdict: rank === null ? 'rejected' : 'eligible',
    rank,
    reasons,
    warnings: warningsOf(situation, team, reasons, policy, at),
    zone: zoneRelation(situation, team),
    load: team.jobs,
    freeSlots: team.freeSlots,
    licensed: countLicensed(team, situation.line, situation.incident, at, false),
    distanceMetres: known ? Math.round(situation.travel.metres[index]!) : null,
    etaSeconds: known ? Math.round(etaMs(situation, index, policy, at) / 1000) : null,
    method: known ? situation.travel.methods[index]! : null,
    cost: known ? costParts(situation, index, policy, at) : null,
    fix: position && {
      point: { lng: position.point.lng, lat: position.point.lat } as typeof position.point,
      fixAt: position.fixAt,
      ageSeconds: Math.floor((at - position.fixAt) / 1000),
      source: position.source,
      accuracyMetres: position.accuracyMetres,
    },
    preempts: preempted(situation, index, policy),
  };
}

function zoneRelation({ incident }: Situation, team: TeamFacts): ZoneRelation {
  const { zoneId, neighbourZoneIds } = incident;
  if (zoneId === null) return 'none';
  if (team.zoneIds.includes(zoneId)) return 'own';
  return team.zoneIds.some((id) => neighbourZoneIds.includes(id)) ? 'neighbour' : 'other';
}
