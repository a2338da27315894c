import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, shoot, sign, violationsOf, type Street, type StreetPhone } from './street.ts';

const scene = cellCentre(1, 0);
const near = { lng: scene.lng + 0.0002, lat: scene.lat };

/** The screens that an officer sees more seldom, each on the real server and each without a violation of WCAG 2.2 AA. */
describe.skipIf(!chromiumPath)('the other screens of the phone', () => {
  let street: Street;
  let room: Phone;
  let officer: Phone;
  let one: StreetPhone;

  beforeAll(async () => {
    street = await openStreet();
    room = street.through(await street.at.person('dispatcher'));
    await addTeam(street.at.deps.db, { code: 'A1', at: street.now(), place: near });
    await street.at.deps.db('person').where({ name: 'A1-1' }).update({ role: 'leader' });
    officer = street.through(await street.at.signIn('A1-1'));
    one = await street.phone(officer, { place: near });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await one.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  }, 240_000);
  afterAll(() => street?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && task.result?.state === 'fail')
      await one?.page.screenshot({ path: join(folder, `screens ${task.name.slice(0, 20)}.png`) });
  });

  const primary = (name: string) => one.page.locator('[data-primary]', { hasText: name });
  const stateOf = async (incidentId: number) =>
    (await room.ok('readIncident', { params: { incidentId } })).incident.state;

  /** An offer is on the screen: it is taken, and the officer arrives. */
  async function arrive(): Promise<void> {
    const { page } = one;
    await page.getByRole('alertdialog').getByRole('button', { name: '接单' }).click();
    await primary('出发').click();
    await one.stand({ lng: near.lng + Math.random() * 1e-5, lat: near.lat });
    await page.getByText('请确认到场').waitFor();
    await primary('到场').click();
  }

  let incidentId = 0;

  test('an order to correct: text, limit, two officers, the party refuses to sign; the team is free', async () => {
    const { page } = one;
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'CY-01', point: scene, crs: 'wgs84', address: '中街 8 号', text: '店外堆放杂物' },
    });
    incidentId = incident.id;
    await room.ok('dispatchIncident', { params: { incidentId } });
    await arrive();
    await primary('处置').click();
    await page.getByRole('button', { name: '责令改正' }).first().click();
    await page.getByRole('heading', { name: '责令改正通知书' }).waitFor();
    await primary('送达通知书').click();
    await page.getByText('请填写责令改正的内容').waitFor();
    await page.getByRole('textbox', { name: '当事人' }).first().fill('慈城某某食品店');
    await page.getByRole('button', { name: '填入常用内容' }).click();
    await page.getByLabel('改正期限').selectOption({ label: '30 min' });
    await page.getByRole('button', { name: 'A1-2 · 持证' }).click();
    await primary('送达通知书').click();
    await page.getByText('需要两名执法人员签名').waitFor();
    await sign(page, '本人签名');
    await sign(page, '另一名执法人员签名');
    await page.getByRole('button', { name: '拒签' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'order');
    await primary('送达通知书').click();
    await expect.poll(() => stateOf(incidentId)).toBe('correction_pending');
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    const { orders } = await room.ok('readFieldFile', { params: { incidentId } });
    expect(orders).toMatchObject([{ outcome: null, number: expect.stringContaining('第0000') as string }]);
  }, 90_000);

  test('when its time is over the re-inspection comes by itself; put right, the incident is handled', async () => {
    const { page } = one;
    // half an hour later, before the limit: the phone reports its place as it would have done all the while
    await street.jump(29 * 60_000);
    await page.reload();
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await expect
      .poll(
        async () => {
          await one.stand({ lng: near.lng + Math.random() * 1e-5, lat: near.lat });
          return street.now() - Date.parse((await officer.ok('readPhone')).fix!.fixAt);
        },
        { timeout: 40_000 },
      )
      .toBeLessThan(30_000);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await street.jump(61_000);
    await page.getByRole('alertdialog').waitFor();
    expect(await page.getByRole('alertdialog').textContent()).toContain('复查');
    await arrive();
    await primary('处置').click();
    await page.getByRole('heading', { name: '复查改正情况' }).waitFor();
    await shoot(page, '处置后');
    await page.getByRole('textbox', { name: '复查说明' }).fill('杂物已清走');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'reinspection');
    await primary('已改正').click();
    await expect.poll(() => stateOf(incidentId), { timeout: 40_000 }).toBe('handled');
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    const { orders } = await room.ok('readFieldFile', { params: { incidentId } });
    expect(orders).toMatchObject([{ outcome: 'corrected' }]);
  }, 90_000);

  test('what a check sends back is taken up again by the team that handled', async () => {
    const { page } = one;
    await room.ok('requestCheck', { params: { incidentId } });
    await room.ok('failCheck', { params: { incidentId }, body: { text: '仍有杂物' } });
    const card = page.getByRole('region', { name: '返工' });
    await card.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'rework');
    await card.getByRole('button', { name: '接返工' }).click();
    await page.locator('article').getByText('已接单', { exact: true }).waitFor();
    await card.waitFor({ state: 'detached' });
    await primary('出发').click();
    await one.stand({ lng: near.lng, lat: near.lat + 1e-5 });
    await primary('到场').click();
    await primary('处置').click();
    await page.getByRole('button', { name: '已清理恢复' }).click();
    await page.getByRole('button', { name: '教育' }).click();
    await primary('办结').click();
    await expect.poll(() => stateOf(incidentId)).toBe('handled');
  }, 90_000);

  test('a patrol: a site is answered, a fault becomes an incident with its photo, the round ends', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '巡查' }).click();
    await primary('开始巡查').click();
    const { checklists } = await officer.ok('listChecklists');
    const list = checklists.find(({ siteType }) => siteType === 'residential')!;
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'patrol');
    await page.getByRole('button', { name: list.nameZh }).click();
    await page.getByRole('textbox', { name: '点位名称' }).fill('民主路小区');
    await primary('提交检查').click();
    await page.getByText(`还有 ${list.items.length} 项未答`).waitFor();
    for (const [i, item] of list.items.entries())
      await page
        .getByRole('group', { name: item.textZh })
        .getByRole('button', { name: i === 0 ? '不符' : '符合', exact: true })
        .click();
    await page.getByRole('textbox', { name: '问题说明' }).fill('楼道堆放电动车');
    await shoot(page, '特写');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'checklist');
    await primary('提交检查').click();
    await page.getByText('已检查 1 个点位 · 1 项不符').waitFor();
    await expect
      .poll(async () => (await room.ok('listPatrols')).patrols[0]?.visits[0]?.answers[0]?.incidentId ?? null)
      .not.toBeNull();
    const { patrols } = await room.ok('listPatrols');
    const found = { incidentId: patrols[0]!.visits[0]!.answers[0]!.incidentId! };
    await expect
      .poll(async () => (await room.ok('readEvidence', { params: found })).evidence.length, {
        timeout: 40_000,
      })
      .toBe(2);
    expect((await room.ok('readIncident', { params: found })).incident.source).toBe('patrol');
    await page.getByRole('button', { name: '结束巡查' }).click();
    await expect.poll(async () => (await room.ok('listPatrols')).patrols[0]!.endedAt).not.toBeNull();
    await primary('开始巡查').waitFor();
    await room.ok('rejectIncident', { params: found, body: { reason: 'test' } });
    await page.getByRole('link', { name: '任务' }).click();
  }, 90_000);

  test('a matter is found by the initials of its pinyin, also without a network', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '上报' }).click();
    await page.getByRole('heading', { name: '上报问题' }).waitFor();
    await one.context.setOffline(true);
    const found = page.getByRole('group', { name: '执法事项' }).getByRole('button');
    await page.getByRole('textbox', { name: '按名称、拼音首字母或编号查找' }).fill('xfctd');
    await expect.poll(() => found.allTextContents()).toEqual([expect.stringContaining('消防车通道')]);
    // control: letters that begin no such name find nothing
    await page.getByRole('textbox', { name: '按名称、拼音首字母或编号查找' }).fill('xfctq');
    await page.getByText('没有这样的事项').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await one.context.setOffline(false);
    await page.getByRole('textbox', { name: '按名称、拼音首字母或编号查找' }).fill('xf');
    await picture(page, 'report');
    await page.getByRole('link', { name: '任务' }).click();
  }, 60_000);

  test('the map comes when it is asked for, with the scene and the own place', async () => {
    const { page } = one;
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'FD-01', point: scene, crs: 'wgs84', address: '太阳殿路 3 号' },
    });
    incidentId = incident.id;
    await room.ok('dispatchIncident', { params: { incidentId } });
    await page.getByRole('alertdialog').getByRole('button', { name: '接单' }).click();
    await primary('出发').waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    await page.getByRole('button', { name: '地图' }).click();
    await page.waitForSelector('[aria-busy="false"] canvas');
    await page.locator('canvas').scrollIntoViewIfNeeded();
    expect(await violationsOf(page)).toEqual([]);
    await page.waitForTimeout(500);
    await picture(page, 'map');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: '地图' }).click();
    await expect.poll(() => page.locator('canvas').count()).toBe(0);
  }, 90_000);

  test('the offer and every sheet leave the call for help within reach', async () => {
    const { page } = one;
    await page.getByRole('button', { name: '备注' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: '紧急求助' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await sheet.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('button', { name: '现场未发现问题' }).click();
    await expect.poll(() => stateOf(incidentId)).toBe('returned');
    await room
      .ok('createIncident', {
        body: { matterCode: 'FD-01', point: scene, crs: 'wgs84', address: '太阳殿路 5 号' },
      })
      .then(({ incident }) => room.ok('dispatchIncident', { params: { incidentId: incident.id } }));
    const offer = page.getByRole('alertdialog');
    await offer.waitFor();
    const sos = offer.getByRole('button', { name: '紧急求助' });
    const box = (await sos.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(56);
    expect(await violationsOf(page)).toEqual([]);
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.waitForTimeout(2300);
    await page.mouse.up();
    await offer.getByText('等待指挥室确认').waitFor();
    await offer.getByRole('button', { name: '我已安全' }).click();
    await offer.getByText('等待指挥室确认').waitFor({ state: 'detached' });
    await offer.getByRole('button', { name: '无法处理' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '紧急求助' }).waitFor();
    await page.getByRole('button', { name: '车辆问题' }).click();
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
  }, 90_000);

  test('a full phone says so and takes no photo; with room again it does', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '上报' }).click();
    // a disk of this machine cannot be filled for a test: the browser's answer is that of a full phone
    await page.evaluate(() => {
      const truth = navigator.storage.estimate.bind(navigator.storage);
      Object.defineProperty(navigator.storage, 'estimate', {
        configurable: true,
        value: async () => {
          const { usage = 0 } = await truth();
          return { usage, quota: Math.round(usage * 1.02) };
        },
      });
    });
    const before = (await shelfPhotos()).length;
    await shoot(page, '全景');
    await page.getByText('本机存储已满，请先上传照片').waitFor();
    await page.getByText('本机存储已满，暂停拍照').waitFor();
    expect(await shelfPhotos()).toHaveLength(before);
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'storage-full');
    await page.evaluate(() => void Reflect.deleteProperty(navigator.storage, 'estimate'));
    await shoot(page, '全景');
    await expect.poll(async () => (await shelfPhotos()).length).toBe(before + 2);
    await page.getByText('本机存储已满').first().waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '任务' }).click();
  }, 60_000);

  const shelfPhotos = () =>
    one.page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          const opening = indexedDB.open('grid-officer');
          opening.addEventListener('success', () => {
            const read = opening.result.transaction('photos').objectStore('photos').getAllKeys();
            read.addEventListener('success', () => {
              opening.result.close();
              resolve(read.result);
            });
          });
        }),
    );

  test('a newer build waits behind its line until the officer takes it', async () => {
    const { page } = one;
    const update = page.getByRole('button', { name: '新版本' });
    const ask = () => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await ask();
    await page.waitForTimeout(500);
    // control: the same build says nothing
    expect(await update.count()).toBe(0);
    street.release();
    await ask();
    await update.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'update');
    await page.evaluate(() => Object.assign(globalThis, { before: true }));
    await update.click();
    await page.waitForFunction(() => !('before' in globalThis));
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await page.waitForTimeout(500);
    expect(await update.count()).toBe(0);
    expect(
      one.faults.filter((fault) => !/ERR_INTERNET|status of 409|closed before the connection/.test(fault)),
    ).toEqual([]);
  }, 60_000);
});
