import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, violationsOf, type Street, type StreetPhone } from './street.ts';

const home = cellCentre(0, 0);
const scene = cellCentre(2, 2);

/** What the room asks a team that does not come nearer, and what a phone says of its own place. */
describe.skipIf(!chromiumPath)('the phone is asked', () => {
  let street: Street;
  let room: Phone;
  let officer: Phone;
  let one: StreetPhone;

  beforeAll(async () => {
    street = await openStreet();
    room = await street.at.person('dispatcher');
    await addTeam(street.at.deps.db, { code: 'A1', at: street.now(), place: home });
    officer = await street.at.signIn('A1-1');
    one = await street.phone(officer, { place: home });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
  }, 240_000);
  afterAll(() => street?.close());

  const look = async (name: string) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await one.page.screenshot({ path: join(folder, `question-${name}.png`) });
  };
  /** Time passes while the phone stays where it is and keeps telling so. */
  const stay = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 15) {
      await street.jump(15_000);
      await officer.ok('reportPositions', {
        body: {
          crs: 'wgs84',
          fixes: [{ fixedAt: new Date(street.now()).toISOString(), ...home, accuracyMetres: 5 }],
        },
      });
    }
  };

  test('a question with three answers; held up says why in one tap, and the room reads it', async () => {
    const { page } = one;
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'CY-01', point: scene, crs: 'wgs84', address: '民权路 12 号' },
    });
    await room.ok('dispatchIncident', { params: { incidentId: incident.id } });
    await page.getByRole('button', { name: '接单' }).click();
    await page.locator('[data-primary]').getByText('出发').waitFor();
    const asked = page.getByRole('alert', { name: '指挥室询问' });
    await expect
      .poll(
        async () => {
          await stay(30);
          return asked.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    await asked.getByText('接单后尚未出发', { exact: false }).waitFor();
    await look('asked');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'question');
    await asked.getByRole('button', { name: '受阻' }).click();
    await look('why');
    await page.getByRole('button', { name: '堵车' }).click();
    await asked.waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await room.ok('readSnapshot')).alarms.map(({ detail }) => detail))
      .toContainEqual(expect.objectContaining({ word: 'held_up', reason: 'traffic' }));
  }, 120_000);

  test('a faked place is told at the top with what to change', async () => {
    const { page } = one;
    await officer.ok('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [{ fixedAt: new Date(street.now()).toISOString(), ...scene, accuracyMetres: 5, mock: true }],
      },
    });
    await page.getByText('本机定位被判为虚拟定位', { exact: false }).waitFor();
    await look('mock');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'doubt');
    expect(one.faults).toEqual([]);
  }, 60_000);
});
