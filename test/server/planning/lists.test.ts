import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { openStudio, type Studio } from './studio-kit.ts';

describe.each(engines())('drawn lists of incidents [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  test('a town with a history of its own draws none', async () => {
    await studio.product.deps.db('town').update({ synthetic: false });
    const { problem } = await studio.planner.call('drawIncidentList', { body: { days: 30, seed: 7 } });
    expect(problem.code).toBe('action_forbidden');
  });

  test('a month is drawn beside the server: whoever asks meanwhile is answered first; same seed, same list', async () => {
    const { planner, product } = studio;
    await product.deps.db('town').update({ synthetic: true });
    const order: string[] = [];
    const drawn = planner.ok('drawIncidentList', { body: { days: 30, seed: 7 } }).then((list) => {
      order.push('list');
      return list;
    });
    // ten in a row: a server that draws by itself answers none of them before the list
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await planner.ok('listEditions');
      order.push('other');
    }
    const list = await drawn;
    expect(order.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'other'));
    expect(list).toMatchObject({ synthetic: true });
    expect(list.incidents).toBeGreaterThan(1500);
    const again = await planner.ok('drawIncidentList', { body: { days: 30, seed: 7 } });
    expect(again).toEqual(list);
    const { lists } = await planner.ok('listIncidentLists');
    expect(lists).toEqual([list]);
  }, 60_000);
});
