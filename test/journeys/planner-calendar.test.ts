import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { chromiumPath } from '../client/browser.ts';
import {
  cellOnScreen,
  drawn,
  mapOf,
  openStudioRoom,
  violationsIn,
  type StudioRoom,
  type Table,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { cellCentre } from '../kit/ground.ts';
import { draftOf, drawRoads, openStudio, post, stroke, type Studio } from '../server/planning/studio-kit.ts';

/** What holds for a time: a road that is closed, and lines of market days, both set up in the studio. */
describe.skipIf(!chromiumPath)('planner closes roads and sets calendar zones', () => {
  let studio: Studio;
  let room: StudioRoom;
  let table: Table;

  beforeAll(async () => {
    studio = await openStudio(engines().at(-1)!);
    await drawRoads(studio);
    room = await openStudioRoom(studio.product);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await studio?.close();
  });
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await table?.page.screenshot({ path: join(folder, `${task.name.slice(0, 24)}.png`) });
    await table?.page.close();
  });

  /** Minutes from the product's clock as a date field takes them. */
  const local = (minutes: number): string =>
    new Date(studio.product.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);
  /** HH:mm of the town, so many minutes from now. */
  const clock = (minutes: number): string => local(minutes).slice(11);
  const report = async (x: number, y: number, matterCode = 'FD-01') =>
    (
      await studio.dispatcher.ok('createIncident', {
        body: { matterCode, point: cellCentre(x, y), crs: 'wgs84' },
      })
    ).incident;

  test('planner draws a closure: the incident behind it gets another team until it is lifted', async () => {
    const { product, planner, dispatcher, teams } = studio;
    // one team this side of the closure, one a longer way round on the other: no third
    await product.deps
      .db('team')
      .whereIn('id', [teams.get(2)!, teams.get(3)!])
      .update({ on_duty: false });
    const { id: incidentId } = await report(3, 0);
    const { id: thisSide } = await report(0, 1);
    const ways = async (id: number) => {
      const { candidates } = await dispatcher.ok('recommendTeams', { params: { incidentId: id } });
      return candidates
        .filter(({ verdict }) => verdict !== 'rejected')
        .map(({ teamId, etaSeconds }) => ({ teamId, etaSeconds }));
    };
    const before = await ways(incidentId);
    const before2 = await ways(thisSide);
    expect(before.map(({ teamId }) => teamId)).toEqual([teams.get(1), teams.get(4)]);

    table = await room.table(planner);
    const { page, faults } = table;
    await drawn(page);
    await page.getByRole('tab', { name: '日历' }).click();
    await page.getByText('没有封路').waitFor();
    await page.getByText('新增封路').click();
    await page.getByText('先用选择工具点一个网格').waitFor();
    expect(await page.getByRole('button', { name: '封路', exact: true }).isDisabled()).toBe(true);
    await mapOf(page).focus();
    await page.keyboard.press('v');
    const at = await cellOnScreen(page, 1, 0);
    await page.mouse.click(at.x, at.y);
    await page.getByText('封闭穿过网格 018002 的全部道路').waitFor();
    const form = page
      .locator('form')
      .filter({ has: page.getByRole('button', { name: '封路', exact: true }) });
    await form.getByLabel('名称').fill('庙会');
    await form.getByLabel('原因').fill('民俗庙会');
    await form.getByLabel('开始').fill(local(-1));
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    await form.getByRole('button', { name: '封路', exact: true }).click();
    const listed = page.getByRole('list', { name: '临时封路' }).getByRole('listitem');
    await listed.filter({ hasText: '庙会' }).filter({ hasText: '此刻有效' }).waitFor();

    const closed = await ways(incidentId);
    expect(closed.map(({ teamId }) => teamId)).toEqual([teams.get(4), teams.get(1)]);
    expect(closed[0]).toEqual(before[1]);
    expect(closed[1]!.etaSeconds).toBeGreaterThan(before[0]!.etaSeconds! * 1.5);
    // control: the closure is in nobody's way there
    expect((await ways(thisSide))[0]).toEqual(before2[0]);

    await listed.getByRole('button', { name: '结束' }).click();
    await page.getByText('没有封路').waitFor();
    expect(await ways(incidentId)).toEqual(before);
    expect(faults).toEqual([]);
  }, 120_000);

  test('planner of the market: the zone of an incident differs inside and outside of the hours', async () => {
    const { product, planner, head, cell, zone } = studio;
    const draft = await draftOf(planner, '集市片区');
    await post(planner, draft.id, [stroke(planner, [cell(1, 1)], zone(2))]);
    const other = await room.table(planner, { path: '/studio' });
    await other.page.getByRole('tab', { name: '日历' }).click();
    await other.page.getByText('没有集市日').waitFor();
    // who may not approve may look on
    expect(await other.page.getByText('新增日历方案').count()).toBe(0);
    table = await room.table(head, { path: '/studio' });
    const { page, faults } = table;
    await drawn(page);
    await page.getByRole('tab', { name: '日历' }).click();
    await page.getByText('新增日历方案').click();
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: '设定' }) });
    const choose = async (label: string, option: string) => {
      await form.getByRole('combobox', { name: label }).press('ArrowDown');
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    // a plan that nobody has approved cannot be chosen
    await form.getByRole('combobox', { name: '方案' }).press('ArrowDown');
    await page.getByRole('option', { name: 'first', exact: true }).waitFor();
    expect(await page.getByRole('option', { name: '集市片区' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await planner.ok('submitEdition', { params: { editionId: draft.id }, body: { reason: '集市日专用' } });
    await head.ok('approveEdition', { params: { editionId: draft.id } });
    await page
      .getByRole('region', { name: '方案' })
      .getByRole('button', { name: /集市片区/ })
      .filter({ hasText: '已批准' })
      .waitFor();
    await choose('方案', '集市片区');
    await form.getByLabel('名称').fill('逢集');
    await form.getByLabel('原因').fill('周一集市');
    await form.getByLabel('开始').fill(local(0));
    await choose('星期', '周一');
    await page.keyboard.press('Escape');
    await form.getByLabel('每日自').fill(clock(30));
    await form.getByLabel('每日至').fill(clock(60));
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    await form.getByRole('button', { name: '设定' }).click();
    const rule = page
      .getByRole('list', { name: '日历方案' })
      .getByRole('listitem')
      .filter({ hasText: '逢集' });
    await rule.filter({ hasText: `周一 ${clock(30)}–${clock(60)}` }).waitFor();
    expect(await rule.getByText('此刻有效').count()).toBe(0);
    await other.page.getByRole('listitem').filter({ hasText: '逢集' }).waitFor();

    await product.app.tick();
    const early = await report(1, 1);
    expect(early.zoneId).toBe(zone(1));
    await product.advance(30 * 60_000, 30 * 60_000);
    const inside = await report(1, 1);
    expect(inside.zoneId).toBe(zone(2));
    await rule.getByText('此刻有效').waitFor();
    // control: a cell that both editions give to one zone
    expect((await report(3, 3)).zoneId).toBe(zone(4));
    await product.advance(30 * 60_000, 30 * 60_000);
    expect((await report(1, 1)).zoneId).toBe(zone(1));
    await rule.getByText('此刻有效').waitFor({ state: 'detached' });
    const { incident } = await studio.dispatcher.ok('readIncident', { params: { incidentId: inside.id } });
    expect(incident.zoneId).toBe(zone(2));

    await rule.getByRole('button', { name: '结束' }).click();
    await page.getByText('没有集市日').waitFor();
    expect([...faults, ...other.faults]).toEqual([]);
    await other.page.close();
    // a week later the hours are ordinary ones
    await product.advance(7 * 86_400_000 - 15 * 60_000, 86_400_000);
    const later = await product.signIn(studio.dispatcher.name);
    expect((await later.ok('previewIncident', { query: cellCentre(1, 1) })).zoneNumber).toBe(1);
  }, 180_000);
});
