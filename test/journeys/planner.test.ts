import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { EditionId, ZoneId } from '../../shared/contract/ids.ts';
import { chromiumPath } from '../client/browser.ts';
import { violationsOf } from '../client/live-room.ts';
import {
  allSent,
  cellOnScreen,
  dragThrough,
  drawn,
  mapOf,
  openStudioRoom,
  violationsIn,
  zoneRow,
  type StudioRoom,
  type Table,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { cellCentre } from '../kit/ground.ts';
import { openStudio, type Studio } from '../server/planning/studio-kit.ts';

/**
 * The planner's story on the real server: paint, numbers, cut and mend, a second planner, a proposal, a replay, review,
 * approval by another person, the new lines at their minute, and the way back.
 */
describe.skipIf(!chromiumPath)('planner', () => {
  let studio: Studio;
  let room: StudioRoom;
  let one: Table;
  let two: Table;
  let draftId = 0;

  beforeAll(async () => {
    studio = await openStudio(engines().at(-1)!);
    room = await openStudioRoom(studio.product);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await studio?.close();
  });
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (!folder || task.result?.state !== 'fail') return;
    await one?.page.screenshot({ path: join(folder, 'one.png') });
    await two?.page.screenshot({ path: join(folder, 'two.png') });
  });

  /** The plan as the server holds it: the zone's number of each cell, from the south-west, row by row. */
  async function planOnServer(): Promise<string> {
    const { cells, zones } = await studio.planner.ok('readEdition', { params: { editionId: draftId } });
    const numbers = new Map(zones.map(({ id, number }) => [id as number, number]));
    const zoneOf = new Map(
      cells.map(([cell, zone]) => [cell as number, zone === null ? 0 : numbers.get(zone)]),
    );
    return [0, 1, 2, 3]
      .map((y) => [0, 1, 2, 3].map((x) => zoneOf.get(studio.cell(x, y)) ?? '?').join(''))
      .join(' ');
  }

  /** A look at a page, when somebody asks for one. */
  async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 30_000 });

  const told = (page: Page, text: string) =>
    page.locator('[data-told]').filter({ hasText: text }).waitFor({ state: 'attached' });

  test('planner opens the running edition, read only, and makes a draft of it', async () => {
    one = await room.table(studio.planner);
    const { page } = one;
    await drawn(page);
    await page.getByRole('button', { name: /^画笔/ }).isDisabled();
    await page.getByRole('button', { name: '新建草案' }).click();
    await page.getByLabel('名称').fill('集市调整');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^画笔/, pressed: true }).waitFor();
    draftId = Number(new URL(page.url()).searchParams.get('edition'));
    expect(await planOnServer()).toBe('1122 1122 3344 3344');
  }, 60_000);

  test('planner paints with the brush: numbers move while the brush moves, one drag is one step of the log', async () => {
    const { page } = one;
    await drawn(page);
    await mapOf(page).focus();
    await page.keyboard.press('1');
    const row = zoneRow(page, 2);
    const before = await row.textContent();
    const [a, b] = [await cellOnScreen(page, 2, 0), await cellOnScreen(page, 2, 1)];
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y, { steps: 5 });
    await eventually(() => row.textContent()).not.toBe(before);
    await page.mouse.up();
    await allSent(page);
    expect(await planOnServer()).toBe('1112 1112 3344 3344');
    const { draft } = await studio.planner.ok('readEdition', { params: { editionId: draftId } });
    expect(draft?.log).toHaveLength(1);
    await told(page, '2 个网格划入 1 片区');
  }, 60_000);

  test('planner does the same with the keyboard alone, and with the table alone', async () => {
    const { page } = one;
    await mapOf(page).focus();
    await page.keyboard.press('3');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await told(page, '片区');
    await page.keyboard.press('Enter');
    await allSent(page);
    expect(await planOnServer()).toBe('1112 3112 3344 3344');
    await page.keyboard.press('Control+z');
    await eventually(planOnServer).toBe('1112 1112 3344 3344');
    await page.getByRole('tab', { name: '网格' }).click();
    const code = '018004';
    await page.getByLabel(`网格 ${code} 的片区`).selectOption({ label: '1' });
    await eventually(planOnServer).toBe('1111 1112 3344 3344');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await eventually(planOnServer).toBe('1112 1112 3344 3344');
  }, 60_000);

  test('planner selects by rectangle and by village; the selection waits, moves the numbers, is taken or dropped', async () => {
    const { page } = one;
    await mapOf(page).focus();
    await page.keyboard.press('r');
    await page.keyboard.press('4');
    await dragThrough(page, [
      [-0.3, 1.7],
      [1.3, 3.3],
    ]);
    await page.getByRole('button', { name: /^接受 4/ }).waitFor();
    expect(await planOnServer()).toBe('1112 1112 3344 3344');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: /^接受 0/ }).waitFor();
    await page.keyboard.press('w');
    const at = await cellOnScreen(page, 3, 3);
    await page.mouse.click(at.x, at.y);
    await page.getByRole('button', { name: /^接受 16/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^接受 0/ }).waitFor();
    await page.keyboard.press('b');
  }, 60_000);

  test('planner locks a zone: strokes leave it alone; undo survives a reload', async () => {
    const { page } = one;
    await mapOf(page).focus();
    await page.keyboard.press('4');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: /^解锁/ }).waitFor();
    await page.keyboard.press('1');
    await dragThrough(page, [
      [3, 2],
      [3, 3],
    ]);
    await page.getByText('2 个网格属于锁定的片区').waitFor();
    await allSent(page);
    expect(await planOnServer()).toBe('1112 1112 3344 3344');
    await page.reload();
    await drawn(page);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await allSent(page);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await eventually(planOnServer).toBe('1122 1122 3344 3344');
    await page.getByRole('button', { name: '重做', exact: true }).click();
    await eventually(planOnServer).toBe('1112 1112 3344 3344');
  }, 60_000);

  test('planner is told why a plan may not go to review, and takes the safe repair', async () => {
    const { page } = one;
    await page.getByRole('tab', { name: '网格' }).click();
    await page.getByLabel('按编码、村社或 #片区 筛选').fill('018016');
    await page.getByLabel('网格 018016 的片区').selectOption({ label: '1' });
    await page.getByRole('tab', { name: /^问题/ }).click();
    await page.getByText('1 片区有一个网格与本片区不相连').waitFor();
    await page.getByRole('tab', { name: '送审' }).click();
    await page.getByText('还有 1 个必改问题').waitFor();
    expect(await page.getByRole('button', { name: '送审', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '修复 1 个网格' }).click();
    await page.getByRole('button', { name: /^接受 1/ }).click();
    await eventually(planOnServer).toBe('1112 1112 3344 3344');
    await page.getByText('还有 1 个必改问题').waitFor({ state: 'detached' });
  }, 60_000);

  test('two planners paint the same draft: each sees the other, and a cut of 30 s loses nothing', async () => {
    two = await room.table(studio.second, { path: `/studio?edition=${draftId}` });
    await drawn(two.page);
    await one.page.getByText(`${studio.second.name} 在编`).waitFor();
    await mapOf(two.page).focus();
    await two.page.keyboard.press('b');
    await two.page.keyboard.press('3');
    await dragThrough(two.page, [[2, 3]]);
    await one.page.getByRole('tab', { name: '记录' }).click();
    await one.page.getByText('1 个网格划入 3 片区').first().waitFor();
    expect(await planOnServer()).toBe('1112 1112 3344 3334');

    two.wire.cut();
    await two.page.getByText('已断开，可继续编辑').waitFor();
    await dragThrough(two.page, [[2, 2]]);
    await two.page.getByText('1 步待发送').waitFor();
    await mapOf(one.page).focus();
    await one.page.keyboard.press('b');
    await one.page.keyboard.press('2');
    await dragThrough(one.page, [[2, 0]]);
    await allSent(one.page);
    await two.page.waitForTimeout(30_000);
    await two.page.getByText('1 步待发送').waitFor();
    expect(await planOnServer()).toBe('1122 1112 3344 3334');
    two.wire.mend();
    await allSent(two.page);
    await eventually(planOnServer).toBe('1122 1112 3334 3334');
    const plans = await Promise.all(
      [one, two].map(({ page }) =>
        page
          .getByRole('tab', { name: '变动' })
          .click()
          .then(() => page.getByText(/个网格与现行方案不同/).textContent()),
      ),
    );
    expect(plans[0]).toBe(plans[1]);
    const { draft } = await studio.planner.ok('readEdition', { params: { editionId: draftId } });
    expect(draft!.log.map(({ seq }) => seq)).toEqual(draft!.log.map((_, i) => i + 1));
    two.faults.splice(0);
  }, 120_000);

  test('planner edits cells by typing: a split, a border, a join; each is taken back', async () => {
    const { page } = one;
    await mapOf(page).focus();
    await page.keyboard.press('v');
    const at = await cellOnScreen(page, 0, 0);
    await page.mouse.click(at.x, at.y);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: '检查' }).click();
    await page.keyboard.press('s');
    await page.getByRole('button', { name: '南北向中线' }).click();
    await page.getByText('将拆分网格').waitFor();
    await page.getByRole('button', { name: '拆分', exact: true }).click();
    await page.getByText('网格已调整，检查通过').first().waitFor();
    const cellsNow = async (): Promise<number> =>
      (await studio.planner.ok('readEdition', { params: { editionId: draftId } })).cells.length;
    expect(await cellsNow()).toBe(17);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await eventually(cellsNow).toBe(16);
    // the page reads them after the server has them; what is begun before would be lost
    await page.getByRole('tab', { name: '网格' }).click();
    await page.locator('[role="table"][aria-label="全部网格"][aria-rowcount="17"]').waitFor();
  }, 90_000);

  test('planner asks for a proposal with few changes, sees its curve, takes a part of it', async () => {
    const { page } = one;
    await drawn(page);
    await page.getByRole('tab', { name: '建议' }).click();
    await page.getByRole('button', { name: '少改动求均衡' }).click();
    await page.getByRole('button', { name: '取消计算' }).waitFor({ state: 'detached', timeout: 60_000 });
    const slider = page.getByRole('slider', { name: '改动多少换多少均衡' });
    const explained = page.getByRole('heading', { name: /说明：移动这 \d+ 个网格/ });
    // the curve grows while it is drawn: its end is chosen once it stands
    await eventually(async () => {
      await slider.press('End');
      return explained.count();
    }).toBe(1);
    const pending = page.getByRole('button', { name: /^接受 \d+ A/ });
    const count = Number(/\d+/.exec((await pending.textContent()) ?? '')![0]);
    expect(count).toBeGreaterThan(0);
    await page.getByRole('button', { name: '接受这部分' }).first().click();
    await allSent(page);
    if (await page.getByRole('button', { name: '全部接受' }).isVisible())
      await page.getByRole('button', { name: '全部接受' }).click();
    await allSent(page);
    const plan = await planOnServer();
    expect(plan).toBe('1122 1122 3344 3344');
  }, 120_000);

  test('planner replays a list: refused while it does not reproduce what happened, then compared and kept with the draft', async () => {
    const { page } = one;
    const { product, planner } = studio;
    const rows = Array.from({ length: 80 }, (_, i) => {
      const { lng, lat } = cellCentre(i % 4, Math.floor(i / 4) % 4);
      const at = new Date(product.now() - (100 - i) * 3_600_000).toISOString();
      return [at, lng.toFixed(6), lat.toFixed(6), (i % 4) + 1, 900].join(',');
    });
    const head = 'reportedAt,lng,lat,priority,onSceneSeconds';
    const slow = [`${head},responseSeconds`, ...rows.map((row) => `${row},9000`)].join('\n');
    const plain = [head, ...rows].join('\n');
    await page.getByRole('tab', { name: '网格' }).click();
    await page.getByLabel('网格 018003 的片区').selectOption({ label: '1' });
    await eventually(planOnServer).toBe('1112 1122 3344 3344');
    await allSent(page);
    await page.getByRole('tab', { name: '推演' }).click();
    const lists = page.getByText('导入事件表');
    await lists.click();
    const send = async (name: string, text: string) => {
      await page.getByLabel('名称', { exact: true }).fill(name);
      await page.getByRole('combobox', { name: '文件的坐标系' }).click();
      await page.getByRole('option', { name: 'WGS-84' }).click();
      await page.locator('input[type="file"]').setInputFiles({
        name: `${name}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      await page.getByRole('button', { name: '读入' }).click();
      await page.getByText('共 80 行，0 处错误').waitFor();
    };
    await send('slow', slow);
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByText('校准未通过，不作比较').waitFor();
    expect(await page.getByRole('heading', { name: '到场时间（分钟' }).count()).toBe(0);
    await send('plain', plain);
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByRole('heading', { name: '到场时间（分钟' }).waitFor();
    // one incident, step by step: a system that wants no motion gets no button to play
    const pick = page.getByRole('combobox', { name: '事件（变化大的在前）' });
    await pick.click();
    await page.getByRole('listbox').getByRole('option').first().click();
    await page.getByText('报告后 0.0 分钟').waitFor();
    expect(await page.getByRole('button', { name: '播放' }).count()).toBe(0);
    const film = page.getByRole('region', { name: '单件回放' });
    await film.getByRole('button', { name: '下一步' }).click();
    await film.getByText('在途').first().waitFor();
    await picture(page, 'film');
    const next = film.getByRole('button', { name: '下一步' });
    while (await next.isEnabled()) await next.click();
    expect(await film.getByText('处置完毕').count()).toBe(2);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await film.getByRole('button', { name: '播放' }).click();
    await film.getByText('在途').first().waitFor();
    await film.getByRole('button', { name: '暂停' }).click();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await film.getByRole('button', { name: '收起回放' }).click();
    await page.getByRole('button', { name: '生成报告并随附' }).click();
    const { reports } = await (async () => {
      for (;;) {
        await product.advance(1000);
        const detail = await planner.ok('readEdition', { params: { editionId: draftId } });
        if (detail.reports.length > 0) return detail;
        await page.waitForTimeout(200);
      }
    })();
    await page.getByRole('link', { name: '打开报告页' }).waitFor();
    const sheet = await room.table(planner, { path: `/studio/report?replay=${reports[0]!.replayId}` });
    await sheet.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsOf(sheet.page)).toEqual([]);
    const saved = sheet.page.waitForEvent('download');
    await sheet.page.getByRole('link', { name: '下载 PDF' }).click();
    expect((await saved).suggestedFilename()).toBe(`replay-${reports[0]!.replayId}.pdf`);
  }, 180_000);

  test('the screens hold no accessibility violation in both languages and themes', async () => {
    expect(await violationsOf(one.page)).toEqual([]);
    const english = await room.table(studio.second, {
      language: 'en',
      theme: 'light',
      path: `/studio?edition=${draftId}`,
    });
    await drawn(english.page);
    expect(english.faults).toEqual([]);
    expect(await violationsOf(english.page)).toEqual([]);
    for (const tab of ['Inspect', 'Teams', 'Propose', 'Replay', 'Review', 'Reality', 'Calendar', 'Files']) {
      await english.page.getByRole('tab', { name: tab }).click();
      const violations = await violationsIn(english.page, '[data-panel="side"]');
      expect({ tab, violations }).toEqual({ tab, violations: [] });
    }
    for (const tab of ['Cells', 'Changes', 'Log']) {
      await english.page.getByRole('tab', { name: tab, exact: true }).click();
      const violations = await violationsIn(english.page, '[data-panel="bottom"]');
      expect({ tab, violations }).toEqual({ tab, violations: [] });
    }
    await english.page.close();
  }, 120_000);

  test('review, approval by another person, effect at the minute; the task under way keeps its team; roll back', async () => {
    const { page } = one;
    const { product, head, dispatcher } = studio;
    const report = async (x: number, y: number) => {
      const { incident } = await dispatcher.ok('createIncident', {
        body: {
          text: '小车停在消防通道',
          point: cellCentre(x, y),
          crs: 'wgs84',
          matterCode: 'FD-01',
        },
      });
      return incident;
    };
    await page.getByRole('tab', { name: '送审' }).click();
    await page.getByRole('button', { name: '送审', exact: true }).click();
    await page.getByText('已送审，内容已锁定').waitFor();
    const approver = await room.table(head, { path: `/studio?edition=${draftId}` });
    await drawn(approver.page);
    await approver.page.getByRole('tab', { name: '送审' }).click();
    await approver.page.getByRole('button', { name: '批准', exact: true }).click();
    await approver.page.getByRole('button', { name: '发布', exact: true }).click();
    await approver.page.getByRole('button', { name: '确定发布' }).click();
    await approver.page.getByText('已发布，到时自动生效').waitFor();

    const { cells } = await studio.planner.ok('readEdition', { params: { editionId: draftId } });
    const moved = [0, 1, 2, 3]
      .flatMap((y) => [0, 1, 2, 3].map((x) => [x, y] as const))
      .find(
        ([x, y]) =>
          cells.find(([id]) => id === studio.cell(x, y))![1] !==
          studio.zone(1 + Math.floor(x / 2) + 2 * Math.floor(y / 2)),
      )!;
    const before = await report(moved[0], moved[1]);
    expect(before.zoneId).toBe(studio.zone(1 + Math.floor(moved[0] / 2) + 2 * Math.floor(moved[1] / 2)));
    const { assignment } = await dispatcher.ok('dispatchIncident', {
      params: { incidentId: before.id },
      body: {},
    });
    expect(assignment).not.toBeNull();
    const task = { params: { assignmentId: assignment!.id }, body: {} };
    for (const step of ['acceptAssignment', 'departAssignment'] as const) await dispatcher.ok(step, task);
    const { editions } = await head.ok('listEditions');
    const effectiveAt = Date.parse(editions.find(({ id }) => id === (draftId as EditionId))!.effectiveAt!);
    const desk = await room.table(dispatcher, { path: '/console' });
    await desk.page.getByText('实时', { exact: true }).first().waitFor();
    const leader = await product.signIn(studio.crews.get(1)![0]!);
    const phone = await room.table(leader, { path: '/officer', width: 390, height: 844 });
    await phone.page.getByRole('navigation').waitFor();
    const painted = desk.page.waitForResponse((response) => response.url().endsWith('/api/v1/town'));
    await product.advance(effectiveAt - product.now() + 1000, 60_000);
    await desk.page.getByText('片区方案「集市调整」已生效').waitFor();
    const town = (await (await painted).json()) as { edition: { id: number } };
    expect(town.edition.id).toBe(draftId);
    const strip = phone.page.getByRole('button', { name: /片区已按「集市调整」调整，手上的任务不变/ });
    await strip.waitFor();
    await picture(phone.page, 'new-lines-phone');
    await strip.click();
    await strip.waitFor({ state: 'detached' });
    await picture(desk.page, 'new-lines-console');
    expect([...desk.faults, ...phone.faults]).toEqual([]);
    await desk.page.close();
    await phone.page.close();
    const after = await report(moved[0], moved[1]);
    expect(after.zoneId).toBe(cells.find(([id]) => id === studio.cell(moved[0], moved[1]))![1] as ZoneId);
    const still = await dispatcher.ok('readIncident', { params: { incidentId: before.id } });
    expect(still.incident.zoneId).toBe(before.zoneId);
    expect(still.assignments.map(({ teamId, state }) => ({ teamId, state }))).toEqual([
      { teamId: assignment!.teamId, state: 'en_route' },
    ]);

    const studioPage = approver.page;
    await studioPage.getByRole('tab', { name: '对照' }).click();
    await studioPage.getByText(/件，其中 \d+ 件有到场时间/).waitFor();
    await picture(studioPage, 'reality');
    const csv = studioPage.waitForEvent('download');
    await studioPage.getByRole('button', { name: '下载 CSV' }).click();
    expect((await csv).suggestedFilename()).toBe(`reality-${draftId}.csv`);
    await studioPage.getByRole('tab', { name: '送审' }).click();
    await approver.page.getByRole('button', { name: /first/ }).click();
    // The clock of the product jumped, which a real one does not: the time is typed.
    const wanted = new Date(product.now() + 30 * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);
    await approver.page.getByLabel('生效时间').fill(wanted);
    await approver.page.getByLabel('回退原因').fill('集市取消');
    await approver.page.getByRole('button', { name: /^回退到/ }).click();
    await approver.page.getByText('回退方案已发布').waitFor();
    const later = await head.ok('listEditions');
    const back = later.editions.find(({ rollsBackTo }) => rollsBackTo !== null)!;
    await product.advance(Date.parse(back.effectiveAt!) - product.now() + 1000, 60_000);
    const last = await report(moved[0], moved[1]);
    expect(last.zoneId).toBe(before.zoneId);
    expect(approver.faults).toEqual([]);
  }, 180_000);
});
