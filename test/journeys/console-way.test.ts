import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { IncidentId } from '../../shared/contract/ids.ts';
import { chromiumPath } from '../client/browser.ts';
import { drawn, openLiveRoom, violationsOf, type Desk, type LiveRoom } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';
import { photo, uploaded } from '../server/enforcement/upload-kit.ts';

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** An incident's whole way as the command room sees it, by keyboard: verified, filed, declined, checked, sent back, closed. */
describe.skipIf(!chromiumPath)('the whole way of an incident at the console', () => {
  let room: LiveRoom;
  let desk: Desk;
  let first: Phone;
  let second: Phone;
  let third: Phone;
  let incidentId = 0;
  const spot = cellCentre(0, 0);

  beforeAll(async () => {
    room = await openLiveRoom();
    first = await room.place.signIn('A1-1');
    second = await room.place.signIn('A2-1');
    third = await room.place.signIn('A3-1');
    desk = await room.desk('dispatcher-1');
    await desk.page.getByText('无待派事件 · N 新建').waitFor();
    await desk.page.getByRole('button', { name: '开班' }).press('Enter');
  }, 240_000);
  afterAll(() => room?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await desk?.page.screenshot({ path: join(folder, `way-${task.name.slice(0, 14)}.png`) });
  });

  const params = () => ({ incidentId });
  const taskOf = async (phone: Phone) =>
    (await phone.ok('listTasks')).tasks.find(({ incident }) => incident.id === incidentId)!.assignment;
  const detail = () => desk.page.locator('article[aria-label]').first();
  const press = async (key: string) => {
    await detail().focus();
    await desk.page.keyboard.press(key);
  };
  const go = async (phone: Phone) => {
    const task = { assignmentId: (await taskOf(phone)).id };
    await phone.ok('acceptAssignment', { params: task });
    await phone.ok('departAssignment', { params: task });
    await phone.ok('arriveAssignment', { params: task, body: { reason: '到场' } });
    return task;
  };
  const take = async (photoKind: 'before' | 'after', colour: string) =>
    uploaded(room.place, first, await photo(colour, 400, 300), {
      incidentId: incidentId as IncidentId,
      photoKind,
      // the hand-held clock may stand still between the two
      capturedAt: new Date(room.place.now() - (photoKind === 'before' ? 60_000 : 0)).toISOString(),
      place: { ...spot, crs: 'wgs84', accuracyMetres: 6 },
    });

  test("a resident's report is found among those to verify and sent for verification", async () => {
    const { page } = desk;
    const made = await room.dispatcher.ok('createIncident', {
      body: {
        matterCode: 'CY-01',
        address: '民权路 12 号',
        text: '店外堆放杂物，行人无法通过',
        point: spot,
        crs: 'wgs84',
        source: 'public_page',
        reporterName: '王居民',
        reporterPhone: '13911112222',
        file: false,
      },
    });
    incidentId = made.incident.id;
    await page.locator(`#incident-${incidentId}`).waitFor();
    await page.getByRole('listbox', { name: '事件队列' }).focus();
    await page.keyboard.press('Shift+KeyV');
    await page.getByRole('button', { name: '待核实 1' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await section(page, '核实').getByText('来源为公众上报', { exact: false }).waitFor();
    await page.keyboard.press('v');
    await section(page, '交办与应答').getByText('A1队 · 核实 · 待接单', { exact: false }).waitFor();
    await section(page, '交办与应答')
      .getByText(/剩 \d+ s/)
      .waitFor();
    await section(page, '交办与应答').getByText('手机未看到').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  }, 60_000);

  test('a decline is seen with its reason, and the next team verifies', async () => {
    const { page } = desk;
    await first.ok('declineAssignment', {
      params: { assignmentId: (await taskOf(first)).id },
      body: { reason: 'vehicle', text: '' },
    });
    const offers = section(page, '交办与应答');
    await offers.getByText('A1队 · 核实 · 无法处理', { exact: false }).waitFor();
    await offers.getByText('理由：车辆问题').waitFor();
    await offers.getByText('A3队 · 核实 · 待接单', { exact: false }).waitFor();
    await go(third);
    await third.ok('completeVerification', { params: params(), body: { result: 'exists', text: '属实' } });
    await section(page, '核实').getByText('可立案', { exact: false }).waitFor();
    const { assignments } = await room.dispatcher.ok('readIncident', { params: params() });
    expect(assignments.map(({ state }) => state)).toEqual(['declined', 'completed']);
  }, 60_000);

  test('filing sets the deadline; one key assigns', async () => {
    const { page } = desk;
    await press('f');
    await page.getByRole('form', { name: '立案' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '推荐编组' }).locator('ol > li').first().waitFor();
    await detail().getByText('到期', { exact: false }).waitFor();
    const { incident } = await room.dispatcher.ok('readIncident', { params: params() });
    expect(incident).toMatchObject({ state: 'filed', clock: 'urgent_hour' });
    await press('1');
    await page.getByRole('region', { name: '承办编组' }).getByText('A1队').waitFor();
  }, 60_000);

  test('the result is checked before and after, sent back, and closed by somebody who did not handle it', async () => {
    const { page } = desk;
    await go(first);
    await take('before', 'firebrick');
    await section(page, '现场留证')
      .getByRole('button', { name: /查看处置前/ })
      .waitFor();
    await take('after', 'seagreen');
    const handle = async () =>
      first.ok('handleAssignment', {
        params: { assignmentId: (await taskOf(first)).id },
        body: { disposition: '杂物已清走', liability: 'education' },
      });
    await handle();
    const check = section(page, '核查');
    await check.getByText('C 转核查').waitFor();
    await press('c');
    await check.getByText('处置：杂物已清走', { exact: false }).waitFor();
    await check.getByText('两张照片相距 0 m').waitFor();
    await expect.poll(() => check.getByRole('img', { includeHidden: true }).count()).toBe(0);
    await expect.poll(() => check.locator('img').count()).toBe(2);
    await check.getByText('C 通过并结案 · W 返工').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await check.getByRole('button', { name: /查看处置后/ }).press('Enter');
    const viewer = page.getByRole('dialog', { name: /处置后/ });
    await viewer.getByText('± 6 m', { exact: false }).waitFor();
    await viewer.getByText(/^[0-9a-f]{64}$/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: /处置前/ }).waitFor();
    await page.keyboard.press('Escape');

    await press('w');
    await page.getByRole('textbox', { name: '理由' }).fill('门前仍有纸箱');
    await page.keyboard.press('Enter');
    await detail().getByText(`${incidentId} · 返工`).waitFor();
    await detail().getByRole('button', { name: '原编组返工' }).press('Enter');
    await detail().getByText(`${incidentId} · 已接单`).waitFor();
    const again = { assignmentId: (await taskOf(first)).id };
    await first.ok('departAssignment', { params: again });
    await first.ok('arriveAssignment', { params: again, body: { reason: '到场' } });
    await handle();
    await check.getByText('C 转核查').waitFor();
    await press('c');
    await check.getByText('C 通过并结案 · W 返工').waitFor();
    await press('c');
    await page.getByRole('form', { name: '结案' }).waitFor();
    await page.getByRole('textbox', { name: '说明' }).fill('现场已恢复');
    await page.keyboard.press('Enter');
    await detail().getByText(`${incidentId} · 已结案`).waitFor();
    const story = await section(page, '经过').textContent();
    for (const sentence of [
      '转核实',
      '拒接（车辆问题）',
      '核实结果：属实',
      '立案',
      '核查不通过，返工：门前仍有纸箱',
      '结案：现场已恢复',
    ])
      expect(story).toContain(sentence);
  }, 90_000);

  test('who reported is masked; seeing it whole asks a purpose that the ledger keeps', async () => {
    const { page } = desk;
    await detail().getByText('王** · 139******22').waitFor();
    await detail().getByRole('button', { name: '查看完整信息' }).click();
    await page.getByRole('textbox', { name: /用途/ }).fill('电话回访');
    await page.keyboard.press('Enter');
    await detail().getByText('王居民 · 13911112222').waitFor();
    await section(page, '经过').getByText('查看上报人完整信息，用途：电话回访').waitFor();
    const { timeline } = await room.dispatcher.ok('readIncident', { params: params() });
    expect(timeline.at(-1)).toMatchObject({ type: 'person.revealed', data: { of: 'reporter' } });
  }, 60_000);

  test('an SOS names the officer and the place, is acknowledged, and stands until it is over', async () => {
    const { page } = desk;
    const alarms = page.getByRole('list', { name: '告警' });
    await second.ok('raiseSos', {
      body: { place: { ...cellCentre(1, 1), crs: 'wgs84', accuracyMetres: 8 } },
    });
    await alarms.getByText('紧急求助 · A2队 · A2-1 · 网格 018006').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await detail().focus();
    await page.keyboard.press('a');
    await alarms.getByText('dispatcher-1 已确认，未解除', { exact: false }).waitFor();
    await second.ok('endSos', { body: { text: '已脱险' } });
    await alarms.getByText('紧急求助', { exact: false }).waitFor({ state: 'detached' });
  }, 60_000);

  test('a message reaches the phone; coverage and a measured way are said in words; the queue stands in a window of its own', async () => {
    const { page } = desk;
    const line = page.getByRole('combobox', { name: '命令' });
    await line.fill('msg a1 请到指挥室取文书');
    await page.keyboard.press('Enter');
    await page.getByText('✓ 已发给 A1队', { exact: false }).waitFor();
    const [message] = (await first.ok('readPhone')).messages;
    expect(message).toMatchObject({ text: '请到指挥室取文书', from: 'dispatcher-1' });
    expect((await second.ok('readPhone')).messages).toEqual([]);
    await first.ok('readMessage', { params: { messageId: message!.id } });
    expect((await first.ok('readPhone')).messages).toEqual([]);

    await page.getByRole('button', { name: 'A4队 的操作' }).click();
    await page.getByRole('menuitem', { name: '离开后的覆盖' }).click();
    const note = page.getByText('A4队 若离开', { exact: false });
    await note.waitFor();
    await page.getByRole('listbox', { name: '事件队列' }).focus();
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'detached' });
    await drawn(page);
    await page.locator('canvas.maplibregl-canvas').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /^量距/ }).click();
    await page.getByText('量距 0 m', { exact: false }).waitFor();
    await page.getByRole('button', { name: '结束量距' }).click();

    const [own] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '事件队列：在单独窗口打开' }).click(),
    ]);
    const made = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-17', address: '后街 3 号', point: cellCentre(2, 2), crs: 'wgs84' },
    });
    await own.getByRole('button', { name: '待派 1' }).waitFor();
    await own.locator(`#incident-${made.incident.id}`).click();
    await page.getByRole('article', { name: String(made.incident.id) }).waitFor();
    expect(await violationsOf(own)).toEqual([]);
    await own.close();
  }, 90_000);

  test('no page threw, warned, or asked anybody outside', () => {
    expect(desk.faults).toEqual([]);
  });
});
