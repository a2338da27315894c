import { readFile } from 'node:fs/promises';
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Duplex } from 'node:stream';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { createApp, type App } from '../../../server/app.ts';
import { engines } from '../../kit/database.ts';
import { builtPages } from '../../kit/pages.ts';
import { monday, phone as client, town, type Phone, type TestTown } from '../../kit/town.ts';
import { faultsOf, openBrowser } from '../browser.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** How long a test waits for something to appear, ms. */
const patienceMs = 30_000;

/** A phone of the street: a browser context of its own with a place. */
export interface StreetPhone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[];
  /** Moves the phone. */
  stand(place: { readonly lng: number; readonly lat: number }, accuracy?: number): Promise<void>;
}

/**
 * The product on its own database behind one address that stays while the server restarts, with a clock that runs, and
 * phones in Chromium.
 */
export interface Street {
  readonly at: TestTown;
  readonly address: string;
  readonly folder: string;
  readonly browser: Browser;
  now(): number;
  /** Lets the town's clock jump ahead. */
  jump(ms: number): Promise<void>;
  phone(
    who: Phone | null,
    options?: {
      place?: { readonly lng: number; readonly lat: number };
      language?: 'zh-CN' | 'en';
      theme?: 'light' | 'dark';
      big?: boolean;
      path?: string;
      /** What the person has allowed beside the place. */
      permissions?: readonly string[];
    },
  ): Promise<StreetPhone>;
  /** A console of the command room, signed in. */
  desk(who: Phone): Promise<{ readonly page: Page; readonly faults: string[] }>;
  /** The same person by the address that outlives a restart. */
  through(who: Phone): Phone;
  /** Nobody answers until `up`: as with a server that is down or a network that is gone for all. */
  down(): void;
  up(): void;
  restart(): Promise<void>;
  /** From now on a newer build of the pages is served. */
  release(): void;
  close(): Promise<void>;
}

export async function openStreet(): Promise<Street> {
  const [folder, browser] = await Promise.all([builtPages(), openBrowser()]);
  const at = await town(engines().at(-1)!, monday);
  const startedMs = Date.now();
  let aheadMs = 0;
  const now = () => monday + (Date.now() - startedMs) + aheadMs;
  Object.assign(at.deps, { now });
  let app: App = at.app;
  let target = Number(new URL(at.address).port);
  let away = false;
  const over = new AbortController();
  const ticks = (async () => {
    while (!over.signal.aborted) {
      await app.tick().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 500));
    }
  })();

  const sockets = new Set<Duplex>();
  let build = '';
  const front: Server = createServer((incoming, outgoing) => {
    if (away) {
      incoming.socket.destroy();
      return;
    }
    const path = decodeURIComponent((incoming.url ?? '/').replace(/[?#].*/, ''));
    const file = fileOf(path);
    if (file) {
      readFile(join(folder, file)).then(
        (bytes) =>
          outgoing
            .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
            // another build of the worker differs in its bytes
            .end(file === 'officer-worker.js' ? Buffer.concat([bytes, Buffer.from(build)]) : bytes),
        () => outgoing.writeHead(404).end(),
      );
      return;
    }
    const passed = ask(
      {
        host: '127.0.0.1',
        port: target,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  front.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  front.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (away) {
      socket.destroy();
      return;
    }
    const back = connect(target, '127.0.0.1', () => {
      const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}`);
      back.write(`GET ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      if (head.length > 0) back.write(head);
      back.pipe(socket);
      socket.pipe(back);
    });
    for (const [one, other] of [
      [back, socket],
      [socket, back],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const contexts: BrowserContext[] = [];

  return {
    at,
    address,
    folder,
    browser,
    now,
    async jump(ms) {
      aheadMs += ms;
      await app.tick();
    },
    async phone(
      who,
      { place, language = 'zh-CN', theme = 'light', big = false, path = '/officer', permissions = [] } = {},
    ) {
      const context = await browser.newContext({
        viewport: { width: 360, height: 780 },
        deviceScaleFactor: pictures ? 1.5 : 1,
        isMobile: true,
        hasTouch: true,
        permissions: ['geolocation', ...permissions],
        ...(place && { geolocation: { longitude: place.lng, latitude: place.lat, accuracy: 8 } }),
      });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      if (who) await context.addCookies([{ name: 'grid_login', value: who.token, url: address }]);
      await context.addInitScript(
        ([choices, look]) => {
          for (const name of choices.names)
            localStorage.setItem(`grid-dispatch:preferences:${name}`, choices.text);
          localStorage.setItem('grid-officer:look', look.text);
        },
        [
          { names: ['', who?.name ?? ''], text: JSON.stringify({ language, theme }) },
          { names: [], text: JSON.stringify({ big }) },
        ] as const,
      );
      const page = await context.newPage();
      const faults = faultsOf(page);
      await page.goto(`${address}${path}`);
      return {
        context,
        page,
        faults,
        stand: (where, accuracy = 8) =>
          context.setGeolocation({ longitude: where.lng, latitude: where.lat, accuracy }),
      };
    },
    async desk(who) {
      const context = await browser.newContext({
        viewport: { width: 1600, height: 900 },
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      await context.addCookies([{ name: 'grid_login', value: who.token, url: address }]);
      await context.addInitScript(
        ([user, chosen]) => localStorage.setItem(`grid-dispatch:preferences:${user}`, chosen),
        [who.name, JSON.stringify({ language: 'zh-CN', theme: 'dark' })] as const,
      );
      const page = await context.newPage();
      const faults = faultsOf(page);
      await page.goto(`${address}/console`);
      return { page, faults };
    },
    through: (who) => client(address, who),
    down() {
      away = true;
      for (const socket of sockets) socket.destroy();
    },
    up() {
      away = false;
    },
    release() {
      build += '\n// newer';
    },
    async restart() {
      for (const socket of sockets) socket.destroy();
      const before = app;
      await before.close();
      await new Promise((done) => {
        before.server.close(done);
        before.server.closeAllConnections();
      });
      app = await createApp(at.deps);
      await new Promise<void>((done) => app.server.listen(0, '127.0.0.1', done));
      target = (app.server.address() as AddressInfo).port;
    },
    async close() {
      over.abort();
      await ticks;
      for (const context of contexts) await context.close();
      await browser.close();
      front.closeAllConnections();
      await new Promise((done) => front.close(done));
      if (app !== at.app) {
        await app.close();
        app.server.closeAllConnections();
        await new Promise((done) => app.server.close(done));
      }
      await (app === at.app ? at.close() : closeRest(at));
    },
  };
}

/** A town whose first application was closed by a restart: what is left of it. */
async function closeRest(at: TestTown): Promise<void> {
  await at.deps.db.destroy();
}

/** Files of the pages; everything else is the server's. */
function fileOf(path: string): string | null {
  if (path === '/officer' || path.startsWith('/officer/')) return 'officer.html';
  if (/^\/(?:assets\/|officer)/.test(path)) return normalize(path).slice(1);
  return null;
}

/** Violations of WCAG 2.2 AA on the screen as it is. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 140)).join(' | ')}`);
}

/** Whether pictures for the documents are wanted, and where they go. */
const pictures = process.env['GRID_PICTURES'];
const pictureFolder = pictures === '1' ? join(import.meta.dirname, '../../../docs/pictures') : pictures;

/**
 * Pictures for the documents when GRID_PICTURES is set, `officer-NAME-zh.png` and `-en.png` of the same screen; `as`
 * names a single one of the screen as it is. Small files: a palette of 64 colours.
 */
export async function picture(page: Page, name: string, as?: string): Promise<void> {
  if (!pictureFolder) return;
  const shoot = async (language: string) => {
    const bytes = await page.screenshot({ animations: 'disabled' });
    await sharp(bytes)
      .png({ palette: true, colours: 64, effort: 10 })
      .toFile(join(pictureFolder, `officer-${name}-${language}.png`));
  };
  if (as !== undefined) return shoot(as);
  await shoot('zh');
  await speak(page, 'en');
  await shoot('en');
  await speak(page, 'zh-CN');
}

/** Changes the language of the phone as another window of the same person would. */
async function speak(page: Page, language: 'zh-CN' | 'en'): Promise<void> {
  await page.evaluate((language) => {
    for (const key of Object.keys(localStorage).filter((one) =>
      one.startsWith('grid-dispatch:preferences:'),
    )) {
      const newValue = JSON.stringify({ ...(JSON.parse(localStorage.getItem(key)!) as object), language });
      localStorage.setItem(key, newValue);
      dispatchEvent(new StorageEvent('storage', { key, newValue }));
    }
  }, language);
  await page.waitForFunction((language) => document.documentElement.lang === language, language);
}

let shots = 0;

/** A photo as a camera gives it: a JPEG of its own bytes each time. */
export async function photo(text: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  shots += 1;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="960"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#9db7cf"/><stop offset="0.45" stop-color="#c9d3da"/><stop offset="0.46" stop-color="#6d7278"/><stop offset="1" stop-color="#4c5157"/></linearGradient></defs><rect width="1280" height="960" fill="url(#g)"/><rect x="180" y="380" width="${560 + shots}" height="210" rx="60" fill="#8b1d1d"/><circle cx="320" cy="600" r="62" fill="#111"/><circle cx="640" cy="600" r="62" fill="#111"/><path d="M0 720h1280" stroke="#e9c33a" stroke-width="18" stroke-dasharray="90 40"/><text x="300" y="520" font-size="64" fill="#fff" font-family="sans-serif">${text} ${shots}</text></svg>`;
  const buffer = await sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
  return { name: `${shots}.jpg`, mimeType: 'image/jpeg', buffer };
}

/** Takes a photo on the tile of that name. */
export async function shoot(page: Page, tile: string, text = tile): Promise<void> {
  await page
    .locator('label', { hasText: tile })
    .first()
    .locator('input')
    .setInputFiles(await photo(text));
  await page.locator('[aria-busy="false"]').first().waitFor();
}

/** Draws a signature on the pad of that label, and waits until the phone has it. */
export async function sign(page: Page, label: string): Promise<void> {
  const pad = page.getByRole('group', { name: label }).locator('[data-pad]').last();
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 80);
  await page.mouse.down();
  for (const [x, y] of [
    [60, 40],
    [90, 100],
    [130, 50],
    [170, 95],
    [220, 60],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
  await page.mouse.up();
  await onShelf(page);
}

/** Waits until all that this phone keeps so far is written: a write of its own waits its turn behind the others. */
const onShelf = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('grid-officer');
        open.addEventListener('error', () => reject(open.error!));
        open.addEventListener('success', () => {
          const write = open.result.transaction('kept', 'readwrite');
          write.objectStore('kept').delete('nothing');
          write.addEventListener('complete', () => {
            open.result.close();
            resolve();
          });
        });
      }),
  );
