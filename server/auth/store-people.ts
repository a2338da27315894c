import type { Knex } from 'knex';
import type { Person } from '../../shared/contract/people.ts';
import type { Role } from '../../shared/contract/roles.ts';

/** People as the administrator tends them. */

interface ListedRow {
  id: number;
  name: string;
  display_name: string;
  role: Role;
  active: boolean;
  created_at: string;
  may_enter: boolean;
  seen_at: string | null;
  skills: string[];
  licences: Person['licences'];
}

/** Names alone, of those too who left: their facts stay. */
export const listNames = (db: Knex): Promise<Pick<Person, 'personId' | 'displayName' | 'role'>[]> =>
  db('person').orderBy('id').select({ personId: 'id', displayName: 'display_name', role: 'role' });

/** Everybody, or one, by sign-in name. */
export async function listPeople(db: Knex, id: number | null = null): Promise<Person[]> {
  const found = await db.raw(
    `select p.id, p.name, p.display_name, p.role, p.active, p.created_at,
       exists (select 1 from password w where w.person_id = p.id) may_enter,
       (select max(l.seen_at) from login l where l.person_id = p.id) seen_at,
       coalesce((select array_agg(s.skill order by s.skill) from skill s where s.person_id = p.id), '{}') skills,
       coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'fields', c.fields,
         'validFrom', c.valid_from, 'validTo', c.valid_to, 'revokedAt', c.revoked_at) order by c.id)
         from licence c where c.person_id = p.id), '[]') licences
     from person p where (?::int is null or p.id = ?::int) order by p.name`,
    [id, id],
  );
  return (found.rows as ListedRow[]).map(
    (row) =>
      ({
        personId: row.id,
        name: row.name,
        displayName: row.display_name,
        role: row.role,
        active: row.active,
        createdAt: row.created_at,
        mayEnter: row.may_enter,
        seenAt: row.seen_at,
        skills: row.skills,
        licences: row.licences.map((licence) => ({
          ...licence,
          validFrom: instant(licence.validFrom),
          validTo: instant(licence.validTo),
          revokedAt: licence.revokedAt === null ? null : instant(licence.revokedAt),
        })),
      }) as Person,
  );
}

/** JSON in the database writes an offset; the wire says UTC. */
const instant = (text: string): string => new Date(text).toISOString();

export const changePersonRow = (
  db: Knex,
  id: number,
  to: { displayName: string; role: Role; active: boolean },
) => db('person').where({ id }).update({ display_name: to.displayName, role: to.role, active: to.active });

/** The person has these skills and no others. */
export async function replaceSkills(db: Knex, personId: number, skills: readonly string[]): Promise<void> {
  await db('skill').where({ person_id: personId }).delete();
  const rows = [...new Set(skills)].map((skill) => ({ person_id: personId, skill }));
  if (rows.length > 0) await db('skill').insert(rows);
}

/** False when the number is somebody's already. */
export async function insertLicence(
  db: Knex,
  personId: number,
  licence: { number: string; fields: readonly string[]; validFrom: string; validTo: string },
): Promise<boolean> {
  const rows = await db('licence')
    .insert({
      person_id: personId,
      number: licence.number,
      fields: [...licence.fields],
      valid_from: new Date(licence.validFrom),
      valid_to: new Date(licence.validTo),
    })
    .onConflict('number')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

/** Ends a licence that holds; nothing when there is none. */
export async function revokeLicenceRow(
  db: Knex,
  id: number,
  at: number,
): Promise<{ person_id: number; number: string } | undefined> {
  const [row] = await db('licence')
    .where({ id })
    .whereNull('revoked_at')
    .update({ revoked_at: new Date(at) })
    .returning(['person_id', 'number']);
  return row as { person_id: number; number: string } | undefined;
}
