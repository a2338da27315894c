import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, shoot, violationsOf, type Street, type StreetPhone } from './street.ts';

const scene = cellCentre(1, 0);
/** A street away: some 190 m. */
const home = { lng: scene.lng - 0.002, lat: scene.lat };

/** One thumb carries a task from the offer to handled, on the real server. */
describe.skipIf(!chromiumPath)("a task on the officer's phone", () => {
  let street: Street;
  let room: Phone;
  let officer: Phone;
  let one: StreetPhone;

  beforeAll(async () => {
    street = await openStreet();
    const { at } = street;
    room = await at.person('dispatcher');
    await addTeam(at.deps.db, { code: 'A1', at: street.now(), place: home });
    officer = await at.signIn('A1-1');
  }, 240_000);
  afterAll(() => street?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && task.result?.state === 'fail') {
      await one?.page.screenshot({ path: join(folder, `${task.name.slice(0, 20)}.png`) });
      process.stdout.write(`${one?.faults.join('\n')}\n`);
    }
  });

  const newIncident = async (address: string) => {
    const made = await room.ok('createIncident', {
      body: {
        matterCode: 'FD-01',
        point: scene,
        crs: 'wgs84',
        address,
        text: '小车停在消防通道，堵住单元门',
      },
    });
    const { assignment } = await room.ok('dispatchIncident', { params: { incidentId: made.incident.id } });
    expect(assignment).toBeTruthy();
    return made;
  };
  const state = async () => (await officer.ok('listTasks')).tasks[0]?.assignment.state ?? 'none';
  const primary = (page: StreetPhone['page']) => page.locator('[data-primary]');

  test('the phone opens as a task page, without a map, and says who is on duty', async () => {
    one = await street.phone(officer, { place: home });
    const { page } = one;
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await picture(page, 'idle');
    expect(await page.locator('canvas').count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByText('下岗后不采集位置').waitFor();
    await page.getByText('A1-2 · 持证').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'me');
    await page.getByRole('link', { name: '任务' }).click();
  });

  test('the offer fills the screen with its countdown by server time; accept, set out, arrive by place, handle', async () => {
    const { page } = one;
    const { incident } = await newIncident('民权路 12 号');
    const accept = page.getByRole('button', { name: '接单' });
    await accept.waitFor();
    expect((await accept.boundingBox())!.height).toBeGreaterThanOrEqual(64);
    const left = Number((await page.getByRole('timer').getAttribute('aria-label'))!.replace(/\D/g, ''));
    const { assignment } = (await officer.ok('listTasks')).tasks[0]!;
    expect(Math.abs(left - (Date.parse(assignment.answerBy!) - street.now()) / 1000)).toBeLessThan(3);
    await expect.poll(async () => (await officer.ok('listTasks')).tasks[0]!.assignment.seenAt).toBeTruthy();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'offer');
    await accept.click();
    await expect.poll(state).toBe('accepted');
    await page.getByRole('heading', { name: '占用、堵塞、封闭消防车通道' }).waitFor();
    await picture(page, 'task');
    expect(await violationsOf(page)).toEqual([]);
    await primary(page).click();
    await expect.poll(state).toBe('en_route');
    await page.getByText('途中').waitFor();
    await primary(page).click();
    await page.getByRole('heading', { name: '不在现场范围内' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'arrive-outside');
    await page.keyboard.press('Escape');
    await one.stand({ lng: scene.lng + 0.0002, lat: scene.lat });
    await page.getByText('已进入现场范围').waitFor();
    await picture(page, 'arrive-inside');
    await primary(page).click();
    await expect.poll(state).toBe('on_scene');
    await page.getByText('后报平安').waitFor();
    await primary(page).click();
    await page.getByRole('heading', { name: '取证照片' }).waitFor();
    await shoot(page, '处置前');
    await shoot(page, '处置后');
    await expect
      .poll(async () => (await room.ok('readEvidence', { params: { incidentId: incident.id } })).pair)
      .toMatchObject({ before: 1, after: 1, spotMetres: 0 });
    await page.getByRole('button', { name: '当事人已自行驶离' }).click();
    await page.getByRole('button', { name: '教育' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'work');
    await primary(page).click();
    await expect.poll(state).toBe('none');
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    const { timeline } = await room.ok('readIncident', { params: { incidentId: incident.id } });
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'assignment.offered',
        'assignment.seen',
        'assignment.accepted',
        'team.departed',
        'team.arrived',
        'evidence.added',
        'incident.handled',
      ]),
    );
    const arrived = timeline.find(({ type }) => type === 'team.arrived')!.data as { outside: boolean };
    expect(arrived.outside).toBe(false);
    expect(one.faults).toEqual([]);
  }, 90_000);

  test('what may be missed is within the thumb: targets of 48 px and more, primary ones of 56', async () => {
    const { page } = one;
    await newIncident('中街 3 号');
    await page.getByRole('button', { name: '接单' }).click();
    await expect.poll(state).toBe('accepted');
    await primary(page).waitFor();
    const low = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], label, [role="switch"]')]
        .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0 && box.height < 48)
        .map(({ text, box }) => `${text} ${box.height}`),
    );
    expect(low).toEqual([]);
    expect((await primary(page).boundingBox())!.height).toBeGreaterThanOrEqual(56);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
  });

  test('decline with a reason, help, and the way there with the right datum for each app', async () => {
    const { page } = one;
    await page.getByRole('button', { name: '导航' }).click();
    const href = (name: string) => page.getByRole('link', { name }).getAttribute('href');
    expect(await href('百度地图')).toContain(`location=${scene.lat.toFixed(6)},${scene.lng.toFixed(6)}`);
    expect(await href('高德地图')).not.toContain(scene.lng.toFixed(6));
    await picture(page, 'navigation');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '支援' }).click();
    await page.getByRole('button', { name: '需要拖车' }).click();
    await expect
      .poll(async () => (await room.ok('readSnapshot')).alarms.map(({ kind }) => kind))
      .toContain('help_requested');
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('button', { name: '现场未发现问题' }).click();
    await expect.poll(state).toBe('none');
    await newIncident('太阳殿路 5 号');
    await page.getByRole('button', { name: '无法处理' }).first().click();
    await page.getByRole('button', { name: '车辆问题' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'decline');
    await page.getByRole('button', { name: '不属本队职责' }).click();
    await expect.poll(state).toBe('none');
    expect(one.faults).toEqual([]);
  }, 60_000);

  test('SOS needs two seconds, reaches the room with the place, and ends when the officer is safe', async () => {
    const { page } = one;
    const sos = page.getByRole('button', { name: '紧急求助' });
    const standing = async () =>
      (await room.ok('readSnapshot')).alarms.filter(({ kind }) => kind === 'sos').length;
    await sos.click();
    await page.waitForTimeout(700);
    expect(await standing()).toBe(0);
    const box = (await sos.boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.waitForTimeout(2300);
    await page.mouse.up();
    await expect.poll(standing).toBe(1);
    await page.getByText('等待指挥室确认').waitFor();
    await picture(page, 'sos');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: '我已安全' }).click();
    await expect.poll(standing).toBe(0);
  }, 60_000);

  test.each([
    ['light', 'en', false],
    ['dark', 'en', false],
    ['dark', 'zh-CN', true],
  ] as const)(
    '%s %s big=%s: no violation, nothing cut off',
    async (theme, language, big) => {
      const two = await street.phone(officer, { place: home, theme, language, big });
      const { page } = two;
      await page.getByRole('heading', { name: language === 'en' ? 'No task' : '暂无任务' }).waitFor();
      for (const name of language === 'en' ? ['Me', 'Report', 'Task'] : ['我的', '上报', '任务']) {
        await page.getByRole('link', { name, exact: true }).click();
        await page.waitForTimeout(300);
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        if (theme === 'dark' && (name === 'Me' || name === '我的' || name === '任务' || name === 'Task'))
          await picture(page, name === 'Me' || name === '我的' ? 'me' : 'idle', big ? 'big' : 'night');
      }
      expect(two.faults).toEqual([]);
      await two.context.close();
    },
    60_000,
  );
});
