import type { Knex } from 'knex';
import type { Role } from '../../shared/contract/roles.ts';

/** All SQL that names person, password, login, licence, skill and recusal. */

export interface PersonRow {
  id: number;
  name: string;
  display_name: string;
  role: Role;
  active: boolean;
}

export const findPerson = (db: Knex, name: string) =>
  db<PersonRow>('person').where({ name, active: true }).first('id', 'name', 'display_name', 'role', 'active');

/** Also somebody who may not enter any more: a name is given once. */
export const findPersonByName = (db: Knex, name: string) =>
  db<PersonRow>('person').where({ name }).first('id');

export const lockPerson = (db: Knex, id: number): Promise<PersonRow | undefined> =>
  db<PersonRow>('person').where({ id }).forUpdate().first('id', 'name', 'display_name', 'role', 'active');

/** Ids of the administrators who may enter, held until the commit, so that two cannot take the office from each other. */
export const lockAdministrators = (db: Knex): Promise<number[]> =>
  db('person').where({ role: 'administrator', active: true }).orderBy('id').forUpdate().pluck('id');

export const findPersonById = (db: Knex, id: number) =>
  db<PersonRow>('person').where({ id }).first('id', 'name', 'display_name', 'role', 'active');

export const findPasswordHash = async (db: Knex, personId: number): Promise<string | undefined> =>
  (await db('password').where({ person_id: personId }).first('hash'))?.hash as string | undefined;

export const setPasswordHash = (db: Knex, personId: number, hash: string, at: number) =>
  db('password')
    .insert({ person_id: personId, hash, changed_at: new Date(at) })
    .onConflict('person_id')
    .merge();

export async function insertPerson(
  db: Knex,
  person: { name: string; displayName: string; role: Role },
  at: number,
): Promise<number> {
  const [row] = await db('person')
    .insert({
      name: person.name,
      display_name: person.displayName,
      role: person.role,
      created_at: new Date(at),
    })
    .returning('id');
  return row.id as number;
}

export const insertLogin = (
  db: Knex,
  login: { id: string; tokenHash: Buffer; personId: number; at: number; expiresAt: number },
) =>
  db('login').insert({
    id: login.id,
    token_hash: login.tokenHash,
    person_id: login.personId,
    created_at: new Date(login.at),
    seen_at: new Date(login.at),
    expires_at: new Date(login.expiresAt),
  });

export interface LoginRow {
  token_hash: Buffer;
  login_id: string;
  seen_at: string;
  person_id: number;
  name: string;
  display_name: string;
  role: Role;
  team_id: number | null;
}

/** The logins behind these hashes that hold, each with its person and the team of its duty. */
export async function findLogins(
  db: Knex,
  tokenHashes: readonly Buffer[],
  at: number,
  idleMs: number,
): Promise<LoginRow[]> {
  const found = await db.raw(
    `select l.token_hash, l.id login_id, l.seen_at, p.id person_id, p.name, p.display_name, p.role,
       (select d.team_id from duty d where d.person_id = p.id and d.signed_on_at is not null and d.signed_off_at is null) team_id
     from login l join person p on p.id = l.person_id
     where l.token_hash = any (?::bytea[]) and p.active and l.expires_at > ? and l.seen_at > ?`,
    [[...tokenHashes] as never, new Date(at), new Date(at - idleMs)],
  );
  return found.rows as LoginRow[];
}

/** Of these logins those that have not run out, with the present role of their active person. */
export async function findStandingLogins(
  db: Knex,
  ids: readonly string[],
  at: number,
): Promise<{ id: string; role: Role; seen_at: string }[]> {
  const found = await db.raw(
    `select l.id, l.seen_at, p.role from login l join person p on p.id = l.person_id
     where l.id = any (?::uuid[]) and p.active and l.expires_at > ?`,
    [[...ids] as never, new Date(at)],
  );
  return found.rows as { id: string; role: Role; seen_at: string }[];
}

export const touchLogin = (db: Knex, tokenHash: Buffer, at: number) =>
  db('login')
    .where({ token_hash: tokenHash })
    .update({ seen_at: new Date(at) });

export const deleteLogin = (db: Knex, tokenHash: Buffer) =>
  db('login').where({ token_hash: tokenHash }).delete();

export const deleteLoginsOf = (db: Knex, personId: number) =>
  db('login').where({ person_id: personId }).delete();

/** 回避: this person may not act on this incident, wherever he serves. */
export const insertRecusal = (
  db: Knex,
  recusal: { personId: number; incidentId: number; reason: string; at: number },
) =>
  db('recusal')
    .insert({
      person_id: recusal.personId,
      incident_id: recusal.incidentId,
      reason: recusal.reason,
      at: new Date(recusal.at),
    })
    .onConflict(['person_id', 'incident_id'])
    .ignore();
