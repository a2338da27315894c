import type { LngLat } from '../contract/geo.ts';

/** Mean radius of the earth in metres (IUGG). */
const earthRadiusMetres = 6371008.8;

const radians = Math.PI / 180;

/** Great-circle distance in metres between two WGS-84 points given in degrees, by the haversine formula. */
export function metresBetween(fromLng: number, fromLat: number, toLng: number, toLat: number): number {
  const sinLat = Math.sin(((toLat - fromLat) * radians) / 2);
  const sinLng = Math.sin(((toLng - fromLng) * radians) / 2);
  const h = sinLat * sinLat + sinLng * sinLng * Math.cos(fromLat * radians) * Math.cos(toLat * radians);
  return 2 * earthRadiusMetres * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h));
}

/** Great-circle distance in metres: the one definition of distance of the product. */
export function distanceMetres(from: LngLat, to: LngLat): number {
  return metresBetween(from.lng, from.lat, to.lng, to.lat);
}
