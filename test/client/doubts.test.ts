import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellCentre, ground } from '../kit/ground.ts';
import { chromiumPath } from './browser.ts';
import { drawn, openLiveRoom, violationsOf, type Desk, type LiveRoom } from './live-room.ts';

/** What may not be trusted, as the room sees it: a team's place, an incident's place. */
describe.skipIf(!chromiumPath)('doubts in the command room', () => {
  let room: LiveRoom;
  let desk: Desk;

  beforeAll(async () => {
    room = await openLiveRoom();
    desk = await room.desk('dispatcher-1');
    await drawn(desk.page);
  }, 240_000);
  afterAll(() => room?.close());

  const look = async (name: string) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await desk.page.screenshot({ path: join(folder, `doubts-${name}.png`) });
  };

  test('a doubtful place holds the filing up; P and Enter confirm it by the keyboard alone', async () => {
    const { page } = desk;
    const point = { lng: ground.west + 0.012, lat: ground.south + 0.013 };
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point, crs: 'wgs84', source: 'department', address: '民权路 12 号' },
    });
    const row = page.locator(`#incident-${incident.id}`);
    await row.getByText('位置存疑').waitFor();
    await page.getByRole('listbox', { name: '事件队列' }).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const bar = page.getByRole('region', { name: '操作', exact: true });
    await bar.getByRole('button', { name: /^立案/ }).waitFor();
    await page.keyboard.press('f');
    await page.getByText('先确认位置或移动标注', { exact: false }).first().waitFor();
    expect(
      (await room.dispatcher.ok('readIncident', { params: { incidentId: incident.id } })).incident.state,
    ).toBe('reported');
    await page.keyboard.press('p');
    const form = page.getByRole('form', { name: '确认位置' });
    await form.getByText('坐标只有三位小数', { exact: false }).waitFor();
    await look('place');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await row.getByText('位置存疑').waitFor({ state: 'detached' });
    await page.getByText('确认位置', { exact: true }).first().waitFor();
    await page.keyboard.press('f');
    await page.getByRole('form', { name: '立案' }).waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(
        async () =>
          (await room.dispatcher.ok('readIncident', { params: { incidentId: incident.id } })).incident.state,
      )
      .toBe('filed');
    await page.getByRole('form', { name: '立案' }).waitFor({ state: 'detached' });
  }, 90_000);

  test('coordinates of another datum move the pin', async () => {
    const { page } = desk;
    await page.keyboard.press('p');
    const form = page.getByRole('form', { name: '确认位置' });
    await form.getByLabel('坐标系').selectOption('gcj02');
    const moving = page.getByRole('form', { name: '移动位置' });
    await moving.getByText(/移动 (49\d|50\d) m/).waitFor();
    await look('moving');
    await moving
      .getByRole('button', { name: '执行' })
      .or(moving.locator('button[type=submit]'))
      .first()
      .click();
    await moving.waitFor({ state: 'detached' });
    await page
      .getByText(/位置移动 (49\d|50\d) m/)
      .first()
      .waitFor();
    const { incidents } = await room.dispatcher.ok('readSnapshot');
    expect(incidents.map(({ doubts, point }) => [doubts, point.lng < ground.west + 0.009])).toEqual([
      [[], true],
    ]);
  }, 60_000);

  test('a team whose phone fakes its place says so in words on the board and in one alarm', async () => {
    const { page } = desk;
    const officer = await room.place.signIn('A1-1');
    await officer.ok('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [
          {
            fixedAt: new Date(room.place.now()).toISOString(),
            ...cellCentre(0, 0),
            accuracyMetres: 5,
            mock: true,
          },
        ],
      },
    });
    await page.getByRole('row', { name: /A1队.*疑似虚拟定位/ }).waitFor();
    await page.getByText('定位不可信', { exact: false }).first().waitFor();
    await look('mock');
    expect(await violationsOf(page)).toEqual([]);
    expect(desk.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  }, 60_000);
});
