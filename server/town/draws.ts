import { exp, ln } from './arithmetic.ts';
import type { Random } from './random.ts';

/** Poisson count by Knuth's product, in portions so that e^-mean never vanishes. */
export function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 30) {
    const limit = exp(-Math.min(30, left));
    for (let p = random.next(); p > limit; p *= random.next()) count++;
  }
  return count;
}

/** Exponential with a mean. */
export const exponential = (random: Random, mean: number): number => -mean * ln(1 - random.next());

/** Gamma of mean 1 and a shape below 1 (Ahrens and Dieter 1974, algorithm GS). */
export function gamma(random: Random, shape: number): number {
  const b = 1 + shape / Math.E;
  for (;;) {
    const p = b * random.next();
    if (p <= 1) {
      const x = p === 0 ? 0 : exp(ln(p) / shape);
      if (random.next() <= exp(-x)) return x / shape;
    } else {
      const x = -ln((b - p) / shape);
      if (random.next() <= exp(ln(x) * (shape - 1))) return x / shape;
    }
  }
}

/** Draws an index in proportion to weights that are given as running sums. */
export function pick(random: Random, sums: Float64Array): number {
  const wanted = random.next() * sums.at(-1)!;
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sums[mid]! > wanted) high = mid;
    else low = mid + 1;
  }
  return low;
}

/** Running sums of weights. */
export function runningSums(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (w) => (sum += w));
}
