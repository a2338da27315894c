/** A stream of random numbers in [0, 1) with the draws that the generator needs; same seed, same numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  below(below: number): number;
  /** Standard normal (sum of twelve uniforms, so that no engine's `log` or `cos` enters). */
  normal(): number;
}

/**
 * The sfc32 generator (Chris Doty-Humphrey, PractRand; public domain), 20 values discarded. Each stage has
 * a stream of its own, named by `label`, so that a change in one stage does not reshuffle the others.
 */
export function randomStream(seed: number, label: string): Random {
  let a = seed >>> 0;
  let b = hash(label);
  let c = 0x9e3779b9 ^ b;
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 20; i++) next();
  return {
    next,
    below: (below) => Math.floor(next() * below),
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
  };
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
