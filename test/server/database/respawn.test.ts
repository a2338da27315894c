import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isUnavailable } from '../../../server/kernel/database.ts';
import { freshDatabase } from '../../kit/database.ts';

test('an embedded backend that breaks is started again; what was acknowledged is there', async () => {
  const database = await freshDatabase('embedded');
  const { db } = database;
  await db.raw('create table survived (number int)');
  await db('survived').insert({ number: 1 });

  // With this setting the next error ends the backend, as a fault inside it would.
  await db.raw('set exit_on_error = on');
  const outage: unknown[] = [];
  await db.raw('select nothing').catch((error: unknown) => outage.push(error));
  let rows: unknown[] | undefined;
  while (!rows) {
    await pause(100);
    rows = await db('survived').catch((error: unknown) => void outage.push(error));
  }

  expect(rows).toEqual([{ number: 1 }]);
  expect(outage.length).toBeGreaterThan(0);
  expect(outage.filter((error) => !isUnavailable(error))).toEqual([]);
  await database.close();
}, 120_000);
