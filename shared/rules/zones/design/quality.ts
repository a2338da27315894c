import { polsbyPopper } from '../../cells/measure.ts';
import { coefficients, excess } from './anneal.ts';
import type { Weights } from './anneal.ts';
import type { Ground } from './ground.ts';

/** How good a finished plan is. */
export interface Quality {
  /** Largest deviation of a zone's load from the mean, as a fraction. */
  readonly deviation: number;
  /** Mean Polsby-Popper of the zones. */
  readonly compactness: number;
  /** The objective; comparable only under equal weights. */
  readonly objective: number;
}

/** Measures a plan from scratch. */
export function qualityOf(ground: Ground, k: number, slot: Int32Array, weights: Weights): Quality {
  const load = new Float64Array(k);
  const area = new Float64Array(k);
  const perimeter = new Float64Array(k);
  const sumEast = new Float64Array(k);
  const sumNorth = new Float64Array(k);
  const squares = new Float64Array(k);
  let cut = 0;
  for (let i = 0; i < slot.length; i++) {
    const q = slot[i]!;
    const w = ground.load[i]!;
    load[q]! += w;
    area[q]! += ground.squareMetres[i]!;
    perimeter[q]! += ground.outerMetres[i]!;
    sumEast[q]! += w * ground.east[i]!;
    sumNorth[q]! += w * ground.north[i]!;
    squares[q]! += w * (ground.east[i]! ** 2 + ground.north[i]! ** 2);
    for (let s = ground.offsets[i]!; s < ground.offsets[i + 1]!; s++)
      if (slot[ground.neighbours[s]!] !== q) {
        perimeter[q]! += ground.sharedMetres[s]!;
        cut += ground.sharedMetres[s]! / 2;
      }
  }
  const factor = coefficients(ground, k, weights);
  const mean = ground.totalLoad / k;
  let deviation = 0;
  let compactness = 0;
  let objective = factor.border * cut;
  for (let q = 0; q < k; q++) {
    deviation = Math.max(deviation, Math.abs(load[q]! / mean - 1));
    compactness += polsbyPopper(area[q]!, perimeter[q]!) / k;
    objective += factor.balance * excess(load[q]!, mean, factor.band);
    if (load[q]! > 0)
      objective += factor.inertia * (squares[q]! - (sumEast[q]! ** 2 + sumNorth[q]! ** 2) / load[q]!);
  }
  return { deviation, compactness, objective };
}
