import { unitsPerDegree } from './ring.ts';
import type { Vertex } from './ring.ts';

/** A point on the metric plane: [easting, northing] in metres. */
export type Metres = readonly [east: number, north: number];

/** Turns integer coordinates into metres. */
export type Projection = (vertex: Vertex) => Metres;

const semiMajor = 6_378_137;
const flattening = 1 / 298.257222101;
const n = flattening / (2 - flattening);
const rectifying = (semiMajor / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const eccentricity = (2 * Math.sqrt(n)) / (1 + n);
const alpha = [
  n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16 + (41 * n ** 4) / 180,
  (13 * n ** 2) / 48 - (3 * n ** 3) / 5 + (557 * n ** 4) / 1440,
  (61 * n ** 3) / 240 - (103 * n ** 4) / 140,
  (49_561 * n ** 4) / 161_280,
];

/**
 * Gauss-Krueger on the CGCS2000 ellipsoid, scale 1 on the central meridian, false easting 500 km; for 120 E this is
 * EPSG:4549. Krueger series to the fourth order (C. F. F. Karney, J. Geodesy 85, 2011, eq. 11 and 35), good to
 * a micrometre within three degrees. Its lengths are too long by (x / 6371 km)^2 / 2: 0.23 per mille and its areas
 * by 0.45 per mille at 121.4 E. WGS-84 is taken as CGCS2000, which differ by less than a millimetre in shape.
 */
export function gaussKrueger(centralMeridian: number): Projection {
  return (vertex) => {
    const latitude = ((vertex[1] / unitsPerDegree) * Math.PI) / 180;
    const longitude = ((vertex[0] / unitsPerDegree - centralMeridian) * Math.PI) / 180;
    const sine = Math.sin(latitude);
    const t = Math.sinh(Math.atanh(sine) - eccentricity * Math.atanh(eccentricity * sine));
    const xi = Math.atan2(t, Math.cos(longitude));
    const eta = Math.atanh(Math.sin(longitude) / Math.hypot(1, t));
    let east = eta;
    let north = xi;
    for (let j = 0; j < alpha.length; j++) {
      const order = 2 * (j + 1);
      east += alpha[j]! * Math.cos(order * xi) * Math.sinh(order * eta);
      north += alpha[j]! * Math.sin(order * xi) * Math.cosh(order * eta);
    }
    return [500_000 + rectifying * east, rectifying * north];
  };
}

/** Central meridian of the three-degree zone that holds a longitude; 120 for Ningbo. */
export const meridianFor = (longitude: number): number => Math.round(longitude / 3) * 3;

/** The projection for a place: three-degree Gauss-Krueger round its own meridian. */
export const projectionAt = (vertex: Vertex): Projection =>
  gaussKrueger(meridianFor(vertex[0] / unitsPerDegree));
