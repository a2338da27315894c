import type { z } from 'zod';
import type { PersonId } from '../../shared/contract/ids.ts';
import type {
  AddPersonSchema,
  ChangePersonSchema,
  GiveLicenceSchema,
  Person,
} from '../../shared/contract/people.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findDutyOn } from '../teams/store-duty.ts';
import {
  changePersonRow,
  insertLicence,
  listPeople,
  replaceSkills,
  revokeLicenceRow,
} from './store-people.ts';
import {
  deleteLoginsOf,
  findPersonByName,
  insertPerson,
  lockAdministrators,
  lockPerson,
  setPasswordHash,
} from './store.ts';

/** Refuses a short password and one that equals the name. */
export function checkPassword(password: string, name: string): void {
  if (password.length < 12 || password.toLowerCase() === name.toLowerCase())
    throw new Refused('password_weak', {}, [
      { path: 'body.password', message: 'at least 12 characters and not the name' },
    ]);
}

const subject = (id: number) => `person/${id}`;

async function personOf(tx: Tx, id: number): Promise<Person> {
  const [person] = await listPeople(tx.db, id);
  if (!person) throw new Refused('person_unknown', { personId: id });
  return person;
}

async function held(tx: Tx, id: number) {
  const row = await lockPerson(tx.db, id);
  if (!row) throw new Refused('person_unknown', { personId: id });
  return row;
}

/** Makes somebody who may enter. The hash is made by the caller, outside of the transaction. */
export async function addPerson(
  tx: Tx,
  body: Omit<z.output<typeof AddPersonSchema>, 'password'>,
  hash: string,
): Promise<Person> {
  const { name, displayName, role, skills } = body;
  if (await findPersonByName(tx.db, name)) throw new Refused('name_taken', { name });
  const id = await insertPerson(tx.db, { name, displayName, role }, tx.at);
  await setPasswordHash(tx.db, id, hash, tx.at);
  await replaceSkills(tx.db, id, skills);
  tx.announce('person.created', subject(id), { personId: id as PersonId, name, role });
  return personOf(tx, id);
}

/**
 * Name, role, skills, and whether the person may enter at all. Nobody changes the own role or locks himself out, and who
 * lost the office a moment ago changes nobody: one administrator always stays. Whoever is on duty signs off first, so that
 * no team loses a member without a word.
 */
export async function changePerson(
  tx: Tx,
  id: number,
  body: z.output<typeof ChangePersonSchema>,
): Promise<Person> {
  const administrators = await lockAdministrators(tx.db);
  if (!administrators.includes(tx.actor.id ?? 0))
    throw new Refused('action_forbidden', { personId: id, guard: 'administrator' });
  const row = await held(tx, id);
  const { displayName, role, active, skills } = body;
  if (id === tx.actor.id && (!active || role !== row.role))
    throw new Refused('action_forbidden', { personId: id, guard: 'not_oneself' });
  if ((!active || role !== row.role) && (await findDutyOn(tx.db, id)))
    throw new Refused('person_on_duty', { personId: id });
  await changePersonRow(tx.db, id, { displayName, role, active });
  await replaceSkills(tx.db, id, skills);
  if (!active) await deleteLoginsOf(tx.db, id);
  tx.announce('person.changed', subject(id), { personId: id as PersonId, name: row.name, role, active });
  return personOf(tx, id);
}

/** A new password; every login of the person ends. Its hash is made by the caller, outside of the transaction. */
export async function resetPassword(tx: Tx, id: number, password: string, hash: string): Promise<Person> {
  const row = await held(tx, id);
  checkPassword(password, row.name);
  await setPasswordHash(tx.db, id, hash, tx.at);
  await deleteLoginsOf(tx.db, id);
  tx.announce('password.reset', subject(id), { personId: id as PersonId });
  return personOf(tx, id);
}

export async function giveLicence(
  tx: Tx,
  id: number,
  licence: z.output<typeof GiveLicenceSchema>,
): Promise<Person> {
  await held(tx, id);
  if (!(await insertLicence(tx.db, id, licence)))
    throw new Refused('licence_taken', { number: licence.number });
  tx.announce('licence.given', subject(id), { personId: id as PersonId, number: licence.number });
  return personOf(tx, id);
}

/** The licence ends now; what was done under it stays valid. */
export async function revokeLicence(tx: Tx, licenceId: number): Promise<Person> {
  const row = await revokeLicenceRow(tx.db, licenceId, tx.at);
  if (!row) throw new Refused('licence_unknown', { licenceId });
  tx.announce('licence.revoked', subject(row.person_id), {
    personId: row.person_id as PersonId,
    number: row.number,
  });
  return personOf(tx, row.person_id);
}
