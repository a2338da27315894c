import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { cellCentre } from '../kit/ground.ts';
import { chromiumPath } from './browser.ts';
import { drawn, openLiveRoom, violationsOf, type Desk, type LiveRoom } from './live-room.ts';

/** Text that is cut off without a title that says it whole, and text under 13 px. */
const badText = (page: Page) =>
  page.evaluate(() => {
    const bad: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim());
      if (!own || element.closest('svg, style, script') || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      if (element.clientWidth <= 1) continue;
      const what = `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`;
      if (parseFloat(style.fontSize) < 13) bad.push(`${style.fontSize} ${what}`);
      const cut = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      if (cut && style.overflowX !== 'auto' && !element.closest('[title]')) bad.push(`cut: ${what}`);
    }
    return bad;
  });

/** The console's screens and keys on the real server. */
describe.skipIf(!chromiumPath)('the console in Chromium', () => {
  let room: LiveRoom;
  let desk: Desk;
  const ids: number[] = [];

  beforeAll(async () => {
    room = await openLiveRoom();
  }, 240_000);
  afterAll(() => room?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && task.result?.state === 'fail')
      await desk?.page.screenshot({
        path: join(folder, `${task.name.slice(0, 12).replace(/\W/g, '-')}.png`),
      });
  });

  const queue = (page: Page) => page.locator('[role="listbox"][data-panel-focus]');

  test('an empty room says what to do next', async () => {
    desk = await room.desk('dispatcher-1');
    await desk.page.getByText('无待派事件 · N 新建').waitFor();
    expect(await violationsOf(desk.page)).toEqual([]);
  }, 60_000);

  test('a queue that the filter hides says how much, and gives it back', async () => {
    const { page } = desk;
    for (const [i, matterCode] of ['FD-01', 'CY-01', 'CY-17', 'CY-01', 'FD-01', 'CY-17'].entries()) {
      const { incident } = await room.dispatcher.ok('createIncident', {
        body: {
          matterCode,
          address: `中街 ${i + 1} 号`,
          text: '市民来电反映，请尽快到场核实处理。',
          point: {
            lng: cellCentre(i % 4, 0).lng + 0.0011 * i,
            lat: cellCentre(0, (i * 2) % 4).lat + 0.00037,
          },
          crs: 'wgs84',
          source: i % 2 ? 'hotline_12345' : 'grid_worker',
        },
      });
      ids.push(incident.id);
    }
    await room.dispatcher.ok('assignTeam', {
      params: { incidentId: ids[1]! },
      body: { teamId: room.teams['A2']!, override: 'continuity' },
    });
    await page.locator(`#incident-${ids[5]!}`).waitFor();
    await page.getByRole('textbox', { name: '筛选事项、地点、编号' }).fill('中街 3');
    await page.getByText('5 条被筛选隐藏').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.getByRole('button', { name: /^待派/ }).click();
    await page.getByText('1 条被筛选隐藏').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.locator(`#incident-${ids[1]!}`).waitFor();
    expect(await queue(page).getByRole('option').count()).toBe(6);
  }, 60_000);

  test('the queue is walked and opened by keys, and F6 visits every panel', async () => {
    const { page } = desk;
    await queue(page).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = queue(page).getByRole('option').nth(1);
    expect(await second.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Space');
    const id = (await second.getAttribute('id'))!.replace('incident-', '');
    await page.getByRole('article', { name: id }).waitFor();
    await page.keyboard.press('Enter');
    const visited: (string | null)[] = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('F6');
      visited.push(
        await page.evaluate(
          () => document.activeElement?.closest('[data-panel]')?.getAttribute('data-panel') ?? null,
        ),
      );
    }
    expect(visited.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'commandLine',
      'detail',
      'map',
      'queue',
      'units',
    ]);
    await queue(page).focus();
    await page.keyboard.press('Shift+Slash');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }, 60_000);

  test('the command line completes, refuses with the wrong slot selected, and does what it says', async () => {
    const { page } = desk;
    const line = page.getByRole('combobox', { name: '命令' });
    await queue(page).focus();
    await page.keyboard.press('Slash');
    await page.keyboard.type('n fd g');
    await page.getByRole('listbox', { name: '可选项' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await line.fill('d A9 1001');
    await page.keyboard.press('Enter');
    await page.getByText('✗ 编组：找不到', { exact: false }).waitFor();
    expect(
      await line.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]),
    ).toEqual([2, 4]);
    await line.fill(`ｄ　a1 ${ids[2]}`);
    await page.keyboard.press('Enter');
    await page.getByText(`✓ A1队 → ${ids[2]}`, { exact: false }).waitFor();
    await page.locator(`#incident-${ids[2]!}`).getByText('A1队').waitFor();
    expect(await line.inputValue()).toBe('');
    await page.keyboard.press('ArrowUp');
    expect(await line.inputValue()).toContain('a1');
    await line.fill(`t ${ids[2]} 已电话告知`);
    await page.keyboard.press('Enter');
    await page.getByText(`✓ 事件 ${ids[2]} 已加备注`, { exact: false }).waitFor();
    await line.fill('uh a1');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '结果' }).getByText('交办 A1队', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
  }, 60_000);

  test('a real composition in the command line and the note starts no act', async () => {
    const { page } = desk;
    const cdp = await page.context().newCDPSession(page);
    for (const field of [
      page.getByRole('combobox', { name: '命令' }),
      page.getByRole('textbox', { name: '备注' }),
    ]) {
      await page.locator(`#incident-${ids[3]!}`).click();
      await field.fill('');
      await field.focus();
      await cdp.send('Input.imeSetComposition', { text: 'xfd', selectionStart: 3, selectionEnd: 3 });
      await cdp.send('Input.insertText', { text: '消防道' });
      expect(await field.inputValue()).toBe('消防道');
      await field.fill('');
    }
    expect(await page.getByRole('article', { name: String(ids[3]) }).count()).toBe(1);
  }, 60_000);

  test('alarms of urgent incidents stand until one acknowledges or shelves them', async () => {
    const { page } = desk;
    const alarms = page.getByRole('list', { name: '告警' });
    await alarms.getByText(`事件 ${ids[0]}`, { exact: false }).waitFor();
    await alarms.getByText(`事件 ${ids[4]}`, { exact: false }).waitFor();
    // the two offers made above call too once nobody has looked at them: their teams answer
    for (const name of ['A1-1', 'A2-1']) {
      const officer = await room.place.signIn(name);
      const [task] = (await officer.ok('listTasks')).tasks;
      await officer.ok('acceptAssignment', { params: { assignmentId: task!.assignment.id } });
    }
    // the alarm of an offer that is looked at ends at the next tick
    await expect.poll(() => alarms.getByRole('listitem').count(), { timeout: 40_000 }).toBe(2);
    await queue(page).focus();
    await page.keyboard.press('a');
    await alarms.getByText(`事件 ${ids[0]}`, { exact: false }).waitFor({ state: 'detached' });
    await alarms.getByRole('button', { name: '搁置 5 min' }).first().click();
    await alarms.waitFor({ state: 'detached' });
    await page.getByText('搁置 1').waitFor();
    const { incident } = await room.dispatcher.ok('readIncident', { params: { incidentId: ids[0]! } });
    expect(incident.acknowledgedAt).not.toBeNull();
  }, 60_000);

  test('a hold asks its reason, pauses the clock, and is taken back', async () => {
    const { page } = desk;
    await page.locator(`#incident-${ids[3]!}`).click();
    await page.locator('article').focus();
    await page.keyboard.press('h');
    await page.getByRole('textbox', { name: '理由' }).fill('等产权人到场');
    await page.keyboard.press('Enter');
    await page.getByText('时限暂停', { exact: false }).waitFor();
    await page.locator('article').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('时限暂停', { exact: false }).waitFor({ state: 'detached' });
    const { incident } = await room.dispatcher.ok('readIncident', { params: { incidentId: ids[3]! } });
    expect(incident.holdUntil).toBeNull();
  }, 60_000);

  test('the map menu starts an incident at its place, by mouse and by keyboard', async () => {
    const { page } = desk;
    await drawn(page);
    const canvas = page.locator('canvas.maplibregl-canvas');
    const box = (await canvas.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2 + 30, box.y + box.height / 2 + 40, { button: 'right' });
    await page.getByRole('menuitem', { name: '最近编组' }).click();
    await page.getByRole('menuitem', { name: /A4队/ }).waitFor();
    await page.getByRole('menuitem', { name: '在此新建事件' }).click();
    await page.getByRole('region', { name: '最近可派' }).getByText('A4队').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => queue(page).evaluate((list) => list === document.activeElement)).toBe(true);
    await canvas.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: '在此新建事件' }).waitFor();
    await page.keyboard.press('Escape');
  }, 60_000);

  test('the list of what is in view opens what it names', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '视野内' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`${ids[4]}`) })
      .click();
    await page.getByRole('article', { name: String(ids[4]) }).waitFor();
    expect(await page.locator(`#incident-${ids[4]!}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
  }, 60_000);

  test('the map comes back after the graphics card was lost', async () => {
    const { page } = desk;
    await page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')!;
      const card = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
      const once = (name: string) =>
        new Promise<void>((done) => canvas.addEventListener(name, () => done(), { once: true }));
      const gone = once('webglcontextlost');
      card.loseContext();
      await gone;
      const back = once('webglcontextrestored');
      setTimeout(() => card.restoreContext(), 100);
      await back;
    });
    await page.getByText('此机器无法绘制地图', { exact: false }).waitFor({ state: 'detached' });
    await drawn(page);
    expect(desk.faults.filter((fault) => fault.startsWith('thrown'))).toEqual([]);
  }, 60_000);

  test.each([
    ['dark', 'zh-CN', 1920, 1080],
    ['light', 'zh-CN', 1366, 768],
    ['dark', 'en', 1366, 768],
    ['light', 'en', 1920, 1080],
  ] as const)(
    '%s %s %ix%i: no violation, nothing cut off, nothing under 13 px',
    async (theme, language, width, height) => {
      await desk.context.close();
      desk = await room.desk('dispatcher-2', { theme, language, width, height });
      const { page, faults } = desk;
      await page.locator(`#incident-${ids[0]!}`).click();
      await page.locator('section ol > li').first().waitFor();
      await drawn(page);
      expect(await violationsOf(page)).toEqual([]);
      expect(await badText(page)).toEqual([]);
      const header = await page
        .locator('header[aria-label]')
        .first()
        .evaluate((bar) => bar.scrollWidth - bar.clientWidth);
      expect(header).toBeLessThanOrEqual(0);
      await page.keyboard.press('n');
      await page.locator('form[data-panel-focus]').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(await badText(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
    90_000,
  );
});
