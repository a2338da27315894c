import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import type { Decoded, Inbound } from '../../shared/rules/positions/decoded.ts';
import { decodeNative } from '../../shared/rules/positions/native.ts';
import { readJson } from '../../shared/rules/positions/read.ts';
import { decodeOwnTracks } from '../../shared/rules/positions/owntracks.ts';
import { decodeTraccarClient, decodeTraccarForward } from '../../shared/rules/positions/traccar.ts';

const receivedAt = Date.UTC(2026, 10, 22, 6, 5, 2);
const inbound = (part: Partial<Inbound>): Inbound => ({
  deviceId: 'd1',
  crs: 'wgs84',
  receivedAt,
  query: '',
  body: '',
  ...part,
});
const only = (decoded: Decoded): PositionRecord => {
  expect(decoded.records).toHaveLength(1);
  return decoded.records[0]!;
};
const traccar = (query: string, body = ''): PositionRecord =>
  only(decodeTraccarClient(inbound({ query, body })));
const json = (value: unknown): string => JSON.stringify(value);
const owntracks = (value: object): Decoded => decodeOwnTracks(inbound({ body: json(value) }));
const native = (value: unknown, crs?: 'gcj02') => decodeNative({ deviceId: 'd1', receivedAt }, value, crs);
const nativeOne = (fix: object): PositionRecord => {
  const read = native({
    crs: 'wgs84',
    fixes: [{ fixedAt: '2026-11-22T06:05:01.250Z', lng: 121.44516, lat: 29.98017, ...fix }],
  });
  if (!read.ok) throw new Error(read.refusal);
  return only(read.decoded);
};
const nested = (location: object): PositionRecord =>
  only(decodeTraccarClient(inbound({ body: json({ device_id: '658765', location }) })));
const forward = (position: object): PositionRecord =>
  only(
    decodeTraccarForward(
      inbound({
        body: json({
          position: {
            deviceId: 7,
            fixTime: '2026-11-22T06:05:01.000+00:00',
            latitude: 29.98017,
            longitude: 121.44516,
            ...position,
          },
          device: { uniqueId: '8675309', name: 'pda' },
        }),
      }),
    ),
  );

const currentForm =
  'id=U7&lat=29.98017&lon=121.44516&timestamp=1795327501&accuracy=5.0&altitude=8.0&speed=2.33&bearing=88.0&batt=79.0&charge=false&alarm=&battery_health=good';
const ownLocation = {
  _type: 'location', lat: 29.98017, lon: 121.44516, tst: 1_795_327_501, created_at: 1_795_327_502, acc: 8, alt: 12,
  vel: 4, cog: 88, batt: 79, bs: 1, conn: 'm', t: 'u', m: 2, tid: '07', topic: 'owntracks/u7/pda', _id: 'a1b2c3',
}; // prettier-ignore
const nestedLocation = {
  timestamp: '2025-05-09T04:11:30.579Z',
  coords: { latitude: 37.78, longitude: -122.4, accuracy: 5, speed: -1, heading: -1, altitude: 0 },
  is_moving: false, uuid: 'u-1', event: 'motionchange', battery: { level: 0.79, is_charging: false }, mock: true, extras: {},
}; // prettier-ignore

describe('units, one test for each sender', () => {
  test.each<[string, () => PositionRecord, number | null]>([
    ['native in m/s', () => nativeOne({ speedMetresPerSecond: 1.2 }), 1.2],
    ['current app in knots', () => traccar('', currentForm), 2.33 * 0.514444],
    ['9.x in m/s', () => nested({ ...nestedLocation, coords: { ...nestedLocation.coords, speed: 3 } }), 3],
    ['9.x unknown is -1', () => nested(nestedLocation), null],
    ['classic in knots', () => traccar('id=1&lat=30&lon=121&timestamp=1795327501&speed=10'), 5.14444],
    ['OwnTracks in km/h', () => only(owntracks(ownLocation)), 4 * 0.277778],
    ['OwnTracks leaves 0 out', () => only(owntracks({ ...ownLocation, vel: undefined })), 0],
    ['forwarded in knots', () => forward({ speed: 10 }), 5.14444],
  ])('speed: %s', (_, record, expected) => {
    // null (unknown) is told apart from every speed
    expect(record().speedMetresPerSecond ?? -1).toBeCloseTo(expected ?? -1, 9);
  });

  test.each<[string, () => PositionRecord, number | null]>([
    ['native', () => nativeOne({ headingDegrees: 88 }), 88],
    ['current app', () => traccar('', currentForm), 88],
    ['9.x unknown is -1', () => nested(nestedLocation), null],
    ['classic bearing', () => traccar('id=1&lat=30&lon=121&bearing=12.5'), 12.5],
    ['classic heading', () => traccar('id=1&lat=30&lon=121&heading=360'), 0],
    ['OwnTracks cog', () => only(owntracks(ownLocation)), 88],
    ['OwnTracks leaves north out', () => only(owntracks({ ...ownLocation, cog: undefined })), 0],
    [
      'OwnTracks standing has none',
      () => only(owntracks({ ...ownLocation, cog: undefined, vel: undefined })),
      null,
    ],
    ['forwarded course', () => forward({ course: 271 }), 271],
  ])('heading: %s', (_, record, expected) => {
    expect(record().headingDegrees).toBe(expected);
  });

  test.each<[string, () => PositionRecord, number | null]>([
    ['native is a share', () => nativeOne({ battery: 0.79 }), 0.79],
    ['current app in %', () => traccar('', currentForm), 0.79],
    ['9.x is a share', () => nested(nestedLocation), 0.79],
    ['classic in %', () => traccar('id=1&lat=30&lon=121&batt=50'), 0.5],
    ['OwnTracks in %', () => only(owntracks(ownLocation)), 0.79],
    ['forwarded in %', () => forward({ attributes: { batteryLevel: 40 } }), 0.4],
    ['nonsense is dropped', () => traccar('id=1&lat=30&lon=121&batt=250'), null],
  ])('battery: %s', (_, record, expected) => {
    expect(record().battery).toBe(expected);
  });

  const second = Date.UTC(2026, 10, 22, 6, 5, 1);
  test.each<[string, () => PositionRecord, number]>([
    ['native RFC 3339', () => nativeOne({}), second + 250],
    ['native with a zone', () => nativeOne({ fixedAt: '2026-11-22T14:05:01.250+08:00' }), second + 250],
    ['current app in s', () => traccar('', currentForm), second],
    ['9.x ISO', () => nested(nestedLocation), Date.UTC(2025, 4, 9, 4, 11, 30, 579)],
    ['classic in s', () => traccar('id=1&lat=30&lon=121&timestamp=1795327501'), second],
    ['classic in ms', () => traccar('id=1&lat=30&lon=121&timestamp=1795327501250'), second + 250],
    ['classic ISO', () => traccar('id=1&lat=30&lon=121&timestamp=2026-11-22T06:05:01Z'), second],
    [
      'classic ISO without zone is UTC',
      () => traccar('id=1&lat=30&lon=121&timestamp=2026-11-22T06:05:01'),
      second,
    ],
    [
      'classic date and time is UTC',
      () => traccar('id=1&lat=30&lon=121&timestamp=2026-11-22+06:05:01'),
      second,
    ],
    ['classic without time is now', () => traccar('id=1&lat=30&lon=121'), receivedAt],
    ['OwnTracks in s', () => only(owntracks(ownLocation)), second],
    ['forwarded ISO', () => forward({}), second],
  ])('time: %s', (_, record, expected) => {
    expect(record().fixedAt).toBe(expected);
  });
});

describe('forms', () => {
  test('current app: form body, query, JSON array; the body wins over the query', () => {
    const form = traccar('', currentForm);
    expect(form).toMatchObject({
      kind: 'fix', deviceId: 'd1', label: 'U7', source: 'traccar_client', rawLng: 121.44516, rawLat: 29.98017, rawCrs: 'wgs84',
      point: { lng: 121.44516, lat: 29.98017 }, accuracyMetres: 5, altitudeMetres: 8, charging: false, mock: false,
    }); // prettier-ignore
    expect(traccar(currentForm)).toEqual(form);
    expect(traccar('lat=1', currentForm)).toEqual(form);
    const flat = Object.fromEntries(new URLSearchParams(currentForm));
    const many = decodeTraccarClient(inbound({ body: json([flat, { ...flat, timestamp: 1_795_327_511 }]) }));
    expect(many.records[0]).toEqual(form);
    expect(many.records[1]!.fixedAt - form.fixedAt).toBe(10_000);
  });

  test('without coordinates it is a heartbeat, half a pair is unreadable', () => {
    expect(traccar('id=U7&timestamp=1795327501&batt=50')).toMatchObject({
      kind: 'heartbeat',
      point: null,
      battery: 0.5,
    });
    expect(nested({ ...nestedLocation, coords: undefined })).toMatchObject({
      kind: 'heartbeat',
      point: null,
    });
    expect(decodeTraccarClient(inbound({ query: 'id=1&lat=30' }))).toMatchObject({
      records: [],
      unreadable: 1,
    });
    expect(decodeTraccarClient(inbound({ query: 'id=1&lat=x&lon=y' }))).toMatchObject({
      records: [],
      unreadable: 1,
    });
    expect(decodeTraccarClient(inbound({ query: 'id=1&lat=30&lon=121&timestamp=soon' })).unreadable).toBe(1);
  });

  test('classic: location pair, valid, push registration', () => {
    expect(traccar('deviceid=9&location=29.98017,121.44516')).toMatchObject({
      label: '9',
      rawLng: 121.44516,
      rawLat: 29.98017,
    });
    expect(traccar('id=1&lat=30&lon=121&valid=0').valid).toBe(false);
    expect(decodeTraccarClient(inbound({ query: 'id=1&notificationToken=abc' }))).toMatchObject({
      records: [],
      unreadable: 0,
    });
  });

  test('SOS from every place where it may sit', () => {
    expect(decodeTraccarClient(inbound({ query: `${currentForm}&alarm=sos` })).sos).toBe(true);
    expect(
      decodeTraccarClient(inbound({ body: json({ location: { ...nestedLocation, alarm: 'sos' } }) })).sos,
    ).toBe(true);
    expect(
      decodeTraccarClient(
        inbound({ body: json({ location: { ...nestedLocation, extras: { alarm: 'sos' } } }) }),
      ).sos,
    ).toBe(true);
    expect(decodeTraccarClient(inbound({ query: 'id=1&alarm=sos&lat=oops&lon=1' })).sos).toBe(true);
    expect(
      decodeTraccarForward(inbound({ body: json({ position: { attributes: { alarm: 'sos' } } }) })).sos,
    ).toBe(true);
    expect(decodeTraccarClient(inbound({ query: currentForm })).sos).toBe(false);
  });

  test('9.x keeps mock and its id', () => {
    expect(nested(nestedLocation)).toMatchObject({
      mock: true,
      uuid: 'u-1',
      label: '658765',
      accuracyMetres: 5,
    });
  });

  test('OwnTracks: location, ping, transition, everything else', () => {
    expect(only(owntracks(ownLocation))).toMatchObject({
      uuid: 'a1b2c3',
      label: 'owntracks/u7/pda',
      ping: false,
      charging: false,
    });
    expect(only(owntracks({ ...ownLocation, t: 'p' })).ping).toBe(true);
    expect(
      owntracks({
        _type: 'transition',
        event: 'enter',
        wtst: 1_795_327_400,
        tst: 1_795_327_501,
        lat: 29.98,
        lon: 121.44,
        desc: '#1042 消防通道',
      }),
    ).toEqual({
      records: [],
      sos: false,
      unreadable: 0,
      crossings: [
        { entered: true, at: 1_795_327_501_000, name: '#1042 消防通道', waypointAt: 1_795_327_400_000 },
      ],
    });
    for (const type of [
      'waypoint',
      'waypoints',
      'status',
      'lwt',
      'steps',
      'card',
      'cmd',
      'beacon',
      'request',
      'configuration',
      'encrypted',
    ])
      expect(owntracks({ _type: type })).toMatchObject({ records: [], crossings: [], unreadable: 0 });
    expect(decodeOwnTracks(inbound({ body: '' }))).toMatchObject({ records: [], unreadable: 0 });
    expect(decodeOwnTracks(inbound({ body: '{"_type":"loca' }))).toMatchObject({
      records: [],
      unreadable: 1,
    });
  });

  test('forwarding server: the device is the one it names; invalid and outdated are kept as such', () => {
    expect(forward({ accuracy: 0, valid: true })).toMatchObject({
      label: '8675309',
      accuracyMetres: null,
      valid: true,
    });
    expect(forward({ valid: false }).valid).toBe(false);
    expect(forward({ outdated: true }).valid).toBe(false);
  });

  test('native: the datum is compulsory, single bad fixes are counted', () => {
    expect(native({ fixes: [{}] })).toEqual({ ok: false, refusal: 'crs_missing' });
    expect(native({ crs: 'wgs', fixes: [{}] })).toEqual({ ok: false, refusal: 'crs_unknown' });
    expect(
      native({ fixes: [{ fixedAt: '2026-11-22T06:05:01Z', lng: 121.4496566, lat: 29.9778679 }] }, 'gcj02'),
    ).toMatchObject({
      ok: true,
      decoded: { records: [{ rawCrs: 'gcj02', rawLng: 121.4496566 }] },
    });
    expect(
      native({
        crs: 'wgs84',
        fixes: [{ fixedAt: 'x', lng: 1, lat: 1 }, 7, null, { fixedAt: '2026-11-22T06:05:01Z' }],
      }),
    ).toMatchObject({
      decoded: { unreadable: 3, records: [{ kind: 'heartbeat' }] },
    });
    const fix = { fixedAt: '2026-11-22T06:05:01Z', lng: 121, lat: 30 };
    expect(native({ crs: 'wgs84', fixes: Array.from({ length: 130 }, () => fix) })).toMatchObject({
      decoded: { unreadable: 30 },
    });
  });

  test('the raw pair stays beside the point, in the datum of the profile', () => {
    const record = only(
      decodeTraccarClient(inbound({ crs: 'gcj02', query: 'id=1&lat=29.9778679&lon=121.4496566' })),
    );
    expect(record.rawLng).toBe(121.4496566);
    expect(record.point?.lng).toBeCloseTo(121.44516, 6);
    expect(record.point?.lat).toBeCloseTo(29.98017, 6);
    expect(only(decodeTraccarClient(inbound({ query: 'id=1&lat=121.4&lon=29.9' }))).point).toBeNull();
  });
});

test('any bytes: never throws, at most what was sent', () => {
  const seeds = [
    currentForm,
    json(ownLocation),
    json({ device_id: '1', location: nestedLocation }),
    json({ crs: 'wgs84', fixes: [{ fixedAt: 'x', lng: 1, lat: 2 }] }),
  ];
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes)),
    fc.json(),
    // real messages with a few characters damaged
    fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.string({ maxLength: 4 })).map(([seed, at, put]) => {
      const place = at % seed.length;
      return seed.slice(0, place) + put + seed.slice(place + put.length);
    }),
    fc.constantFrom('[]', '[[]]', '{}', 'null', '__proto__=1', '{"__proto__":{"location":{}}}', '{"location":{"coords":{}}}', '['.repeat(5000)),
  ); // prettier-ignore
  const sound = (decoded: Decoded): boolean =>
    decoded.records.every(
      (r) =>
        Number.isInteger(r.fixedAt) &&
        (r.point === null || (Math.abs(r.point.lat) <= 90 && Math.abs(r.point.lng) <= 181)) &&
        (r.headingDegrees === null || (r.headingDegrees >= 0 && r.headingDegrees < 360)),
    );
  const law = fc.property(anything, anything, (query, body) => {
    const message = inbound({ query, body });
    const read = decodeNative(message, readJson(body), 'wgs84');
    const all = [decodeTraccarClient(message), decodeOwnTracks(message), decodeTraccarForward(message)];
    return all.every(sound) && (!read.ok || sound(read.decoded));
  });
  expect(fc.check(law, { numRuns: 5000 })).toMatchObject({ failed: false });
});
