import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lngLat } from '../../../shared/contract/geo.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { teamPositions } from '../../../server/teams/store.ts';
import { engines } from '../../kit/database.ts';
import { until } from '../live/console.ts';
import { form, json, recorded, recordedAt, street, type Street } from './phone-kit.ts';

const pathOf = (address: string): string => new URL(address).pathname;

describe.each(engines())('Traccar phones and servers [%s]', (engine) => {
  let s: Street;
  beforeAll(async () => {
    s = await street(engine);
  });
  afterAll(() => s.town.close());

  const placeOf = async (teamId: number) =>
    (await teamPositions(s.town.deps.db)).find((place) => place.teamId === teamId);
  const officerRow = (personId: number) =>
    s.town.deps.db('officer_latest').where({ person_id: personId }).first();

  /** The bodies that the three generations send; what each says of speed is 2.33 knots or 1.2 m/s. */
  const requests: [string, (path: string) => [string, RequestInit?], number][] = [
    [
      'the current app, form',
      (path) => [
        path,
        form(
          'id=U7&lat=29.98017&lon=121.44516&timestamp=1795327501&accuracy=5.0&altitude=8.0&speed=2.33&bearing=88.0&batt=79.0&charge=false&alarm=&battery_health=good&battery_voltage=4.1&battery_temp=31.0&imei=860000000000001',
        ),
      ],
      2.33 * 0.514444,
    ],
    [
      'the current app, JSON list',
      (path) => [
        path,
        json([
          {
            id: 'U7',
            lat: 29.98017,
            lon: 121.44516,
            timestamp: 1795327501,
            accuracy: 5,
            speed: 2.33,
            bearing: 88,
            batt: 79,
            charge: false,
          },
        ]),
      ],
      2.33 * 0.514444,
    ],
    [
      '9.x, JSON with coords',
      (path) => [
        path,
        json({
          device_id: '658765',
          location: {
            timestamp: '2026-11-22T06:05:01.000Z',
            coords: {
              latitude: 29.98017,
              longitude: 121.44516,
              accuracy: 5,
              speed: 1.2,
              heading: 88,
              altitude: 0,
            },
            is_moving: false,
            odometer: 0,
            uuid: '0d4a5f0e-6f70-4d5b-8a53-1a8f8d3c6a11',
            event: 'motionchange',
            battery: { level: 0.79, is_charging: false },
            activity: { type: 'still' },
            extras: {},
          },
        }),
      ],
      1.2,
    ],
    [
      'classic OsmAnd, GET',
      (path) => [
        `${path}?id=123&timestamp=1795327501&lat=29.98017&lon=121.44516&speed=2.33&bearing=88&altitude=8&accuracy=5&hdop=1&batt=79&charge=false&valid=true`,
      ],
      2.33 * 0.514444,
    ],
    [
      'classic OsmAnd, POST with everything in the query, milliseconds and a pair',
      (path) => [
        `${path}?deviceid=123&timestamp=1795327501000&location=29.98017,121.44516&speed=2.33&heading=88&accuracy=5&batt=79`,
        { method: 'POST' },
      ],
      2.33 * 0.514444,
    ],
    [
      'classic OsmAnd, half in the query and half in the form',
      (path) => [
        `${path}?id=123&timestamp=2026-11-22%2006:05:01`,
        form('lat=29.98017&lon=121.44516&speed=2.33&bearing=88&accuracy=5&batt=79'),
      ],
      2.33 * 0.514444,
    ],
  ];

  test.each(requests)(
    '%s: 200 with nothing in it; right person and team, place, time and units',
    async (_name, request, speed) => {
      const { teamId, leader } = await s.crew();
      const { address } = await s.device(leader, 'traccar_client');
      const [path, init] = request(pathOf(address));
      expect(await s.send(path, init)).toEqual({ status: 200, type: null, text: '' });
      const rows = await s.history(leader);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        team_id: teamId,
        lng: recorded.lng,
        lat: recorded.lat,
        fixed_at: recorded.fixedAt,
        accuracy_metres: 5,
        heading_degrees: 88,
        source: 'traccar_client',
        marks: [],
      });
      expect(rows[0]!.speed_metres_per_second).toBeCloseTo(speed, 5);
      expect((await officerRow(leader.personId)).battery).toBeCloseTo(0.79, 5);
      expect(await placeOf(teamId)).toMatchObject({ personId: leader.personId, fixAt: recorded.fixedAt });
    },
  );

  test('a push registration and a call without anything are no positions; control: the same with a place is one', async () => {
    const { leader } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    for (const query of ['', '?id=1&notificationToken=abc'])
      expect(await s.send(`${path}${query}`)).toMatchObject({ status: 200, text: '' });
    expect(await s.history(leader)).toEqual([]);
    await s.send(`${path}?id=1&notificationToken=abc&lat=29.98&lon=121.44&timestamp=${recorded.seconds}`);
    expect(await s.history(leader, 1)).toHaveLength(1);
  });

  test('a heartbeat without coordinates updates the contact and leaves the place', async () => {
    const { teamId, leader } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    await s.send(path, form(`id=U7&lat=29.98017&lon=121.44516&timestamp=${recorded.seconds}&batt=79`));
    await s.send(path, form(`id=U7&timestamp=${recorded.seconds + 20}&batt=78`));
    expect(await s.history(leader, 1)).toHaveLength(1);
    const contact = await s.town.deps.db('contact').where({ person_id: leader.personId }).first();
    expect(contact.battery).toBeCloseTo(0.78, 5);
    expect((await placeOf(teamId))?.fixAt).toBe(recorded.fixedAt);
  });

  test('a server that forwards: one credential, each tracker its own person; knots; an unregistered one is nobody', async () => {
    const one = await s.crew();
    const two = await s.crew();
    const gateway = await s.administrator.ok('registerDevice', {
      body: { personId: null, kind: 'traccar_forward', label: '车载网关', crs: 'wgs84' },
    });
    const path = pathOf(gateway.setUp!.address);
    for (const [crew, uniqueId] of [
      [one, '860001'],
      [two, '860002'],
    ] as const) {
      const tracker = await s.administrator.ok('registerDevice', {
        body: {
          personId: crew.leader.personId,
          kind: 'traccar_forward',
          label: '车载终端',
          crs: 'wgs84',
          gatewayId: gateway.device.id,
          uniqueId,
        },
      });
      expect(tracker).toMatchObject({ setUp: null, device: { state: 'tracker' } });
    }
    const body = (uniqueId: string, latitude: number) =>
      json({
        position: {
          deviceId: 1,
          fixTime: '2026-11-22T06:05:01.000+0000',
          latitude,
          longitude: 121.44516,
          speed: 10,
          course: 45,
          accuracy: 0,
          valid: true,
          attributes: { batteryLevel: 66 },
        },
        device: { uniqueId, name: '浙B00001' },
      });
    for (const [uniqueId, latitude] of [
      ['860001', 29.98],
      ['860002', 29.97],
      ['860003', 29.96],
    ] as const)
      expect(await s.send(path, body(uniqueId, latitude))).toEqual({ status: 200, type: null, text: '' });
    expect(await s.history(one.leader, 1)).toMatchObject([
      { lat: 29.98, speed_metres_per_second: expect.closeTo(5.14444, 4) as number, heading_degrees: 45 },
    ]);
    expect(await s.history(two.leader, 1)).toMatchObject([{ lat: 29.97, source: 'traccar_forward' }]);
    expect(await s.town.deps.db('position').where({ lat: 29.96 })).toEqual([]);
  });

  test('a phone whose profile says GCJ-02 lands where it is; control: the same by a WGS-84 profile is 500 m off', async () => {
    const true_ = await s.crew();
    const off = await s.crew();
    const shifted = fromWgs84(lngLat(recorded.lng, recorded.lat), 'gcj02');
    const body = form(`id=1&lat=${shifted.lat}&lon=${shifted.lng}&timestamp=${recorded.seconds}`);
    await s.send(pathOf((await s.device(true_.leader, 'traccar_client', { crs: 'gcj02' })).address), body);
    await s.send(pathOf((await s.device(off.leader, 'traccar_client')).address), body);
    const [right] = await s.history(true_.leader, 1);
    expect(right!.lng).toBeCloseTo(recorded.lng, 6);
    expect(right!.lat).toBeCloseTo(recorded.lat, 6);
    expect(right).toMatchObject({ raw_lng: shifted.lng, raw_lat: shifted.lat, raw_crs: 'gcj02' });
    const [wrong] = await s.history(off.leader, 1);
    expect(Math.abs((wrong!.lng as number) - recorded.lng)).toBeGreaterThan(0.004);
  });

  test('off duty nothing about the place is kept, the contact is', async () => {
    const { leader } = await s.crew({ onDuty: false });
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    const body = form(`id=1&lat=29.98&lon=121.44&timestamp=${recorded.seconds}&batt=50`);
    expect(await s.send(path, body)).toMatchObject({ status: 200, text: '' });
    expect(await s.history(leader)).toEqual([]);
    expect(await officerRow(leader.personId)).toBeUndefined();
    expect(await s.town.deps.db('contact').where({ person_id: leader.personId })).toHaveLength(1);
  });

  test('mock and default coordinates are kept with their mark and never become the place', async () => {
    const { leader } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    const at = (seconds: number, more: string) =>
      s.send(path, form(`id=1&timestamp=${recorded.seconds + seconds}&accuracy=5&${more}`));
    await at(0, 'lat=29.98&lon=121.44');
    await at(1, 'lat=29.98&lon=121.44&mock=true');
    await at(2, 'lat=0&lon=0');
    await at(3, 'lat=121.44&lon=29.98');
    const marks = (await s.history(leader, 4)).map((row) => (row.marks as string[])[0]);
    expect(marks).toEqual([undefined, 'mock', 'zero', 'axes_swapped']);
    expect((await officerRow(leader.personId)).fix_at).toBe(recorded.fixedAt);
  });

  test('two hours of backlog behind a fresh fix never move the place back, and it says that it catches up', async () => {
    const { teamId, leader } = await s.crew({ at: recordedAt - 2 * 3_600_000 });
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    await s.send(path, form(`id=1&lat=29.98&lon=121.44&timestamp=${recorded.seconds}`));
    await until(async () => (await placeOf(teamId))?.fixAt === recorded.fixedAt);
    const places: (string | undefined)[] = [];
    for (let minutes = 120; minutes > 100; minutes--) {
      const seconds = recorded.seconds - minutes * 60;
      await s.send(path, form(`id=1&lat=29.97&lon=121.43&timestamp=${seconds}`));
      await s.send(path, form(`id=1&lat=29.97&lon=121.43&timestamp=${seconds}`));
      places.push((await placeOf(teamId))?.fixAt);
    }
    expect(new Set(places)).toEqual(new Set([recorded.fixedAt]));
    expect(await s.history(leader, 21)).toHaveLength(21);
    await until(async () => (await placeOf(teamId))?.catchingUp === true);
    await s.send(path, form(`id=1&lat=29.9803&lon=121.44&timestamp=${recorded.seconds + 15}`));
    await until(async () => (await placeOf(teamId))?.fixAt === '2026-11-22T06:05:16.000Z');
  });

  test('a clock ten minutes ahead is discarded and told', async () => {
    const { leader } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    const body = form(`id=1&lat=29.98&lon=121.44&timestamp=${recorded.seconds + 660}`);
    expect(await s.send(path, body)).toMatchObject({ status: 200 });
    expect(await s.history(leader)).toEqual([]);
    const contact = await s.town.deps.db('contact').where({ person_id: leader.personId }).first();
    expect(contact.clock_offset_seconds).toBe(631);
  });

  test('alarm=sos calls the room once, with the place, also when the phone says it again', async () => {
    const { leader, teamId } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    const body = form(`id=1&lat=29.98&lon=121.44&timestamp=${recorded.seconds}&alarm=sos&accuracy=7`);
    const calls = () =>
      s.town.deps
        .db('event')
        .where({ type: 'alarm.raised' })
        .whereRaw('body like ?', [`%"teamId":${teamId},%`]);
    await s.send(path, body);
    await s.send(path, body);
    expect(await s.town.deps.db('alarm').where({ kind: 'sos', person_id: leader.personId })).toMatchObject([
      { team_id: teamId, detail: { point: { lng: 121.44, lat: 29.98 }, accuracyMetres: 7 } },
    ]);
    expect(await calls()).toHaveLength(1);
  });

  test('whatever bytes a known device sends, it hears 200 and at most one fix is kept; control: a fix is', async () => {
    const { leader } = await s.crew();
    const path = pathOf((await s.device(leader, 'traccar_client')).address);
    const forward = pathOf((await s.device(leader, 'traccar_forward')).address);
    const count = async () => {
      const rows = await s.town.deps.db('position').where({ person_id: leader.personId }).count({ n: '*' });
      return Number(rows[0]!.n);
    };
    const part = fc.oneof(
      fc.constantFrom(
        'lat',
        'lon',
        'timestamp',
        '{',
        '}',
        '[',
        ']',
        '"location"',
        ':',
        ',',
        '=',
        '&',
        '%',
        '%zz',
        '\0',
        '1e999',
        '-1',
        '29.98',
        '121.44',
        'null',
        '1795327501',
      ),
      fc.string(),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.array(part, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(path, forward), fc.string(), async (body, to, query) => {
        const heard = await s.send(`${to}?${encodeURIComponent(Buffer.from(query).toString('latin1'))}`, {
          method: 'POST',
          body: new Uint8Array(body),
        });
        expect(heard).toEqual({ status: 200, type: null, text: '' });
      }),
      { numRuns: 120 },
    );
    await s.history(leader);
    const kept = await count();
    expect(kept).toBeLessThanOrEqual(120);
    await s.send(path, form(`id=1&lat=29.98&lon=121.44&timestamp=${recorded.seconds}`));
    expect(await s.history(leader, kept + 1)).toHaveLength(kept + 1);
  });
});
