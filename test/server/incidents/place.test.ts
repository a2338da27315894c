import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lngLat } from '../../../shared/contract/datums.ts';
import type { CreateIncident } from '../../../shared/contract/incidents.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre, ground } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

/** 300 m from the western edge of a cell, with as many decimals as a phone gives. */
const west = (x: number, y: number) =>
  lngLat(ground.west + x * ground.step + 0.0030001, ground.south + y * ground.step + 0.0060001);

describe.each(engines())('a doubtful place [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;

  beforeAll(async () => {
    t = await town(engine);
    dispatcher = await t.person('dispatcher');
    const { db } = t.deps;
    // each column of cells is a community of its own
    for (const [x, name] of ['一号社区', '二号社区', '三号村', '四号村'].entries()) {
      const code = `33020510390${x}`;
      await db('community').insert({ code, name, display_name: name, kind: x < 2 ? 'community' : 'village' });
      for (let y = 0; y < 4; y++)
        await db('cell')
          .where({ code: `${ground.code}${String(x + 4 * y + 1).padStart(3, '0')}` })
          .update({ community_code: code });
    }
  });
  afterAll(() => t.close());

  const report = async (more: Partial<CreateIncident>) =>
    (
      await dispatcher.ok('createIncident', {
        body: { matterCode: 'CY-01', crs: 'wgs84', point: west(1, 1), source: 'hotline_12345', ...more },
      })
    ).incident;
  const file = (incidentId: number) =>
    dispatcher.call('fileIncident', { params: { incidentId }, body: { matterCode: 'CY-01' } });

  test('an address that names another community holds the filing up until a person confirms the place', async () => {
    const incident = await report({ address: '慈城镇四号村 12 号' });
    expect(incident).toMatchObject({ state: 'reported', doubts: ['address'] });
    const refused = await file(incident.id);
    expect([refused.status, refused.problem.code, refused.problem.detail]).toEqual([
      409,
      'place_doubtful',
      expect.objectContaining({ doubts: ['address'] }),
    ]);
    const params = { incidentId: incident.id };
    const body = { point: null, text: '电话核对' };
    const confirmed = await dispatcher.ok('placeIncident', { params, body });
    expect(confirmed).toMatchObject({ doubts: [], point: incident.point });
    expect((await file(incident.id)).output.state).toBe('filed');
    const { timeline } = await dispatcher.ok('readIncident', { params });
    expect(timeline.find(({ type }) => type === 'incident.placed')?.data).toMatchObject({
      doubts: ['address'],
      metres: 0,
      text: '电话核对',
    });
  });

  test('GCJ-02 under the name of WGS-84 is recognised by the address; read as GCJ-02 the pin comes home', async () => {
    const edge = west(1, 1);
    // 434 m to the east lies the next column
    const near = lngLat(edge.lng + 0.005, edge.lat);
    const shifted = fromWgs84(near, 'gcj02');
    const incident = await report({
      point: { lng: shifted.lng, lat: shifted.lat },
      address: '二号社区 3 幢',
    });
    expect(incident.doubts).toEqual(['datum']);
    const moved = await dispatcher.ok('placeIncident', {
      params: { incidentId: incident.id },
      body: { point: { lng: shifted.lng, lat: shifted.lat, crs: 'gcj02' } },
    });
    expect(moved.doubts).toEqual([]);
    expect(moved.point.lng).toBeCloseTo(near.lng, 6);
    expect(moved.cellCode).toBe(`${ground.code}006`);
    expect(incident.cellCode, 'it lay in another cell').not.toBe(moved.cellCode);
    const row = await t.deps.db('incident').where({ id: incident.id }).first('raw_crs', 'cell_id', 'zone_id');
    expect(row.raw_crs).toBe('gcj02');
  });

  test('control: an address that agrees, or names nothing, is filed at once', async () => {
    expect((await report({ address: '二号社区 1 幢' })).state).toBe('filed');
    expect((await report({ address: '人民路 1 号' })).state).toBe('filed');
  });

  test('three decimals from outside are confirmed first; what the room pointed at itself is only marked', async () => {
    const coarse = await report({ point: cellCentre(1, 1) });
    expect(coarse).toMatchObject({ state: 'reported', doubts: ['coarse'] });
    expect(await report({ point: cellCentre(1, 1), source: 'dispatcher' })).toMatchObject({
      state: 'filed',
      doubts: ['coarse'],
    });
  });

  test('a place may be moved while a team is under way, not after the end', async () => {
    const incident = await report({ address: '二号社区' });
    const params = { incidentId: incident.id };
    await dispatcher.ok('rejectIncident', { params, body: { reason: 'other', text: '重复登记' } });
    const late = await dispatcher.call('placeIncident', { params, body: { point: null } });
    expect([late.status, late.problem.code]).toEqual([409, 'incident_ended']);
    const swapped = await dispatcher.call('placeIncident', {
      params: { incidentId: (await report({})).id },
      body: { point: { lng: 29.98, lat: 121.44, crs: 'wgs84' } },
    });
    expect(swapped.problem.code).toBe('axis_swapped');
  });
});
