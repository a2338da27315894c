import { licensedTaskKinds } from '../../contract/dispatch-codes.ts';
import type { TaskKind } from '../../contract/dispatch-codes.ts';
import type { IncidentFacts, LicenceFacts, MemberFacts, RequirementLine, TeamFacts } from './situation.ts';

/** 行政处罚法 art. 42: at least two. A constant, not a setting: only a law may say otherwise. */
export const licensedMinimum = 2;

/** Tasks that may end in an order, a decision or coercion, and so need the licensed minimum. */
export const needsLicensed = (kind: TaskKind): boolean =>
  (licensedTaskKinds as readonly TaskKind[]).includes(kind);

export const inForce = (licence: LicenceFacts, at: number): boolean =>
  licence.validFrom <= at && at < licence.validTo;

export const coversField = (licence: LicenceFacts, field: string | null): boolean =>
  field === null || licence.fields === 'all' || licence.fields.includes(field);

export function isRecused(member: MemberFacts, keys: readonly string[]): boolean {
  for (const key of keys) if (member.recusals.includes(key)) return true;
  return false;
}

/** Officers on duty whose licence counts for this task now; with `coercion`, only those qualified for it. */
export function countLicensed(
  team: TeamFacts,
  line: RequirementLine,
  incident: IncidentFacts,
  at: number,
  coercion: boolean,
): number {
  const field = needsLicensed(line.taskKind) ? line.field : null;
  let count = 0;
  for (const member of team.members) {
    const { licence } = member;
    if (!member.onDuty || member.kind !== 'officer' || licence === null) continue;
    if (!inForce(licence, at) || !coversField(licence, field)) continue;
    if (coercion && !licence.coercion) continue;
    if (!isRecused(member, incident.recusalKeys)) count++;
  }
  return count;
}

export function hasSkill(team: TeamFacts, skill: string): boolean {
  for (const member of team.members) if (member.onDuty && member.skills.includes(skill)) return true;
  return false;
}

export function hasKit(team: TeamFacts, code: string): boolean {
  for (const item of team.kit) if (item.serviceable && item.code === code) return true;
  return false;
}
