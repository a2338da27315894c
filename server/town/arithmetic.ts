/*
 * Elementary functions from + - * / alone. ECMAScript leaves the last bit of Math.sin, exp and log to the
 * engine; IEEE 754 does not leave it open for these four, so every engine generates the same town.
 */

const LN2 = 0.6931471805599453;
const HALF_PI = 1.5707963267948966;

/** e^x, relative error below 1e-14. */
export function exp(x: number): number {
  if (x < -700) return 0;
  const n = Math.round(x / LN2);
  const r = x - n * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 18; k++) {
    term *= r / k;
    sum += term;
  }
  return sum * 2 ** n;
}

/** Natural logarithm of a positive number. */
export function ln(x: number): number {
  let n = 0;
  let m = x;
  while (m > 1.5) {
    m /= 2;
    n++;
  }
  while (m < 0.75) {
    m *= 2;
    n--;
  }
  const z = (m - 1) / (m + 1);
  let power = z;
  let sum = 0;
  for (let k = 1; k < 50; k += 2) {
    sum += power / k;
    power *= z * z;
  }
  return 2 * sum + n * LN2;
}

/** Sine of an angle in radians. */
export function sin(x: number): number {
  const quarter = Math.round(x / HALF_PI);
  const r = x - quarter * HALF_PI;
  const turn = ((quarter % 4) + 4) % 4;
  const value = turn % 2 === 0 ? series(r, r, 1) : series(r, 1, 0);
  return turn < 2 ? value : -value;
}

/** Cosine of an angle in radians. */
export const cos = (x: number): number => sin(x + HALF_PI);

/** Length of a vector; Math.hypot may differ between engines, Math.sqrt may not. */
export const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

function series(r: number, first: number, order: number): number {
  let term = first;
  let sum = first;
  for (let k = order + 2; k < 26; k += 2) {
    term *= (-r * r) / (k * (k - 1));
    sum += term;
  }
  return sum;
}
