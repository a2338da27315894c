import { type Bbox, type Crs, type LngLat, type RawPoint, crsNames, lngLat } from '../contract/datums.ts';
import { baiduMetresFromDegrees, degreesFromBaiduMetres } from './datum/baidu-mercator.ts';

/**
 * The only place where GCJ-02 and BD-09 exist. In Ningbo a GCJ-02 point read as WGS-84 lies 500 m off, a BD-09 point
 * 1,140 m, so a foreign point is normalised here, at the edge, and judged only as WGS-84 afterwards.
 */

/** Why a foreign point was not read. */
export type DatumRefusal = 'crs_missing' | 'crs_unknown' | 'axis_swapped' | 'place_invalid';

type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: DatumRefusal };

type Degrees = readonly [lng: number, lat: number];

/** The datum of a message: its own word first, else the registered device's profile; never a guess. */
export function readCrs(word: unknown, profile?: Crs): Read<Crs> {
  if (word === undefined || word === null || word === '')
    return profile ? { ok: true, value: profile } : { ok: false, refusal: 'crs_missing' };
  const crs = crsNames.find((name) => name === word);
  return crs ? { ok: true, value: crs } : { ok: false, refusal: 'crs_unknown' };
}

/** A foreign point as WGS-84. For `bd09mc` the pair is easting and northing in metres, else degrees. */
export function toWgs84(raw: RawPoint): Read<LngLat> {
  if (!Number.isFinite(raw.lng) || !Number.isFinite(raw.lat)) return { ok: false, refusal: 'place_invalid' };
  if (raw.crs === 'bd09mc' && (Math.abs(raw.lng) > 20_037_509 || Math.abs(raw.lat) > 15_000_000))
    return { ok: false, refusal: 'place_invalid' };
  const [x, y] = raw.crs === 'bd09mc' ? degreesFromBaiduMetres(raw.lng, raw.lat) : [raw.lng, raw.lat];
  if (axesSwapped(x, y)) return { ok: false, refusal: 'axis_swapped' };
  if (Math.abs(x) > 180) return { ok: false, refusal: 'place_invalid' };
  const [lng, lat] = wgs84Of[raw.crs === 'bd09mc' ? 'bd09' : raw.crs]([x, y]);
  return { ok: true, value: lngLat(lng, lat) };
}

/** The inverse of `toWgs84`, for handing a place to a map of another datum (navigation). */
export function fromWgs84(point: LngLat, crs: Crs): RawPoint {
  const [lng, lat] = foreignOf[crs]([point.lng, point.lat]);
  return { lng, lat, crs };
}

/** Latitude first: |lat| over 90, or a pair that lies in China only when turned around. */
export function axesSwapped(lng: number, lat: number): boolean {
  return Math.abs(lat) > 90 || (lng >= 3 && lng <= 54 && lat >= 73 && lat <= 136);
}

/** True when the point lies outside the town's bounding box widened by `marginMetres`: such a point is kept, flagged. */
export function outsideTown(point: LngLat, town: Bbox, marginMetres = 20_000): boolean {
  const [west, south, east, north] = town;
  const latMargin = marginMetres / 110_574;
  const lngMargin = marginMetres / (111_320 * Math.cos((((south + north) / 2) * Math.PI) / 180));
  return (
    point.lng < west - lngMargin ||
    point.lng > east + lngMargin ||
    point.lat < south - latMargin ||
    point.lat > north + latMargin
  );
}

/** How far GCJ-02 moves a WGS-84 point, metres [east, north]: in Ningbo about [434, -255]. */
export function gcj02ShiftMetres(point: LngLat): [east: number, north: number] {
  const [lng, lat] = gcj02Of([point.lng, point.lat]);
  const east = (lng - point.lng) * 111_320 * Math.cos((point.lat * Math.PI) / 180);
  return [east, (lat - point.lat) * 110_574];
}

type Shift = (pair: Degrees) => Degrees;

const same: Shift = (pair) => pair;

/** To WGS-84; CGCS2000 is the same for dispatch, the two frames differ by less than a metre. */
const wgs84Of: Record<Crs, Shift> = {
  wgs84: same,
  cgcs2000: same,
  gcj02: (pair) => inverse(gcj02Of, pair),
  bd09: (pair) => inverse(gcj02Of, inverse(bd09Of, pair)),
  bd09mc: ([east, north]) => wgs84Of.bd09(degreesFromBaiduMetres(east, north)),
};

const foreignOf: Record<Crs, Shift> = {
  wgs84: same,
  cgcs2000: same,
  gcj02: gcj02Of,
  bd09: (pair) => bd09Of(gcj02Of(pair)),
  bd09mc: (pair) => baiduMetresFromDegrees(...foreignOf.bd09(pair)),
};

/** Inverts a small shift by fixed-point iteration to 1e-9 degrees (0.1 mm) and one step beyond. */
function inverse(shift: Shift, target: Degrees): Degrees {
  let [lng, lat] = target;
  for (let i = 0; i < 20; i++) {
    const [x, y] = shift([lng, lat]);
    lng += target[0] - x;
    lat += target[1] - y;
    if (Math.abs(target[0] - x) < 1e-9 && Math.abs(target[1] - y) < 1e-9) break;
  }
  return [lng, lat];
}

/** Radius and squared eccentricity of the Krasovsky 1940 ellipsoid, on which the shift is defined. */
const radiusMetres = 6_378_245;
const eccentricitySquared = 0.006693421622965823;

/** Sine waves of the shift: [amplitude in metres x 1.5, half waves per degree]. */
type Waves = readonly (readonly [amplitude: number, frequency: number])[];
const bothWays: Waves = [
  [20, 6],
  [20, 2],
];
const eastward: Waves = [
  [20, 1],
  [40, 1 / 3],
  [150, 1 / 12],
  [300, 1 / 30],
];
const northward: Waves = [
  [20, 1],
  [40, 1 / 3],
  [160, 1 / 12],
  [320, 1 / 30],
];

const sum = (x: number, waves: Waves): number =>
  waves.reduce((total, [amplitude, frequency]) => total + amplitude * Math.sin(x * frequency * Math.PI), 0) /
  1.5;

/** WGS-84 to GCJ-02; outside the rectangle in which the shift is applied the pair is returned as it is. */
function gcj02Of([lng, lat]: Degrees): Degrees {
  if (lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271) return [lng, lat];
  const x = lng - 105;
  const y = lat - 35;
  const root = Math.sqrt(Math.abs(x));
  const both = 0.1 * x * y + sum(x, bothWays);
  const eastMetres = 300 + x + 2 * y + 0.1 * x * x + 0.1 * root + both + sum(x, eastward);
  const northMetres = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * root + both + sum(y, northward);
  const phi = (lat * Math.PI) / 180;
  const w = 1 - eccentricitySquared * Math.sin(phi) ** 2;
  const primeVertical = radiusMetres / Math.sqrt(w);
  const meridian = (radiusMetres * (1 - eccentricitySquared)) / (w * Math.sqrt(w));
  const degree = 180 / Math.PI;
  return [
    lng + (eastMetres / (primeVertical * Math.cos(phi))) * degree,
    lat + (northMetres / meridian) * degree,
  ];
}

/** GCJ-02 to BD-09: a second, smaller shift in polar form. */
function bd09Of([lng, lat]: Degrees): Degrees {
  const perDegree = (3000 * Math.PI) / 180;
  const length = Math.hypot(lng, lat) + 2e-5 * Math.sin(lat * perDegree);
  const angle = Math.atan2(lat, lng) + 3e-6 * Math.cos(lng * perDegree);
  return [length * Math.cos(angle) + 0.0065, length * Math.sin(angle) + 0.006];
}
