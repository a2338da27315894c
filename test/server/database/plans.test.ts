import { expect, test } from 'vitest';
import { isUnavailable, openDatabase, type Database } from '../../../server/kernel/database.ts';
import { describeEachEngine } from '../../kit/database.ts';

describeEachEngine('plans that a connection keeps', (engine, database) => {
  /** How many statements the one connection of a pool keeps after `times` calls of the same text. */
  async function keptAfter({ db }: Pick<Database, 'db'>, times: number): Promise<number> {
    for (let i = 0; i < times; i++) await db.raw(`select ?::int + ${times}`, [i]);
    const { rows } = await db.raw(
      `select count(*) n from pg_prepared_statements where statement like '%+ ${times}'`,
    );
    return rows[0].n as number;
  }

  test('a text that comes again is kept on a server, never by the embedded engine, whose session all share', async () => {
    const one =
      engine === 'postgresql'
        ? await openDatabase({ url: database().url, folder: database().folder, poolSize: 1 })
        : database();
    expect(await keptAfter(one, 2)).toBe(0);
    expect(await keptAfter(one, 5)).toBe(engine === 'postgresql' ? 1 : 0);
    if (one !== database()) await one.close();
  });

  test('a table that changes under a kept plan costs one call, which counts as unavailable, and no more', async () => {
    const { db } = database();
    await db.raw('create table changing (id int)');
    await db('changing').insert({ id: 1 });
    const read = () => db('changing').where({ id: 1 }).first();
    for (let i = 0; i < 5; i++) expect(await read()).toEqual({ id: 1 });
    await db.raw('alter table changing add column more int');
    const refused: unknown[] = [];
    for (let i = 0; i < 25; i++)
      await read().then(
        (row) => expect(row).toEqual({ id: 1, more: null }),
        (error: unknown) => refused.push(error),
      );
    expect(refused.every(isUnavailable)).toBe(true);
    expect(refused.length).toBe(engine === 'postgresql' ? 1 : 0);
  });
});
