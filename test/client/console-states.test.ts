import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../server/auth/login.ts';
import { setPasswordHash } from '../../server/auth/store.ts';
import { cellCentre } from '../kit/ground.ts';
import { chromiumPath } from './browser.ts';
import { drawn, openLiveRoom, password, violationsOf, type Desk, type LiveRoom } from './live-room.ts';

const bug = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: 'bug', status: 500, code: 'bug', id: 'b-1' }),
};

/** Not the centre of a cell: a coarse place stays out of the heat. */
const scene = { lng: cellCentre(0, 0).lng + 0.00113, lat: cellCentre(0, 0).lat + 0.00037 };
const hot = { lng: cellCentre(1, 2).lng + 0.00113, lat: cellCentre(1, 2).lat + 0.00037 };

/** What the console says when the server answers with an error or not at all, and that it recovers by itself. */
describe.skipIf(!chromiumPath)('a console whose server fails', () => {
  let room: LiveRoom;
  let incidentId = 0;
  const desks: Desk[] = [];

  beforeAll(async () => {
    room = await openLiveRoom();
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: scene, crs: 'wgs84', address: '民权路 12 号' },
    });
    incidentId = incident.id;
  }, 240_000);
  afterAll(() => room?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    const last = desks.at(-1);
    if (folder && last && !last.page.isClosed())
      await last.page.screenshot({ path: join(folder, `states-${task.name.slice(0, 16)}.png`) });
  });

  const sit = async (name?: string): Promise<Desk> => {
    const desk = await room.desk(name);
    desks.push(desk);
    return desk;
  };
  const row = (page: Page) => page.locator(`#incident-${incidentId}`);
  const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  /** Answers the paths with `answer` until it is taken back. */
  const failing = async (page: Page, path: RegExp, answer: (route: Route) => Promise<void>) => {
    await page.route(path, answer);
    return () => page.unroute(path);
  };
  const broken = (route: Route) => route.fulfill(bug);
  /** Errors of the page itself; a browser writes down each answer and each line that was made to fail. */
  const thrown = ({ faults }: Desk) =>
    faults.filter((fault) => !/Failed to load resource|WebSocket connection to/.test(fault));

  test('before the first picture neither the queue nor the board says that all is well; a 500 is said, and gone once it answers', async () => {
    const desk = await sit('dispatcher-1');
    const { page } = desk;
    const mend = await failing(page, /\/api\/v1\/snapshot/, broken);
    await page.reload();
    const queue = page.locator('[data-panel="queue"]');
    const units = page.locator('[data-panel="units"]');
    await queue.getByRole('alert').getByText('读取失败，正在重试').waitFor();
    await units.getByRole('alert').getByText('读取失败，正在重试').waitFor();
    expect(await page.getByText('无待派事件').count()).toBe(0);
    expect(await page.getByText('没有编组在岗', { exact: true }).count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await mend();
    await row(page).waitFor();
    await units.getByRole('row', { name: /A1队/ }).waitFor();
    expect(await page.getByText('读取失败').count()).toBe(0);
    expect(thrown(desk)).toEqual([]);
  }, 90_000);

  test('a server that says nothing is a strip with the time of the last word, acts wait, and what is shown stays', async () => {
    const desk = desks[0]!;
    const { page, wire } = desk;
    await row(page).click();
    await page.getByRole('article', { name: String(incidentId) }).waitFor();
    wire.cut();
    await page.getByText(/已断开 · 最后更新 \d\d:\d\d:\d\d/).waitFor();
    await row(page).waitFor();
    await page.getByRole('article', { name: String(incidentId) }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const meanwhile = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-17', point: cellCentre(1, 1), crs: 'wgs84', address: '后街 3 号' },
    });
    wire.mend();
    await page.locator(`#incident-${meanwhile.incident.id}`).waitFor();
    await page.getByText('已断开', { exact: false }).waitFor({ state: 'detached' });
    expect(thrown(desk)).toEqual([]);
  }, 90_000);

  test('each part of the detail that cannot be read says so by itself, and is read again by one press', async () => {
    const desk = desks[0]!;
    const { page } = desk;
    const mend = await failing(
      page,
      new RegExp(`/api/v1/incidents/${incidentId}(/evidence|/penalty-files)?$`),
      broken,
    );
    await page.reload();
    await row(page).click();
    const detail = page.getByRole('article', { name: String(incidentId) });
    // what the live picture knows is there all the same
    await detail.getByText('民权路 12 号', { exact: false }).first().waitFor();
    for (const name of ['经过', '现场留证', '案卷'])
      await section(page, name).getByRole('alert').getByText('读取失败').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await mend();
    for (const name of ['经过', '现场留证', '案卷'])
      await section(page, name).getByRole('button', { name: '重新读取' }).click();
    await section(page, '经过').getByText('立案', { exact: false }).first().waitFor();
    await page.getByText('读取失败').waitFor({ state: 'detached' });
    expect(thrown(desk)).toEqual([]);
  }, 90_000);

  test('an act that meets a bug says its number, and nothing is lost', async () => {
    const desk = desks[0]!;
    const { page } = desk;
    const mend = await failing(page, /\/notes$/, broken);
    const note = page.getByRole('textbox', { name: '备注' });
    await note.fill('已电话告知');
    await page.keyboard.press('Enter');
    await page.getByText('b-1', { exact: false }).waitFor();
    expect(await note.inputValue()).toBe('已电话告知');
    await mend();
    await note.press('Enter');
    await section(page, '经过').getByText('备注：已电话告知').waitFor();
    expect(await note.inputValue()).toBe('');
  }, 60_000);

  test('the heat of seven days is drawn when it is wanted; where it cannot be read the layer is off again and says so', async () => {
    const desk = desks[0]!;
    const { page } = desk;
    // a hot corner: many reports within one street
    for (let i = 0; i < 16; i++)
      await room.dispatcher.ok('createIncident', {
        body: { matterCode: 'CY-17', point: hot, crs: 'wgs84', address: `后街 ${i} 号`, file: false },
      });
    await page.getByRole('option').nth(6).waitFor();
    const look = async () => {
      await drawn(page);
      const bytes = await page.locator('canvas.maplibregl-canvas').screenshot();
      return sharp(bytes).greyscale().raw().toBuffer();
    };
    /** Points of the map that look another way; the ages of markers move some of them all the time. */
    const changed = (one: Buffer, other: Buffer) =>
      one.reduce((sum, value, i) => sum + (Math.abs(value - other[i]!) > 8 ? 1 : 0), 0);
    await page.getByRole('button', { name: '图层' }).click();
    const heat = page.getByRole('checkbox', { name: /热力/ });
    const mend = await failing(page, /\/api\/v1\/heat/, broken);
    await heat.click();
    await page.getByText('b-1', { exact: false }).first().waitFor();
    await expect.poll(() => heat.isChecked()).toBe(false);
    await mend();
    const before = await look();
    const without = await look();
    const answered = page.waitForResponse(/\/api\/v1\/heat/);
    await heat.click();
    const { points } = (await (await answered).json()) as { points: unknown[] };
    expect(points.length).toBeGreaterThan(0);
    // a patch of heat is larger than any marker; control: without it the map stays as it is
    const patch = 1000;
    expect(changed(before, without)).toBeLessThan(patch);
    await expect.poll(async () => changed(await look(), without), { timeout: 40_000 }).toBeGreaterThan(patch);
    expect(await heat.isChecked()).toBe(true);
    const folder = process.env['TEST_SCREENS'];
    if (folder) await page.screenshot({ path: join(folder, 'states-heat.png') });
    expect(await violationsOf(page)).toEqual([]);
    await heat.click();
    await page.keyboard.press('Escape');
  }, 90_000);

  test('the shift changes at one screen: who sits down next finds the town as it is, and nothing of the one before', async () => {
    const desk = await sit();
    const { page } = desk;
    const enter = async (name: string) => {
      await page.getByLabel('账号').fill(name);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await row(page).waitFor();
    };
    for (const name of ['day', 'night']) {
      const { personId } = await room.place.person('dispatcher', name);
      await setPasswordHash(room.place.deps.db, personId, await hashPassword(password), room.place.now());
    }
    await enter('day');
    await page.getByRole('button', { name: '开班' }).click();
    await page.getByText('声音未启用').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: /^筛选/ }).fill('民权路');
    await row(page).click();
    await page.getByRole('article', { name: String(incidentId) }).waitFor();
    await page.getByRole('article').focus();
    await page.keyboard.press('h');
    await page.getByRole('textbox', { name: '理由' }).fill('等产权人到场');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '撤销 (Ctrl+Z)' }).waitFor();
    await page.getByRole('button', { name: '个人菜单' }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await enter('night');

    await page.getByText('未选择事件').waitFor();
    await page.getByText('声音未启用').waitFor();
    expect(await page.getByRole('textbox', { name: /^筛选/ }).inputValue()).toBe('');
    expect(await page.getByRole('button', { name: '撤销 (Ctrl+Z)' }).count()).toBe(0);
    await page.getByRole('listbox', { name: '事件队列' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByText('没有可撤销的操作').waitFor();
    const read = () => room.dispatcher.ok('readIncident', { params: { incidentId } });
    expect((await read()).incident.holdUntil).not.toBeNull();
    // the hold that was handed over is on the new screen, and the new one may end it
    await row(page).click();
    await page.getByText('时限暂停', { exact: false }).waitFor();
    await page.getByRole('button', { name: '个人菜单' }).getByText('night').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(thrown(desk)).toEqual([]);
  }, 90_000);

  test('whoever only watches is offered nothing that the server would refuse', async () => {
    await room.place.person('auditor', 'auditor-1');
    await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'FD-01', point: cellCentre(0, 0), crs: 'wgs84', address: '中街 1 号' },
    });
    const desk = await sit('auditor-1');
    const { page } = desk;
    const alarms = page.getByRole('list', { name: '告警' });
    await alarms.getByText('紧急事件', { exact: false }).waitFor();
    expect(await alarms.getByRole('button', { name: '确认' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: '新建事件' }).count()).toBe(0);
    await row(page).click();
    await section(page, '经过').locator('li').first().waitFor();
    expect(await page.getByRole('button', { name: '派遣' }).count()).toBe(0);
    expect(await page.getByRole('textbox', { name: '备注' }).count()).toBe(0);
    // control: the dispatcher beside has them all
    const other = desks[0]!.page;
    await other.getByRole('button', { name: '新建事件' }).waitFor();
    await other.getByRole('list', { name: '告警' }).getByRole('button', { name: '确认' }).first().waitFor();
    expect(desk.faults).toEqual([]);
  }, 60_000);
});
