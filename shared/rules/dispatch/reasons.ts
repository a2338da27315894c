import type { Policy, Rejection } from '../../contract/dispatch.ts';
import type { RejectionCode, WarningCode } from '../../contract/dispatch-codes.ts';
import type { PersonId } from '../../contract/ids.ts';
import { distanceMetres } from '../distance.ts';
import { coversField, countLicensed, hasKit, hasSkill, inForce } from './crew.ts';
import { isRecused, licensedMinimum, needsLicensed } from './crew.ts';
import { codesOf, exclusionOf } from './eligibility.ts';
import type { MemberFacts, Situation, TeamFacts } from './situation.ts';

/** The failed rules of a mask, each with the data that shows why, in the order of the rules. */
export function rejectionsOf(
  mask: number,
  situation: Situation,
  index: number,
  policy: Policy,
  at: number,
): Rejection[] {
  return codesOf(mask).map((code) => ({ code, ...dataOf(code, situation, index, policy, at) }));
}

type RejectionData = Omit<Rejection, 'code'>;

function dataOf(
  code: RejectionCode,
  situation: Situation,
  index: number,
  policy: Policy,
  at: number,
): RejectionData {
  const team = situation.teams[index]!;
  const { incident, line, travel } = situation;
  const { position } = team;
  switch (code) {
    case 'duty_off':
      return team.onDuty && team.status !== 'off_duty' ? { cause: 'crew_absent' } : {};
    case 'shift_short':
      return { untilAt: team.shiftEndsAt! };
    case 'licences_few':
      return { have: countLicensed(team, line, incident, at, false), need: licensedMinimum };
    case 'coercion_unqualified':
      return { have: countLicensed(team, line, incident, at, true), need: licensedMinimum };
    case 'licence_expired':
      return { members: membersWith(team, (m) => m.licence !== null && !inForce(m.licence, at)) };
    case 'licence_foreign':
      return { members: foreignMembers(team, line.field, at), cause: line.field ?? '' };
    case 'member_recused':
      return { members: membersWith(team, (m) => isRecused(m, incident.recusalKeys)) };
    case 'skill_missing':
      return { missing: line.skills.filter((skill) => !hasSkill(team, skill)) };
    case 'kit_missing':
      return { missing: line.kit.filter((item) => !hasKit(team, item)) };
    case 'slot_full':
      return { with: team.assignments.map(({ incidentId }) => incidentId).toSorted((a, b) => a - b) };
    case 'team_unavailable':
      return {
        ...(team.statusReason === null ? {} : { cause: team.statusReason }),
        ...(team.statusUntilAt === null ? {} : { untilAt: team.statusUntilAt }),
      };
    case 'team_reserved': {
      const reservation = team.reservations.find(({ toAt }) => at < toAt);
      return reservation ? { cause: reservation.cause, untilAt: reservation.toAt } : {};
    }
    case 'position_dark':
      return position ? { ageSeconds: Math.floor((at - position.fixAt) / 1000) } : { cause: 'fix_absent' };
    case 'position_inaccurate':
      return {
        have: (position ?? team.refusedFix!).accuracyMetres!,
        need: policy.accuracyLimitMetres,
      };
    case 'offer_declined': {
      const { cause, untilAt } = exclusionOf(situation, team, at)!;
      return untilAt === null ? { cause } : { cause, untilAt };
    }
    case 'access_blocked':
      return { cause: travel.blocked?.[index] ?? 'road' };
    case 'radius_outside':
      return {
        metres: Math.round(distanceMetres(position!.point, incident.point)),
        need: incident.radiusMetres!,
      };
    default:
      return {};
  }
}

const membersWith = (team: TeamFacts, test: (member: MemberFacts) => boolean): PersonId[] =>
  team.members
    .filter((member) => member.onDuty && test(member))
    .map(({ personId }) => personId)
    .toSorted((a, b) => a - b);

const foreignMembers = (team: TeamFacts, field: string | null, at: number): PersonId[] =>
  membersWith(
    team,
    ({ licence }) => licence !== null && inForce(licence, at) && !coversField(licence, field),
  );

/** What a dispatcher should know though the team may be sent. `mask` holds what is already a rejection. */
export function warningsOf(
  situation: Situation,
  team: TeamFacts,
  rejected: readonly Rejection[],
  policy: Policy,
  at: number,
): { code: WarningCode; members: PersonId[] }[] {
  const found: { code: WarningCode; members: PersonId[] }[] = [];
  const add = (code: WarningCode, members: PersonId[]): void => {
    if (members.length > 0 && !rejected.some((r) => r.code === code)) found.push({ code, members });
  };
  const limit = policy.membersApartMetres;
  add(
    'members_apart',
    membersWith(team, ({ awayMetres }) => awayMetres !== null && awayMetres > limit),
  );
  if (needsLicensed(situation.line.taskKind)) {
    add(
      'licence_expired',
      membersWith(team, ({ licence }) => licence !== null && !inForce(licence, at)),
    );
    add('licence_foreign', foreignMembers(team, situation.line.field, at));
  }
  return found;
}
