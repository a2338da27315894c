import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import type { Random } from '../town/random.ts';

/** Log-normal with a median and the sigma of its logarithm. */
export const logNormal = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * random.normal());

export const between = (random: Random, low: number, high: number): number =>
  low + (high - low) * random.next();

/** A point moved by a normal error of `sigma` metres on each axis. */
export function blurred(point: LngLat, sigma: number, random: Random): LngLat {
  const east = (random.normal() * sigma) / (111_320 * Math.cos((point.lat * Math.PI) / 180));
  return lngLat(point.lng + east, point.lat + (random.normal() * sigma) / 110_574);
}
