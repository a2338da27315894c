import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import { fromWgs84, toWgs84 } from '../../shared/rules/datum.ts';
import {
  duplicateKey,
  isHeartbeat,
  messageKey,
  timeVerdict,
  withoutPlace,
} from '../../shared/rules/positions/accept.ts';
import { datumVerdict, residualOf } from '../../shared/rules/positions/datum-suspicion.ts';
import { roadResiduals, type NearestRoad } from '../../shared/rules/positions/road-residuals.ts';
import { defaultPoints, placeSuspicion } from '../../shared/rules/positions/default-coordinate.ts';
import { ageSeconds, backlogAfter, catchingUp, freshnessOf } from '../../shared/rules/positions/freshness.ts';
import { latestAfter, marksOf } from '../../shared/rules/positions/marks.ts';

const at = Date.UTC(2026, 10, 22, 6, 0, 0);
const town = [121.34, 29.93, 121.5, 30.06] as const;
const centre = lngLat(121.44516, 29.98017);
const fix = (part: Partial<PositionRecord> = {}): PositionRecord => ({
  kind: 'fix',
  deviceId: 'd1',
  label: null,
  uuid: null,
  fixedAt: at,
  receivedAt: part.fixedAt ?? at,
  point: centre,
  rawLng: (part.point ?? centre).lng,
  rawLat: (part.point ?? centre).lat,
  rawCrs: 'wgs84',
  accuracyMetres: 5,
  speedMetresPerSecond: 1,
  headingDegrees: null,
  altitudeMetres: null,
  battery: null,
  charging: null,
  mock: false,
  valid: true,
  ping: false,
  source: 'native',
  provider: 'gnss',
  ...part,
});
const east = (metres: number) =>
  lngLat(centre.lng + metres / (111_320 * Math.cos((centre.lat * Math.PI) / 180)), centre.lat);

test('keys against duplicates', () => {
  expect(duplicateKey(fix())).toBe(duplicateKey(fix({ rawLng: 1 })));
  expect(duplicateKey(fix())).not.toBe(duplicateKey(fix({ fixedAt: at + 1 })));
  expect(messageKey(fix())).toBeNull();
  expect(messageKey(fix({ uuid: 'a' }))).toBe('d1 a');
});

test('future and old fixes are discarded at 300 s and at the retention', () => {
  const ahead = (seconds: number) =>
    timeVerdict(fix({ fixedAt: at + seconds * 1000, receivedAt: at }), 2_592_000);
  expect([ahead(300), ahead(300.001), ahead(600), ahead(-2_592_000), ahead(-2_592_001)]).toEqual([
    'kept',
    'future',
    'future',
    'kept',
    'old',
  ]);
  expect(ageSeconds(at + 300_000, at)).toBe(0);
});

test('off duty nothing about the place is left', () => {
  expect(withoutPlace(fix())).toMatchObject({
    kind: 'heartbeat',
    point: null,
    rawLng: null,
    rawLat: null,
    accuracyMetres: null,
  });
});

describe('heartbeats never refresh a position', () => {
  test('ten pings at the same place: the age keeps growing', () => {
    let latest: PositionRecord | null = fix();
    for (let i = 1; i <= 10; i++) {
      const ping = fix({ ping: true, fixedAt: at + i * 60_000 });
      expect(isHeartbeat(ping, latest)).toBe(true);
      latest = latestAfter(latest, ping, []);
    }
    expect(freshnessOf(latest!.fixedAt, at + 600_000)).toBe('dark');
  });
  test('control: a ping from a new place is a fix', () => {
    const moved = fix({ ping: true, point: east(40), fixedAt: at + 1 });
    expect(isHeartbeat(moved, fix())).toBe(false);
    expect(latestAfter(fix(), moved, [])).toBe(moved);
  });
  test('a record without coordinates', () => {
    expect(isHeartbeat(withoutPlace(fix({ fixedAt: at + 1 })), fix())).toBe(true);
  });
});

describe('plausibility marks', () => {
  const marks = (part: Partial<PositionRecord>, latest: PositionRecord | null = null) =>
    marksOf(fix(part), latest, town);
  test.each<[string, Partial<PositionRecord>, PositionRecord | null, string[]]>([
    ['sound', {}, null, []],
    ['declared invalid', { valid: false }, null, ['invalid']],
    ['zero', { point: lngLat(0, 0), rawLng: 0, rawLat: 0 }, null, ['zero', 'outside_town']],
    ['swapped axes', { point: null, rawLng: 29.98, rawLat: 121.44 }, null, ['axes_swapped']],
    ['off the globe', { point: null, rawLng: 500, rawLat: 30 }, null, ['invalid']],
    ['outside', { point: lngLat(120.1, 30.2) }, null, ['outside_town']],
    ['inaccurate', { accuracyMetres: 201 }, null, ['inaccurate']],
    ['accurate enough', { accuracyMetres: 200 }, null, []],
    ['mock', { mock: true }, null, ['mock']],
    ['61 m/s', { point: east(620), fixedAt: at + 10_000 }, fix(), ['too_fast']],
    ['59 m/s', { point: east(590), fixedAt: at + 10_000 }, fix(), []],
    ['jitter', { point: east(3), speedMetresPerSecond: 0, fixedAt: at + 10_000 }, fix(), ['jitter']],
    ['walking is no jitter', { point: east(3), speedMetresPerSecond: 1.2, fixedAt: at + 10_000 }, fix(), []],
    ['heartbeat', { kind: 'heartbeat', point: null, rawLng: null, rawLat: null }, null, []],
  ])('%s', (_, part, latest, expected) => {
    expect(marks(part, latest)).toEqual(expected);
  });

  test('marked fixes do not become the latest, a jittering one does', () => {
    const mock = fix({ mock: true, fixedAt: at + 1000 });
    expect(latestAfter(fix(), mock, marksOf(mock, fix(), town))).toEqual(fix());
    const standing = fix({ point: east(3), speedMetresPerSecond: 0, fixedAt: at + 1000 });
    expect(latestAfter(fix(), standing, marksOf(standing, fix(), town))).toBe(standing);
  });
});

describe('order of arrival', () => {
  const walk = Array.from({ length: 1000 }, (_, i) =>
    fix({ fixedAt: at + i * 1000, point: east(i * 0.5), rawLng: i }),
  );
  test('1,000 fixes shuffled and doubled: the same history, the same latest', () => {
    const order = fc.shuffledSubarray([...walk, ...walk.slice(0, 500)], { minLength: 1500, maxLength: 1500 });
    fc.assert(
      fc.property(order, (records) => {
        const latest = records.reduce<PositionRecord | null>(
          (last, r) => latestAfter(last, r, marksOf(r, last, town)),
          null,
        );
        expect(latest).toEqual(walk.at(-1));
        expect(new Set(records.map(duplicateKey)).size).toBe(1000);
      }),
      { numRuns: 20 },
    );
  });
  test('a backlog of two hours never moves the pin backwards', () => {
    const now = fix({ fixedAt: at + 7_200_000, point: east(900) });
    let latest: PositionRecord | null = now;
    for (const old of walk) latest = latestAfter(latest, old, []);
    expect(latest).toBe(now);
  });
});

test('catching up from the second late post in a row', () => {
  const post = (lateSeconds: number) => ({ fixedAt: at, receivedAt: at + lateSeconds * 1000 });
  let backlog = { latePosts: 0 };
  const seen = [61, 61, 300, 60, 61].map((late) => {
    backlog = backlogAfter(backlog, post(late));
    return catchingUp(backlog);
  });
  expect(seen).toEqual([false, true, true, false, false]);
});

test('freshness classes at their borders', () => {
  const after = (seconds: number) => freshnessOf(at, at + seconds * 1000);
  expect([-200, 0, 29.9, 30, 119.9, 120, 599.9, 600, 1e6].map(after)).toEqual([
    'live', 'live', 'live', 'recent', 'recent', 'old', 'old', 'dark', 'dark',
  ]); // prettier-ignore
  expect(freshnessOf(null, at)).toBe('dark');
});

describe('datum suspicion', () => {
  const track = Array.from({ length: 41 }, (_, i) => lngLat(121.42 + i * 0.001, 29.97 + i * 0.0005));
  const noisy = (i: number) => ((i * 7919) % 31) - 15;
  const read = (point: (typeof track)[number], i: number) => {
    const raw = fromWgs84(point, 'gcj02');
    return residualOf(lngLat(raw.lng + noisy(i) * 1e-6, raw.lat), point);
  };
  test('GCJ-02 under the name of WGS-84', () => {
    expect(datumVerdict(track.map(read), centre)).toBe('unshifted');
  });
  test('corrected twice', () => {
    const twice = track.map((point, i) => {
      const r = read(point, i);
      return { east: -r.east, north: -r.north };
    });
    expect(datumVerdict(twice, centre)).toBe('shifted_twice');
  });
  test('control: a sound track with a third of wild fixes', () => {
    const sound = track.map((point, i) =>
      residualOf(lngLat(point.lng + (i % 3 === 0 ? 0.0045 : noisy(i) * 1e-6), point.lat), point),
    );
    expect(datumVerdict(sound, centre)).toBe('sound');
    expect(datumVerdict(sound.slice(0, 19), centre)).toBe('unknown');
  });
});

describe('default coordinates', () => {
  const scattered = Array.from({ length: 4000 }, (_, i) => ({
    point: lngLat(121.35 + (i % 80) * 0.0017, 29.94 + Math.floor(i / 80) * 0.0021),
    community: `社区${i % 12}`,
    address: `路${i}号`,
  }));
  const piled = Array.from({ length: 400 }, (_, i) => ({
    point: lngLat(121.45123 + (i % 3) * 1e-6, 29.98377),
    community: `社区${i % 9}`,
    address: `街${i % 40}号`,
  }));
  test('the point on which a failing geocoder piles reports is the only one found', () => {
    const found = defaultPoints([...scattered, ...piled]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rows: 400, communities: 9, addresses: 40 });
    expect(defaultPoints(scattered)).toEqual([]);
    expect(placeSuspicion(lngLat(121.45123, 29.98377), '', found, [])).toBe('piled');
  });
  test('a busy corner with one address and a small share is no default', () => {
    const corner = Array.from({ length: 20 }, () => ({
      point: lngLat(121.44444, 29.97777),
      community: '社区1',
      address: '西门',
    }));
    expect(defaultPoints([...scattered, ...corner])).toEqual([]);
  });
  test('single places', () => {
    const office = { name: '慈湖社区', point: lngLat(121.44321, 29.98765) };
    expect(placeSuspicion(lngLat(0, 0), '', [], [])).toBe('zero');
    expect(placeSuspicion(lngLat(121.443, 29.988), '西门', [], [])).toBe('coarse');
    expect(placeSuspicion(lngLat(121.4433, 29.98766), '太阳殿路 5 号', [], [office])).toBe('landmark');
    expect(placeSuspicion(lngLat(121.4433, 29.98766), '慈湖社区门口', [], [office])).toBeNull();
    expect(placeSuspicion(lngLat(121.4493, 29.98766), '太阳殿路 5 号', [], [office])).toBeNull();
  });
});

describe('the way of a device laid on the roads', () => {
  /** Streets every `gap` metres, north and east. */
  const streets =
    (gap: number): NearestRoad =>
    (point) => {
      const { east, north } = residualOf(point, centre);
      const [off, up] = [east, north].map((metres) => metres - gap * Math.round(metres / gap));
      const onEast = Math.abs(off!) <= Math.abs(up!);
      const metres = Math.abs(onEast ? off! : up!);
      return { point: away(point, onEast ? -off! : 0, onEast ? 0 : -up!), metres };
    };
  const away = (point: LngLat, east: number, north: number) =>
    lngLat(point.lng + east / (111_320 * Math.cos((point.lat * Math.PI) / 180)), point.lat + north / 110_574);
  /** Along one street to the east, then one to the north, 5 m beside the middle now and then. */
  const corner = Array.from({ length: 40 }, (_, i) =>
    away(centre, Math.min(i, 20) * 60 + (i % 3), Math.max(0, i - 20) * 60 + (i % 2) * 4),
  );
  const shifted = corner.map((point) => {
    const { lng, lat } = fromWgs84(point, 'gcj02');
    return lngLat(lng, lat);
  });
  const judge = (track: readonly LngLat[], gap: number) =>
    datumVerdict(roadResiduals(track, centre, streets(gap)), centre);

  test('finds GCJ-02 under the name of WGS-84, and its opposite, on streets 1,200 m apart', () => {
    expect(judge(shifted, 1200)).toBe('unshifted');
    const twice = corner.flatMap(({ lng, lat }) => {
      const read = toWgs84({ lng, lat, crs: 'gcj02' });
      return read.ok ? [read.value] : [];
    });
    expect(judge(twice, 1200)).toBe('shifted_twice');
  });
  test('control: a sound track is sound; where every place is near a street, or on one line, nothing is said', () => {
    expect(judge(corner, 1200)).toBe('sound');
    expect(judge(shifted, 30)).toBe('unknown');
    expect(judge(corner.slice(0, 21), 1200)).toBe('unknown');
    expect(judge(shifted.slice(0, 10), 1200)).toBe('unknown');
  });
});
