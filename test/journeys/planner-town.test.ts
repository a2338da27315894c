import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../client/browser.ts';
import { openDemoTown, type DemoTown } from '../client/studio/demo-town.ts';
import { drawn, mapOf, openStudioRoom, type StudioRoom } from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { demoPassword, demoSignIns } from '../../server/demo.ts';

/** Writes a picture for the documents, when pictures are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env['GRID_PICTURES'] !== '1') return;
  const folder = join(import.meta.dirname, '../../docs/pictures');
  await mkdir(folder, { recursive: true });
  await drawn(page);
  // What was just handed to a map shows after its next quiet moment, and so does the second map of a comparison.
  await page.waitForTimeout(1500);
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await sharp(await page.screenshot())
    .resize({ width: 1600, withoutEnlargement: true })
    .png({ palette: true })
    .toFile(join(folder, `${name}.png`));
}

/** The same studio on the whole synthetic town: 192 cells, 20 zones, 10 teams. */
describe.skipIf(!chromiumPath)('planner on the whole town', () => {
  let town: DemoTown;
  let room: StudioRoom;

  beforeAll(async () => {
    town = await openDemoTown(engines().at(-1)!);
    room = await openStudioRoom(town);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await town?.close();
  });

  test('planner repairs the running plan, takes a proposal and replays a drawn month', async () => {
    const name = demoSignIns(undefined).find(({ role }) => role === 'planner')!.name;
    const planner = await town.signIn(name, demoPassword('planner'));
    const { page, faults } = await room.table(planner, { width: 1920, height: 1080 });
    await drawn(page);
    await page.getByRole('button', { name: '新建草案' }).click();
    await page.getByLabel('名称').fill('均衡调整');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^画笔/, pressed: true }).waitFor();
    await drawn(page);

    await mapOf(page).focus();
    await page.keyboard.press('7');
    const box = (await mapOf(page).boundingBox())!;
    const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.42];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 20, { steps: 20 });
    await picture(page, 'studio-brush');
    await page.mouse.up();
    await page.getByText('已保存到服务器').waitFor();
    const handled = await page.evaluate(() =>
      performance.getEntriesByName('studio-pointer').map(({ duration }) => duration),
    );
    const sorted = handled.toSorted((a, b) => a - b);
    process.stdout.write(
      `192 cells, ${sorted.length} pointer events: median ${sorted[sorted.length >> 1]!.toFixed(2)} ms, most ${sorted.at(-1)!.toFixed(1)} ms\n`,
    );
    await page.getByRole('button', { name: '撤销', exact: true }).click();

    const repair = page.getByRole('button', { name: /^修复/ });
    while ((await repair.count()) > 0) {
      await repair.first().click();
      await page.getByRole('button', { name: /^接受 [1-9]/ }).click();
    }
    // Cells beyond the motorway hang together with nothing: a person lets them stand, with the reason.
    const waive = page.getByRole('button', { name: '允许分片' });
    while ((await waive.count()) > 0) {
      const left = await waive.count();
      await waive.first().click();
      await page.getByLabel('允许分片的原因').fill('高速公路以南由桥洞相通');
      await page.keyboard.press('Enter');
      await expect.poll(() => waive.count(), { timeout: 30_000 }).toBeLessThan(left);
    }
    await page.getByRole('tab', { name: '建议' }).click();
    await page.getByRole('button', { name: '少改动求均衡' }).click();
    await page.getByRole('button', { name: '取消计算' }).waitFor({ state: 'detached', timeout: 120_000 });
    await page.getByRole('slider', { name: '改动多少换多少均衡' }).focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: /^接受 [1-9]/ }).waitFor();
    await picture(page, 'studio-proposal');
    await page.getByRole('button', { name: '全部接受' }).click();
    await page.getByText('已保存到服务器').waitFor();

    await page.getByRole('tab', { name: '推演' }).click();
    await page.getByRole('button', { name: '生成一个月示意事件' }).click();
    await page.getByText(/已生成 \d+ 件示意事件/).waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByRole('heading', { name: '到场时间（分钟' }).waitFor({ timeout: 90_000 });
    process.stdout.write(`${await page.getByText(/两个方案及各种情形，共用/).textContent()}\n`);
    await picture(page, 'studio-replay');
    await mapOf(page).focus();
    await page.keyboard.press('c');
    await page.getByRole('slider', { name: '左右对比的分界' }).waitFor();
    await picture(page, 'studio-compare');
    expect(faults).toEqual([]);
  }, 300_000);
});
