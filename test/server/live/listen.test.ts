import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenToLedger } from '../../../server/live/listen.ts';
import { startRelay } from '../../../server/live/relay.ts';
import { createWake } from '../../../server/kernel/wake.ts';
import { engines } from '../../kit/database.ts';
import { town, type TestTown } from '../../kit/town.ts';
import { policyChanged, tell, until } from './console.ts';

describe.each(engines())('following the ledger from another process [%s]', (engine) => {
  let t: TestTown;
  beforeAll(async () => {
    t = await town(engine);
  });
  afterAll(() => t.close());

  test('a relay that nobody wakes reads on by its poll, in order and without a gap', async () => {
    const relay = await startRelay({ ...t.deps, engine: 'embedded', wake: createWake() });
    const seen: number[] = [];
    const from = relay.head;
    relay.onFact(({ seq }) => seen.push(seq));
    for (let i = 0; i < 40; i++) await tell(t.deps, 'policy.changed', policyChanged(i), 40);
    await until(() => seen.length === 1600);
    expect(seen).toEqual(Array.from({ length: 1600 }, (_, i) => from + 1 + i));
    await relay.close();
  });

  test('an outage of the database stops the relay for as long as it lasts, no longer', async () => {
    let away = false;
    const db = new Proxy(t.deps.db, {
      apply: (target, self, args: [string]) => {
        if (away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
        return Reflect.apply(target, self, args);
      },
    });
    const relay = await startRelay({ ...t.deps, engine: 'embedded', db });
    const from = relay.head;
    away = true;
    await tell(t.deps, 'policy.changed', policyChanged(1), 3);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(relay.head).toBe(from);
    away = false;
    await until(() => relay.head === from + 3);
    await relay.close();
  });

  test.skipIf(engine !== 'postgresql')(
    'NOTIFY wakes, and a connection that the server ends is made anew',
    async () => {
      let wakes = 0;
      const ear = listenToLedger(t.deps, () => (wakes += 1));
      // connected: it wakes once, since something may have come before
      await until(() => wakes === 1);
      await tell({ ...t.deps, wake: createWake() }, 'policy.changed', policyChanged(1));
      await until(() => wakes === 2);
      await t.deps.db.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen ledger' and datname = current_database()`,
      );
      await until(() => wakes === 3);
      await tell({ ...t.deps, wake: createWake() }, 'policy.changed', policyChanged(2));
      await until(() => wakes === 4);
      await ear.close();
      await tell(t.deps, 'policy.changed', policyChanged(3));
      expect(wakes).toBe(4);
    },
  );
});
