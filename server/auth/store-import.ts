import type { Knex } from 'knex';

/** Licence numbers that are known already. */
export const licenceNumbers = async (db: Knex): Promise<Set<string>> =>
  new Set((await db('licence').select('number')).map((row) => row.number as string));
