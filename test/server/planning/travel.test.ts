import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lngLat } from '../../../shared/contract/geo.ts';
import { travelTimes } from '../../../shared/rules/roads.ts';
import { roadsRevision, townRoads } from '../../../server/zones/store-roads.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre, ground } from '../../kit/ground.ts';
import { drawRoads, openStudio, type Studio } from './studio-kit.ts';

describe.each(engines())('the table of ways between cells [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  /** Seconds from one cell to another one, by column and row. */
  async function table() {
    const { cellIds, points, seconds, version } = await studio.planner.ok('readCellTravel', { query: {} });
    const at = (x: number, y: number) => cellIds.indexOf(studio.cell(x, y));
    const of = (from: readonly [number, number], to: readonly [number, number]) =>
      seconds[at(...from) * cellIds.length + at(...to)]!;
    return { cellIds, points, seconds, version, at, of };
  }

  test('without roads there is none; the page then drives straight lines', async () => {
    const { seconds, version } = await table();
    expect([seconds, version]).toEqual([[], 'straight']);
  });

  test('times are those of the road: length by speed, the same both ways on roads that go both ways', async () => {
    await drawRoads(studio);
    const { cellIds, seconds, of } = await table();
    expect(seconds).toHaveLength(16 * 16);
    // both middles lie on the straight road of 30 km/h, three cells apart; so are all cells between
    const cellSeconds = ((ground.step * 96_500) / 30) * 3.6;
    for (const x of [1, 2, 3]) expect(Math.abs(of([0, 0], [x, 0]) - x * cellSeconds)).toBeLessThanOrEqual(1);
    const size = cellIds.length;
    const lopsided = cellIds.flatMap((_, a) =>
      cellIds.flatMap((__, b) =>
        Math.abs(seconds[a * size + b]! - seconds[b * size + a]!) > 1 ? [[a, b]] : [],
      ),
    );
    expect(lopsided).toEqual([]);
    expect([of([0, 0], [0, 0]), of([3, 0], [3, 0])]).toEqual([0, 0]);
  });

  test('a cell that a road crosses far from its middle is reached on the road, and itself at once', async () => {
    const { points, at, of } = await table();
    // the road up north crosses the cell of column 0 and row 1 at nine tenths of its width
    const [lng] = points[at(0, 1)]!;
    expect(lng).toBeCloseTo(ground.west + 0.9 * ground.step, 4);
    const middles = 0.4 * ground.step * 96_500;
    // control: to walk from the middle to the road at 5 km/h would take longer than the whole way
    const walked = (middles / 5) * 3.6;
    expect(of([0, 1], [0, 0])).toBeLessThan(walked);
    expect([0, 1, 2, 3].flatMap((x) => [0, 1, 2, 3].map((y) => of([x, y], [x, y])))).toEqual(
      Array.from({ length: 16 }, () => 0),
    );
    // control: a cell without a road keeps its middle and the walk
    const [away] = points[at(0, 3)]!;
    expect(away).toBeCloseTo(ground.west + 0.5 * ground.step, 4);
    expect(of([0, 3], [0, 0])).toBeGreaterThan(walked);
  });

  test('a replay is told the ways by road between the homes of the teams and each place', async () => {
    const { planner, dispatcher, cell, product } = studio;
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(3, 0), crs: 'wgs84' },
    });
    const to = new Date(product.now() + 60_000).toISOString();
    const { incidents, teams } = await planner.ok('readReplayWorld', { query: { to } });
    const { of } = await table();
    const found = incidents.find(({ incidentId }) => incidentId === incident.id)!;
    const t1 = teams.findIndex(({ code }) => code === 'T1');
    expect(found.cellId).toBe(cell(3, 0));
    expect(found.fromHome).toHaveLength(teams.length);
    // home and place are the middles of their cells, on the road
    expect(Math.abs(found.fromHome![t1]! - of([0, 0], [3, 0]))).toBeLessThanOrEqual(1);
  });

  test('a closure makes the ways across it longer and no other', async () => {
    const { db } = studio.product.deps;
    const { graph } = await townRoads(studio.product.deps, db, await roadsRevision(db));
    const places = [0, 1, 2, 3].map((x) => cellCentre(x, 0)).map(({ lng, lat }) => lngLat(lng, lat));
    const times = (closed: ReadonlySet<number>) =>
      places.map((to) => travelTimes(graph!, places, to, { closed }).map((time) => time?.seconds ?? -1));
    const [open, shut] = [times(new Set()), times(new Set([2]))];
    // west of the closure and east of it nothing changes
    for (const [a, b] of [
      [0, 0],
      [2, 3],
      [3, 2],
    ] as const)
      expect(shut[b]![a]).toBeCloseTo(open[b]![a]!, 6);
    for (const [a, b] of [
      [0, 3],
      [3, 0],
      [0, 2],
    ] as const)
      expect(shut[b]![a]).toBeGreaterThan(open[b]![a]! * 1.3);
    // control: a closed road that is on no way
    expect(times(new Set([5]))).toEqual(open);
  });

  test('control: a road that goes one way makes the table lopsided, and it is made anew', async () => {
    const before = await table();
    await studio.product.deps.db('road').where({ id: 2 }).update({ one_way: true });
    const after = await table();
    expect(after.version).not.toBe(before.version);
    expect(after.of([0, 0], [3, 0])).toBe(before.of([0, 0], [3, 0]));
    expect(after.of([3, 0], [0, 0])).toBeGreaterThan(before.of([3, 0], [0, 0]) * 1.3);
  });
});
