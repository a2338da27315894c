import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { cellCentre } from '../../kit/ground.ts';
import { town } from '../../kit/town.ts';

test.each(engines())('an answer is repeated for a month, then its key is forgotten [%s]', async (engine) => {
  const here = await town(engine);
  const dispatcher = await here.person('dispatcher');
  const key = randomUUID();
  const body = { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' } as const;
  const first = await dispatcher.ok('createIncident', { key, body });
  const keys = async () =>
    Number((await here.deps.db('idempotency').where({ key }).count({ n: '*' }).first())!.n);
  await here.advance(2 * 3_600_000, 3_600_000);
  expect((await dispatcher.ok('createIncident', { key, body })).incident.id).toBe(first.incident.id);
  expect(await keys(), 'control').toBe(1);
  await here.advance(31 * 86_400_000, 31 * 86_400_000);
  expect(await keys()).toBe(0);
  await here.close();
});
