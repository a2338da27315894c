import { ln, sin } from './arithmetic.ts';

/** Centre of the town, WGS-84 degrees (public encyclopedia). */
const CENTRE = { lng: 121.44516, lat: 29.98017 } as const;
/** Kilometres of one degree here; the pair that makes the geodesic area come out right. */
const KM_PER_LNG = 96.505;
const KM_PER_LAT = 110.852;

/** WGS-84 in units of 1e-7 degree: about one centimetre, and exact as the seven decimals of the files. */
export type E7 = readonly [lng: number, lat: number];

/** From kilometres east and north of the centre to integer 1e-7 degrees. */
export const toE7 = (x: number, y: number): E7 => [
  Math.round((CENTRE.lng + x / KM_PER_LNG) * 1e7),
  Math.round((CENTRE.lat + y / KM_PER_LAT) * 1e7),
];

/** From integer 1e-7 degrees to kilometres east and north of the centre. */
export const toKm = (lngE7: number, latE7: number): [x: number, y: number] => [
  (lngE7 / 1e7 - CENTRE.lng) * KM_PER_LNG,
  (latE7 / 1e7 - CENTRE.lat) * KM_PER_LAT,
];

const A = 6378.137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E = Math.sqrt(E2);

/** Authalic q of a geodetic latitude (Snyder, Map Projections: A Working Manual, eq. 3-12). */
function authalic(latDegrees: number): number {
  const s = sin((latDegrees * Math.PI) / 180);
  return (1 - E2) * (s / (1 - E2 * s * s) - (1 / (2 * E)) * ln((1 - E * s) / (1 + E * s)));
}
const Q0 = authalic(CENTRE.lat);

/** Kilometres in Lambert's cylindrical equal-area projection of the ellipsoid: plane areas are geodesic areas. */
export function equalArea(lngDegrees: number, latDegrees: number): [x: number, y: number] {
  return [((lngDegrees - CENTRE.lng) * Math.PI * A) / 180, ((authalic(latDegrees) - Q0) * A) / 2];
}

/** Signed area of a closed or open ring in the plane, positive when it runs counter-clockwise. */
export function ringArea(ring: readonly (readonly [number, number])[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[(i + 1) % ring.length]!;
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}
