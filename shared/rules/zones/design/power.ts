import type { Ground } from './ground.ts';
import type { RandomStream } from './random.ts';

/**
 * A first plan: k-means on a power diagram. Each cell goes to the centre with the smallest d^2 - p; the power p of a
 * zone grows with its missing load, with a step that shrinks to zero; centres move every second pass of the first
 * four fifths. Gives the zone slot of each cell; pinned cells (slot >= 0) keep theirs.
 */
export function powerPlan(
  ground: Ground,
  k: number,
  pinned: Int32Array,
  random: RandomStream,
  passes: number,
): Int32Array {
  const { east, north, load, cells } = ground;
  const count = cells.length;
  const centres = spreadCentres(ground, k, pinned, random);
  const { east: middleEast, north: middleNorth } = centres;
  const power = new Float64Array(k);
  const slot = new Int32Array(count);
  const mean = ground.totalLoad / k;
  const scale = ground.totalSquareMetres / k / Math.PI;
  const loads = new Float64Array(k);
  const sumEast = new Float64Array(k);
  const sumNorth = new Float64Array(k);
  for (let pass = 0; pass < passes; pass++) {
    loads.fill(0);
    sumEast.fill(0);
    sumNorth.fill(0);
    for (let i = 0; i < count; i++) {
      const x = east[i]!;
      const y = north[i]!;
      let best = pinned[i]!;
      if (best < 0) {
        let least = Infinity;
        for (let q = 0; q < k; q++) {
          const dx = x - middleEast[q]!;
          const dy = y - middleNorth[q]!;
          const value = dx * dx + dy * dy - power[q]!;
          if (value < least) {
            least = value;
            best = q;
          }
        }
      }
      slot[i] = best;
      const weight = load[i]!;
      loads[best]! += weight;
      sumEast[best]! += weight * x;
      sumNorth[best]! += weight * y;
    }
    const step = 0.7 * scale * (1 - pass / passes);
    const moving = pass % 2 === 1 && pass < 0.8 * passes;
    for (let q = 0; q < k; q++) {
      power[q]! += step * Math.max(-1, 1 - loads[q]! / mean);
      if (moving && loads[q]! > 0) {
        centres.east[q] = sumEast[q]! / loads[q]!;
        centres.north[q] = sumNorth[q]! / loads[q]!;
      }
    }
  }
  return slot;
}

/**
 * k-means++ seeding weighted by load: a slot with pinned cells starts in their middle, each other centre is drawn with
 * probability load x squared distance to the centres so far.
 */
function spreadCentres(
  { east, north, load, cells }: Ground,
  k: number,
  pinned: Int32Array,
  random: RandomStream,
): { east: Float64Array; north: Float64Array } {
  const centres = { east: new Float64Array(k), north: new Float64Array(k) };
  const weight = Float64Array.from(load, (value) => value + 1e-9);
  const distance = new Float64Array(cells.length).fill(Infinity);
  const held = new Float64Array(k);
  for (let i = 0; i < cells.length; i++) {
    const q = pinned[i]!;
    if (q < 0) continue;
    held[q]! += weight[i]!;
    centres.east[q]! += weight[i]! * east[i]!;
    centres.north[q]! += weight[i]! * north[i]!;
  }
  const settle = (q: number): void => {
    for (let i = 0; i < weight.length; i++) {
      const squared = (east[i]! - centres.east[q]!) ** 2 + (north[i]! - centres.north[q]!) ** 2;
      distance[i] = Math.min(distance[i]!, squared);
    }
  };
  for (let q = 0; q < k; q++) {
    if (held[q] === 0) continue;
    centres.east[q]! /= held[q]!;
    centres.north[q]! /= held[q]!;
    settle(q);
  }
  for (let q = 0; q < k; q++) {
    if (held[q]! > 0) continue;
    const chance = (i: number): number => weight[i]! * (distance[i] === Infinity ? 1 : distance[i]!);
    let total = 0;
    for (let i = 0; i < weight.length; i++) total += chance(i);
    let mark = random.next() * total;
    let chosen = 0;
    for (; chosen + 1 < weight.length; chosen++) {
      mark -= chance(chosen);
      if (mark < 0) break;
    }
    centres.east[q] = east[chosen]!;
    centres.north[q] = north[chosen]!;
    settle(q);
  }
  return centres;
}
