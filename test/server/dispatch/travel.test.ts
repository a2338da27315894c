import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { recommend } from '../../../server/dispatch/card.ts';
import { viewOf, townWide } from '../../../server/dispatch/views.ts';
import { findIncident } from '../../../server/incidents/store.ts';
import type { Deps } from '../../../server/kernel/deps.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre, ground } from '../../kit/ground.ts';
import { room, type Room } from './scene-kit.ts';

describe.each(engines().slice(-1))('travel times of the town [%s]', (engine) => {
  let here: Room;
  let incidentId: number;
  let osrm: Server | undefined;

  beforeAll(async () => {
    here = await room(engine);
    await here.team('N1', 0, 0);
    incidentId = await here.incident(1, 0);
  });
  afterAll(() => here.town.close());
  afterEach(() => osrm?.close());

  /** The same product as another process would run it, with its own settings and nothing kept. */
  const fresh = (settings: Partial<Deps['config']> = {}): Deps => ({
    ...here.town.deps,
    config: { ...here.town.deps.config, ...settings },
  });
  const card = async (deps: Deps) =>
    (await recommend({ db: deps.db as never, deps, at: deps.now() }, incidentId)).candidates[0]!;
  const version = async (deps: Deps) => {
    const look = { db: deps.db as never, deps, at: deps.now() };
    const row = (await findIncident(deps.db, incidentId))!;
    return (await viewOf(look, row, townWide())).situation.travel.version;
  };
  const serve = async (answer: (origins: number) => unknown, delayMs = 0): Promise<string> => {
    osrm = createServer((request, response) => {
      const origins = /driving\/([^?]*)/.exec(request.url!)![1]!.split(';').length - 1 || 0;
      setTimeout(() => response.end(JSON.stringify(answer(origins))), delayMs);
    });
    await new Promise<void>((resolve) => osrm!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(osrm.address() as AddressInfo).port}`;
  };

  test('without roads it is the straight line x detour, and says so', async () => {
    expect(await card(fresh())).toMatchObject({ method: 'straight_line' });
    expect(await version(fresh())).toBe('straight-line x 1.3');
  });

  test('an OSRM server answers for all teams at once', async () => {
    const OSRM_URL = await serve((origins) => ({
      code: 'Ok',
      durations: Array.from({ length: origins }, () => [432.1]),
      distances: Array.from({ length: origins }, () => [2345.6]),
    }));
    expect(await card(fresh({ OSRM_URL }))).toMatchObject({
      method: 'roads',
      etaSeconds: 432,
      distanceMetres: 2346,
    });
    expect(await version(fresh({ OSRM_URL }))).toBe(`osrm ${OSRM_URL}`);
  });

  test('one that is slow, broken or gone is left aside, and the answer comes from the own model', async () => {
    const slow = await serve(() => ({ code: 'Ok', durations: [[1]], distances: [[1]] }), 2000);
    const deps = fresh({ OSRM_URL: slow, OSRM_TIMEOUT_MS: 20 });
    expect(await card(deps)).toMatchObject({ method: 'straight_line' });
    osrm!.closeAllConnections();
    osrm!.close();
    const broken = await serve(() => ({ code: 'InvalidQuery' }));
    expect(await card(fresh({ OSRM_URL: broken }))).toMatchObject({ method: 'straight_line' });
    expect(await version(fresh({ OSRM_URL: broken }))).toBe('straight-line x 1.3');
  });

  test('with the road network loaded the way follows the roads', async () => {
    const { db } = here.town.deps;
    const a = cellCentre(0, 0);
    const b = cellCentre(1, 0);
    const north = ground.south + 0.035;
    const corners = [
      [a.lng, a.lat],
      [a.lng, north],
      [b.lng, north],
      [b.lng, b.lat],
    ] as const;
    await db('road_node').insert(corners.map(([lng, lat], i) => ({ id: i + 1, lng, lat })));
    const metres = [3325, 966, 3325];
    for (const [i, length] of metres.entries())
      await db('road').insert({
        id: i + 1,
        source: i + 1,
        target: i + 2,
        class: 'residential',
        kmh: 30,
        length_metres: length,
        geom: `SRID=4326;LINESTRING(${corners[i]!.join(' ')}, ${corners[i + 1]!.join(' ')})`,
      });
    const straight = 966;
    const found = await card(fresh());
    expect(found.method).toBe('roads');
    expect(found.distanceMetres).toBeGreaterThan(6 * straight);
    expect(await version(fresh())).toMatch(/^roads 3 /);

    // the way of a task is that very way, drawn; a closed road and the end of the task leave none
    const { dispatcher } = here;
    const { teamId } = await db('team').where({ code: 'N1' }).first({ teamId: 'id' });
    const assignment = await dispatcher.ok('assignTeam', {
      params: { incidentId },
      body: { teamId, override: 'order' },
    });
    const params = { assignmentId: assignment.id };
    const wayNow = async () => (await dispatcher.ok('readWay', { params })).way;
    const way = (await wayNow())!;
    expect(way.metres).toBe(found.distanceMetres);
    expect(Math.abs(way.seconds - found.etaSeconds!)).toBeLessThanOrEqual(1);
    expect(way.points[0]).toEqual([a.lng, a.lat].map((degrees) => Number(degrees.toFixed(5))));
    expect(Math.max(...way.points.map(([, lat]) => lat))).toBeCloseTo(north, 5);
    const closure = await dispatcher.ok('createClosure', {
      body: { name: '后街', roadIds: [2], reason: '施工', from: new Date(here.town.now()).toISOString() },
    });
    expect(await wayNow()).toBeNull();
    await dispatcher.ok('endClosure', { params: { closureId: closure.id } });
    expect(await wayNow()).toEqual(way);
    await dispatcher.ok('recallAssignment', { params, body: { reason: 'cancelled' } });
    expect(await wayNow()).toBeNull();
  });
});
