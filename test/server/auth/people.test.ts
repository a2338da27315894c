import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

describe.each(engines())('people, as the administrator tends them [%s]', (engine) => {
  let here: TestTown;
  let administrator: Phone;
  beforeAll(async () => {
    here = await town(engine);
    administrator = await here.person('administrator');
  });
  afterAll(() => here.close());

  const change = (by: Phone, whom: Phone, to: { role: 'administrator' | 'dispatcher'; active: boolean }) =>
    by.call('changePerson', {
      params: { personId: whom.personId },
      body: { displayName: whom.name, skills: [], ...to },
    });

  test('two administrators who depose each other at once: one stays, every time', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [await here.person('administrator'), await here.person('administrator')];
      const answers = await Promise.all([
        change(one, other, { role: 'dispatcher', active: true }),
        change(other, one, { role: 'dispatcher', active: true }),
      ]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    }
  });

  test('nobody takes the own office or shuts himself out', async () => {
    for (const to of [
      { role: 'dispatcher', active: true },
      { role: 'administrator', active: false },
    ] as const) {
      const { status, problem } = await change(administrator, administrator, to);
      expect([status, problem.code]).toEqual([403, 'action_forbidden']);
    }
  });

  test('who may not enter any more is out at once, and in the ledger', async () => {
    const dispatcher = await here.person('dispatcher');
    expect((await dispatcher.call('listMatters')).status).toBe(200);
    expect((await change(administrator, dispatcher, { role: 'dispatcher', active: false })).status).toBe(200);
    expect((await dispatcher.call('listMatters')).status).toBe(401);
    const [fact] = await here.deps
      .db('event')
      .where({ type: 'person.changed' })
      .orderBy('seq', 'desc')
      .limit(1);
    expect(JSON.parse(fact.body as string).data).toMatchObject({
      personId: dispatcher.personId,
      active: false,
    });
  });

  test('a new password ends every login; a weak one and a taken name are refused', async () => {
    const dispatcher = await here.person('dispatcher');
    const params = { personId: dispatcher.personId };
    const weak = await administrator.call('resetPassword', { params, body: { password: 'short' } });
    expect([weak.status, weak.problem.errors?.[0]?.path]).toEqual([422, 'body.password']);
    expect((await dispatcher.call('listMatters')).status).toBe(200);
    await administrator.ok('resetPassword', { params, body: { password: 'another long password' } });
    expect((await dispatcher.call('listMatters')).status).toBe(401);
    const body = { name: dispatcher.name, displayName: 'Twin', role: 'dispatcher' as const, skills: [] };
    const twin = await administrator.call('addPerson', {
      body: { ...body, password: 'another long password' },
    });
    expect([twin.status, twin.problem.code]).toEqual([409, 'name_taken']);
  });
});
