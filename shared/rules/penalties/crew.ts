import { signersNeeded } from '../lifecycle/penalty-file-guards.ts';

/** Somebody of the crew on the spot. Instants in ms; auxiliaries have no licence. */
export interface CrewMember {
  readonly personId: number;
  readonly recused: boolean;
  readonly licences: readonly {
    readonly validFrom: number;
    readonly validTo: number | null;
    readonly revokedAt: number | null;
  }[];
}

export type CrewRefusal = 'officers_insufficient' | 'licence_expired' | 'officer_recused';

/** A licence valid at the instant: begun, not run out, not revoked. */
export const isLicensed = (member: CrewMember, at: number): boolean =>
  member.licences.some(
    (licence) =>
      licence.validFrom <= at &&
      (licence.validTo === null || at < licence.validTo) &&
      (licence.revokedAt === null || at < licence.revokedAt),
  );

/** Why this crew may not decide now, or null: two licensed officers, none of the two recused (行政处罚法 42, 43). */
export function crewRefusal(crew: readonly CrewMember[], at: number): CrewRefusal | null {
  const count = (test: (member: CrewMember) => boolean): number =>
    new Set(crew.filter(test).map((member) => member.personId)).size;
  if (count((m) => !m.recused && isLicensed(m, at)) >= signersNeeded) return null;
  if (count((m) => isLicensed(m, at)) >= signersNeeded) return 'officer_recused';
  return count((m) => m.licences.length > 0) >= signersNeeded ? 'licence_expired' : 'officers_insufficient';
}
