import { expect, test } from 'vitest';
import { lngLat, type Crs } from '../../../shared/contract/geo.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { describeEachEngine } from '../../kit/database.ts';
import { depsOf, geoJson, importFile, ningbo, reasonsOf, rowCounts } from './desk.ts';
import { zippedShapefile } from './shapefile.ts';

const into = (crs: Crs) =>
  geoJson(ningbo(), ([x, y]) => {
    const { lng, lat } = fromWgs84(lngLat(x, y), crs);
    return [lng, lat];
  });

describeEachEngine('a declared reference system', (_engine, database) => {
  test('a GCJ-02 layer lands within a metre of its WGS-84 twin', async () => {
    const deps = depsOf(database());
    const result = await importFile(deps, 'cells c.geojson --crs gcj02 --create-town 慈城镇', into('gcj02'));
    expect(result.ended).toBe('written');
    const stored = await deps
      .db('cell')
      .orderBy('code')
      .select(deps.db.raw('st_asgeojson(geom, 15)::json geometry'));
    const off = stored.flatMap(({ geometry }, i) =>
      (geometry.coordinates[0] as [number, number][]).map(([lng, lat], k) => {
        const [x, y] = ningbo()[i]!.ring[k]!;
        return distanceMetres(lngLat(lng, lat), lngLat(x, y));
      }),
    );
    expect(off).toHaveLength(80);
    expect(Math.max(...off)).toBeLessThan(0.01);
    expect(await deps.db('town').first('code', 'metric_srid')).toEqual({
      code: '330205103',
      metric_srid: 32651,
    });
    // control: undeclared it would lie half a kilometre off
    const [x, y] = JSON.parse(into('gcj02')).features[0].geometry.coordinates[0][0];
    expect(distanceMetres(lngLat(x, y), lngLat(...ningbo()[0]!.ring[0]!))).toBeGreaterThan(490);
  });

  test('the same cells in every other system are the same cells', async () => {
    const deps = depsOf(database());
    const before = await rowCounts(deps.db);
    for (const crs of ['wgs84', 'cgcs2000', 'bd09', 'bd09mc'] as const) {
      const result = await importFile(deps, `cells c.geojson --crs ${crs}`, into(crs));
      expect([crs, result.ended, reasonsOf(result)]).toEqual([crs, 'unchanged', {}]);
    }
    for (const epsg of [4326, 4490, 4549, 4528, 32651]) {
      const projected = await project(deps.db, epsg);
      const result = await importFile(deps, `cells c.geojson --crs EPSG:${epsg}`, projected);
      expect([epsg, result.ended, reasonsOf(result)]).toEqual([epsg, 'unchanged', {}]);
    }
    const shapes = zippedShapefile(ningbo());
    const zipped = await importFile(deps, 'cells c.zip --crs wgs84 --map code=CODE', shapes);
    expect([zipped.ended, reasonsOf(zipped)]).toEqual(['unchanged', {}]);
    expect(await rowCounts(deps.db)).toEqual(before);
  });

  test('a wrong declaration does not pass: the layer no longer is the town', async () => {
    const deps = depsOf(database());
    const result = await importFile(deps, 'cells c.geojson --crs wgs84', into('gcj02'));
    expect([result.ended, reasonsOf(result)]).toEqual(['refused', { town_uncovered: 1, town_exceeded: 1 }]);
    const projection = zippedShapefile(ningbo(), 'PROJCS["CGCS2000_3_Degree_GK_CM_120E"]');
    const shape = await importFile(deps, 'cells c.zip --crs wgs84 --map code=CODE', projection);
    expect(reasonsOf(shape)).toMatchObject({ crs_contradicted: 1 });
  });
});

/** The grid in a projection, by the database. */
async function project(db: ReturnType<typeof depsOf>['db'], epsg: number): Promise<string> {
  const features = JSON.parse(geoJson(ningbo())).features;
  for (const feature of features) {
    const { rows } = await db.raw(
      'select st_asgeojson(st_transform(st_setsrid(st_geomfromgeojson(?), 4326), ?::int), 15)::json g',
      [JSON.stringify(feature.geometry), epsg],
    );
    feature.geometry = rows[0].g;
  }
  return JSON.stringify({ type: 'FeatureCollection', features });
}
