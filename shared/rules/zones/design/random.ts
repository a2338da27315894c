/** A repeatable stream of random numbers: same seed, same numbers, on every engine. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  next(): number;
  /** A non-zero 32-bit integer to start another stream with. */
  fork(): number;
}

/** Mulberry32: 32 bits of state, integer arithmetic only. */
export function randomStream(seed: number): RandomStream {
  let state = seed | 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { next: () => draw() / 4_294_967_296, fork: () => draw() | 1 };
}

/**
 * -ln((i + 1/2) / 1024) for i = 0..1023, from the series 2 artanh((x-1)/(x+1)) with plain arithmetic: Math.log may
 * differ in its last digit between engines, and a plan must not depend on the browser that drew it.
 */
export const negativeLogs: Float64Array = Float64Array.from({ length: 1024 }, (_, i) => {
  let x = (i + 0.5) / 1024;
  let halvings = 0;
  while (x < 0.75) {
    x *= 2;
    halvings++;
  }
  return halvings * 0.6931471805599453 - logNearOne(x);
});

function logNearOne(x: number): number {
  const z = (x - 1) / (x + 1);
  let power = z;
  let sum = 0;
  for (let term = 1; term < 40; term += 2) {
    sum += power / term;
    power *= z * z;
  }
  return 2 * sum;
}
