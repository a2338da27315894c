import type { Figures } from '../../contract/replays.ts';
import { randomStream } from '../zones/design/random.ts';

/** Mean, median r[(n-1) div 2], 90th percentile r[ceil(0.9 n) - 1] and the share within target of some responses in ms. */
export function figuresOf(responseMs: Float64Array, targetMs: ArrayLike<number>): Figures {
  const count = responseMs.length;
  if (count === 0) return { incidents: 0, meanSeconds: 0, p50Seconds: 0, p90Seconds: 0, withinTarget: 0 };
  const sorted = responseMs.toSorted();
  let sum = 0;
  let within = 0;
  for (let i = 0; i < count; i++) {
    sum += responseMs[i]!;
    if (responseMs[i]! <= targetMs[i]!) within++;
  }
  return {
    incidents: count,
    meanSeconds: sum / count / 1000,
    p50Seconds: sorted[Math.floor((count - 1) / 2)]! / 1000,
    p90Seconds: sorted[Math.ceil(0.9 * count) - 1]! / 1000,
    withinTarget: within / count,
  };
}

/** Mean of paired differences with its 95 % interval; `shown` is false when the interval contains zero or few were compared. */
export interface Difference {
  readonly meanSeconds: number;
  readonly low: number;
  readonly high: number;
  readonly shown: boolean;
}

const resamples = 1000;
/** Of fewer pairs the bootstrap draws an interval that is too narrow: of one it is a point (assumed). */
const fewestShown = 5;

/**
 * Percentile bootstrap of the mean of paired differences in ms (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * chapter 13): resampled with a seeded stream, so that the same data give the same interval.
 */
export function differenceOf(differencesMs: Float64Array, seed: number): Difference {
  const count = differencesMs.length;
  if (count === 0) return { meanSeconds: 0, low: 0, high: 0, shown: false };
  let sum = 0;
  for (let i = 0; i < count; i++) sum += differencesMs[i]!;
  const random = randomStream(seed);
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    let total = 0;
    for (let i = 0; i < count; i++) total += differencesMs[Math.floor(random.next() * count)]!;
    means[b] = total / count;
  }
  means.sort();
  const low = means[Math.floor(0.025 * resamples)]! / 1000;
  const high = means[Math.ceil(0.975 * resamples) - 1]! / 1000;
  return { meanSeconds: sum / count / 1000, low, high, shown: count >= fewestShown && (low > 0 || high < 0) };
}

/** The median of some values; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** Standard deviation over mean. */
export function variationOf(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
  if (mean === 0) return 0;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return Math.sqrt(squares) / mean;
}
