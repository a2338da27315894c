import type { Member } from '../../../shared/contract/teams.ts';
import type { CrewMember } from '../../../shared/rules/penalties/crew.ts';
import { useDesk } from '../desk/desk.ts';

/** The people of the own team who are on duty, the officer first. */
export function useCrew(): { readonly self: Member | undefined; readonly partners: readonly Member[] } {
  const members = useDesk((desk) => desk.phone?.team?.members) ?? [];
  const personId = useDesk((desk) => desk.me?.personId);
  return {
    self: members.find((member) => member.personId === personId),
    partners: members.filter((member) => member.personId !== personId && member.kind === 'officer'),
  };
}

/** A member as the law asks about it: the phone knows whether a licence is valid now, not its dates. */
export const asCrew = (member: Member): CrewMember => ({
  personId: member.personId,
  recused: false,
  licences: member.licensed ? [{ validFrom: 0, validTo: null, revokedAt: null }] : [],
});
