import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, shoot, violationsOf, type Street, type StreetPhone } from './street.ts';

const scene = cellCentre(1, 0);
const number = '13911112222';

/** What a phone is handed beside its task: the reporter's number, the set-up of a pocket app, work sent back. */
describe.skipIf(!chromiumPath)('beside the task', () => {
  let street: Street;
  let room: Phone;
  let officer: Phone;
  let one: StreetPhone;
  const tile = (name: string) => one.page.getByRole('button', { name, exact: true });
  const primary = () => one.page.locator('[data-primary]');

  beforeAll(async () => {
    street = await openStreet();
    const { at } = street;
    room = await at.person('dispatcher');
    await addTeam(at.deps.db, { code: 'A1', at: street.now(), place: scene });
    // rework is the leader's to take
    await at.deps.db('person').where({ name: 'A1-1' }).update({ role: 'leader' });
    officer = await at.signIn('A1-1');
    one = await street.phone(officer, { place: scene });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
  }, 240_000);
  afterAll(() => street?.close());

  const dispatched = async (reporterPhone?: string) => {
    const { incident } = await room.ok('createIncident', {
      body: {
        matterCode: 'FD-01',
        point: scene,
        crs: 'wgs84',
        address: '民权路 12 号',
        text: '小车停在消防通道',
        ...(reporterPhone && { reporterName: '王居民', reporterPhone }),
      },
    });
    const { assignment } = await room.ok('dispatchIncident', { params: { incidentId: incident.id } });
    return { incident, params: { assignmentId: assignment!.id } };
  };

  test('one tap shows the reporter’s number as a call, masked; the room’s timeline says who was given it', async () => {
    const { page } = one;
    const { incident, params } = await dispatched(number);
    await page.getByRole('button', { name: '接单' }).click();
    await tile('联系上报人').click();
    await page.getByText('每次查看都记入账本').waitFor();
    const looks = async () =>
      (await room.ok('readIncident', { params: { incidentId: incident.id } })).timeline.filter(
        ({ type }) => type === 'reporter.contacted',
      );
    // the sheet alone asks for nothing
    expect(await looks()).toEqual([]);
    await tile('查看号码').click();
    const link = page.getByRole('link', { name: /^拨打/ });
    expect(await link.getAttribute('href')).toBe(`tel:${number}`);
    expect(await link.textContent()).toBe('拨打 王** 139******22');
    expect((await looks()).map(({ actor }) => actor.id)).toEqual([officer.personId]);
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'call');
    await page.keyboard.press('Escape');
    await page.locator('a[href^="tel:"]').waitFor({ state: 'detached' });
    // opened again it is asked for again
    await tile('联系上报人').click();
    await tile('查看号码').waitFor();
    expect(await link.count()).toBe(0);
    await page.keyboard.press('Escape');
    // without a network it is said, and nothing is queued
    street.down();
    await tile('联系上报人').click();
    await tile('查看号码').click();
    await page.getByText('没有网络，暂不能查看').waitFor({ timeout: 30_000 });
    street.up();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await room.ok('recallAssignment', { params, body: { reason: 'cancelled' } });
    await page.getByRole('heading', { name: '暂无任务' }).waitFor({ timeout: 30_000 });
    one.faults.length = 0;
  }, 120_000);

  test('a report without a number offers no call', async () => {
    const { params } = await dispatched();
    await one.page.getByRole('button', { name: '接单' }).click();
    await tile('备注').waitFor();
    expect(await tile('联系上报人').count()).toBe(0);
    // the answer is there before the task is taken back, or the two would cross
    await expect
      .poll(async () => (await officer.ok('readPhone')).tasks.map(({ assignment }) => assignment.state))
      .toEqual(['accepted']);
    await room.ok('recallAssignment', { params, body: { reason: 'cancelled' } });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
  }, 60_000);

  test('an officer sets up OwnTracks alone: the code is shown once, what it says reports, and he ends it', async () => {
    const { page } = one;
    const administrator = await street.at.person('administrator');
    await page.getByRole('link', { name: '我的' }).click();
    await tile('设置 OwnTracks 应用').click();
    await page.getByText('只显示这一次').waitFor();
    expect(
      await page
        .getByRole('img', { name: '设置二维码' })
        .evaluate((image: HTMLImageElement) => image.decode()),
    ).toBeUndefined();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'pocket');
    const href = (await page.getByRole('link', { name: '应用就在本机' }).getAttribute('href'))!;
    const text = Buffer.from(decodeURIComponent(href.split('inline=')[1]!), 'base64').toString('utf8');
    const told = JSON.parse(text) as { readonly url: string; username: string; password: string };
    await page.keyboard.press('Escape');
    await page.locator('dialog img').waitFor({ state: 'detached' });
    // nothing of it is left on the page or on the phone
    await page.getByText('待首次连接').waitFor();
    const stored = () =>
      page.evaluate(async () => {
        const [named] = await indexedDB.databases();
        const db = await new Promise<IDBDatabase>((done) => {
          const opening = indexedDB.open(named!.name!);
          opening.onsuccess = () => done(opening.result);
        });
        const all = await Promise.all(
          [...db.objectStoreNames].map(
            (name) =>
              new Promise((done) => {
                const asked = db.transaction(name).objectStore(name).getAll();
                asked.onsuccess = () => done(asked.result);
              }),
          ),
        );
        db.close();
        return JSON.stringify(all) + JSON.stringify(localStorage) + document.body.innerHTML;
      });
    // control: the device itself is there
    await expect.poll(async () => (await stored()).includes('"kind":"owntracks"')).toBe(true);
    expect((await stored()).includes(told.password)).toBe(false);

    const send = () =>
      fetch(told.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${told.username}:${told.password}`).toString('base64')}`,
        },
        body: JSON.stringify({
          _type: 'location',
          lat: scene.lat,
          lon: scene.lng,
          tst: Math.floor(street.now() / 1000),
        }),
      });
    expect((await send()).status).toBe(200);
    const listed = async () => (await administrator.ok('listDevices')).devices;
    await expect
      .poll(async () => (await listed()).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['active']);
    expect((await listed())[0]).toMatchObject({ personId: officer.personId, kind: 'owntracks' });
    await tile('停用 OwnTracks 应用').click();
    await tile('停用 OwnTracks 应用').waitFor({ state: 'detached' });
    expect((await listed()).map(({ state }) => state)).toEqual(['revoked']);
    expect(one.faults).toEqual([]);
  }, 90_000);

  test('work that the check sent back comes to the phone with what is asked, and stays until it is handled', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '任务' }).click();
    const { incident } = await dispatched();
    const params = { incidentId: incident.id };
    await page.getByRole('button', { name: '接单' }).click();
    const handle = async (tiles: readonly string[]) => {
      await page.getByRole('heading', { name: '取证照片' }).waitFor();
      for (const each of tiles) await shoot(page, each);
      await page.getByRole('button', { name: '已清理恢复' }).click();
      await page.getByRole('button', { name: '教育' }).click();
      await primary().click();
    };
    await primary().filter({ hasText: '出发' }).click();
    await primary().filter({ hasText: '到场' }).click();
    await primary().filter({ hasText: '处置' }).click();
    await handle(['处置前', '处置后']);
    const state = async () => (await room.ok('readIncident', { params })).incident.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('handled');
    await room.ok('requestCheck', { params });
    const asked = '地面油渍未清，请冲洗后补拍';
    await room.ok('failCheck', { params, body: { text: asked } });

    const card = page.getByRole('region', { name: '返工' });
    await card.getByText(asked).waitFor();
    await card.getByText('核查未通过，请本队重新处置').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await card.getByRole('button', { name: '接返工' }).click();
    await card.waitFor({ state: 'detached' });
    // the task is back, it still says what is asked, also after a reload without a network
    const task = page.getByRole('article', { name: String(incident.id) });
    await task.getByText(asked).waitFor();
    await picture(page, 'rework-task');
    street.down();
    await page.reload();
    await task.getByText(asked).waitFor();
    street.up();
    await primary().filter({ hasText: '出发' }).click();
    await primary().filter({ hasText: '到场' }).click();
    await primary().filter({ hasText: '处置' }).click();
    await page.getByText(asked).waitFor();
    await handle(['处置后']);
    await expect.poll(state, { timeout: 20_000 }).toBe('handled');
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    const { timeline } = await room.ok('readIncident', { params });
    const own = timeline.map(({ type }) => type).filter((type) => /^check|^rework|handled$/.test(type));
    expect(own).toEqual([
      'incident.handled',
      'check.assigned',
      'check.failed',
      'rework.accepted',
      'incident.handled',
    ]);
  }, 150_000);
});
