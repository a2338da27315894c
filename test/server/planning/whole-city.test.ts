import { expect, test } from 'vitest';
import { sameVertex, vertexAt, type Ring } from '../../../shared/rules/cells/ring.ts';
import { engines } from '../../kit/database.ts';
import { monday, town } from '../../kit/town.ts';
import { importFile, realFile } from '../import/desk.ts';

test('the studio opens on all districts of Chicago, whose file has vertices nearer than a centimetre', async () => {
  const file = realFile('chicago-districts.geojson');
  const product = await town(engines().at(-1)!, monday, {}, async (deps) => {
    const map = '--crs wgs84 --map';
    const options = `--code-rule any --create-town Chicago --merge-same-code`;
    const cells = await importFile(deps, `cells d.geojson ${map} code=DIST_NUM ${options}`, file);
    const zones = `zones d.geojson ${map} number=DIST_NUM,name=DIST_LABEL --publish`;
    const lines = await importFile(deps, zones, file);
    if (cells.ended !== 'written' || lines.ended !== 'written') throw new Error('the town was not laid');
  });
  try {
    const planner = await product.person('planner');
    const { cells } = await planner.ok('readStudio', { query: {} });
    expect(cells).toHaveLength(23);
    const rings = cells.map((cell) => cell.rings as readonly Ring[]);
    expect((await planner.ok('readCellTravel', { query: {} })).cellIds).toHaveLength(23);
    const repeats = (all: readonly Ring[]): number =>
      all.reduce((sum, ring) => sum + ring.filter((v, i) => sameVertex(v, ring.at(i - 1)!)).length, 0);
    expect(repeats(rings.flat())).toBe(0);
    // one district has an exclave: that is no damage, and a draft of this town can go to review
    expect(cells.some(({ rings }) => rings.length > 1)).toBe(true);
    const draft = await planner.ok('createDraft', { body: { name: 'redraw' } });
    const { problems } = await planner.ok('readProblems', { params: { editionId: draft.id } });
    expect(problems.filter(({ name }) => name === 'coverage_damaged')).toEqual([]);
    // control: as they stand in the file, some are one on the grid
    const { features } = JSON.parse(file.toString()) as {
      features: { geometry: { type: string; coordinates: unknown } }[];
    };
    const drawn = features.flatMap(({ geometry: { type, coordinates } }) =>
      (type === 'Polygon'
        ? (coordinates as [number, number][][])
        : (coordinates as [number, number][][][]).flat()
      ).map((ring): Ring => ring.slice(0, -1).map(([lng, lat]) => vertexAt(lng, lat))),
    );
    expect(repeats(drawn)).toBeGreaterThan(0);
  } finally {
    await product.close();
  }
}, 180_000);
