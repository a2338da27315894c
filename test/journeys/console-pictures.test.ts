import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../shared/contract/api.ts';
import { chromiumPath, openBrowser } from '../client/browser.ts';
import { drawn } from '../client/live-room.ts';

const top = join(import.meta.dirname, '../..');
const folder = join(top, 'docs/pictures');

/**
 * Pictures for README and docs, of the demo town as `npm start` brings it up, with its simulator. Only when they
 * are asked for: GRID_PICTURES=1 npx vitest run test/journeys/console-pictures.test.ts
 */
describe.skipIf(!chromiumPath || process.env['GRID_PICTURES'] !== '1')('pictures of the console', () => {
  let data: string;
  let server: ChildProcess;
  let browser: Browser;
  let address = '';

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'grid-pictures-'));
    server = spawn(process.execPath, [join(top, 'node_modules/tsx/dist/cli.mjs'), 'server/main.ts'], {
      cwd: top,
      env: { ...process.env, PORT: '0', DATA_FOLDER: data, LOG_LEVEL: 'warn', SIMULATOR_SPEED: '2' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    address = await new Promise<string>((ready, failed) => {
      let said = '';
      server.stdout!.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /ready at (http:\S+)/.exec(said)?.[1];
        if (found) ready(found);
      });
      server.once('exit', (code) => failed(new Error(`the product ended (${code}): ${said}`)));
    });
    browser = await openBrowser();
    await report();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    const gone = new Promise((done) => server?.once('exit', done));
    server?.kill('SIGTERM');
    await gone;
    await rm(data, { recursive: true, force: true });
  });

  /** Some reports of the hotline, beside those of the simulator. */
  async function report(): Promise<void> {
    const demo = (await (await fetch(`${address}/api/v1/demo`)).json()) as Output<'listDemoSignIns'>;
    const { name, password } = demo.signIns.find(({ role }) => role === 'dispatcher')!;
    const json = { 'content-type': 'application/json' };
    const login = await fetch(`${address}/api/v1/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name, password }),
    });
    const token = /grid_login=([^;]+)/.exec(login.headers.get('set-cookie') ?? '')?.[1];
    const reports = [
      ['FD-01', '小车停在消防通道，楼道出口受阻', '民权路 18 号', 121.4446, 29.9812],
      ['CY-02', '店外经营，人行道无法通行', '解放河路 7 号', 121.4471, 29.9835],
      ['CY-19', '建筑垃圾倾倒在河边', '竺巷东路', 121.4512, 29.9778],
      ['EN-01', '餐馆油烟直排居民楼', '太阳殿路 33 号', 121.4418, 29.9841],
      ['CY-15', '共享单车堵住盲道', '慈城公交站', 121.4489, 29.9769],
      ['FD-01', '又有人来电反映同一辆车', '民权路 18 号', 121.4449, 29.9813],
    ] as const;
    for (const [matterCode, text, place, lng, lat] of reports)
      await fetch(`${address}/api/v1/incidents`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({
          matterCode,
          text,
          address: place,
          point: { lng, lat },
          crs: 'wgs84',
          source: 'hotline_12345',
        }),
      });
  }

  async function open(theme: 'dark' | 'light', language: 'zh-CN' | 'en'): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1600, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    await page.addInitScript(
      (chosen) => localStorage.setItem('grid-dispatch:preferences:', chosen),
      JSON.stringify({ language, theme }),
    );
    await page.goto(`${address}/console`);
    await page.locator('form').waitFor();
    return page;
  }

  async function enter(page: Page): Promise<void> {
    await page.locator('section button').first().click();
    await page.locator('[data-tone="late"] button').click();
    await page.locator('[id^="incident-"]').first().waitFor();
    await page.locator('tbody tr').nth(4).waitFor();
    await drawn(page);
  }

  async function keep(page: Page, name: string): Promise<number> {
    if (await page.locator('[data-panel="map"]').count()) await drawn(page);
    await page.waitForTimeout(1500);
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${name}.png`);
    const { size } = await sharp(await page.screenshot())
      .png({ palette: true, quality: 90, effort: 9 })
      .toFile(file);
    return size;
  }

  test('dark, in Chinese: door, room with a card, form of a new incident', async () => {
    const page = await open('dark', 'zh-CN');
    await page.locator('section button').first().waitFor();
    expect(await keep(page, 'sign-in')).toBeLessThan(300_000);
    await enter(page);
    await page.locator('[id^="incident-"]').first().click();
    await page.getByRole('region', { name: '推荐编组' }).locator('ol > li').first().waitFor();
    expect(await keep(page, 'console')).toBeLessThan(300_000);
    await page.keyboard.press('n');
    await page.keyboard.type('FD');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('121.44472, 29.98126');
    await page.getByRole('region', { name: '最近可派' }).locator('li').first().waitFor();
    expect(await keep(page, 'console-new-incident')).toBeLessThan(300_000);
    await page.context().close();
  }, 400_000);

  test('light, in English: the room, and why this order', async () => {
    const page = await open('light', 'en');
    await enter(page);
    await page.locator('[id^="incident-"]').getByText('To dispatch').first().click();
    await page.getByRole('region', { name: 'Recommended teams' }).locator('ol > li').first().waitFor();
    expect(await keep(page, 'console-english')).toBeLessThan(300_000);
    await page.getByRole('button', { name: 'Why this order' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await keep(page, 'console-why')).toBeLessThan(300_000);
    await page.context().close();
  }, 400_000);
});
