import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Phone, TestTown } from '../../kit/town.ts';
import { faultsOf, openBrowser } from '../browser.ts';
import { builtPages } from '../../kit/pages.ts';
import { openWire, type Wire } from '../wire.ts';

/** One planner's screen, what went wrong on it, and its own wire to the server. */
export interface Table {
  readonly page: Page;
  readonly faults: string[];
  readonly wire: Wire;
}

/** How a screen is opened. */
export interface TableOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'zh-CN' | 'en';
  readonly theme?: 'dark' | 'light';
  readonly path?: string;
}

/** Screens of the studio before a running product. */
export interface StudioRoom {
  readonly browser: Browser;
  table(who: Pick<Phone, 'name' | 'token'>, options?: TableOptions): Promise<Table>;
  close(): Promise<void>;
}

/** Builds the pages and opens the browser. */
export async function openStudioRoom(product: Pick<TestTown, 'address'>): Promise<StudioRoom> {
  await builtPages();
  const browser = await openBrowser();
  const open: { context: BrowserContext; wire: Wire }[] = [];
  return {
    browser,
    async table(who, options = {}) {
      const wire = await openWire(product.address);
      const { width = 1600, height = 950, language = 'zh-CN', theme = 'dark', path = '/studio' } = options;
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
      await context.addCookies([{ name: 'grid_login', value: who.token, url: wire.address, httpOnly: true }]);
      await context.addInitScript(
        ([user, chosen]) => localStorage.setItem(`grid-dispatch:preferences:${user}`, chosen),
        [who.name, JSON.stringify({ language, theme })] as const,
      );
      context.setDefaultTimeout(40_000);
      const page = await context.newPage();
      const faults = faultsOf(page);
      await page.goto(`${wire.address}${path}`);
      open.push({ context, wire });
      return { page, faults, wire };
    },
    async close() {
      for (const { context, wire } of open) {
        await context.close();
        await wire.close();
      }
      await browser.close();
    },
  };
}

/** The map as the pointer sees it; it says with aria-busy when nothing is left to draw. */
export const mapOf = (page: Page) => page.getByRole('application');
export const drawn = (page: Page) => page.waitForSelector('[role="application"][aria-busy="false"] canvas');

/** Where cell (column, row) of the 4 x 4 ground lies on the screen; the whole town must be in view. */
export async function cellOnScreen(page: Page, x: number, y: number): Promise<{ x: number; y: number }> {
  const box = (await mapOf(page).boundingBox())!;
  const padding = 24;
  const cos = Math.cos((29.98 * Math.PI) / 180);
  const [wide, high] = [0.04 * cos, 0.04];
  const scale = Math.min((box.width - 2 * padding) / wide, (box.height - 2 * padding) / high);
  return {
    x: box.x + box.width / 2 + ((x + 0.5) * 0.01 - 0.02) * cos * scale,
    y: box.y + box.height / 2 - ((y + 0.5) * 0.01 - 0.02) * scale,
  };
}

/** Where a place lies on the screen while all of `box` [west, south, east, north] is in view. */
export async function placeOnScreen(
  page: Page,
  [west, south, east, north]: readonly [number, number, number, number],
  [lng, lat]: readonly [number, number],
): Promise<{ x: number; y: number }> {
  const box = (await mapOf(page).boundingBox())!;
  const padding = 24;
  const up = (degrees: number): number => Math.asinh(Math.tan((degrees * Math.PI) / 180));
  const wide = ((east - west) * Math.PI) / 180;
  const scale = Math.min(
    (box.width - 2 * padding) / wide,
    (box.height - 2 * padding) / (up(north) - up(south)),
  );
  return {
    x: box.x + box.width / 2 + (((lng - (west + east) / 2) * Math.PI) / 180) * scale,
    y: box.y + box.height / 2 - (up(lat) - (up(south) + up(north)) / 2) * scale,
  };
}

/** Drags the pointer through some cells. */
export async function dragThrough(page: Page, cells: readonly (readonly [number, number])[]): Promise<void> {
  const [first, ...rest] = await Promise.all(cells.map(([x, y]) => cellOnScreen(page, x, y)));
  await page.mouse.move(first!.x, first!.y);
  await page.mouse.down();
  for (const to of rest) await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** Row of a zone in the live numbers, by its number: hours, load, incidents and so on as they stand. */
export const zoneRow = (page: Page, number: number) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `选用 ${number} 片区` }) });

/** Sees to it that every step is with the server. */
export const allSent = (page: Page) => page.getByText('已保存到服务器').waitFor();

/** Violations of WCAG 2.2 AA inside one panel, in one line each. */
export async function violationsIn(page: Page, panel: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(panel)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}
