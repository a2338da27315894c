import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { catalogue, court, type Court } from './file-kit.ts';

describe.each(engines())('what the law asks of a file [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  beforeAll(async () => {
    room = await court(engine);
  });
  afterAll(() => room.town.close());

  test('the list of matters says who holds the power, and a recall shows in it at once', async () => {
    const statusOf = async (code: string) =>
      (await room.first.ok('listMatters')).matters.find((one) => one.code === code)?.status;
    expect(await statusOf('EN-07')).toBe('delegated');
    const administrator = await room.town.person('administrator');
    const known = catalogue.find(({ code }) => code === 'EN-07')!;
    await administrator.ok('publishMatter', {
      params: { matterCode: 'EN-07' },
      body: {
        document: '收回公告',
        status: 'recalled',
        holder: '江北区',
        priority: known.priority,
        deadlineClock: known.deadlineClock,
        deadlineValue: known.deadlineValue,
        skill: known.skill,
        equipment: known.equipment,
        evidence: known.evidence,
        note: known.note,
        fineIndividual: known.fineIndividual,
        fineOrg: known.fineOrg,
      },
    });
    expect(await statusOf('EN-07')).toBe('recalled');
    expect(await statusOf('FD-01')).toBe('delegated');
  });
});
