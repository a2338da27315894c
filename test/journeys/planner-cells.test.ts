import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../client/browser.ts';
import {
  allSent,
  dragThrough,
  drawn,
  mapOf,
  openStudioRoom,
  violationsIn,
  type StudioRoom,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { ground } from '../kit/ground.ts';
import { draftOf, openStudio, type Studio } from '../server/planning/studio-kit.ts';

/** What is rarer than painting: cells joined and borders moved by typing, a lasso, a file. */
describe.skipIf(!chromiumPath)('planner edits cells and reads files', () => {
  let studio: Studio;
  let room: StudioRoom;
  let page: Page;
  let faults: readonly string[] = [];
  let draftId = 0;

  beforeAll(async () => {
    studio = await openStudio(engines().at(-1)!);
    room = await openStudioRoom(studio.product);
    draftId = (await draftOf(studio.planner, '调整网格')).id;
    const table = await room.table(studio.planner, { path: `/studio?edition=${draftId}` });
    page = table.page;
    faults = table.faults;
    await drawn(page);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await studio?.close();
  });

  const params = () => ({ editionId: draftId });
  const cellsNow = async () => (await studio.planner.ok('readEdition', { params: params() })).cells;
  const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 40_000 });
  /** Puts the cursor on a cell by the table, which shows it on the map. */
  const standOn = (code: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByLabel(`选取网格 ${code}`) })
      .getByRole('button', { name: '定位' })
      .click();
  const undo = () => page.getByRole('button', { name: '撤销', exact: true }).click();

  test('two cells chosen in the table become one, and are two again', async () => {
    await page.getByRole('tab', { name: '网格' }).click();
    for (const code of ['018001', '018002']) await page.getByLabel(`选取网格 ${code}`).check();
    await page.getByRole('button', { name: '把 2 个网格并成一个' }).click();
    await eventually(async () => (await cellsNow()).length).toBe(15);
    await page.getByText('网格已调整，检查通过').first().waitFor();
    await undo();
    await eventually(async () => (await cellsNow()).length).toBe(16);
    await drawn(page);
    expect(new Map(await cellsNow()).has(studio.cell(1, 0))).toBe(true);
  }, 120_000);

  test('a village is numbered anew by a dialog, and back', async () => {
    const codes = async () =>
      (await studio.planner.ok('readStudio', { query: params() })).cells
        .map(({ code }) => code.slice(-3))
        .toSorted();
    const before = await codes();
    await page.getByRole('tab', { name: '网格' }).click();
    await page.getByRole('button', { name: '整村重新编号…' }).click();
    await page.getByRole('combobox', { name: '村社' }).click();
    await page.getByRole('option', { name: /个网格）/ }).click();
    await page.getByRole('button', { name: '重新编号', exact: true }).click();
    await eventually(codes).not.toEqual(before);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await drawn(page);
    await undo();
    await eventually(codes).toEqual(before);
    await drawn(page);
    expect(faults).toEqual([]);
  }, 120_000);

  test('the border of two cells moves by typed coordinates, and both cells with it', async () => {
    const areas = async () => {
      const { cells } = await studio.planner.ok('readStudio', { query: { editionId: draftId } });
      return cells
        .filter(({ code }) => /01800[12]$/.test(code))
        .map(({ rings }) => Math.max(...rings[0]!.map(([x]) => x)) - Math.min(...rings[0]!.map(([x]) => x)));
    };
    const before = await areas();
    await standOn('018001');
    await page.getByRole('tab', { name: '检查' }).click();
    await mapOf(page).focus();
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: '018001 的相邻网格' }).click();
    await page.getByRole('option', { name: '018002' }).click();
    await page.getByRole('button', { name: '取公共边' }).click();
    await page.getByRole('button', { name: '其后加点' }).first().click();
    const lng = page.getByLabel('第 2 点经度');
    await lng.fill(String(ground.west + 1.2 * ground.step));
    await lng.press('Tab');
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    await page.getByRole('button', { name: '保存边界' }).click();
    await eventually(areas).toEqual([before[0]! + 20_000, before[1]!]);
    await drawn(page);
    await undo();
    await eventually(areas).toEqual(before);
    await drawn(page);
  }, 120_000);

  test('a lasso selects what lies inside, and the selection is taken with a key', async () => {
    await page.getByRole('button', { name: '全镇' }).click();
    await page.waitForTimeout(1500);
    await drawn(page);
    await mapOf(page).focus();
    await page.keyboard.press('l');
    await page.keyboard.press('2');
    await dragThrough(page, [
      [-0.4, -0.4],
      [1.4, -0.4],
      [1.4, 0.4],
      [-0.4, 0.4],
    ]);
    await page.getByRole('button', { name: /^接受 2/ }).waitFor();
    await page.keyboard.press('a');
    await allSent(page);
    const zones = new Map(await cellsNow());
    expect([zones.get(studio.cell(0, 0)), zones.get(studio.cell(1, 0))]).toEqual([
      studio.zone(2),
      studio.zone(2),
    ]);
    await undo();
    await eventually(async () => new Map(await cellsNow()).get(studio.cell(0, 0))).toBe(studio.zone(1));
  }, 90_000);

  test('a file with a wrong row proposes nothing and says which; the mended one waits as a selection', async () => {
    await page.getByRole('tab', { name: '文件' }).click();
    const read = async (text: string) => {
      await page
        .getByRole('group', { name: '导入到本草案' })
        .locator('input[type="file"]')
        .setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: '读入' }).click();
    };
    await read('cell,zone\n330205103018005,3\n330205103018999,3\n');
    await page.getByText('共 2 行，1 处错误').waitFor();
    await page.getByText('错误：没有这个网格').waitFor();
    await page.getByRole('button', { name: /^接受 0/ }).waitFor();
    await read('cell,zone\n330205103018005,3\n');
    await page.getByText('1 个网格的去向已放上桌面').waitFor();
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    await page.getByRole('button', { name: /^接受 1/ }).click();
    await eventually(async () => new Map(await cellsNow()).get(studio.cell(0, 1))).toBe(studio.zone(3));
    expect(faults).toEqual([]);
  }, 90_000);
});
