import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type Crs, lngLat } from '../../shared/contract/geo.ts';
import {
  axesSwapped,
  fromWgs84,
  gcj02ShiftMetres,
  outsideTown,
  readCrs,
  toWgs84,
} from '../../shared/rules/datum.ts';

type Pair = [lng: number, lat: number];
/** Another project's transform, as a second opinion; its published types and its CommonJS form disagree. */
const gcoord = createRequire(import.meta.url)('gcoord') as {
  transform(pair: Pair, from: string, to: string): Pair;
  readonly WGS84: string;
  readonly GCJ02: string;
  readonly BD09MC: string;
};

const vectors = [
  { wgs: [121.44516, 29.98017], gcj: [121.4496566, 29.9778679], bd: [121.4560602, 29.9841823] },
  { wgs: [121.4, 29.95], gcj: [121.4045423, 29.9477378], bd: [121.41106, 29.9536333] },
  { wgs: [121.46, 29.99], gcj: [121.4644603, 29.9876665], bd: [121.4709229, 29.9937679] },
  { wgs: [121.5, 30.03], gcj: [121.5043315, 30.0275553], bd: [121.5109385, 30.0332049] },
] as const;

const place = (lng: number, lat: number, crs: Crs) => {
  const read = toWgs84({ lng, lat, crs });
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
};

const metresApart = (a: { lng: number; lat: number }, b: { lng: number; lat: number }): number =>
  Math.hypot((a.lng - b.lng) * 111_320 * Math.cos((a.lat * Math.PI) / 180), (a.lat - b.lat) * 110_574);

const inChina = fc.record({
  lng: fc.double({ min: 74, max: 134, noNaN: true }),
  lat: fc.double({ min: 18, max: 53, noNaN: true }),
});

describe('known vectors', () => {
  test.each(vectors)('$wgs forth and back within 1e-7 degrees', ({ wgs, gcj, bd }) => {
    const from = lngLat(wgs[0], wgs[1]);
    for (const [crs, there] of [
      ['gcj02', gcj],
      ['bd09', bd],
    ] as const) {
      const shifted = fromWgs84(from, crs);
      expect(Math.abs(shifted.lng - there[0])).toBeLessThan(1e-7);
      expect(Math.abs(shifted.lat - there[1])).toBeLessThan(1e-7);
      const back = place(there[0], there[1], crs);
      expect(Math.abs(back.lng - wgs[0])).toBeLessThan(2e-7);
      expect(Math.abs(back.lat - wgs[1])).toBeLessThan(2e-7);
    }
  });

  test('cgcs2000 and wgs84 are the identity', () => {
    for (const crs of ['wgs84', 'cgcs2000'] as const)
      expect(place(121.4, 29.95, crs)).toEqual({ lng: 121.4, lat: 29.95 });
  });

  test('the shift in Ningbo is 434 m east, 255 m south', () => {
    const [east, north] = gcj02ShiftMetres(lngLat(121.44516, 29.98017));
    expect(Math.round(east)).toBe(434);
    expect(Math.round(north)).toBe(-255);
  });
});

describe('round trip', () => {
  test.each(['gcj02', 'bd09', 'bd09mc'] as const)('%s within 0.01 m all over China', (crs) => {
    fc.assert(
      fc.property(inChina, ({ lng, lat }) => {
        const shifted = fromWgs84(lngLat(lng, lat), crs);
        expect(metresApart(place(shifted.lng, shifted.lat, crs), { lng, lat })).toBeLessThan(0.01);
      }),
      { numRuns: 2000 },
    );
  });

  test('control: the one-step inverse found elsewhere is not good enough', () => {
    const shifted = fromWgs84(lngLat(121.44516, 29.98017), 'gcj02');
    const again = fromWgs84(lngLat(shifted.lng, shifted.lat), 'gcj02');
    const oneStep = { lng: 2 * shifted.lng - again.lng, lat: 2 * shifted.lat - again.lat };
    expect(metresApart(oneStep, { lng: 121.44516, lat: 29.98017 })).toBeGreaterThan(0.01);
  });
});

describe('cross-check with gcoord', () => {
  test('forward agrees to 1e-9 degrees, Baidu metres to 0.1 m', () => {
    fc.assert(
      fc.property(inChina, ({ lng, lat }) => {
        const gcj = fromWgs84(lngLat(lng, lat), 'gcj02');
        const theirs = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
        expect(Math.abs(gcj.lng - theirs[0])).toBeLessThan(1e-9);
        expect(Math.abs(gcj.lat - theirs[1])).toBeLessThan(1e-9);
        const metres = fromWgs84(lngLat(lng, lat), 'bd09mc');
        const baidu = gcoord.transform([metres.lng, metres.lat], gcoord.BD09MC, gcoord.WGS84);
        expect(metresApart({ lng: baidu[0], lat: baidu[1] }, { lng, lat })).toBeLessThan(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('refusals', () => {
  test('the datum is asked, never guessed', () => {
    expect(readCrs(undefined)).toEqual({ ok: false, refusal: 'crs_missing' });
    expect(readCrs('')).toEqual({ ok: false, refusal: 'crs_missing' });
    expect(readCrs(undefined, 'gcj02')).toEqual({ ok: true, value: 'gcj02' });
    expect(readCrs('wgs84', 'gcj02')).toEqual({ ok: true, value: 'wgs84' });
    for (const word of ['WGS84', 'epsg:4326', 'toString', 4326, {}])
      expect(readCrs(word, 'wgs84')).toEqual({ ok: false, refusal: 'crs_unknown' });
  });

  test.each(['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const)('swapped axes in %s', (crs) => {
    expect(toWgs84({ lng: 29.98017, lat: 121.44516, crs })).toEqual({ ok: false, refusal: 'axis_swapped' });
    expect(toWgs84({ lng: 44.3, lat: 87.6, crs })).toEqual({ ok: false, refusal: 'axis_swapped' });
    expect(toWgs84({ lng: 121.44516, lat: 29.98017, crs }).ok).toBe(true);
  });

  test('swapped Baidu metres', () => {
    const { lng, lat } = fromWgs84(lngLat(121.44516, 29.98017), 'bd09mc');
    expect(toWgs84({ lng: lat, lat: lng, crs: 'bd09mc' }).ok).toBe(false);
  });

  test('unreadable and out of range', () => {
    expect(toWgs84({ lng: Number.NaN, lat: 30, crs: 'wgs84' })).toEqual({
      ok: false,
      refusal: 'place_invalid',
    });
    expect(toWgs84({ lng: 181, lat: 30, crs: 'wgs84' })).toEqual({
      ok: false,
      refusal: 'place_invalid',
    });
    expect(toWgs84({ lng: 3e7, lat: 3e6, crs: 'bd09mc' })).toEqual({
      ok: false,
      refusal: 'place_invalid',
    });
  });

  test('never throws, and what it reads is WGS-84 degrees', () => {
    const crs = fc.constantFrom<Crs>('wgs84', 'cgcs2000', 'gcj02', 'bd09', 'bd09mc');
    const sound = fc.property(fc.double(), fc.double(), crs, (lng, lat, crs) => {
      const read = toWgs84({ lng, lat, crs });
      return !read.ok || !axesSwapped(read.value.lng, read.value.lat);
    });
    expect(fc.check(sound)).toMatchObject({ failed: false });
  });
});

test('outside the town plus 20 km is flagged', () => {
  const town = [121.34, 29.93, 121.5, 30.06] as const;
  expect(outsideTown(lngLat(121.44, 29.98), town)).toBe(false);
  expect(outsideTown(lngLat(121.65, 29.98), town)).toBe(false);
  expect(outsideTown(lngLat(121.75, 29.98), town)).toBe(true);
  expect(outsideTown(lngLat(121.44, 30.25), town)).toBe(true);
  expect(outsideTown(lngLat(121.44, 30.25), town, 30_000)).toBe(false);
});
