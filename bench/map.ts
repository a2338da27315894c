import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumPath, openBrowser } from '../test/client/browser.ts';
import type { MapBench } from './map-page/main.ts';
import { emit, median, pause, quantile, scaled } from './rows.ts';

/**
 * The console's map (`TownMap`, its layer of people, its sources of incidents) against the obvious way, GeoJSON sources
 * that are set again as a whole, over the same town in headless Chromium: processor time of the renderer with its workers,
 * as Chromium counts it for the process, for each update; four are asked for a second and fewer come where the drawing holds
 * the page up. Five pins change each second. The arms take turns. Without a graphics card the drawing itself is the work of
 * another process and not in it. Floor: the same map with nobody, drawn again as often.
 */
type Benched = typeof globalThis & { bench: MapBench };

const size = { width: 800, height: 600 };
const rounds = 3;
const measureMs = scaled(2500, 1000);
const restMs = 1000;
const settings = [
  { people: 1000, pins: 2000, glides: false },
  { people: 5000, pins: 2000, glides: true },
  { people: 5000, pins: 20_000, glides: false },
];
const bare = 'no graphics card';

if (!chromiumPath)
  emit({ name: 'map: renderer', ours: null, unit: '%', note: 'not run: no Chromium on this machine' });
else await run();
process.exit(0);

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'grid-map-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'map-page'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true },
  });
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  };
  const server = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? '/index.html' : url;
    response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
    createReadStream(join(folder, name))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  const processes = await browser.newBrowserCDPSession();
  try {
    // gliding repaints the whole map twenty times a second, which the obvious way does not do: told apart
    const still = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    const gliding = await browser.newPage({ viewport: size });
    for (const page of [still, gliding]) await page.goto(address);
    for (const setting of settings) await compare(processes, still, gliding, setting);
    await panning(still);
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Taken {
  readonly msAnUpdate: number;
  readonly tasks: readonly number[];
}
type Setting = Pick<(typeof settings)[number], 'people' | 'pins'>;

async function compare(
  processes: CDPSession,
  still: Page,
  gliding: Page,
  setting: (typeof settings)[number],
): Promise<void> {
  const costs = {
    ours: [] as number[],
    gliding: [] as number[],
    naive: [] as number[],
    floor: [] as number[],
  };
  const tasks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = await measure(processes, still, 'ours', setting);
    costs.ours.push(ours.msAnUpdate);
    tasks.push(...ours.tasks);
    costs.naive.push((await measure(processes, still, 'naive', setting)).msAnUpdate);
    if (setting.glides) costs.gliding.push((await measure(processes, gliding, 'ours', setting)).msAnUpdate);
    costs.floor.push((await measure(processes, still, 'ours', { people: 0, pins: 0 })).msAnUpdate);
  }
  const { people, pins } = setting;
  const name = `map, ${people.toLocaleString('en')} people and ${pins.toLocaleString('en')} pins, ${bare}`;
  const figures = { unit: 'ms of CPU', peer: median(costs.naive), floor: median(costs.floor) };
  emit({
    name: `${name}: an update`,
    ours: median(costs.ours),
    ...figures,
    ...(people === 5000 && { goal: { of: 'ratio', is: 'below', than: 0.1 } }),
    note: `peer: setData of everybody and of all pins; nobody glides; rounds of ours ${costs.ours.map((ms) => ms.toFixed(1)).join(', ')}, of the peer ${costs.naive.map((ms) => ms.toFixed(1)).join(', ')}`,
  });
  emit({
    name: `${name}: what they add to a picture of the town`,
    ours: median(costs.ours) - median(costs.floor),
    unit: 'ms of CPU',
    peer: median(costs.naive) - median(costs.floor),
    note: 'both less the floor',
  });
  if (setting.glides)
    emit({
      name: `${name}: an update, gliding`,
      ours: median(costs.gliding),
      ...figures,
      note: 'up to twenty pictures a second, where the peer draws four',
    });
  emit({
    name: `${name}: tasks over 50 ms`,
    ours: tasks.length / rounds,
    unit: `in ${measureMs / 1000} s`,
    goal: { of: 'ours', is: 'below', than: 1 },
    note: tasks.length > 0 ? `the longest ${Math.max(...tasks).toFixed(0)} ms` : 'none',
  });
}

/** One arm on a page that is in front. */
async function measure(
  processes: CDPSession,
  page: Page,
  arm: 'ours' | 'naive',
  setting: Setting,
): Promise<Taken> {
  await open(page, arm, setting);
  await pause(restMs);
  await taken(page);
  const before = await cpuMs(processes);
  await pause(measureMs);
  const spent = (await cpuMs(processes)) - before;
  const { updates, tasks } = await taken(page);
  await page.evaluate(() => (globalThis as Benched).bench.close());
  return { msAnUpdate: spent / Math.max(1, updates), tasks };
}

function taken(page: Page): Promise<ReturnType<MapBench['taken']>> {
  return page.evaluate(() => (globalThis as Benched).bench.taken());
}

async function open(page: Page, arm: 'ours' | 'naive', setting: Setting): Promise<void> {
  await page.bringToFront();
  await page.evaluate(
    async ([name, people, pins]) => {
      const { bench } = globalThis as Benched;
      await bench.open(name);
      bench.feed(people, pins);
    },
    [arm, setting.people, setting.pins] as const,
  );
}

/** Processor time of all renderers: the page that is not in front rests. */
async function cpuMs(processes: CDPSession): Promise<number> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

/** The picture is dragged about with 5,000 people moving: time between two pictures against the map with nobody. */
async function panning(page: Page): Promise<void> {
  const between = { ours: [] as number[], naive: [] as number[], empty: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const arm of ['empty', 'ours', 'naive'] as const) {
      const setting = arm === 'empty' ? { people: 0, pins: 0 } : { people: 5000, pins: 2000 };
      await open(page, arm === 'naive' ? 'naive' : 'ours', setting);
      await pause(restMs);
      const [x, y] = [size.width / 2, size.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await taken(page);
      const startedAt = performance.now();
      for (let step = 0; performance.now() - startedAt < measureMs; step++)
        await page.mouse.move(x + 150 * Math.sin(step / 12), y + 100 * Math.cos(step / 12));
      const { frames } = await taken(page);
      await page.mouse.up();
      between[arm].push(median(frames));
      await page.evaluate(() => (globalThis as Benched).bench.close());
    }
  emit({
    name: `map, picture while panning with 5,000 people moving, ${bare}`,
    ours: median(between.ours),
    unit: 'ms',
    floor: median(between.empty),
    goal: { of: 'ratio', is: 'below', than: 1.2 },
    note: `floor: the town with nobody; setData of everybody ${median(between.naive).toFixed(0)} ms; the slowest round of ours ${quantile(between.ours, 1).toFixed(0)} ms`,
  });
}
