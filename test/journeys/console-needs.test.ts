import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../client/browser.ts';
import { openLiveRoom, violationsOf, type Desk, type LiveRoom } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** How a dispatcher asks for more than one team, for another task, against the ranking; and why nobody can go. */
describe.skipIf(!chromiumPath)('teams as the dispatcher wants them', () => {
  let room: LiveRoom;
  let desk: Desk;
  /** The incident whose team was sent against the ranking. */
  let against = 0;

  beforeAll(async () => {
    room = await openLiveRoom();
    desk = await room.desk('dispatcher-1');
    await desk.page.getByText('无待派事件 · N 新建').waitFor();
  }, 240_000);
  afterAll(() => room?.close());
  const keep = async (name: string) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await desk.page.screenshot({ path: join(folder, `needs-${name}.png`) });
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keep(`fail-${task.name.slice(0, 12)}`);
  });

  const made = async (x: number, y: number) => {
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(x, y), crs: 'wgs84', address: '民权路 12 号' },
    });
    await desk.page.locator(`#incident-${incident.id}`).click();
    await section(desk.page, '推荐编组').locator('ol > li').first().waitFor();
    return incident.id;
  };
  const press = async (key: string) => {
    await desk.page.locator('article[aria-label]').first().focus();
    await desk.page.keyboard.press(key);
  };
  const active = async (incidentId: number) =>
    (await room.dispatcher.ok('readIncident', { params: { incidentId } })).assignments.filter(
      ({ endedAt }) => endedAt === null,
    );
  const line = () => desk.page.getByRole('combobox', { name: '命令' });

  test('two teams: the second line is asked for, chosen from its own card, and both stand in the list', async () => {
    const { page } = desk;
    const incidentId = await made(0, 0);
    await page.getByRole('button', { name: '所需编组', exact: true }).click();
    const form = page.getByRole('form', { name: '所需编组' });
    await form.getByRole('button', { name: '再加一队' }).click();
    await form.getByRole('combobox', { name: '任务' }).nth(1).selectOption('支援');
    await keep('form');
    expect(await violationsOf(page)).toEqual([]);
    await form.getByRole('button', { name: '确定' }).click();
    const list = section(page, '所需编组');
    await list.getByText('2 协同').waitFor();
    await list.getByText('缺 1 队', { exact: false }).first().waitFor();
    await press('1');
    await list.getByText(/1\/1 · A\d队/).waitFor();
    await list.getByRole('button', { name: '为第 2 项选编组' }).click();
    await section(page, '推荐编组').locator('ol > li').first().waitFor();
    await keep('line');
    await press('1');
    await expect
      .poll(async () => (await active(incidentId)).map((one) => [one.line, one.kind]))
      .toEqual([
        [0, 'handle'],
        [1, 'assist'],
      ]);
    await expect.poll(() => list.getByText(/1\/1 · A\d队/).count()).toBe(2);
    expect(await violationsOf(page)).toEqual([]);
    for (const { id } of (await active(incidentId)).toReversed())
      await room.dispatcher.ok('recallAssignment', { params: { assignmentId: id } });
  }, 90_000);

  test('another task asks for another card, with the officer who answers for it', async () => {
    const { page } = desk;
    const incidentId = await made(0, 0);
    const card = section(page, '推荐编组');
    await card.getByRole('combobox', { name: '任务' }).selectOption('劝阻');
    const supervisor = card.getByRole('combobox', { name: '监督执法人员' });
    await supervisor.waitFor();
    await supervisor.selectOption({ label: 'A2-2（A2队）' });
    await keep('supervisor');
    expect(await violationsOf(page)).toEqual([]);
    await press('1');
    await expect
      .poll(async () => (await active(incidentId)).map(({ kind, supervisor: one }) => [kind, one?.name]))
      .toEqual([['dissuade', 'A2-2']]);
    await section(page, '承办编组').getByText('监督 A2-2').waitFor();
    await page.getByText('监督执法人员 A2-2', { exact: false }).first().waitFor();
    // given to another team it may become another task again
    await page.getByRole('button', { name: '改派', exact: true }).first().click();
    const other = section(page, '改派编组');
    await other.getByRole('combobox', { name: '任务' }).selectOption('处置');
    await supervisor.waitFor({ state: 'detached' });
    await other.locator('ol > li').first().waitFor();
    await keep('reassign');
    await press('1');
    await expect
      .poll(async () => (await active(incidentId)).map(({ kind, supervisor: one }) => [kind, one]))
      .toEqual([['handle', null]]);
  }, 90_000);

  test('the command line asks why, by a digit, only where the choice is against the ranking', async () => {
    const { page } = desk;
    const incidentId = await made(0, 0);
    await line().fill(`D a4 ${incidentId}`);
    await page.keyboard.press('Enter');
    const ask = page.getByRole('group', { name: 'A4队 不是第一推荐', exact: false });
    await ask.waitFor();
    await keep('reason');
    await page.keyboard.press('Escape');
    await page.getByText('A4队 不是第一推荐，未选理由，没有派遣', { exact: false }).waitFor();
    expect(await active(incidentId)).toEqual([]);
    expect(await line().inputValue()).toBe(`D a4 ${incidentId}`);
    await page.keyboard.press('Enter');
    await ask.waitFor();
    await page.keyboard.press('5');
    await expect
      .poll(async () => (await active(incidentId)).map(({ teamId }) => teamId))
      .toEqual([room.teams['A4']]);
    against = incidentId;
    const { decisions } = await room.dispatcher.ok('listDecisions', { params: { incidentId } });
    expect(decisions.at(-1)!.record.override).toMatchObject({ reason: 'order' });
    expect(await line().evaluate((one) => one === document.activeElement)).toBe(true);
  }, 90_000);

  test('a choice against the ranking is released where the team stands, and the release is undone', async () => {
    const { page } = desk;
    const lead = section(page, '承办编组');
    await lead.getByText('人工选定').waitFor();
    await lead.getByRole('button', { name: '解除锁定' }).click();
    await lead.getByText('人工选定').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销' }).last().click();
    await lead.getByText('人工选定').waitFor();
    await page.getByText('已锁定，系统不再换派', { exact: false }).first().waitFor();
    expect(await active(against)).toMatchObject([{ manual: true }]);
  }, 60_000);

  test('nobody can go: the story says so, and why is one press away', async () => {
    const { page } = desk;
    const incidentId = await made(1, 1);
    await room.dispatcher.ok('setNeeds', {
      params: { incidentId },
      body: { needs: [{ kind: 'handle', count: 1, skills: [], kit: ['云梯'] }] },
    });
    const card = section(page, '推荐编组');
    await card.getByText('没有编组可派').waitFor();
    await card.getByRole('button', { name: '交系统派遣' }).click();
    const told = page.getByRole('listitem').filter({ hasText: '暂无可派编组' });
    await told.getByRole('button', { name: '为什么' }).click();
    const dialog = page.getByRole('dialog', { name: '排序依据' });
    await dialog.getByText('没有编组可派', { exact: false }).waitFor();
    await dialog.getByText('缺少装备：缺 云梯', { exact: false }).first().waitFor();
    await keep('why');
    expect(await violationsOf(page)).toEqual([]);
    // the refusals that made the command line ask
    expect(desk.faults.filter((fault) => !fault.includes('status of 422'))).toEqual([]);
  }, 90_000);
});
