import type { Knex } from 'knex';

/** All SQL that names duty, and what follows from it for the team. */

export interface DutyRow {
  id: number;
  team_id: number;
  person_id: number;
  starts_at: string;
  ends_at: string;
  signed_on_at: string | null;
  signed_off_at: string | null;
}

const dutyColumns = [
  'id',
  'team_id',
  'person_id',
  'starts_at',
  'ends_at',
  'signed_on_at',
  'signed_off_at',
] as const;

/** The duty that a person is signed on for now. */
export const findDutyOn = (db: Knex, personId: number): Promise<DutyRow | undefined> =>
  db<DutyRow>('duty')
    .where({ person_id: personId })
    .whereNotNull('signed_on_at')
    .whereNull('signed_off_at')
    .first(...dutyColumns);

/** The roster line under which a person may sign on now: it began, or begins within `earlySeconds`. */
export const findRoster = (
  db: Knex,
  personId: number,
  at: number,
  earlySeconds: number,
): Promise<DutyRow | undefined> =>
  db<DutyRow>('duty')
    .where({ person_id: personId })
    .where('starts_at', '<=', new Date(at + earlySeconds * 1000))
    .where('ends_at', '>', new Date(at))
    .orderBy('starts_at')
    .first(...dutyColumns);

/** The next roster line of a person that has not ended. */
export const findNextRoster = (db: Knex, personId: number, at: number): Promise<DutyRow | undefined> =>
  db<DutyRow>('duty')
    .where({ person_id: personId })
    .where('ends_at', '>', new Date(at))
    .whereNull('signed_off_at')
    .orderBy('starts_at')
    .first(...dutyColumns);

/** Signs on (again): the line counts from now; its first instant is kept in the ledger. */
export const signOn = (db: Knex, dutyId: number, at: number) =>
  db('duty')
    .where({ id: dutyId })
    .update({ signed_on_at: new Date(at), signed_off_at: null });

export const signOff = (db: Knex, dutyId: number, at: number) =>
  db('duty')
    .where({ id: dutyId })
    .update({ signed_off_at: new Date(at) });

/** How many of a team are signed on. */
export const countCrew = async (db: Knex, teamId: number): Promise<number> =>
  Number(
    (
      await db('duty')
        .where({ team_id: teamId })
        .whereNotNull('signed_on_at')
        .whereNull('signed_off_at')
        .count({ n: '*' })
    )[0]?.n ?? 0,
  );

/** Puts a team on duty or off; its own word about being away ends with the shift. */
export const setOnDuty = (db: Knex, teamId: number, onDuty: boolean, at: number) =>
  db('team')
    .where({ id: teamId })
    .update({
      on_duty: onDuty,
      unavailable_reason: null,
      unavailable_until: null,
      status_since: new Date(at),
      version: db.raw('version + 1'),
    });

/** Teams whose time away is over. */
export const listBack = (db: Knex, at: number): Promise<number[]> =>
  db('team')
    .whereNotNull('unavailable_reason')
    .where('unavailable_until', '<=', new Date(at))
    .orderBy('id')
    .pluck('id');
