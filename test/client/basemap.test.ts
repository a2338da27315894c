import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PMTiles } from 'pmtiles';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/kernel/config.ts';
import { engines } from '../kit/database.ts';
import { builtPages } from '../kit/pages.ts';
import { town } from '../kit/town.ts';
import { chromiumPath, faultsOf, openBrowser } from './browser.ts';

const magenta = { r: 220, g: 0, b: 200 };
let folder: string;
let archive: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grid-basemap-'));
  archive = join(folder, 'town.pmtiles');
  const tile = await sharp({ create: { width: 256, height: 256, channels: 3, background: magenta } })
    .png()
    .toBuffer();
  await writeFile(archive, archiveOf(tile, 12));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A PMTiles archive (version 3) in which every tile down to a zoom is the same picture. */
function archiveOf(tile: Buffer, zoom: number): Buffer {
  const tiles = (4 ** (zoom + 1) - 1) / 3;
  const root = Buffer.from([1, 0, tiles, tile.length, 1].flatMap(varint));
  const metadata = Buffer.from('{}');
  const head = Buffer.alloc(127);
  head.write('PMTiles');
  head[7] = 3;
  const data = 127 + root.length + metadata.length;
  const numbers = [
    127,
    root.length,
    127 + root.length,
    metadata.length,
    data,
    0,
    data,
    tile.length,
    tiles,
    1,
    1,
  ];
  for (const [i, value] of numbers.entries()) head.writeBigUInt64LE(BigInt(value), 8 + 8 * i);
  // clustered, no compression inside or of tiles, PNG, zooms
  Buffer.from([1, 1, 1, 2, 0, zoom]).copy(head, 96);
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) head.writeInt32LE(degrees * 1e7, 102 + 4 * i);
  return Buffer.concat([head, root, metadata, tile]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

test('settings that cannot work are refused with their remedy', () => {
  expect(() => readConfig({ BASEMAP: 'tianditu' })).toThrow(/TIANDITU_TK: .*key/);
  expect(() => readConfig({ BASEMAP: 'raster', BASEMAP_URL: 'https://tiles.example/' })).toThrow(
    /BASEMAP_URL: .*\{z\}/,
  );
  expect(() => readConfig({ BASEMAP: 'pmtiles' })).toThrow(/BASEMAP_URL: .*archive/);
  expect(() => readConfig({ BASEMAP_CRS: 'gcj02' })).toThrow(/BASEMAP_CRS: .*500 m off/);
});

test('an archive of this machine is served in ranges', async () => {
  const place = await town(engines().at(-1)!, undefined, { BASEMAP: 'pmtiles', BASEMAP_URL: archive });
  const reader = new PMTiles(`${place.address}/basemap.pmtiles`);
  expect(await reader.getHeader()).toMatchObject({ tileType: 2, maxZoom: 12 });
  const found = await reader.getZxy(9, 428, 211);
  const { data } = await sharp(Buffer.from(found!.data)).raw().toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 3)]).toEqual([220, 0, 200]);
  await place.close();
});

describe.skipIf(!chromiumPath)('the map of the console', () => {
  let browser: Browser;
  beforeAll(async () => {
    await builtPages();
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** The colour in a corner of the map, beside the town. */
  async function corner(settings: Readonly<Record<string, string>>) {
    const place = await town(engines().at(-1)!, Date.now(), settings);
    const { token } = await place.person('dispatcher');
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
    await context.addCookies([{ name: 'grid_login', value: token, url: place.address, httpOnly: true }]);
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(`${place.address}/console`);
    const canvas = page.locator('.maplibregl-canvas');
    await canvas.waitFor();
    const colour = async () => {
      const { data, info } = await sharp(await canvas.screenshot())
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = (Math.round(info.height * 0.3) * info.width + 20) * 3;
      return { r: data[at]!, g: data[at + 1]!, b: data[at + 2]! };
    };
    return {
      colour,
      faults,
      close: async () => {
        await context.close();
        await place.close();
      },
    };
  }

  test('shows the archive under the town, and nothing of it without the setting', async () => {
    const isMagenta = ({ r, g, b }: { r: number; g: number; b: number }) => r - g > 40 && b - g > 40;
    const shown = await corner({ BASEMAP: 'pmtiles', BASEMAP_URL: archive });
    await expect
      .poll(async () => isMagenta(await shown.colour()), { timeout: 60_000, interval: 1000 })
      .toBe(true);
    expect(shown.faults).toEqual([]);
    await shown.close();
    const plain = await corner({});
    await new Promise((done) => setTimeout(done, 3000));
    expect(isMagenta(await plain.colour())).toBe(false);
    await plain.close();
  });
});
