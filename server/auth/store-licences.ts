import type { Knex } from 'knex';
import type { Role } from '../../shared/contract/roles.ts';

/** A person with every licence that was ever given, as the penalty rules ask. */
export interface LicensedRow {
  id: number;
  display_name: string;
  role: Role;
  active: boolean;
  licences: {
    number: string;
    fields: string[];
    validFrom: string;
    validTo: string;
    revokedAt: string | null;
  }[];
}

/** Persons with their licences (执法证); validity is judged by whoever asks, at the instant of the act. */
export async function listLicensed(db: Knex, ids: readonly number[]): Promise<LicensedRow[]> {
  const found = await db.raw(
    `select p.id, p.display_name, p.role, p.active,
       coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'fields', l.fields, 'validFrom', l.valid_from, 'validTo', l.valid_to,
         'revokedAt', l.revoked_at) order by l.id) from licence l where l.person_id = p.id), '[]') licences
     from person p where p.id = any (?) order by p.id`,
    [[...ids]],
  );
  return found.rows as LicensedRow[];
}

/** Of these persons those who are recused (回避) from an incident. */
export const recusedFrom = async (
  db: Knex,
  incidentId: number,
  ids: readonly number[],
): Promise<Set<number>> =>
  new Set(
    (
      await db('recusal')
        .where({ incident_id: incidentId })
        .whereIn('person_id', [...ids])
        .pluck('person_id')
    ).map(Number),
  );
