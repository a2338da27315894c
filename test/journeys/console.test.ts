import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../client/browser.ts';
import { openLiveRoom, password, violationsOf, type Desk, type LiveRoom } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';

/** What the queue shows, row by row: state and owner, without figures that run and without who looks at it. */
const queueOf = (page: Page) =>
  page.$$eval('[role="option"][id^="incident-"]', (rows) =>
    rows
      .map((row) => {
        const state = row.querySelector('[class*="state"]')?.cloneNode(true) as Element | undefined;
        state?.querySelector('[class*="looker"]')?.remove();
        return `${row.id} ${state?.textContent}`;
      })
      .toSorted(),
  );

const rowOf = (page: Page, id: number) => page.locator(`#incident-${id}`);

/**
 * The dispatcher's story on the real server: sign in, a new incident with the keyboard alone, the card and its
 * reasons, one key to assign, a team that drives, arrives and clears; a second console sees the same.
 */
describe.skipIf(!chromiumPath)('a shift at the console', () => {
  let room: LiveRoom;
  let one: Desk;
  let two: Desk;
  let officer: Phone;
  let incidentId = 0;

  beforeAll(async () => {
    room = await openLiveRoom();
    officer = await room.place.signIn('A1-1');
  }, 240_000);
  afterAll(() => room?.close());
  // A look at the screens helps more than the stack of a failed wait.
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (!folder || task.result?.state !== 'fail') return;
    await one?.page.screenshot({ path: join(folder, 'one.png') });
    await two?.page.screenshot({ path: join(folder, 'two.png') });
  });

  test('the door lets a dispatcher in by name and password, and says no in words', async () => {
    one = await room.desk();
    const { page } = one;
    await page.getByLabel('账号').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.type('dispatcher-1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a wrong password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: '事件队列' }).waitFor();
    await page.getByRole('button', { name: '开班' }).press('Enter');
    await page.getByText('声音未启用').waitFor({ state: 'detached' });
    two = await room.desk('dispatcher-2');
    await two.page.getByRole('listbox', { name: '事件队列' }).waitFor();
  }, 60_000);

  test('a new incident with the keyboard alone, with its card and the reasons against the others', async () => {
    const { page } = one;
    const { lng, lat } = cellCentre(0, 0);
    await page.keyboard.press('n');
    await page.keyboard.type('FD');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(`${(lng + 0.0012).toFixed(5)}, ${lat.toFixed(5)}`);
    await page.getByText('第 1 片区', { exact: false }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('中街 8 号');
    await page.keyboard.press('Tab');
    await page.keyboard.type('小车停在消防通道');
    await page.keyboard.press('Enter');
    const card = page.getByRole('region', { name: '推荐编组' });
    await card.waitFor();
    incidentId = Number(await page.locator('article').getAttribute('aria-label'));
    const rows = card.locator('ol > li');
    await rows.first().waitFor();
    expect(await rows.first().textContent()).toMatch(/^1A1队.*min.*本片区.*空闲.*持证 2/);
    expect(await card.locator('details').textContent()).toContain('A3队 持证人员不足两名（现 1，需 2）');
    await rowOf(two.page, incidentId).getByTitle('dispatcher-1 正在处理').waitFor();
  }, 60_000);

  test('one key assigns; both consoles follow the team until it has cleared', async () => {
    const { page } = one;
    const pressedAtMs = Date.now();
    await page.keyboard.press('1');
    await rowOf(two.page, incidentId).getByText('A1队').waitFor();
    const seconds = (Date.now() - pressedAtMs) / 1000;
    process.stdout.write(`key to the second console: ${seconds.toFixed(2)} s\n`);
    const { tasks } = await officer.ok('listTasks');
    expect(tasks).toMatchObject([{ incident: { id: incidentId }, assignment: { state: 'offered' } }]);
    const params = { assignmentId: tasks[0]!.assignment.id };
    const both = async (state: string) => {
      for (const desk of [one, two]) await rowOf(desk.page, incidentId).getByText(state).waitFor();
    };
    await officer.ok('acceptAssignment', { params });
    await both('已接单');
    await officer.ok('departAssignment', { params });
    await both('途中');
    const goal = cellCentre(1, 0);
    await officer.ok('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [{ fixedAt: new Date(room.place.now()).toISOString(), ...goal, accuracyMetres: 5 }],
      },
    });
    for (const desk of [one, two])
      await desk.page.locator('tr', { hasText: 'A1队' }).getByText('018002').waitFor();
    await officer.ok('arriveAssignment', { params, body: { reason: '近路' } });
    await both('现场');
    await officer.ok('handleAssignment', {
      params,
      body: { disposition: '车主当场驶离', liability: 'education' },
    });
    await both('已处置');
    const story = await page.getByRole('region', { name: '经过' }).textContent();
    for (const sentence of [
      '上报',
      '立案',
      '交办 A1队',
      'A1队 接单',
      'A1队 出发',
      'A1队 到达现场',
      '车主当场驶离',
    ])
      expect(story).toContain(sentence);
  }, 60_000);

  test('an assignment is taken back with Ctrl+Z, and a second choice asks one reason', async () => {
    const { page } = one;
    const made = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', address: '南门', point: cellCentre(1, 1), crs: 'wgs84' },
    });
    const { id } = made.incident;
    await rowOf(page, id).click();
    const card = page.getByRole('region', { name: '推荐编组' });
    await card.locator('ol > li').first().waitFor();
    await page.locator('article').focus();
    await page.keyboard.press('1');
    await page.getByRole('region', { name: '承办编组' }).waitFor();
    await page.keyboard.press('Control+z');
    await card.waitFor();
    expect((await room.dispatcher.ok('readIncident', { params: { incidentId: id } })).incident.state).toBe(
      'filed',
    );
    await card.locator('ol > li').nth(1).waitFor();
    await page.keyboard.press('2');
    await page.getByText('不是第一推荐', { exact: false }).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('region', { name: '承办编组' }).getByText('人工选定').waitFor();
  }, 60_000);

  test('whoever comes second is told who was faster, in the row', async () => {
    const { page } = one;
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-17', address: '东门', point: cellCentre(2, 2), crs: 'wgs84' },
    });
    await rowOf(page, incident.id).click();
    await page.getByRole('region', { name: '推荐编组' }).locator('ol > li').first().waitFor();
    // The first console's request is held back until the second has assigned.
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    await page.route('**/assignments', async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('article').focus();
    await page.keyboard.press('1');
    const rival = await room.place.signIn('dispatcher-2');
    await rival.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: room.teams['A4']!, override: 'local_knowledge' },
    });
    letGo();
    await rowOf(page, incident.id).getByText('已由 dispatcher-2 派 A4', { exact: false }).waitFor();
    await page.unroute('**/assignments');
    expect(await page.getByRole('dialog').count()).toBe(0);
  }, 60_000);

  test('a line cut for 30 s says so, and nothing is missing afterwards', async () => {
    const { page, wire } = one;
    await rowOf(page, incidentId).click();
    wire.cut();
    await page.getByText('已断开 · 最后更新', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: '级别' }).getAttribute('aria-disabled')).toBe('true');
    const ids: number[] = [];
    for (const [i, matterCode] of ['CY-01', 'FD-01', 'CY-17'].entries()) {
      const { incident } = await room.dispatcher.ok('createIncident', {
        body: { matterCode, address: `北街 ${i} 号`, point: cellCentre(3, i), crs: 'wgs84' },
      });
      ids.push(incident.id);
    }
    await room.dispatcher.ok('noteIncident', { params: { incidentId }, body: { text: '断线时的备注' } });
    await room.dispatcher.ok('assignTeam', {
      params: { incidentId: ids[0]! },
      body: { teamId: room.teams['A2']!, override: 'training' },
    });
    await room.advance(30_000);
    expect(await rowOf(page, ids[0]!).count()).toBe(0);
    wire.mend();
    for (const id of ids) await rowOf(page, id).waitFor();
    await page.getByText('断线时的备注', { exact: false }).waitFor();
    await page.getByText('已断开 · 最后更新', { exact: false }).waitFor({ state: 'detached' });
    expect(await page.locator('article').getAttribute('aria-label')).toBe(String(incidentId));
    const other = await queueOf(two.page);
    expect(other.length).toBeGreaterThan(4);
    await expect.poll(() => queueOf(page)).toEqual(other);
  }, 90_000);

  test('no page threw, warned, or asked anybody outside', () => {
    // What the cut line and the refusals left in the browser's log is their nature.
    const expected = /status of 40[19]|ERR_|WebSocket connection/;
    for (const { faults } of [one, two]) expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
  });
});
