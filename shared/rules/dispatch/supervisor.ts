import type { PersonId, TeamId } from '../../contract/ids.ts';
import { inForce, isRecused, needsLicensed } from './crew.ts';
import { isForeign } from './eligibility.ts';
import type { Situation } from './situation.ts';

/** Somebody who may answer for auxiliaries, and the team in which that person is on duty. */
export interface Supervisor {
  readonly personId: PersonId;
  readonly teamId: TeamId;
}

/**
 * Officers who may answer for auxiliaries at `at` (ms UTC; 浙江省综合行政执法条例 art. 30): on duty, with a licence in
 * force, not recused. Teams of the incident's own zone come first, then the sooner there; a leader before a member.
 */
export function supervisorsOf(situation: Situation, at: number): Supervisor[] {
  const { teams, incident, travel } = situation;
  return teams
    .flatMap((team, index) => {
      const seconds = travel.seconds[index]!;
      const away = seconds >= 0 && seconds < Infinity ? seconds : Number.MAX_SAFE_INTEGER;
      return team.members.flatMap(({ personId, kind, onDuty, licence, leads, ...member }) =>
        team.onDuty &&
        onDuty &&
        kind === 'officer' &&
        licence !== null &&
        inForce(licence, at) &&
        !isRecused({ ...member, personId, kind, onDuty, licence, leads }, incident.recusalKeys)
          ? [{ personId, teamId: team.teamId, leads, away, foreign: isForeign(situation, team) }]
          : [],
      );
    })
    .toSorted(
      (a, b) =>
        Number(a.foreign) - Number(b.foreign) ||
        a.away - b.away ||
        Number(b.leads) - Number(a.leads) ||
        a.personId - b.personId,
    )
    .map(({ personId, teamId }) => ({ personId, teamId }));
}

/**
 * The situation with who answers for auxiliaries: the one that a person named, if that one may, else the first who may.
 * A task that needs officers of its own names nobody.
 */
export function withSupervisor(situation: Situation, named: number | null, at: number): Situation {
  const { line } = situation;
  if (needsLicensed(line.taskKind)) return situation;
  const able = supervisorsOf(situation, at);
  const found = named === null ? able[0] : able.find(({ personId }) => personId === (named as PersonId));
  return { ...situation, line: { ...line, supervisorId: found?.personId ?? null } };
}

/** Who answers for what this team does: an officer of its own, else the line's. Null for a task that needs its own officers. */
export function supervisorFor(situation: Situation, teamId: TeamId, at: number): PersonId | null {
  if (needsLicensed(situation.line.taskKind)) return null;
  const own = supervisorsOf(situation, at).find((one) => one.teamId === teamId);
  return own?.personId ?? situation.line.supervisorId;
}
