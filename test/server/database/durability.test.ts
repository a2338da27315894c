import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startEngine } from '../../../server/kernel/embedded/engine.ts';
import { message } from '../../../server/kernel/embedded/messages.ts';
import { cacheFolder } from '../../../server/kernel/embedded/cache.ts';
import { freshPlace } from '../../kit/database.ts';

const scratch = mkdtempSync(join(tmpdir(), 'grid-durable-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Syncs that 20 commits cost. */
async function syncsOf(durable: boolean): Promise<number> {
  const place = await freshPlace('embedded');
  const engine = await startEngine({
    files: join(place.folder, 'database', 'files'),
    cache: cacheFolder(scratch),
    durable,
  });
  await engine.exchange(message('Q', 'create table durable (number int)'));
  const before = engine.syncs();
  for (let number = 0; number < 20; number += 1) {
    await engine.exchange(message('Q', `insert into durable values (${number})`));
  }
  const cost = engine.syncs() - before;
  await engine.close();
  await place.discard();
  return cost;
}

test('every commit of the embedded database reaches the disk', async () => {
  expect(await syncsOf(true)).toBeGreaterThanOrEqual(20);
});

test('control: the counter sees a database that does not sync', async () => {
  expect(await syncsOf(false)).toBeLessThan(20);
});
