import type { Policy } from '../../contract/dispatch.ts';
import type { PositionDoubt } from '../../contract/frame.ts';
import { rejectionCodes } from '../../contract/dispatch-codes.ts';
import type { RejectionCode } from '../../contract/dispatch-codes.ts';
import { distanceMetres } from '../distance.ts';
import { coversField, countLicensed, hasKit, hasSkill, inForce } from './crew.ts';
import { isRecused, licensedMinimum, needsLicensed } from './crew.ts';
import { ofPriority } from './policy.ts';
import { victimOf } from './preempt.ts';
import type { Exclusion, Situation, TeamFacts } from './situation.ts';

/*
 * The hard rules as bits of one number, because a replay asks millions of times and only a person asks why.
 * Bit n stands for rejectionCodes[n]; `reasons.ts` turns a mask into sentences with data.
 */

export const bitOf = (code: RejectionCode): number => 1 << rejectionCodes.indexOf(code);

export const codesOf = (mask: number): RejectionCode[] =>
  rejectionCodes.filter((_, bit) => (mask & (1 << bit)) !== 0);

const dutyOff = bitOf('duty_off');
const shiftShort = bitOf('shift_short');
const licencesFew = bitOf('licences_few');
const coercionUnqualified = bitOf('coercion_unqualified');
const supervisorMissing = bitOf('supervisor_missing');
const licenceExpired = bitOf('licence_expired');
const licenceForeign = bitOf('licence_foreign');
const memberRecused = bitOf('member_recused');
const skillMissing = bitOf('skill_missing');
const kitMissing = bitOf('kit_missing');
const slotFull = bitOf('slot_full');
const teamUnavailable = bitOf('team_unavailable');
const teamReserved = bitOf('team_reserved');
const positionDark = bitOf('position_dark');
const positionMock = bitOf('position_mock');
const datumUnknown = bitOf('datum_unknown');
const positionInaccurate = bitOf('position_inaccurate');
const offerDeclined = bitOf('offer_declined');
const accessBlocked = bitOf('access_blocked');
const zoneOther = bitOf('zone_other');
const radiusOutside = bitOf('radius_outside');

/** Every rule that team `index` fails, as a mask; 0 when it may be sent. */
export function failures(situation: Situation, index: number, policy: Policy, at: number): number {
  const team = situation.teams[index]!;
  const { incident, line, travel } = situation;
  const seconds = travel.seconds[index]!;
  const reachable = seconds >= 0 && seconds < Infinity;
  const endsAt = at + ((reachable ? seconds : 0) + line.expectedWorkSeconds) * 1000;
  let mask = crewFailures(situation, team, at) | positionFailures(team, policy, at);
  if (!team.onDuty || team.status === 'off_duty') mask |= dutyOff;
  if (
    team.shiftEndsAt !== null &&
    endsAt + policy.shift.marginSeconds * 1000 > team.shiftEndsAt &&
    !ofPriority(policy.shift.overtime, incident.priority)
  )
    mask |= shiftShort;
  if (isTaken(situation, index, policy)) mask |= slotFull;
  if (team.status === 'unavailable') mask |= teamUnavailable;
  for (const { fromAt, toAt } of team.reservations) if (fromAt < endsAt && at < toAt) mask |= teamReserved;
  if (situation.exclusions.length > 0 && exclusionOf(situation, team, at)) mask |= offerDeclined;
  if (travel.blocked?.[index] != null || (team.position !== null && !reachable)) mask |= accessBlocked;
  if (ofPriority(policy.zoneRule, incident.priority) === 'locked' && isForeign(situation, team))
    mask |= zoneOther;
  if (incident.radiusMetres !== null && !isInside(situation, team, incident.radiusMetres))
    mask |= radiusOutside;
  return mask;
}

/** Rules 2 to 8: who is on the team, with what. */
function crewFailures({ incident, line }: Situation, team: TeamFacts, at: number): number {
  let mask = 0;
  let present = 0;
  for (const member of team.members) {
    if (!member.onDuty) continue;
    present++;
    if (isRecused(member, incident.recusalKeys)) mask |= memberRecused;
  }
  if (present === 0) mask |= dutyOff;
  const licensed = countLicensed(team, line, incident, at, false);
  if (needsLicensed(line.taskKind)) {
    if (licensed < licensedMinimum) mask |= licencesFew | licenceFaults(team, line.field, at);
    if (line.taskKind === 'coerce' && countLicensed(team, line, incident, at, true) < licensedMinimum)
      mask |= coercionUnqualified;
  } else if (licensed === 0 && line.supervisorId === null) mask |= supervisorMissing;
  for (const skill of line.skills) if (!hasSkill(team, skill)) mask |= skillMissing;
  for (const code of line.kit) if (!hasKit(team, code)) mask |= kitMissing;
  return mask;
}

/** Rule 5: which faults of licences are on the team. A failure only where too few sound ones remain. */
function licenceFaults(team: TeamFacts, field: string | null, at: number): number {
  let mask = 0;
  for (const { onDuty, kind, licence } of team.members) {
    if (!onDuty || kind !== 'officer' || licence === null) continue;
    if (!inForce(licence, at)) mask |= licenceExpired;
    else if (!coversField(licence, field)) mask |= licenceForeign;
  }
  return mask;
}

const bitOfDoubt: Record<PositionDoubt, number> = {
  mock: positionMock,
  datum: datumUnknown,
  inaccurate: positionInaccurate,
};

/** Rule 11. A team without a place whose phone sends what cannot be believed is not silent: that is what it lacks. */
function positionFailures({ position, refusedFix }: TeamFacts, policy: Policy, at: number): number {
  const darkMs = policy.fresh.darkSeconds * 1000;
  if (position === null)
    return refusedFix && at - refusedFix.at < darkMs ? bitOfDoubt[refusedFix.doubt] : positionDark;
  let mask = 0;
  if (at - position.fixAt >= darkMs) mask |= positionDark;
  if (position.mock) mask |= positionMock;
  if (!position.datumKnown) mask |= datumUnknown;
  if (position.accuracyMetres !== null && position.accuracyMetres > policy.accuracyLimitMetres)
    mask |= positionInaccurate;
  return mask;
}

export const isFull = (team: TeamFacts, policy: Policy): boolean =>
  team.freeSlots <= 0 || team.assignments.length >= policy.capacity;

/** Rule 9: no free slot and no task that this incident may push out of one, or it serves the incident elsewhere. */
export function isTaken({ teams, incident, line }: Situation, index: number, policy: Policy): boolean {
  const team = teams[index]!;
  for (const held of team.assignments)
    if (held.incidentId === incident.incidentId && held.line !== line.line) return true;
  return isFull(team, policy) && victimOf(team, incident.priority, policy) === null;
}

/** The standing refusal of a team for this incident, if there is one. */
export function exclusionOf(situation: Situation, team: TeamFacts, at: number): Exclusion | undefined {
  return situation.exclusions.find(
    ({ teamId, untilAt }) => teamId === team.teamId && (untilAt === null || at < untilAt),
  );
}

/** True when the incident has a zone and it is none of the team's. */
export const isForeign = ({ incident }: Situation, team: TeamFacts): boolean =>
  incident.zoneId !== null && !team.zoneIds.includes(incident.zoneId);

/** A team without a place is not called outside: its place is what it lacks. */
const isInside = ({ incident }: Situation, team: TeamFacts, radius: number): boolean =>
  team.position === null || distanceMetres(team.position.point, incident.point) <= radius;
