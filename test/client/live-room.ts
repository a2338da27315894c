import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../server/auth/login.ts';
import { setPasswordHash } from '../../server/auth/store.ts';
import { engines } from '../kit/database.ts';
import { addTeam, cellCentre } from '../kit/ground.ts';
import { builtPages } from '../kit/pages.ts';
import { town, type Phone, type TestTown } from '../kit/town.ts';
import { faultsOf, openBrowser } from './browser.ts';
import { openWire, type Wire } from './wire.ts';

export const password = 'a long dispatcher password';

/** One console: its page, what went wrong on it, and its own wire to the server. */
export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
  readonly wire: Wire;
}

/** The product with dispatchers, teams and a browser; its clock runs with the machine's. */
export interface LiveRoom {
  readonly place: TestTown;
  readonly browser: Browser;
  readonly dispatcher: Phone;
  readonly teams: Readonly<Record<string, number>>;
  /** Opens a console in a context of its own; with a name it is signed in already. */
  desk(name?: string, options?: DeskOptions): Promise<Desk>;
  /** Moves the clock of the product, at most `stepMs` at a time; the machine's does not move. */
  advance(ms: number, stepMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'zh-CN' | 'en';
  readonly theme?: 'dark' | 'light';
}

/** Starts it all. Teams A1 (next to cell 0,0), A2, A3 (one licence only) and A4 (out of the way). */
export async function openLiveRoom(): Promise<LiveRoom> {
  await builtPages();
  const place = await town(engines().at(-1)!, Date.now());
  const dispatcher = await place.person('dispatcher', 'dispatcher-1');
  const second = await place.person('dispatcher', 'dispatcher-2');
  for (const { personId } of [dispatcher, second])
    await setPasswordHash(place.deps.db, personId, await hashPassword(password), place.now());
  const teams: Record<string, number> = {};
  for (const [code, x, y, licensed] of [
    ['A1', 0, 0, 2],
    ['A2', 1, 1, 2],
    ['A3', 0, 1, 1],
    ['A4', 3, 3, 2],
  ] as const)
    teams[code] = (
      await addTeam(place.deps.db, {
        code,
        at: place.now(),
        place: cellCentre(x, y),
        licensed,
        auxiliaries: 1,
      })
    ).teamId;
  const browser = await openBrowser();
  const desks: Desk[] = [];

  // The product's clock follows the machine's, a second at a time.
  let moving = Promise.resolve();
  const advance = (ms: number, stepMs = 1000) => (moving = moving.then(() => place.advance(ms, stepMs)));
  const timer = setInterval(() => void advance(1000), 1000);

  async function desk(name?: string, options: DeskOptions = {}): Promise<Desk> {
    const wire = await openWire(place.address);
    const { width = 1600, height = 900, language = 'zh-CN', theme = 'dark' } = options;
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    if (name !== undefined) {
      const { token } = await place.signIn(name);
      await context.addCookies([{ name: 'grid_login', value: token, url: wire.address, httpOnly: true }]);
    }
    await context.addInitScript(
      ([user, chosen]) => localStorage.setItem(`grid-dispatch:preferences:${user}`, chosen),
      [name ?? '', JSON.stringify({ language, theme })] as const,
    );
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(`${wire.address}/console`);
    const made = { page, context, faults, wire };
    desks.push(made);
    return made;
  }

  return {
    place,
    browser,
    dispatcher,
    teams,
    desk,
    advance,
    async close() {
      clearInterval(timer);
      await moving;
      for (const { context, wire } of desks) {
        await context.close();
        await wire.close();
      }
      await browser.close();
      await place.close();
    },
  };
}

/** The map says with aria-busy when nothing is left to draw. */
export const drawn = (page: Page) => page.waitForSelector('[aria-busy="false"] canvas');

/** Violations of WCAG 2.2 AA, in one line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}
