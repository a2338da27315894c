import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUnavailable, openDatabase, type Database } from '../../../server/kernel/database.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '../../kit/postgres.ts';

const missing = whyNoPostgres();

describe.skipIf(missing !== undefined)(`PostgreSQL restarts under load ${missing ?? ''}`, () => {
  const poolSize = 8;
  let server: TestPostgres;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres({ fsync: true });
    database = await openDatabase({ url: server.url('postgres'), folder: '', poolSize });
    await database.db.raw('create table written (number int primary key)');
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  test.each(['fast', 'immediate'] as const)(
    '%s: the process lives, nothing acknowledged is lost',
    async (mode) => {
      const { db } = database;
      const acknowledged: number[] = [];
      const errors: unknown[] = [];
      let next = mode === 'fast' ? 0 : 1_000_000;
      const load = { on: true };
      let upAt = 0;
      let failedSinceUp = 0;
      const backMs: number[] = [];
      const writers = Array.from({ length: poolSize }, async () => {
        while (load.on) {
          const number = (next += 1);
          try {
            await db.transaction(async (tx) => {
              await tx('written').insert({ number });
            });
            acknowledged.push(number);
            if (upAt > 0 && backMs.length < 5) {
              backMs.push(performance.now() - upAt);
              upAt = 0;
            }
          } catch (error) {
            errors.push(error);
            if (upAt > 0) failedSinceUp += 1;
            await pause(5);
          }
        }
      });

      const listener = await database.connect();
      await listener.query('listen ledger');
      for (let round = 0; round < 5; round += 1) {
        await pause(100);
        await server.restart(mode, 50);
        upAt = performance.now();
        const before = acknowledged.length;
        while (acknowledged.length < before + 20) await pause(5);
      }
      load.on = false;
      await Promise.all(writers);

      expect(errors.length).toBeGreaterThan(0);
      expect(errors.filter((error) => !isUnavailable(error)).map(String)).toEqual([]);
      // A connection that died with the server may fail one more call each, no more.
      expect(failedSinceUp).toBeLessThanOrEqual(5 * poolSize);
      const kept = new Set<number>(await db('written').pluck('number'));
      expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
      process.stdout.write(
        `${mode}: ${acknowledged.length} acknowledged, 0 lost, back after ${backMs.map(Math.round).join(', ')} ms\n`,
      );
    },
    120_000,
  );
});
