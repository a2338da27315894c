import type { Ground } from './ground.ts';
import { negativeLogs } from './random.ts';

/** Weights of the objective J (see `coefficients`). */
export interface Weights {
  readonly balance: number;
  readonly inertia: number;
  readonly border: number;
  /** Deviation from the mean load that costs nothing, as a fraction; 0 seeks exact balance. */
  readonly band?: number;
  /** Price of missing compactness, 1 - mean Polsby-Popper. */
  readonly roundness?: number;
}

/** Weights found by measurement: balance, distance to the centre, length of inner border. */
export const defaultWeights: Weights = { balance: 1, inertia: 0.35, border: 0.35 };

/** The price of taking a cell from its zone in the running plan: `delta` x load / mean load. */
export interface Loyalty {
  readonly delta: number;
  readonly home: Int32Array;
}

/** A plan under work: the slot of each cell with the sums of each slot. Changed in place by `anneal`. */
export interface WorkingPlan {
  readonly slot: Int32Array;
  readonly load: Float64Array;
  readonly centreEast: Float64Array;
  readonly centreNorth: Float64Array;
  readonly size: Int32Array;
  readonly squareMetres: Float64Array;
  readonly perimeterMetres: Float64Array;
}

/** Sums up a plan. */
export function workingPlan(ground: Ground, k: number, plan: Int32Array): WorkingPlan {
  const load = new Float64Array(k);
  const centreEast = new Float64Array(k);
  const centreNorth = new Float64Array(k);
  const size = new Int32Array(k);
  const squareMetres = new Float64Array(k);
  const perimeterMetres = new Float64Array(k);
  for (let i = 0; i < plan.length; i++) {
    const q = plan[i]!;
    load[q]! += ground.load[i]!;
    centreEast[q]! += ground.load[i]! * ground.east[i]!;
    centreNorth[q]! += ground.load[i]! * ground.north[i]!;
    size[q]!++;
    squareMetres[q]! += ground.squareMetres[i]!;
    perimeterMetres[q]! += ground.outerMetres[i]!;
    for (let s = ground.offsets[i]!; s < ground.offsets[i + 1]!; s++)
      if (plan[ground.neighbours[s]!] !== q) perimeterMetres[q]! += ground.sharedMetres[s]!;
  }
  for (let q = 0; q < k; q++)
    if (load[q]! > 0) {
      centreEast[q]! /= load[q]!;
      centreNorth[q]! /= load[q]!;
    }
  return { slot: plan.slice(), load, centreEast, centreNorth, size, squareMetres, perimeterMetres };
}

/**
 * Factors of J = a (100/k) sum ((L - mean) / mean)^2 + b sum I / (W A / (2 pi k)) + c cut / (k sqrt(pi A / k)),
 * less a free band in the first term; L is the load of a zone, I its load-weighted inertia about its centre, W the total load, A the total area and
 * cut the length of inner border.
 */
export function coefficients(ground: Ground, k: number, weights: Weights): Factors {
  const mean = ground.totalLoad / k;
  return {
    mean,
    roundness: ((weights.roundness ?? 0) * 4 * Math.PI) / k,
    band: (weights.band ?? 0) * mean,
    balance: (weights.balance * 100) / k / mean ** 2,
    inertia: weights.inertia / ((ground.totalLoad * ground.totalSquareMetres) / (2 * Math.PI * k)),
    border: weights.border / (k * Math.sqrt((Math.PI * ground.totalSquareMetres) / k)),
  };
}

/** The factors of J for one ground, with the mean load and the free band in units of load. */
export interface Factors {
  readonly mean: number;
  readonly band: number;
  readonly roundness: number;
  readonly balance: number;
  readonly inertia: number;
  readonly border: number;
}

/** Square of the load's distance from the band about the mean. */
export function excess(load: number, mean: number, band: number): number {
  const over = (load > mean ? load - mean : mean - load) - band;
  return over > 0 ? over * over : 0;
}

/** Cooling of one run, counted in proposals so that the clock never changes a plan. */
export interface Schedule {
  readonly proposals: number;
  readonly hottest: number;
  readonly coldest: number;
}

/** Share of a usual temperature that suits `k` zones: J is a mean over zones, so one flip weighs less among many. */
export const heatFor = (k: number): number => Math.min(1, 20 / k);

/** Proposals between two yields. */
const stride = 1 << 16;

/**
 * Border flips with annealing: a random cell is offered to the zone of a random neighbour, accepted by the change of J
 * and the temperature, and only if the zone left behind stays in one piece and keeps a cell. Yields the number of
 * proposals since the last yield.
 */
export function* anneal(
  ground: Ground,
  k: number,
  work: WorkingPlan,
  pinned: Int32Array,
  weights: Weights,
  schedule: Schedule,
  seed: number,
  loyalty?: Loyalty,
): Generator<number, void, void> {
  const factor = coefficients(ground, k, weights);
  const cooling = (schedule.coldest / schedule.hottest) ** (1024 / Math.max(1024, schedule.proposals));
  const search = {
    stamp: 0,
    seen: new Int32Array(work.slot.length),
    queue: new Int32Array(work.slot.length),
  };
  const price = loyalty ? (loyalty.delta * k) / ground.totalLoad : 0;
  const home = loyalty?.home ?? work.slot;
  let heat = schedule.hottest;
  let state = seed | 1;
  for (let done = 0; done < schedule.proposals;) {
    const part = Math.min(stride, schedule.proposals - done);
    [state, heat] = sweep(ground, work, pinned, factor, price, home, heat, cooling, state, part, search);
    done += part;
    yield part;
  }
}

interface Search {
  stamp: number;
  readonly seen: Int32Array;
  readonly queue: Int32Array;
}

function sweep(
  ground: Ground,
  work: WorkingPlan,
  pinned: Int32Array,
  factor: Factors,
  price: number,
  home: Int32Array,
  heat: number,
  cooling: number,
  seed: number,
  proposals: number,
  search: Search,
): [seed: number, heat: number] {
  const { offsets, neighbours, sharedMetres, passable, east, north, squareMetres } = ground;
  const { load: weight, perimeterMetres: outlines } = ground;
  const { slot, load, centreEast, centreNorth, size, perimeterMetres, squareMetres: areas } = work;
  const { mean, band, balance, inertia, border, roundness } = factor;
  const count = slot.length;
  let random = seed;
  for (let n = 0; n < proposals; n++) {
    if ((n & 1023) === 1023) heat *= cooling;
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    const cell = ((random >>> 0) * 2.3283064365386963e-10 * count) | 0;
    const first = offsets[cell]!;
    const end = offsets[cell + 1]!;
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    const chosen = first + ((((random >>> 16) * (end - first)) >>> 16) | 0);
    if (chosen >= end) continue;
    const from = slot[cell]!;
    const to = slot[neighbours[chosen]!]!;
    if (from === to || passable[chosen] === 0 || pinned[cell]! >= 0 || size[from] === 1) continue;

    let shared = 0;
    let gained = 0;
    let own = 0;
    for (let s = first; s < end; s++) {
      const q = slot[neighbours[s]!]!;
      if (q === from) {
        shared += sharedMetres[s]!;
        own += passable[s]!;
      } else if (q === to) gained += sharedMetres[s]!;
    }
    if (own === 0) continue;
    const w = weight[cell]!;
    const here = load[from]!;
    const there = load[to]!;
    const rest = here - w;
    const sum = there + w;
    let change =
      border * (shared - gained) +
      balance *
        (excess(rest, mean, band) -
          excess(here, mean, band) +
          excess(sum, mean, band) -
          excess(there, mean, band));
    const leftX = east[cell]! - centreEast[from]!;
    const leftY = north[cell]! - centreNorth[from]!;
    const rightX = east[cell]! - centreEast[to]!;
    const rightY = north[cell]! - centreNorth[to]!;
    if (w > 0)
      change +=
        inertia *
        w *
        ((there / sum) * (rightX * rightX + rightY * rightY) -
          (rest > 0 ? here / rest : 0) * (leftX * leftX + leftY * leftY));
    if (price > 0) {
      const origin = home[cell];
      if (origin === from) change += price * w;
      else if (origin === to) change -= price * w;
    }
    if (roundness > 0) {
      const outline = outlines[cell]!;
      const area = squareMetres[cell]!;
      const ring = perimeterMetres[from]!;
      const other = perimeterMetres[to]!;
      const fromPerimeter = ring - outline + 2 * shared;
      const toPerimeter = other + outline - 2 * gained;
      change +=
        roundness *
        (areas[from]! / (ring * ring) +
          areas[to]! / (other * other) -
          (areas[from]! - area) / (fromPerimeter * fromPerimeter) -
          (areas[to]! + area) / (toPerimeter * toPerimeter));
    }
    if (change > 0 && change >= heat * negativeLogs[random & 1023]!) continue;
    if (own > 1 && !restHangsTogether(ground, slot, cell, from, own, search)) continue;

    slot[cell] = to;
    size[from]!--;
    size[to]!++;
    load[from] = rest;
    load[to] = sum;
    areas[from]! -= squareMetres[cell]!;
    areas[to]! += squareMetres[cell]!;
    perimeterMetres[from] = perimeterMetres[from]! - outlines[cell]! + 2 * shared;
    perimeterMetres[to] = perimeterMetres[to]! + outlines[cell]! - 2 * gained;
    if (w > 0) {
      if (rest > 0) {
        centreEast[from]! -= (leftX * w) / rest;
        centreNorth[from]! -= (leftY * w) / rest;
      }
      centreEast[to]! += (rightX * w) / sum;
      centreNorth[to]! += (rightY * w) / sum;
    }
  }
  return [random, heat];
}

/** Breadth-first among the zone left behind, until all of the leaver's own neighbours are found. */
function restHangsTogether(
  { offsets, neighbours, passable }: Ground,
  slot: Int32Array,
  cell: number,
  zone: number,
  own: number,
  search: Search,
): boolean {
  const { seen, queue } = search;
  const wanted = (search.stamp += 2);
  const visited = wanted + 1;
  let start = -1;
  for (let s = offsets[cell]!; s < offsets[cell + 1]!; s++) {
    const next = neighbours[s]!;
    if (!passable[s] || slot[next] !== zone) continue;
    seen[next] = wanted;
    start = next;
  }
  seen[start] = visited;
  seen[cell] = visited;
  queue[0] = start;
  let tail = 1;
  let missing = own - 1;
  for (let head = 0; head < tail; head++) {
    const current = queue[head]!;
    for (let s = offsets[current]!; s < offsets[current + 1]!; s++) {
      const next = neighbours[s]!;
      if (slot[next] !== zone || !passable[s] || seen[next] === visited) continue;
      if (seen[next] === wanted && --missing === 0) return true;
      seen[next] = visited;
      queue[tail++] = next;
    }
  }
  return missing === 0;
}
