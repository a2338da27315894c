import type { Role } from '../../shared/contract/roles.ts';
import type { Signer } from '../../shared/rules/lifecycle/penalty-file-guards.ts';
import { isLicensed, type CrewMember } from '../../shared/rules/penalties/crew.ts';
import { listLicensed, recusedFrom } from '../auth/store-licences.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { teamsAt } from '../teams/store-crew.ts';

/** An officer on the spot with what the law asks of him, and the number that stands on papers. */
export interface Officer extends CrewMember {
  readonly name: string;
  readonly role: Role;
  /** Number of the licence in force at the instant of the act; null without one. */
  readonly licenceNumber: string | null;
  readonly licensed: boolean;
  /** The licence covers coercion (行政强制法 17③): it names the field, or every field. */
  readonly coercive: boolean;
}

/**
 * Who acts at an instant: the named persons, each once. They stand together only when they were on duty in one team
 * then; somebody of another team or off duty does not count, unless `together` is false (papers signed one after the
 * other). Licences and recusals are judged at that instant.
 */
export async function crewAt(
  tx: Pick<Tx, 'db'>,
  incidentId: number,
  personIds: readonly (number | null | undefined)[],
  at: number,
  together = true,
): Promise<Officer[]> {
  const ids = [...new Set(personIds.filter((id): id is number => id !== null && id !== undefined))];
  const rows = await listLicensed(tx.db, ids);
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw new Refused('person_unknown', { personId: missing });
  const recused = await recusedFrom(tx.db, incidentId, ids);
  const teams = together ? await teamsAt(tx.db, ids, at) : new Map<number, number>();
  const team = ids[0] === undefined ? undefined : teams.get(ids[0]);
  return rows
    .filter((row) => row.active && (!together || (team !== undefined && teams.get(row.id) === team)))
    .map((row) => {
      const licences = row.licences.map((licence) => ({
        number: licence.number,
        coercive: licence.fields.length === 0 || licence.fields.includes('行政强制'),
        validFrom: Date.parse(licence.validFrom),
        validTo: Date.parse(licence.validTo),
        revokedAt: licence.revokedAt === null ? null : Date.parse(licence.revokedAt),
      }));
      const officer = { personId: row.id, recused: recused.has(row.id), licences };
      const valid = licences.find((one) => isLicensed({ ...officer, licences: [one] }, at));
      return {
        ...officer,
        name: row.display_name,
        role: row.role,
        licenceNumber: valid?.number ?? null,
        licensed: valid !== undefined,
        coercive: licences.some((one) => one.coercive && isLicensed({ ...officer, licences: [one] }, at)),
      };
    });
}

export const signersOf = (crew: readonly Officer[]): Signer[] =>
  crew.map(({ personId, licensed, recused }) => ({ personId, licensed, recused }));

/** The crew as it stands on a paper before anybody signs. */
export const unsignedCrew = (crew: readonly Officer[]) =>
  crew.map(({ name, licenceNumber }) => ({ name, licence: licenceNumber, image: null, refusalNote: null }));
