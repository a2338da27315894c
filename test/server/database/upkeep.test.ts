import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from 'pg';
import { mostUrgentAct, walBytes } from '../../../server/kernel/embedded/upkeep.ts';
import { freshDatabase, type FreshDatabase } from '../../kit/database.ts';

let database: FreshDatabase;
let client: Client;
beforeAll(async () => {
  database = await freshDatabase('embedded');
  client = await database.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

/** Does what is due until nothing is; answers the acts. */
async function doAll(): Promise<string[]> {
  const acts: string[] = [];
  for (let act = await mostUrgentAct(client); act && acts.length < 200; act = await mostUrgentAct(client)) {
    await client.query(act);
    acts.push(act);
  }
  return acts;
}

test('a table with dead rows is vacuumed, one with new rows analysed, then there is nothing to do', async () => {
  await doAll();
  expect(await doAll()).toEqual([]);
  await client.query('create table moved (number int); insert into moved select generate_series(1, 500)');
  expect(await doAll()).toContain('analyze moved');
  for (let round = 0; round < 3; round += 1) await client.query('update moved set number = number + 1');
  expect(await doAll()).toContain('vacuum (analyze) moved');
  expect(await doAll()).toEqual([]);
});

test('a checkpoint empties what a restart would replay', async () => {
  await client.query(
    'create table grown as select repeat(md5(n::text), 20) as text from generate_series(1, 3000) n',
  );
  const before = await walBytes(client);
  expect(before).toBeGreaterThan(1_000_000);
  await client.query('checkpoint');
  expect(await walBytes(client)).toBeLessThan(before / 10);
});
