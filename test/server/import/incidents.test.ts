import { expect, test } from 'vitest';
import type { Knex } from 'knex';
import { publishMatters } from '../../../server/incidents/store-write.ts';
import { findDefaultPlaces } from '../../../server/intake/import/default-places.ts';
import { instantOf } from '../../../server/intake/import/instants.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeEachEngine } from '../../kit/database.ts';
import { depsOf, geoJson, grid, importFile, realFile, reasonsOf, rowCounts } from './desk.ts';

const minutes = 60_000;
const map =
  '--map externalId=unique_key,reportedAt=created_date,matter=complaint_type,text=descriptor,address=incident_address';
const list = `incidents nyc.csv --crs wgs84 --time-zone America/New_York ${map}`;
const requests = () => realFile('nyc-311-requests.csv');

/** New York as a town: 20 cells over its bounding box in five zones. The list's own city, so that nothing lies outside. */
async function layNewYork(deps: ReturnType<typeof depsOf>): Promise<void> {
  const squares = grid(-74.26, 40.49, [0.14, 0.085], [4, 5], (i) => `NY-${String(i + 1).padStart(2, '0')}`);
  const cells = await importFile(
    deps,
    'cells ny.geojson --crs wgs84 --code-rule any --create-town NewYork',
    geoJson(squares),
  );
  expect(cells.ended).toBe('written');
  const csv = `cell,zone\n${squares.map(({ code }, i) => `${code},${Math.floor(i / 4) + 1}\n`).join('')}`;
  const zones = await importFile(deps, 'zones ny.csv --crs wgs84 --publish', csv);
  expect(zones.ended).toBe('written');
}

/** The demonstration matters, in force since 2020. */
async function publishAll(db: Knex): Promise<void> {
  const path = join(import.meta.dirname, '../../../data/matters.json');
  const { matters } = JSON.parse(readFileSync(path, 'utf8'));
  await publishMatters(db, matters, {
    holder: () => 'town',
    status: () => 'delegated',
    document: 'test',
    from: Date.UTC(2020, 0, 1),
    scarceKit: new Set(),
  });
}

describeEachEngine("New York: a night's 1,000 service requests as incidents", (_engine, database) => {
  test(
    '23 rows without a place stop the whole list, and nothing is written',
    { timeout: 2 * minutes },
    async () => {
      const deps = depsOf(database());
      await layNewYork(deps);
      await publishAll(deps.db);
      const before = await rowCounts(deps.db);
      const result = await importFile(deps, list, requests());
      expect([result.ended, reasonsOf(result)]).toEqual(['refused', { place_missing: 23 }]);
      expect(result.findings[0]).toMatchObject({
        row: 5,
        code: 'place_missing',
        what: 'longitude "", latitude ""',
      });
      expect(await rowCounts(deps.db)).toEqual(before);
    },
  );

  test('a dry run says what would come and leaves nothing', { timeout: 3 * minutes }, async () => {
    const deps = depsOf(database());
    const before = await rowCounts(deps.db);
    const result = await importFile(deps, `${list} --skip-bad-rows --dry-run`, requests());
    expect([result.ended, result.counts]).toEqual(['tried', { new: 977, known: 0, skipped: 23, filed: 0 }]);
    expect(await rowCounts(deps.db)).toEqual(before);
  });

  test(
    '977 incidents at their own instants, in a cell and a zone, filed where the matter is mapped',
    { timeout: 3 * minutes },
    async () => {
      const deps = depsOf(database());
      const { db } = deps;
      const matters = new Map([['Illegal Parking', 'CY-20']]);
      const result = await importFile(deps, `${list} --skip-bad-rows --file-known`, requests(), matters);
      expect(result.ended).toBe('written');
      const mapped = await db('incident').whereNotNull('matter_version_id').count({ n: '*' });
      expect(result.counts).toEqual({ new: 977, known: 0, skipped: 23, filed: mapped[0]!['n'] });
      expect(Number(mapped[0]!['n'])).toBeGreaterThan(100);
      const [whole] = (
        await db.raw(`select count(*) n, count(cell_id) cells, count(zone_id) zones, min(reported_at) first, max(reported_at) last,
        count(*) filter (where cardinality(doubts) > 0) doubtful from incident`)
      ).rows;
      expect(whole).toEqual({
        n: 977,
        cells: 977,
        zones: 977,
        doubtful: 0,
        first: '2024-04-16T02:51:53.000Z',
        last: '2024-04-16T07:03:15.000Z',
      });
      const row = await db('incident as i')
        .join('report as r', 'r.incident_id', 'i.id')
        .where({ external_id: '60879417' })
        .first('i.text', 'i.source', 'i.state', 'i.reported_at');
      expect(row).toEqual({
        text: 'Street Condition: Pothole',
        source: 'department',
        state: 'reported',
        reported_at: '2024-04-16T07:03:15.000Z',
      });
      const facts = await db('event').groupBy('type').select('type').count({ n: '*' }).orderBy('type');
      expect(facts).toContainEqual({ type: 'incident.reported', n: 977 });
    },
  );

  test('the same file once more adds nothing', { timeout: minutes }, async () => {
    const deps = depsOf(database());
    const before = await rowCounts(deps.db);
    const result = await importFile(deps, `${list} --skip-bad-rows`, requests());
    expect([result.ended, result.counts]).toEqual([
      'unchanged',
      { new: 0, known: 977, skipped: 23, filed: 0 },
    ]);
    expect(await rowCounts(deps.db)).toEqual(before);
  });

  test('a point that 30 rows of different addresses share is doubted, and so is every later report on it', async () => {
    const deps = depsOf(database());
    const row = (id: string, lng: number, address: string) =>
      `${id},2024-05-01 08:00,${lng},40.7128,${address}\n`;
    const rows = [...Array(30).keys()].map((i) => row(`D${i}`, -74.006, `${i} Elm Street`)).join('');
    const head = 'id,created_date,longitude,latitude,incident_address\n';
    const result = await importFile(
      deps,
      'incidents d.csv --crs wgs84',
      head + rows + row('X1', -73.95123, '1 Oak'),
    );
    expect([result.ended, reasonsOf(result)]).toEqual(['written', { default_coordinate: 1 }]);
    await importFile(deps, 'incidents d.csv --crs wgs84', head + row('D99', -74.006, '99 Elm Street'));
    const doubted = await deps
      .db('incident as i')
      .join('report as r', 'r.incident_id', 'i.id')
      .whereRaw(`'default_coordinate' = any (i.doubts)`)
      .pluck('external_id');
    expect(doubted).toHaveLength(31);
    expect(doubted).not.toContain('X1');
  });

  test('a place outside every cell is kept and doubted; swapped axes, times and twins are refused by line', async () => {
    const deps = depsOf(database());
    const head = 'id,created_date,longitude,latitude\n';
    const kept = await importFile(
      deps,
      'incidents o.csv --crs wgs84',
      `${head}O1,2024-05-01T08:00:00Z,-74.2712,40.71234\n`,
    );
    expect([kept.ended, reasonsOf(kept)]).toEqual(['written', { place_outside: 1 }]);
    const before = await rowCounts(deps.db);
    const bad = `${head}O2,2024-05-01 08:00,40.71234,-74.0123\nO3,yesterday,-74.0123,40.7123\nO4,2024-05-01,-74.0123,abc\nO5,2024-05-01,-74.0123,40.7123\nO5,2024-05-01,-74.0123,40.7123\n`;
    const refused = await importFile(deps, 'incidents o.csv --crs wgs84', bad);
    expect(refused.ended).toBe('refused');
    expect(refused.findings.map(({ row, code }) => [row, code])).toEqual([
      [3, 'time_invalid'],
      [4, 'coordinate_invalid'],
      [6, 'id_repeated'],
    ]);
    const swapped = await importFile(
      deps,
      'incidents o.csv --crs wgs84',
      bad.split('\n').slice(0, 2).join('\n'),
    );
    expect(swapped.findings.map(({ row, code }) => [row, code])).toEqual([[2, 'axis_swapped']]);
    expect(await rowCounts(deps.db)).toEqual(before);
  });
});

test('a default place needs 20 rows and a share or several addresses', () => {
  const at = (lng: number, address: string) => ({ lng, lat: 40.7, address });
  const spread = [...Array(4000).keys()].map((i) => at(-74 + i / 1000, ''));
  expect(findDefaultPlaces(spread)).toEqual([]);
  expect(findDefaultPlaces([...spread, ...Array<ReturnType<typeof at>>(19).fill(at(-73, 'a'))])).toEqual([]);
  // control: one address and under half a per cent is a busy place, not a default
  expect(findDefaultPlaces([...spread, ...Array<ReturnType<typeof at>>(20).fill(at(-80, 'a'))])).toEqual([]);
  expect(findDefaultPlaces([...spread, ...Array<ReturnType<typeof at>>(21).fill(at(-80, 'a'))])).toHaveLength(
    1,
  );
});

test('times without an offset are local, with summer time; nonsense is no time', () => {
  expect(instantOf('2024-04-16T03:03:15.000', 'America/New_York')).toBe(Date.UTC(2024, 3, 16, 7, 3, 15));
  expect(instantOf('2024-01-16 03:03', 'America/New_York')).toBe(Date.UTC(2024, 0, 16, 8, 3));
  expect(instantOf('2026/03/16 08:30', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 16, 0, 30));
  expect(instantOf('2026-03-16T08:30:00+08:00', 'America/New_York')).toBe(Date.UTC(2026, 2, 16, 0, 30));
  expect(instantOf('16.3.2026', 'Asia/Shanghai')).toBeNaN();
  expect(instantOf('2026-13-16', 'Asia/Shanghai')).toBeNaN();
});
