import type { Knex } from 'knex';
import type { Role } from '../../shared/contract/roles.ts';

/** Writing people: the seed and the importer stand on it. */

/** Writes people; answers sign-in name -> id. */
export async function insertPeople(
  db: Knex,
  people: readonly { name: string; displayName: string; role: Role }[],
  at: number,
): Promise<Map<string, number>> {
  const rows = await db('person')
    .insert(
      people.map((p) => ({
        name: p.name,
        display_name: p.displayName,
        role: p.role,
        created_at: new Date(at),
      })),
    )
    .returning(['id', 'name']);
  return new Map(rows.map((row) => [row.name as string, row.id as number]));
}

export const insertPasswords = (db: Knex, rows: readonly { personId: number; hash: string }[], at: number) =>
  db('password').insert(
    rows.map(({ personId, hash }) => ({ person_id: personId, hash, changed_at: new Date(at) })),
  );

export const insertLicences = (
  db: Knex,
  rows: readonly {
    personId: number;
    number: string;
    fields: readonly string[];
    validFrom: number;
    validTo: number;
  }[],
) =>
  db('licence').insert(
    rows.map((l) => ({
      person_id: l.personId,
      number: l.number,
      fields: [...l.fields],
      valid_from: new Date(l.validFrom),
      valid_to: new Date(l.validTo),
    })),
  );

export const insertSkills = (db: Knex, rows: readonly { personId: number; skill: string }[]) =>
  db('skill').insert(rows.map(({ personId, skill }) => ({ person_id: personId, skill })));

/** Sign-in names to ids. */
export async function personIds(db: Knex): Promise<Map<string, number>> {
  const rows = await db('person').select('id', 'name');
  return new Map(rows.map((row) => [row.name as string, row.id as number]));
}
