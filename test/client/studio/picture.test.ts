import { describe, expect, test } from 'vitest';
import { CellFinder } from '../../../client/studio/core/cell-finder.ts';
import { colourZones } from '../../../client/studio/core/colours.ts';
import { planCsv, planGeoJson } from '../../../client/studio/core/export.ts';
import { pointInside } from '../../../client/studio/core/inside.ts';
import { outlookOf } from '../../../client/studio/core/outlook.ts';
import { drawPicture, redrawPicture, type PictureContext } from '../../../client/studio/core/picture.ts';
import { stepFrom } from '../../../client/studio/core/steps.ts';
import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { placeInRing } from '../../../shared/rules/cells/ring.ts';
import { oracleGraph, oracleZones } from '../../rules/zones/oracle-plan.ts';
import { squareGround } from './square-studio.ts';

const ground = squareGround(6, 4);
const zoneIds = [1, 2] as ZoneId[];
const teams = zoneIds.map((zoneId) => ({ zoneId, teamId: 1 as TeamId, rank: 1 }));
const context: PictureContext = {
  ground,
  outlook: outlookOf(ground, teams),
  teams,
  locked: new Set(),
  waived: new Set(),
  outdated: false,
};
/** West half zone 1, east half zone 2. */
const halves = Int32Array.from(ground.graph.cellIds, (_, i) => (i % 6 < 3 ? 1 : 2));

describe('the picture of a plan', () => {
  test('after a stroke it is the same as one drawn from scratch, and untouched shapes are the same objects', () => {
    const third = [1, 2, 3] as ZoneId[];
    const three = Int32Array.from(halves, (zone, i) => (i >= 18 ? 3 : zone));
    const before = drawPicture(context, three, third);
    const painted = three.slice();
    painted[2] = 2;
    const after = redrawPicture(context, before, painted, third);
    expect(after.tally).toEqual(drawPicture(context, painted, third).tally);
    expect(after.problems).toEqual(drawPicture(context, painted, third).problems);
    expect(after.shapes.get(third[2]!)).toBe(before.shapes.get(third[2]!));
    expect(after.shapes.get(third[0]!)).not.toBe(before.shapes.get(third[0]!));
  });

  test('a zone that is cut in two is named at once; a clean plan has no error', () => {
    const clean = drawPicture(context, halves, zoneIds);
    expect(clean.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const cut = halves.slice();
    for (const row of [0, 1, 2, 3]) cut[row * 6 + 1] = 2;
    const torn = redrawPicture(context, clean, cut, zoneIds);
    expect(torn.problems.some(({ name }) => name === 'zone_split')).toBe(true);
  });

  test('the forecast answers for each zone and grows with demand', () => {
    const picture = drawPicture(context, halves, zoneIds);
    expect(picture.forecast?.ok).toBe(true);
    const forecast = picture.forecast?.ok ? picture.forecast.forecast : null;
    expect(forecast?.zones.size).toBe(2);
    expect(forecast?.crossZoneShare).toBe(0);
    // The team waits in the west: the east takes longer.
    expect(forecast!.zones.get(zoneIds[1]!)!.meanTravelSeconds).toBeGreaterThan(
      forecast!.zones.get(zoneIds[0]!)!.meanTravelSeconds,
    );
  });

  test('teams without a place to wait leave the forecast out', () => {
    expect(outlookOf(ground, [])).toBeNull();
  });
});

test('neighbouring zones never share a colour, and a zone keeps its own', () => {
  const { graph, assignment: plan } = oracleGraph();
  const zones = oracleZones;
  const colours = colourZones(graph, plan, zones, 6);
  const pairs = [...plan.keys()].flatMap((cell) =>
    Array.from(
      graph.neighbours.subarray(graph.offsets[cell], graph.offsets[cell + 1]),
      (other) => [plan[cell] as ZoneId, plan[other] as ZoneId] as const,
    ),
  );
  const clashes = pairs.filter(([a, b]) => a !== b && colours.get(a) === colours.get(b));
  expect(pairs.length).toBeGreaterThan(500);
  expect(clashes).toEqual([]);
  const again = colourZones(graph, plan, zones, 6, colours);
  expect(again).toEqual(colours);
});

test('a point inside is inside, also in a crescent', () => {
  const crescent = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 90],
    [90, 90],
    [90, 10],
    [0, 10],
  ] as const;
  expect(placeInRing(pointInside([crescent]), crescent)).toBe('inside');
});

test('the cell under a point: inside, on a border by the lower code, outside', () => {
  const finder = new CellFinder(ground);
  expect(finder.at(121.405, 30.005)).toBe(0);
  expect(finder.at(121.41, 30.005)).toBe(0);
  expect(finder.at(121.455, 30.035)).toBe(23);
  expect(finder.at(121.3, 30)).toBe(-1);
});

test('arrow keys walk to the neighbour in that direction and stop at the border of the town', () => {
  expect(stepFrom(ground, 0, 'ArrowRight')).toBe(1);
  expect(stepFrom(ground, 0, 'ArrowUp')).toBe(6);
  expect(stepFrom(ground, 0, 'ArrowLeft')).toBe(0);
  expect(stepFrom(ground, 23, 'ArrowDown')).toBe(17);
});

describe('files', () => {
  const label = (zoneId: ZoneId) => ({ number: zoneId, name: `第${zoneId}片区` });
  const picture = drawPicture(context, halves, zoneIds);

  test('CSV is one row a cell by code and number of the zone', () => {
    const rows = planCsv(ground, picture, label).trimEnd().split('\n');
    expect(rows[0]).toBe('cell,zone');
    expect(rows[1]).toBe('330205103001001,1');
    expect(rows).toHaveLength(25);
    const holed = halves.slice();
    holed[0] = 0;
    expect(planCsv(ground, drawPicture(context, holed, zoneIds), label).split('\n')[1]).toBe(
      '330205103001001,',
    );
  });

  test('GeoJSON says its datum and moves every place when it is another', () => {
    const plain = planGeoJson(ground, picture, label, 'zones', 'wgs84', null);
    expect(plain.features).toHaveLength(2);
    expect(plain.crs_name).toBe('wgs84');
    const moved = planGeoJson(ground, picture, label, 'cells', 'gcj02', (lng, lat) => [lng + 1, lat]);
    const first = (collection: typeof plain) =>
      (collection.features[0]!.geometry as GeoJSON.Polygon).coordinates[0]![0]!;
    const still = planGeoJson(ground, picture, label, 'cells', 'wgs84', null);
    expect(first(moved)[0]).toBeCloseTo(first(still)[0]! + 1, 9);
  });
});
