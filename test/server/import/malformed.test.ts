import { expect, test } from 'vitest';
import { UsageError, readOptions } from '../../../server/intake/import/options.ts';
import { reasons, type ReasonCode } from '../../../server/intake/import/reasons.ts';
import { reportCsv, reportTable } from '../../../server/intake/import/report.ts';
import { describeEachEngine } from '../../kit/database.ts';
import { layGround } from '../../kit/ground.ts';
import { monday } from '../../kit/town.ts';
import { depsOf, geoJson, importFile, ningbo, reasonsOf, rowCounts, type Square } from './desk.ts';

const cells = 'cells c.geojson --crs wgs84';
const feature = (geometry: unknown, properties: unknown = { code: '330205103018001' }) =>
  JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] });
const polygon = (...ring: number[][]) => feature({ type: 'Polygon', coordinates: [ring] });
const changed = (change: (squares: Square[]) => Square[]) => geoJson(change(ningbo()));
const withRing = (index: number, ring: Square['ring']) =>
  changed((squares) => squares.map((square, i) => (i === index ? { ...square, ring } : square)));
/** 片区 in GBK. */
const gbk = Buffer.from([0xc6, 0xac, 0xc7, 0xf8]);

/** What is wrong with a file -> the command line, the file, and the reasons that must be named. */
const bad: Record<string, [line: string, content: string | Buffer, wanted: readonly ReasonCode[]]> = {
  'no JSON': [cells, 'code,zone\n1,2\n', ['json_invalid']],
  'JSON, but no layer': [cells, '{"type":"Topology"}', ['file_wrong']],
  'an empty layer': [cells, '{"type":"FeatureCollection","features":[]}', ['layer_empty']],
  'no zip, though it begins like one': [cells, Buffer.from('PK\u0003\u0004 nothing'), ['file_wrong']],
  'points instead of polygons': [
    cells,
    feature({ type: 'Point', coordinates: [121.4, 29.9] }),
    ['geometry_wrong'],
  ],
  'no geometry': [cells, feature(null), ['geometry_missing']],
  'a polygon without rings': [cells, feature({ type: 'Polygon', coordinates: [] }), ['geometry_missing']],
  'several parts': [
    cells,
    feature({
      type: 'MultiPolygon',
      coordinates: [121.4, 121.5].map((x) => [
        [
          [x, 29],
          [x + 0.01, 29],
          [x, 29.01],
          [x, 29],
        ],
      ]),
    }),
    ['geometry_multiple'],
  ],
  'an open ring': [cells, polygon([121.4, 29.9], [121.5, 29.9], [121.5, 30], [121.4, 30]), ['ring_open']],
  'a ring of two places': [cells, polygon([121.4, 29.9], [121.5, 29.9], [121.4, 29.9]), ['ring_short']],
  'a word as a coordinate': [
    cells,
    feature({ type: 'Polygon', coordinates: [[['a', 'b']]] }),
    ['coordinate_invalid'],
  ],
  'latitude first': [cells, geoJson(ningbo(), ([x, y]) => [y, x]), ['axis_swapped']],
  'another town': [cells, geoJson(ningbo(), ([x, y]) => [x - 5, y]), ['place_far']],
  'a CRS that the file contradicts': [
    cells,
    geoJson(ningbo()).replace('{', '{"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},'),
    ['crs_contradicted'],
  ],
  'a projection that does not fit degrees': [
    'cells c.geojson --crs EPSG:999999',
    geoJson(ningbo()),
    ['field_invalid'],
  ],
  'no code': [
    cells,
    feature({ type: 'Polygon', coordinates: [ningbo()[0]!.ring] }, { name: 'A' }),
    ['field_missing'],
  ],
  'a code of five digits': [
    cells,
    changed((s) => s.map((q, i) => (i === 3 ? { ...q, code: '12345' } : q))),
    ['code_malformed'],
  ],
  'a code of another town': [
    cells,
    changed((s) => s.map((q, i) => (i === 3 ? { ...q, code: '330205104018004' } : q))),
    ['code_foreign'],
  ],
  'one code twice': [
    cells,
    changed((s) => s.map((q, i) => (i === 3 ? { ...q, code: s[0]!.code } : q))),
    ['code_repeated'],
  ],
  'a bow tie': [
    cells,
    withRing(5, [
      [121.43, 29.97],
      [121.44, 29.98],
      [121.44, 29.97],
      [121.43, 29.98],
      [121.43, 29.97],
    ]),
    ['ring_crossed'],
  ],
  'a sliver': [
    cells,
    changed((s) => [
      ...s,
      {
        code: '330205103018099',
        ring: [
          [121.46, 29.96],
          [121.46001, 29.96],
          [121.46001, 30],
          [121.46, 30],
          [121.46, 29.96],
        ],
      },
    ]),
    ['cell_sliver'],
  ],
  'a corner that was moved': [
    cells,
    withRing(5, [
      [121.43, 29.97],
      [121.44, 29.97],
      [121.4405, 29.9805],
      [121.43, 29.98],
      [121.43, 29.97],
    ]),
    ['cells_overlap'],
  ],
  'a missing inner cell': [
    cells,
    changed((s) => s.filter((_, i) => i !== 5)),
    ['cells_hole', 'town_uncovered'],
  ],
  'a missing border cell': [cells, changed((s) => s.slice(1)), ['town_uncovered']],
  'a cell outside the town': [
    cells,
    changed((s) => [
      ...s,
      {
        code: '330205103018099',
        ring: [
          [121.46, 29.96],
          [121.47, 29.96],
          [121.47, 29.97],
          [121.46, 29.97],
          [121.46, 29.96],
        ],
      },
    ]),
    ['town_exceeded'],
  ],
  'a second town': [`${cells} --create-town Elsewhere`, geoJson(ningbo()), ['town_exists']],
  'an unknown community': [
    `${cells} --map communityCode=code`,
    changed((s) => s.slice(0, 1)),
    ['community_unknown'],
  ],
  'GBK bytes read as UTF-8': [
    'zones z.csv --crs wgs84',
    Buffer.concat([Buffer.from('code,number,name\n1,1,'), gbk]),
    ['encoding_foreign'],
  ],
  'a missing column': ['zones z.csv --crs wgs84', 'code,name\n330205103018001,A\n', ['column_missing']],
  'a column that --map names in vain': [
    'zones z.csv --crs wgs84 --map number=Zone',
    'code,number\n1,1\n',
    ['column_missing'],
  ],
  'a torn CSV': ['zones z.csv --crs wgs84', 'code,number\n"1,1\n', ['csv_invalid']],
  'only a header': ['zones z.csv --crs wgs84', 'code,number\n', ['layer_empty']],
  'cells that are not there, cells without a zone': [
    'zones z.csv --crs wgs84',
    'code,number\n330205103018001,1\nX,1\n',
    ['cell_unknown', 'cell_unassigned'],
  ],
  'a zone number that is none, a cell twice': [
    'zones z.csv --crs wgs84',
    'code,number\n330205103018001,one\n330205103018002,1\n330205103018002,2\n',
    ['cell_repeated', 'field_invalid'],
  ],
  'lines instead of communities': [
    'communities m.geojson --crs wgs84',
    feature(
      {
        type: 'LineString',
        coordinates: [
          [121, 30],
          [122, 30],
        ],
      },
      { code: '330205103018', name: 'A' },
    ),
    ['geometry_wrong'],
  ],
  'an overlay without its law': [
    'overlays o.geojson --crs wgs84',
    feature({ type: 'Polygon', coordinates: [ningbo()[0]!.ring] }, { kind: 'fireworks_ban', name: 'A' }),
    ['field_missing'],
  ],
  'polygons instead of roads': ['roads r.geojson --crs wgs84', geoJson(ningbo()), ['geometry_wrong']],
  'a road of one place': [
    'roads r.geojson --crs wgs84',
    feature({ type: 'LineString', coordinates: [[121.43, 29.97]] }, { highway: 'primary' }),
    ['coordinate_invalid'],
  ],
  'an incident list without places': [
    'incidents i.csv --crs wgs84',
    'id,created_date\n1,2026-03-01\n',
    ['column_missing'],
  ],
};

describeEachEngine('a file that cannot be imported', (_engine, database) => {
  test('is told apart by its reason and leaves the database as it was', { timeout: 240_000 }, async () => {
    const deps = depsOf(database());
    await layGround(deps.db, monday);
    const before = await rowCounts(deps.db);
    for (const [what, [line, content, wanted]] of Object.entries(bad)) {
      const result = await importFile(deps, line, content);
      const errors = [
        ...new Set(result.findings.filter((f) => f.level === 'error').map(({ code }) => code)),
      ].sort();
      expect([what, result.ended, errors]).toEqual([what, 'refused', [...wanted].sort()]);
      expect([what, await rowCounts(deps.db)]).toEqual([what, before]);
    }
  });

  test('control: the same cells undamaged say that nothing is new, and GBK is read when it is named', async () => {
    const deps = depsOf(database());
    const same = await importFile(deps, cells, geoJson(ningbo()));
    expect([same.ended, reasonsOf(same)]).toEqual(['unchanged', {}]);
    const rows = ningbo().map(({ code }, i) => `${code},${(i % 4) + 1},`);
    const csv = Buffer.concat([
      Buffer.from('code,number,name\n'),
      ...rows.flatMap((row) => [Buffer.from(row), gbk, Buffer.from('\n')]),
    ]);
    const zones = await importFile(deps, 'zones z.csv --crs wgs84 --encoding gbk', csv);
    expect([zones.ended, zones.counts]).toEqual([
      'written',
      { zones: 4, cells: 16, incidentsThatChangeZone: 0, assignmentsThatChangeZone: 0 },
    ]);
  });
});

test('a compulsory option that is missing is named with what it may be', () => {
  const say = (line: string) => () => readOptions(line === '' ? [] : line.split(' '));
  expect(say('')).toThrow(/LAYER is missing: one of cells, zones/);
  expect(say('cells f')).toThrow(/--crs is compulsory: wgs84, cgcs2000, gcj02, bd09, bd09mc or EPSG:number/);
  expect(say('cells f --crs utm')).toThrow(/--crs utm is unknown/);
  expect(say('cells f --crs wgs84')).toThrow(/--source is compulsory/);
  expect(say('cells f --crs wgs84 --source s')).toThrow(/--licence is compulsory/);
  expect(say('cells f --crs wgs84 --source s --licence l --multi maybe')).toThrow(
    /--multi maybe: one of refuse, keep, split/,
  );
  expect(say('cells f --crs wgs84 --source s --licence l --time-zone Mars')).toThrow(UsageError);
  expect(say('cells f --crs wgs84 --source s --licence l --colour red')).toThrow(UsageError);
  expect(say('export roads f')).toThrow(/cells or zones/);
});

test('the report shows twenty rows and a remedy for each reason; the CSV has all and disarms formulas', () => {
  const findings = [...Array(30).keys()].map((i) => ({
    row: i + 1,
    code: 'field_invalid' as const,
    level: 'error' as const,
    field: 'name',
    what: '=HYPERLINK("x")',
  }));
  const table = reportTable(findings);
  expect(table.split('\n').filter((line) => line.includes('HYPERLINK'))).toHaveLength(20);
  expect(table).toContain('and 10 more');
  expect(table).toContain(`30 x field_invalid ${reasons.field_invalid.zh}: ${reasons.field_invalid.remedy}`);
  const csv = reportCsv(findings);
  expect(csv.trimEnd().split('\n')).toHaveLength(31);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
});
