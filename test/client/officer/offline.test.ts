import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, shoot, violationsOf, type Street, type StreetPhone } from './street.ts';

const scene = cellCentre(1, 0);
const near = { lng: scene.lng + 0.0002, lat: scene.lat };

/** The network is cut at every step of a task: nothing that was tapped is lost, nothing is done twice. */
describe.skipIf(!chromiumPath)('the phone without a network', () => {
  let street: Street;
  let room: Phone;
  let officer: Phone;
  let one: StreetPhone;

  beforeAll(async () => {
    street = await openStreet();
    const { at } = street;
    room = street.through(await at.person('dispatcher'));
    await addTeam(at.deps.db, { code: 'A1', at: street.now(), place: near });
    officer = street.through(await at.signIn('A1-1'));
    one = await street.phone(officer, { place: near });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await one.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    // the lists for the dead zone are on the phone
    await one.page.waitForTimeout(1500);
  }, 240_000);
  afterAll(() => street?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && task.result?.state === 'fail') {
      await one?.page.screenshot({ path: join(folder, `${task.name.slice(0, 20)}.png`) });
      process.stdout.write(`${one?.faults.filter((fault) => !/net::ERR/.test(fault)).join('\n')}\n`);
    }
  });

  const newTask = async (address: string) => {
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'CY-17', point: scene, crs: 'wgs84', address, text: '垃圾未分类' },
    });
    const { assignment } = await room.ok('dispatchIncident', { params: { incidentId: incident.id } });
    await one.page.getByRole('button', { name: '接单' }).waitFor();
    return { incidentId: incident.id, assignmentId: assignment!.id };
  };
  const facts = async (incidentId: number) =>
    (await room.ok('readIncident', { params: { incidentId } })).timeline.map(({ type }) => type);
  const stateOf = async (incidentId: number) =>
    (await room.ok('readIncident', { params: { incidentId } })).assignments.at(-1)!.state;
  const primary = () => one.page.locator('[data-primary]');
  const cut = () => one.context.setOffline(true);
  const mend = () => one.context.setOffline(false);
  /** A reload without a network: the shell and everything tapped are still there. */
  const reload = async () => {
    const before = Date.now();
    await one.page.reload();
    await one.page.locator('header').waitFor();
    return Date.now() - before;
  };

  test('in the first hour of an app, never reloaded, its pages open in a dead zone; one whose script is gone says so and goes on', async () => {
    const { page } = one;
    await cut();
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('button', { name: '退出登录' }).waitFor();
    // control: what the worker has in store is what opened it
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.getByRole('link', { name: '巡查' }).click();
    await page.getByRole('alert').getByText('页面没有打开').waitFor();
    await page.getByRole('link', { name: '任务' }).click();
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    expect(await page.getByText('页面没有打开').count()).toBe(0);
    await mend();
    await page.evaluate(async () => {
      for (const registration of await navigator.serviceWorker.getRegistrations())
        await registration.unregister();
    });
    await page.reload();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    one.faults.length = 0;
  });

  test('a cut before each step, a reload, the network again: every step arrives once, with its own time', async () => {
    const { page } = one;
    const { incidentId } = await newTask('中街 20 号');
    const reloads: number[] = [];
    const steps = [
      { tap: () => page.getByRole('button', { name: '接单' }).click(), shows: '已接单', state: 'accepted' },
      { tap: () => primary().click(), shows: '途中', state: 'en_route' },
      { tap: () => primary().click(), shows: '现场', state: 'on_scene' },
    ] as const;
    for (const step of steps) {
      await cut();
      await step.tap();
      await page.getByText('离线 · 1 条待发').waitFor();
      reloads.push(await reload());
      await page.getByText(step.shows, { exact: true }).waitFor();
      await page.getByText('离线 · 1 条待发').waitFor();
      expect(await stateOf(incidentId)).not.toBe(step.state);
      await mend();
      await expect.poll(() => stateOf(incidentId), { timeout: 40_000 }).toBe(step.state);
      await expect.poll(() => page.getByText('待发').count()).toBe(0);
    }
    await cut();
    await primary().click();
    await shoot(page, '处置前');
    await shoot(page, '处置后');
    await page.getByRole('button', { name: '现场劝导' }).click();
    await page.getByRole('button', { name: '教育' }).click();
    await primary().click();
    await page.getByText('离线 · 1 条待发 · 4 张待传').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'offline');
    reloads.push(await reload());
    await page.getByText('离线 · 1 条待发 · 4 张待传').waitFor();
    const tappedBefore = street.now();
    await page.waitForTimeout(3000);
    await mend();
    await expect.poll(() => stateOf(incidentId), { timeout: 40_000 }).toBe('completed');
    await expect
      .poll(async () => (await room.ok('readEvidence', { params: { incidentId } })).evidence.length, {
        timeout: 20_000,
      })
      .toBe(4);
    process.stdout.write(`offline reloads: ${reloads.join(', ')} ms\n`);
    const types = await facts(incidentId);
    const once = ['assignment.accepted', 'team.departed', 'team.arrived', 'incident.handled'];
    expect(once.map((type) => types.filter((each) => each === type).length)).toEqual([1, 1, 1, 1]);
    expect(types.filter((type) => type === 'evidence.added')).toHaveLength(4);
    const detail = await room.ok('readIncident', { params: { incidentId } });
    expect(Date.parse(detail.incident.handledAt!)).toBeLessThan(tappedBefore);
    const { pair, evidence } = await room.ok('readEvidence', { params: { incidentId } });
    expect(pair).toMatchObject({ before: 1, after: 1 });
    expect(evidence.every(({ deviceOffsetSeconds }) => Number.isFinite(deviceOffsetSeconds))).toBe(true);
    expect(await page.getByText('待发').count()).toBe(0);
  }, 120_000);

  test('an answer that got lost is asked for again under the same key: done once', async () => {
    const { page } = one;
    const { incidentId } = await newTask('中街 21 号');
    let lost = 0;
    await page.route('**/accept', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: '接单' }).click();
    await expect.poll(() => stateOf(incidentId)).toBe('accepted');
    await expect.poll(() => page.getByText('待发').count()).toBe(0);
    await page.unroute('**/accept');
    expect(lost).toBe(1);
    expect((await facts(incidentId)).filter((type) => type === 'assignment.accepted')).toHaveLength(1);
  }, 60_000);

  test('the server goes down and starts anew in the middle: the queue waits and goes on', async () => {
    const { page } = one;
    const tasks = (await officer.ok('listTasks')).tasks;
    const incidentId = tasks[0]!.incident.id;
    street.down();
    await primary().click();
    await page.getByText('途中', { exact: true }).waitFor();
    await page.getByText('离线').waitFor();
    await primary().click();
    await page.getByText('现场', { exact: true }).waitFor();
    await page.getByText('离线 · 2 条待发').waitFor();
    await street.restart();
    street.up();
    await expect.poll(async () => page.getByText('条待发').count(), { timeout: 30_000 }).toBe(0);
    await page.getByText('后报平安').waitFor();
    const { rows } = await street.at.deps.db.raw(
      `select type from event where subject = ? and type in ('team.departed','team.arrived') order by seq`,
      [`incident/${incidentId}`],
    );
    expect((rows as { type: string }[]).map(({ type }) => type)).toEqual(['team.departed', 'team.arrived']);
  }, 90_000);

  test('a task that was taken away meanwhile: both versions side by side, and what was done stays as a note', async () => {
    const { page } = one;
    const { tasks } = await officer.ok('listTasks');
    await officer.ok('handleAssignment', {
      params: { assignmentId: tasks[0]!.assignment.id },
      body: { disposition: '毕', liability: 'education' },
    });
    const { incidentId, assignmentId } = await newTask('中街 22 号');
    await page.getByRole('button', { name: '接单' }).click();
    await expect.poll(() => stateOf(incidentId)).toBe('accepted');
    await expect.poll(() => page.getByText('待发').count()).toBe(0);
    await cut();
    await primary().click();
    await page.getByText('途中', { exact: true }).waitFor();
    await primary().click();
    await page.getByText('离线 · 2 条待发').waitFor();
    await room.ok('recallAssignment', { params: { assignmentId }, body: { reason: '报告人撤回' } });
    await mend();
    await page.getByRole('button', { name: '1 项未被接受' }).click();
    const card = page.getByRole('region', { name: `事件 ${incidentId} 未被接受` });
    await card.waitFor();
    const text = await card.textContent();
    expect(text).toContain('出发');
    expect(text).toContain('到场');
    expect(text).toContain('已撤回');
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'conflict');
    await reload();
    await card.waitFor();
    await page.getByRole('button', { name: '以备注留痕' }).click();
    await expect
      .poll(async () => (await facts(incidentId)).filter((type) => type === 'incident.noted').length)
      .toBe(1);
    await page.getByText('没有待决定的事项').waitFor();
    expect(await facts(incidentId)).not.toContain('team.departed');
    await page.getByRole('link', { name: '任务' }).click();
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    const strip = page.getByText(`事件 ${incidentId} 不用再去：召回 · 报告人撤回`);
    await strip.waitFor();
    await page.getByRole('button', { name: '知道了' }).click();
    await strip.waitFor({ state: 'detached' });
  }, 90_000);

  test('photos of a report without a number wait for it, then belong to it', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '上报' }).click();
    await page.getByRole('heading', { name: '上报问题' }).waitFor();
    await cut();
    await page.getByRole('textbox', { name: '按名称、拼音首字母或编号查找' }).fill('分类');
    await page.getByRole('button', { name: '个人未分类投放生活垃圾' }).click();
    await page.getByRole('textbox', { name: '地址或门牌' }).fill('慈湖东路 3 号');
    await shoot(page, '全景');
    await primary().click();
    await page.getByText('已记录，联网后自动上报').waitFor();
    await picture(page, 'report-offline');
    await mend();
    const found = async () =>
      (await room.ok('searchIncidents', { query: { text: '慈湖东路' } })).incidents[0];
    await expect.poll(found, { timeout: 40_000 }).toMatchObject({ source: 'patrol', matterCode: 'CY-17' });
    const { id } = (await found())!;
    await expect
      .poll(async () => (await room.ok('readEvidence', { params: { incidentId: id } })).evidence.length, {
        timeout: 40_000,
      })
      .toBe(2);
  }, 60_000);
});
