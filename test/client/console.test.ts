import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, faultsOf, openBrowser, servePage, type ServedPage } from './browser.ts';

/** The console on a made-up hour, in a real browser. Pictures go to GRID_PICTURES when it is set. */
describe.skipIf(!chromiumPath)('the console in Chromium', () => {
  let served: ServedPage;
  let browser: Browser;

  beforeAll(async () => {
    [served, browser] = await Promise.all([servePage(join(import.meta.dirname, 'page')), openBrowser()]);
  }, 180_000);

  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function open(
    query: string,
    size = { width: 1920, height: 1080 },
  ): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ viewport: size });
    const page = await context.newPage();
    pages.push(page);
    const faults = faultsOf(page);
    await page.goto(`${served.address}/${query}`);
    await drawn(page);
    return { page, faults };
  }

  /** The map says with aria-busy when nothing is left to draw. */
  const drawn = (page: Page) => page.waitForSelector('[aria-busy="false"] canvas');

  async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env['GRID_PICTURES'];
    if (!folder) return;
    await drawn(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  const violations = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
  };

  test.each([
    ['dark', 'zh-CN', 1920, 1080],
    ['light', 'zh-CN', 1920, 1080],
    ['dark', 'en', 1366, 768],
    ['light', 'en', 1366, 768],
  ])('%s %s %ix%i: no violation, no fault, no call outside', async (theme, language, width, height) => {
    const { page, faults } = await open(`?theme=${theme}&language=${language}`, { width, height });
    await page.getByRole('option').first().click();
    await picture(page, `console-${theme}-${language}-${width}`);
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('an empty room says what to do next', async () => {
    const { page } = await open('?empty');
    expect(await page.getByText('无待派事件 · N 新建').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  test('the queue is walked and opened by keys, and F6 visits every panel', async () => {
    const { page } = await open('');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = page.getByRole('option').nth(1);
    expect(await second.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    const id = (await second.getAttribute('id'))!.replace('incident-', '');
    expect(await page.getByRole('article', { name: id }).count()).toBe(1);
    const visited: (string | null)[] = [];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('F6');
      visited.push(
        await page.evaluate(
          () => document.activeElement?.closest('[data-panel]')?.getAttribute('data-panel') ?? null,
        ),
      );
    }
    expect(visited).toEqual(['queue', 'map', 'detail', 'units', 'commandLine']);
    await page.keyboard.press('Shift+Slash');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Slash');
    expect(await page.getByRole('dialog', { name: '快捷键' }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  test('a real composition in the command line starts no act', async () => {
    const { page } = await open('');
    await page.keyboard.press('Slash');
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'xfd', selectionStart: 3, selectionEnd: 3 });
    await client.send('Input.insertText', { text: '消防道' });
    const line = page.getByRole('textbox', { name: '命令' });
    expect(await line.inputValue()).toBe('消防道');
    expect(await page.getByRole('option', { selected: true }).count()).toBe(0);
  });

  test('the map comes back after the graphics card was lost', async () => {
    const { page, faults } = await open('');
    const lost = await page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas')!;
      const gl = canvas.getContext('webgl2')!;
      const card = gl.getExtension('WEBGL_lose_context')!;
      const once = (name: string) =>
        new Promise<void>((done) => canvas.addEventListener(name, () => done(), { once: true }));
      const gone = once('webglcontextlost');
      card.loseContext();
      await gone;
      const back = once('webglcontextrestored');
      setTimeout(() => card.restoreContext(), 100);
      await back;
      return true;
    });
    expect(lost).toBe(true);
    await page.waitForFunction(() => !document.querySelector('output'));
    await drawn(page);
    await picture(page, 'console-after-loss');
    expect(faults.filter((fault) => fault.startsWith('thrown'))).toEqual([]);
  });
});
