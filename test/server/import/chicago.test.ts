import { expect, test } from 'vitest';
import { exportLayer } from '../../../server/intake/import/export.ts';
import { describeEachEngine } from '../../kit/database.ts';
import { depsOf, importFile, realFile, reasonsOf, rowCounts } from './desk.ts';

const beats = '--crs wgs84 --map code=BEAT_NUM --code-rule any';
const minutes = 60_000;

describeEachEngine('Chicago: 277 police beats as cells, 25 districts as zones', (_engine, database) => {
  const clean = () => realFile('chicago-beats.geojson');

  test('an empty database is refused without a word about the new town', async () => {
    const result = await importFile(
      depsOf(database()),
      `cells beats.geojson ${beats} --merge-same-code`,
      clean(),
    );
    expect([result.ended, reasonsOf(result)]).toEqual(['refused', { code_merged: 1, town_missing: 1 }]);
  });

  test('three features with the number 3100 are reported with their places', async () => {
    const result = await importFile(
      depsOf(database()),
      `cells beats.geojson ${beats} --create-town Chicago`,
      clean(),
    );
    expect(result.ended).toBe('refused');
    expect(result.findings).toEqual([
      {
        row: 2,
        code: 'code_repeated',
        level: 'error',
        field: 'code',
        what: '"3100" stands in features 2, 56, 264',
        about: { value: '3100', rows: [2, 56, 264] },
      },
    ]);
  });

  test(
    'the simplified twin is refused with its 361 overlapping pairs and 0.285 km²',
    { timeout: 2 * minutes },
    async () => {
      const { db } = database();
      const before = await rowCounts(db);
      const line = `cells twin.geojson ${beats} --create-town Chicago --merge-same-code`;
      const result = await importFile(
        depsOf(database()),
        line,
        realFile('chicago-beats-overlapping.geojson'),
      );
      expect(result.ended).toBe('refused');
      expect(reasonsOf(result)).toEqual({
        code_merged: 1,
        cells_overlap: 361,
        cells_gap: 255,
        cells_apart: 1,
      });
      expect(result.notes).toEqual([
        '361 overlapping pairs (284598 m²), 255 gaps (235048 m²), 4 parts; sum of areas 608.96, union 608.67 km²',
      ]);
      expect(await rowCounts(db)).toEqual(before);
    },
  );

  test(
    'the twin is repaired on request, shown as a difference, and then tiles',
    { timeout: 2 * minutes },
    async () => {
      const { db } = database();
      const before = await rowCounts(db);
      const line = `cells twin.geojson ${beats} --create-town Chicago --merge-same-code --repair --dry-run`;
      const result = await importFile(
        depsOf(database()),
        line,
        realFile('chicago-beats-overlapping.geojson'),
      );
      expect([result.ended, reasonsOf(result)]).toEqual(['tried', { code_merged: 1 }]);
      expect(result.notes).toContain(
        'after the repair: 0 overlapping pairs (0.00 m²), 0 gaps (0.00 m²), 1 part; sum of areas 608.92, union 608.92 km²',
      );
      expect(result.notes.filter((note) => /^ {2}\d{4}: \d+ -> \d+ m²/.test(note)).length).toBeGreaterThan(
        200,
      );
      expect(await rowCounts(db)).toEqual(before);
    },
  );

  test(
    'the clean beats become 275 cells of a new town, measured in its UTM zone',
    { timeout: 2 * minutes },
    async () => {
      const { db } = database();
      const line = `cells beats.geojson ${beats} --create-town Chicago --merge-same-code`;
      const before = await rowCounts(db);
      const tried = await importFile(depsOf(database()), `${line} --dry-run`, clean());
      expect(tried.ended).toBe('tried');
      expect(await rowCounts(db)).toEqual(before);

      const result = await importFile(depsOf(database()), line, clean());
      expect(result.ended).toBe('written');
      expect(result.counts).toMatchObject({ features: 277, cells: 275, new: 275 });
      expect(result.notes[0]).toBe(
        '0 overlapping pairs (0.00 m²), 0 gaps (0.00 m²), 1 part; sum of areas 608.89, union 608.89 km²',
      );
      const town = await db('town').first('name', 'metric_srid', 'synthetic', 'attributions');
      expect(town).toEqual({
        name: 'Chicago',
        metric_srid: 32616,
        synthetic: false,
        attributions: ['a survey (test only)'],
      });
      const [cell] = await db('cell')
        .where({ code: '3100' })
        .select(db.raw('st_numgeometries(geom) parts'), 'source', 'licence');
      expect(cell).toEqual({ parts: 3, source: 'a survey', licence: 'test only' });
      const fact = await db('event').where({ type: 'town.imported' }).first('body');
      expect(JSON.parse(fact.body).data).toEqual({
        layer: 'cells',
        rows: 277,
        licence: 'test only',
        source: 'a survey',
      });
    },
  );

  test(
    'districts choose their beats and come into force as the first edition',
    { timeout: 2 * minutes },
    async () => {
      const { db } = database();
      const line = 'zones districts.geojson --crs wgs84 --map number=DIST_NUM,name=DIST_LABEL --publish';
      const result = await importFile(depsOf(database()), line, realFile('chicago-districts.geojson'));
      expect([result.ended, reasonsOf(result)]).toEqual(['written', {}]);
      expect(result.counts).toMatchObject({ zones: 23, cells: 275 });
      // the beats carry their district's number themselves: an independent answer
      const own = new Map<string, number>();
      for (const { properties } of JSON.parse(clean().toString()).features)
        own.set(properties.BEAT_NUM, Number(properties.DISTRICT));
      const rows = await db('edition_cell as e')
        .join('cell as c', 'c.id', 'e.cell_id')
        .join('zone as z', 'z.id', 'e.zone_id')
        .select('c.code', 'z.number');
      expect(rows.filter(({ code, number }) => own.get(code) !== number)).toEqual([]);
      expect(rows).toHaveLength(275);
    },
  );

  test('a second edition needs a second pair of eyes', { timeout: minutes }, async () => {
    const csv = (await exportLayer(database().db, 'zones', depsOf(database()).now())).text;
    const deps = depsOf(database());
    const again = await importFile(deps, 'zones z.csv --crs wgs84 --publish', csv);
    expect([again.ended, reasonsOf(again)]).toEqual(['refused', { approval_missing: 1 }]);
    const same = await importFile(deps, 'zones z.csv --crs wgs84', csv);
    expect(same.ended).toBe('unchanged');
    const moved = await importFile(deps, 'zones z.csv --crs wgs84', csv.replace(/^1713,17$/m, '1713,20'));
    expect(moved.ended).toBe('written');
    expect(await database().db('edition').where({ status: 'draft' }).count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  test('export then import changes nothing', { timeout: 2 * minutes }, async () => {
    const { db } = database();
    const deps = depsOf(database());
    const { text, rows } = await exportLayer(db, 'cells', deps.now());
    expect(rows).toBe(275);
    const before = await rowCounts(db);
    const result = await importFile(deps, 'cells c.geojson --crs wgs84 --code-rule any --multi keep', text);
    expect([result.ended, reasonsOf(result)]).toEqual(['unchanged', {}]);
    expect(result.counts).toMatchObject({ new: 0, unchanged: 275, replaced: 0 });
    expect(await rowCounts(db)).toEqual(before);

    // control: a corner moved by a metre is seen
    const features = JSON.parse(text) as { features: { geometry: { coordinates: number[][][] } }[] };
    const ring = features.features[7]!.geometry.coordinates[0]!;
    ring[1] = [ring[1]![0]! + 1e-5, ring[1]![1]!];
    const other = await importFile(
      deps,
      'cells c.geojson --crs wgs84 --code-rule any --multi keep --new-outline',
      JSON.stringify(features),
    );
    expect(other.ended).toBe('refused');
    expect(await rowCounts(db)).toEqual(before);
  });
});
