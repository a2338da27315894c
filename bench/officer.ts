import { chromiumPath } from '../test/client/browser.ts';
import { openStreet } from '../test/client/officer/street.ts';
import { addTeam, cellCentre } from '../test/kit/ground.ts';
import { emit, median, quantile, scaled } from './rows.ts';

/**
 * The officer's door in headless Chromium: from the address to the page that answers a tap, with the processor slowed
 * four times (CDP) and nothing in store; and the same without a network from what the worker has in store. Server,
 * browser and measure share this machine.
 */
const goals = { interactiveSeconds: 2.5, offlineReloadSeconds: 2 };
const slowdown = 4;

if (!chromiumPath) {
  for (const name of [
    "officer's door, first opening to interactive",
    "officer's door, reload without a network",
  ])
    emit({ name, ours: null, unit: 's', note: 'not run: no Chromium on this machine' });
} else {
  const street = await openStreet();
  const place = cellCentre(1, 0);
  await addTeam(street.at.deps.db, { code: 'A1', at: street.now(), place });
  const officer = await street.at.signIn('A1-1');
  const first: number[] = [];
  const reloads: number[] = [];
  const slowReloads: number[] = [];
  try {
    for (let round = 0; round < scaled(7, 2); round++) {
      // a context of its own: no cache, no worker, no shelf
      const { page, context } = await street.phone(officer, { place, path: '/nothing-yet' });
      const inspector = await context.newCDPSession(page);
      await inspector.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      first.push(await opened(() => page.goto(`${street.address}/officer`)));
      await inspector.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await page.waitForTimeout(1500);
      await context.setOffline(true);
      reloads.push(await opened(() => page.reload()));
      await inspector.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      slowReloads.push(await opened(() => page.reload()));
      await context.close();

      /** Seconds from the address to a page that shows the officer's duty and has answered a tap. */
      async function opened(go: () => Promise<unknown>): Promise<number> {
        const before = performance.now();
        await go();
        await page.getByRole('heading', { name: '暂无任务' }).waitFor();
        await page.getByRole('link', { name: '任务' }).tap();
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        return (performance.now() - before) / 1000;
      }
    }
  } finally {
    await street.close();
  }
  emit({
    name: "officer's door, first opening to interactive",
    ours: median(first),
    unit: 's',
    goal: { of: 'ours', is: 'below', than: goals.interactiveSeconds },
    note: `CPU slowed ${slowdown} times, nothing in store, ${first.length} times; the slowest ${quantile(first, 1).toFixed(2)} s`,
  });
  emit({
    name: "officer's door, reload without a network",
    ours: median(reloads),
    unit: 's',
    goal: { of: 'ours', is: 'below', than: goals.offlineReloadSeconds },
    note: `the slowest of ${reloads.length} ${quantile(reloads, 1).toFixed(2)} s; with the CPU slowed ${slowdown} times ${median(slowReloads).toFixed(2)} s`,
  });
}
process.exit(0);
