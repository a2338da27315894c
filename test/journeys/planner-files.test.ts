import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Output } from '../../shared/contract/api.ts';
import { checkCoverage } from '../../shared/rules/cells/check.ts';
import { gaussKrueger } from '../../shared/rules/cells/projection.ts';
import { vertexAt, type Ring } from '../../shared/rules/cells/ring.ts';
import { chromiumPath } from '../client/browser.ts';
import {
  allSent,
  drawn,
  mapOf,
  openStudioRoom,
  placeOnScreen,
  violationsIn,
  type StudioRoom,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { monday, town, type Phone, type TestTown } from '../kit/town.ts';
import { importFile, realFile } from '../server/import/desk.ts';

interface Feature {
  readonly properties: Record<string, string>;
  readonly geometry: { readonly coordinates: [number, number][][] };
}

/** Three neighbouring districts of Chicago, 42 beats in the drawing whose neighbours overlap. */
const districts = [2, 3, 7];
const cut = (file: string, property: string): Feature[] =>
  (JSON.parse(realFile(file).toString()) as { features: Feature[] }).features.filter(({ properties }) =>
    districts.includes(Number(properties[property])),
  );
const collection = (features: readonly unknown[]): Buffer =>
  Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));

/** A real town whose districts are its cells: finer ones come as a damaged file, through the studio alone. */
describe.skipIf(!chromiumPath)('planner imports the overlapping beats of Chicago', () => {
  let product: TestTown;
  let planner: Phone;
  let room: StudioRoom;
  let page: Page;
  let faults: readonly string[] = [];
  let draftId = 0;
  const twin = cut('chicago-beats-overlapping.geojson', 'DISTRICT');
  const zones = collection(cut('chicago-districts.geojson', 'DIST_NUM'));

  beforeAll(async () => {
    product = await town(engines().at(-1)!, monday, {}, async (deps) => {
      const map = '--crs wgs84 --map';
      const cells = await importFile(
        deps,
        `cells d.geojson ${map} code=DIST_NUM --code-rule any --create-town Chicago`,
        zones,
      );
      const lines = await importFile(
        deps,
        `zones d.geojson ${map} number=DIST_NUM,name=DIST_LABEL --publish`,
        zones,
      );
      if (cells.ended !== 'written' || lines.ended !== 'written') throw new Error('the town was not laid');
    });
    planner = await product.person('planner');
    room = await openStudioRoom(product);
    const table = await room.table(planner);
    ({ page, faults } = table);
    await drawn(page);
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await product?.close();
  });
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await page?.screenshot({ path: join(folder, `files ${task.name.slice(0, 24)}.png`) });
  });

  const form = () => page.getByRole('group', { name: '导入网格图形' });
  const act = async (name: string): Promise<Output<'importCells'>> => {
    const [answered] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/cells/import')),
      button(name).click(),
    ]);
    const answer = (await answered.json()) as Output<'importCells'>;
    await page.getByText(/^正在(?:检查|修复|建立)/).waitFor({ state: 'detached' });
    return answer;
  };
  const give = (name: string, buffer: Buffer) =>
    form().locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/geo+json', buffer });
  const button = (name: string) => form().getByRole('button', { name, exact: true });
  /** What the studio says lies under the pointer there. */
  const under = async ({ x, y }: { x: number; y: number }): Promise<string> => {
    await page.mouse.move(x - 2, y);
    await page.mouse.move(x, y);
    return (await page.locator('[data-hover]').getAttribute('data-hover', { timeout: 1000 })) ?? '';
  };
  const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 40_000 });
  const editions = async () => (await planner.ok('listEditions')).editions.length;
  const readTown = () => planner.ok('readStudio', { query: { editionId: draftId } });

  test('wrong features are listed by row, and nothing is written', async () => {
    await page.getByRole('tab', { name: '文件' }).click();
    expect(await button('检查').isDisabled()).toBe(true);
    const wrong = structuredClone(twin);
    delete wrong[2]!.properties['BEAT_NUM'];
    wrong[4]!.geometry.coordinates[0]!.pop();
    await give('wrong.geojson', collection(wrong));
    await form().getByRole('combobox', { name: '文件的坐标系' }).press('ArrowDown');
    await page.getByRole('option', { name: 'WGS-84' }).click();
    await form().getByLabel('编码所在的属性').fill('BEAT_NUM');
    await form().getByLabel('数据来源').fill('City of Chicago');
    await form().getByLabel('使用许可').fill('MIT');
    await act('检查');
    await page.getByText('2 处错误').waitFor();
    const rows = page.getByRole('table', { name: '问题' }).getByRole('row');
    await rows.filter({ hasText: '缺少属性' }).filter({ hasText: /^3/ }).waitFor();
    await rows.filter({ hasText: '边界没有闭合' }).filter({ hasText: /^5/ }).waitFor();
    expect(await button('建立草案').isDisabled()).toBe(true);
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    expect(await editions()).toBe(1);
  }, 90_000);

  test('overlaps are listed and shown on the map; the repair makes the cells tile', async () => {
    await give('twin.geojson', collection(twin));
    await form().getByLabel('以文件外边界为镇界').check();
    const damaged = await act('检查');
    expect(damaged.ended).toBe('refused');
    await page.getByText('不能建立草案').waitFor();
    expect(await button('建立草案').isDisabled()).toBe(true);
    const overlaps = damaged.findings.filter(({ code }) => code === 'cells_overlap');
    expect(overlaps.length).toBeGreaterThan(30);
    const rows = page.getByRole('table', { name: '问题' }).getByRole('row').filter({ hasText: '网格重叠' });
    expect(await rows.count()).toBe(overlaps.length);

    // the place of the fifth overlap comes to the middle of the map
    const [lng, lat] = overlaps[4]!.at!;
    await rows.nth(4).getByRole('button', { name: '定位' }).click();
    const box = (await mapOf(page).boundingBox())!;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const dispatcher = await product.person('dispatcher');
    const { zoneNumber } = await dispatcher.ok('previewIncident', { query: { lng, lat } });
    await eventually(() => under(middle)).toBe(String(zoneNumber));
    await page
      .locator('[data-told]')
      .filter({ hasText: `已在地图上标出第 ${overlaps[4]!.row} 行的问题` })
      .waitFor({ state: 'attached' });

    const repaired = await act('修复后再检查');
    expect(repaired).toMatchObject({ ended: 'tried', after: { overlaps: 0, gaps: 0, parts: 1 } });
    expect(repaired.differences.length).toBeGreaterThan(10);
    await page.getByText('网格铺满全域').waitFor();
    await page.getByRole('table', { name: '修复之后' }).waitFor();
    expect(await violationsIn(page, '[data-panel="side"]')).toEqual([]);
    expect(await editions()).toBe(1);
  }, 120_000);

  test('the draft tiles without a gap or an overlap, and keeps the zones', async () => {
    await form().getByLabel('草案名称').fill('警区细化');
    const { editionId } = await act('建立草案');
    draftId = editionId!;
    await eventually(async () => new URL(page.url()).searchParams.get('edition')).toBe(String(draftId));
    await page.getByRole('button', { name: /^画笔/, disabled: false }).waitFor();
    await drawn(page);
    expect(await editions()).toBe(2);
    const { cells, outline, centralMeridian } = await readTown();
    expect(cells.map(({ code }) => code).sort()).toEqual(
      twin.map(({ properties }) => properties['BEAT_NUM']!).sort(),
    );
    const rowsOf = (rings: readonly (readonly Ring[])[], border: readonly Ring[]) =>
      checkCoverage(
        {
          cells: new Map(
            cells.map((cell, i) => [
              cell.id,
              { id: cell.id, code15: cell.code, kind: cell.kind, rings: rings[i]!, supersedes: [] },
            ]),
          ),
          outline: border,
          issuedCodes: new Set(),
        },
        { project: gaussKrueger(centralMeridian), declaredParts: 1 },
      );
    const border = outline.map((ring) => ring.map(([x, y]) => [x, y] as const));
    expect(
      rowsOf(
        cells.map(({ rings }) => rings.map((ring) => ring.map(([x, y]) => [x, y] as const))),
        border,
      ),
    ).toEqual([]);
    // control: the shapes as they stand in the file do not pass it
    const asDrawn = cells.map(({ code }) =>
      twin
        .find(({ properties }) => properties['BEAT_NUM'] === code)!
        .geometry.coordinates.map((ring) => ring.slice(0, -1).map(([x, y]) => vertexAt(x, y))),
    );
    expect(rowsOf(asDrawn, border).length).toBeGreaterThan(0);
    const { problems } = await planner.ok('readProblems', { params: { editionId: draftId } });
    expect(problems.filter(({ name }) => name === 'coverage_damaged' || name === 'edition_outdated')).toEqual(
      [],
    );
    expect(await wrongDistricts()).toEqual([]);
  }, 90_000);

  /** Codes of beats that do not lie in their own district. */
  async function wrongDistricts(): Promise<string[]> {
    const detail = await planner.ok('readEdition', { params: { editionId: draftId } });
    const numbers = new Map(detail.zones.map(({ id, number }) => [id as number, number]));
    const zoneOf = new Map(detail.cells.map(([cell, zone]) => [cell as number, numbers.get(zone ?? 0)]));
    const own = new Map(
      twin.map(({ properties }) => [properties['BEAT_NUM']!, Number(properties['DISTRICT'])]),
    );
    const { cells } = await readTown();
    return cells.filter(({ id, code }) => zoneOf.get(id) !== own.get(code)).map(({ code }) => code);
  }

  test('one stroke redraws the beats; the file of districts takes it back as a selection', async () => {
    const { cells } = await readTown();
    const points = cells.flatMap(({ rings }) => rings.flat());
    const [xs, ys] = [points.map(([x]) => x / 1e7), points.map(([, y]) => y / 1e7)];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
    const beat = cells.find(({ code }) => code === '0323')!;
    const ring = beat.rings[0]!;
    const mean = (axis: 0 | 1): number => ring.reduce((sum, v) => sum + v[axis], 0) / ring.length / 1e7;
    await page.getByRole('button', { name: '全镇' }).click();
    const at = () => placeOnScreen(page, [...box], [mean(0), mean(1)]);
    await eventually(async () => under(await at())).toBe('0323');
    await mapOf(page).focus();
    await page.keyboard.press('b');
    await page.keyboard.press('7');
    const { x, y } = await at();
    await page.mouse.click(x, y);
    await allSent(page);
    await eventually(wrongDistricts).toEqual(['0323']);

    const side = page.getByRole('group', { name: '导入到本草案' });
    await side.getByRole('combobox', { name: '格式' }).press('ArrowDown');
    await page.getByRole('option', { name: 'GeoJSON 图形' }).click();
    await side.getByRole('combobox', { name: '文件的坐标系' }).press('ArrowDown');
    await page.getByRole('option', { name: 'WGS-84' }).click();
    await side.getByLabel('片区所在的列或属性').fill('DIST_NUM');
    await side
      .locator('input[type="file"]')
      .setInputFiles({ name: 'districts.geojson', mimeType: 'application/geo+json', buffer: zones });
    await side.getByRole('button', { name: '读入' }).click();
    await page.getByText('1 个网格的去向已放上桌面').waitFor();
    await page.getByRole('button', { name: /^接受 1/ }).click();
    await allSent(page);
    await eventually(wrongDistricts).toEqual([]);
    expect(faults).toEqual([]);
  }, 90_000);
});
