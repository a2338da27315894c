import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../client/browser.ts';
import {
  allSent,
  cellOnScreen,
  drawn,
  mapOf,
  openStudioRoom,
  violationsIn,
  type StudioRoom,
  type Table,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { openStudio, stroke, post, type Studio } from '../server/planning/studio-kit.ts';

/** What a planner says about a draft besides its cells, and what its numbers stand on. */
describe.skipIf(!chromiumPath)('planner looks after a draft', () => {
  let studio: Studio;
  let room: StudioRoom;
  let one: Table;
  let two: Table;
  let draftId = 0;

  beforeAll(async () => {
    studio = await openStudio(engines().at(-1)!);
    room = await openStudioRoom(studio.product);
    draftId = (await studio.planner.ok('createDraft', { body: { name: '草稿' } })).id;
    one = await room.table(studio.planner, { path: `/studio?edition=${draftId}` });
    two = await room.table(studio.second, { path: `/studio?edition=${draftId}` });
    await drawn(one.page);
    await drawn(two.page);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await studio?.close();
  });

  const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 30_000 });
  const detail = () => studio.planner.ok('readEdition', { params: { editionId: draftId } });

  test('name and note are changed, and the other planner sees both', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '送审' }).click();
    await page.getByLabel('名称', { exact: true }).fill('集市调整');
    await page.getByLabel('说明', { exact: true }).fill('周三集市');
    await page.getByRole('button', { name: '保存名称与说明' }).click();
    await two.page.getByRole('banner').getByText('集市调整').waitFor();
    await two.page.getByRole('tab', { name: '送审' }).click();
    await two.page.getByText('周三集市', { exact: true }).first().waitFor();
    expect((await detail()).edition).toMatchObject({ name: '集市调整', note: '周三集市' });
  }, 60_000);

  test('one planner paints alone while the other is told and watches', async () => {
    await one.page.getByRole('switch', { name: '只由我编制' }).click({ force: true });
    await two.page.getByText(`本草案目前只由 ${studio.planner.name} 编制`).waitFor();
    await mapOf(two.page).focus();
    await two.page.keyboard.press('b');
    await two.page.keyboard.press('4');
    const at = await cellOnScreen(two.page, 0, 0);
    await two.page.mouse.click(at.x, at.y);
    await two.page.getByText('该草案正由另一位规划员独占编辑').first().waitFor();
    expect((await detail()).draft!.log).toEqual([]);
    await one.page.getByRole('switch', { name: '只由我编制' }).click({ force: true });
    await two.page.getByText(`本草案目前只由 ${studio.planner.name} 编制`).waitFor({ state: 'detached' });
    // control: the same click now counts
    await two.page.mouse.click(at.x, at.y);
    await allSent(two.page);
    await eventually(async () => (await detail()).draft!.log.length).toBe(1);
    await two.page.getByRole('button', { name: '撤销', exact: true }).click();
    await eventually(async () => (await detail()).draft!.log.length).toBe(2);
  }, 90_000);

  test('the log names who is not here any more', async () => {
    const { page } = one;
    await two.page.close();
    await page.reload();
    await drawn(page);
    await page.getByRole('tab', { name: '记录' }).click();
    const log = page.getByRole('list', { name: '草案记录' });
    await eventually(() => log.getByText(studio.second.name).count()).toBe(2);
    expect(await log.getByText('规划员').count()).toBe(0);
  }, 60_000);

  test('zones that may lie in pieces are listed with their reason and taken back', async () => {
    const { page } = one;
    await post(studio.planner, draftId, [stroke(studio.planner, [studio.cell(3, 3)], studio.zone(1))]);
    await page.getByRole('tab', { name: /^问题/ }).click();
    await page.getByRole('button', { name: '允许分片' }).click();
    await page.getByLabel('允许分片的原因').fill('有桥相通');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: '送审' }).click();
    await page.getByText('允许分片的片区 (1)').click();
    await page.getByText('1 片区：有桥相通').waitFor();
    await page.getByRole('button', { name: '收回' }).click();
    await eventually(async () => (await detail()).waivers).toEqual([]);
    await page.getByText('1 片区有一个网格与本片区不相连').first().waitFor();
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
  }, 60_000);

  test('the forecast is checked by the exact model', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '编组' }).click();
    await page.getByRole('button', { name: '用精确模型核对' }).click();
    const rows = page.getByRole('table').filter({ hasText: '精确' }).getByRole('row');
    await rows.filter({ hasText: 'T1' }).waitFor();
    const figures = await rows.locator('td').allTextContents();
    const shares = figures.map((text) => Number(text.replace(' %', '')));
    expect(shares).toHaveLength(8);
    for (let i = 0; i < shares.length; i += 2)
      expect(Math.abs(shares[i]! - shares[i + 1]!)).toBeLessThan(1.5);
  }, 60_000);

  test('numbers say what they stand on, and count another demand', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '检查' }).click();
    await page.getByText('已办结的事件太少').waitFor();
    await page.getByText(/按排班同时在勤：\d+ 个编组/).waitFor();
    await page.getByText('换一段历史或需求').click();
    const busy = async (): Promise<string> => {
      await page.getByRole('tab', { name: '编组' }).click();
      const text = await page.getByRole('row').filter({ hasText: 'T1' }).textContent();
      await page.getByRole('tab', { name: '检查' }).click();
      return text ?? '';
    };
    const before = await busy();
    await page.getByText('换一段历史或需求').click();
    await page.getByLabel('事件量').fill('300');
    await page.getByRole('button', { name: '按此重算' }).click();
    await eventually(busy).not.toBe(before);
    expect(await busy()).toMatch(/%/);
  }, 60_000);

  test('what a replay was asked for stays while other panels are looked at', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '推演' }).click();
    const hours = page.getByRole('combobox', { name: '每日时段' });
    await hours.click();
    await page.getByRole('option', { name: '夜间（20–8 时）' }).click();
    await page.getByRole('checkbox', { name: 'P4' }).uncheck();
    await page.getByRole('tab', { name: '文件' }).click();
    await page.getByRole('tab', { name: '推演' }).click();
    expect(await hours.inputValue()).toBe('夜间（20–8 时）');
    expect(await page.getByRole('checkbox', { name: 'P4' }).isChecked()).toBe(false);
  }, 60_000);

  test('a plan is compared with any edition: title, cells and the swipe follow', async () => {
    const { page } = one;
    const { planner, cell, zone } = studio;
    const other = await planner.ok('createDraft', { body: { name: '另一稿' } });
    await post(planner, other.id, [stroke(planner, [cell(3, 3), cell(3, 2)], zone(1))]);
    await page.getByRole('tab', { name: '检查' }).click();
    const mine = new Map((await detail()).cells);
    const { cells } = await planner.ok('readEdition', { params: { editionId: other.id } });
    const differs = cells.filter(([id, zoneId]) => mine.get(id) !== zoneId).length;
    const usual = page.getByRole('heading', { name: '与现行方案相比' });
    await usual.waitFor();
    await page.getByRole('combobox', { name: '对照方案' }).click();
    await page.getByRole('option', { name: /另一稿/ }).click();
    await page.getByRole('heading', { name: '与“另一稿”相比' }).waitFor();
    await page.getByText(new RegExp(`^${differs} 个网格换手`)).waitFor();
    await page.getByRole('tab', { name: /变动/ }).click();
    await page.getByText(`${differs} 个网格与“另一稿”不同`).waitFor();
    expect(await page.getByText('NaN').count()).toBe(0);
    await page.getByRole('combobox', { name: '对照方案' }).click();
    await page.getByRole('option', { name: '现行方案' }).click();
    await usual.waitFor();
  }, 60_000);

  test('two zones change numbers by the keys, and a zone comes over from another edition', async () => {
    const { page } = one;
    const { zone } = studio;
    const zonesNow = async () => new Map((await detail()).cells);
    const choose = async (label: string, option: string | RegExp): Promise<void> => {
      await page.getByRole('dialog').getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
    };
    const before = await zonesNow();
    await mapOf(page).focus();
    await page.keyboard.press('g');
    await choose('片区', '3');
    await choose('与片区', '4');
    await page.getByRole('button', { name: '交换', exact: true }).click();
    const other = (id: unknown) => (id === zone(3) ? zone(4) : id === zone(4) ? zone(3) : id);
    await eventually(async () => [...(await zonesNow())]).toEqual(
      [...before].map(([cellId, id]) => [cellId, other(id)]),
    );
    await mapOf(page).focus();
    await page.keyboard.press('t');
    await choose('方案', /另一稿/);
    await choose('片区', /^4 /);
    await page.getByRole('button', { name: '取入' }).click();
    const editions = await studio.planner.ok('listEditions', { query: {} });
    const theirs = await studio.planner.ok('readEdition', {
      params: { editionId: editions.editions.find(({ name }) => name === '另一稿')!.id },
    });
    const fours = (cells: Iterable<readonly [unknown, unknown]>) =>
      [...cells].filter(([, id]) => id === zone(4)).map(([cellId]) => cellId);
    await eventually(async () => fours(await zonesNow())).toEqual(fours(theirs.cells));
    await mapOf(page).focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await eventually(zonesNow).toEqual(before);
    expect(one.faults).toEqual([]);
  }, 60_000);

  test('a draft is given up only when asked twice', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '送审' }).click();
    await page.getByRole('button', { name: '作废草案' }).click();
    expect((await detail()).edition.discarded).toBe(false);
    await page.getByRole('button', { name: '再想想' }).click();
    await page.getByRole('button', { name: '作废草案' }).click();
    await page.getByRole('button', { name: '确定作废' }).click();
    await eventually(async () => (await detail()).edition.discarded).toBe(true);
    expect(one.faults).toEqual([]);
  }, 60_000);
});
