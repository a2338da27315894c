import { PARK } from './density.ts';
import type { Outline } from './outline.ts';
import { length } from './arithmetic.ts';
import type { LandUse } from './town.ts';

/** Use of a fine cell by density, place, and distance from the outline (assumed thresholds). */
export function landUseOf(d: number, x: number, y: number, outline: Outline): LandUse {
  if (length(x - PARK[0], y - PARK[1]) < 0.8) return 'park';
  if (d >= 3) return 'urban';
  if (d >= 1) return 'settled';
  return d < 0.3 && y > -1.5 && outline.relative(x, y) > 0.7 ? 'hill' : 'farmland';
}

/** Density from which a fine cell is managed as urban area. */
export const URBAN_MANAGEMENT_FROM = 2.5;
/** Inhabitants of a square kilometre from which a fine cell is a populated area. */
export const POPULATED_FROM = 1500;

/** The entry with the largest weight; the first one wins a tie. */
export function heaviest<K>(weights: Iterable<readonly [K, number]>): K {
  const sums = new Map<K, number>();
  for (const [key, weight] of weights) sums.set(key, (sums.get(key) ?? 0) + weight);
  return [...sums].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}
