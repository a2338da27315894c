import { sums, type Land } from './partition.ts';
import type { Random } from './random.ts';

/** What the refinement pays beside the perimeter: squared gap to the wanted load beyond a slack. */
export interface RefineCosts {
  /** Price of the squared relative gap; one part that is a perfect circle costs 1 for its perimeter. */
  readonly balance: number;
  /** Relative gap that costs nothing. */
  readonly slack: number;
  /** Largest worsening accepted at the start; it falls to nothing. */
  readonly patience: number;
  /** Whether two pieces may be exchanged when moving one does not pay. */
  readonly exchange: boolean;
  /** Moves tried, as a multiple of the pieces of land. */
  readonly sweeps: number;
}

interface State {
  readonly part: number[];
  readonly load: number[];
  readonly area: number[];
  readonly perimeter: number[];
  readonly size: number[];
}

/**
 * Local search by threshold accepting (Dueck and Scheuer 1990): single pieces change over to a neighbouring
 * part, or two are exchanged, while every part stays connected. No exponential, so the same on every engine.
 */
export function refine(
  land: Land,
  start: readonly number[],
  targets: readonly number[],
  costs: RefineCosts,
  random: Random,
): number[] {
  const state = stateOf(land, start, targets.length);
  const { part } = state;
  const cost = (p: number) => {
    const gap = Math.max(0, Math.abs(state.load[p]! / targets[p]! - 1) - costs.slack);
    return (
      costs.balance * gap * gap + (state.perimeter[p]! * state.perimeter[p]!) / (4 * Math.PI * state.area[p]!)
    );
  };
  let now = targets.reduce((sum, _, p) => sum + cost(p), 0);
  let best = [...part];
  let least = now;
  const tries = costs.sweeps * part.length;
  for (let n = 0; n < tries; n++) {
    const i = random.below(part.length);
    const [p, q] = [part[i]!, neighbourPart(land, part, i, random)];
    if (q === p || state.size[p] === 1 || !staysWhole(land, part, i)) continue;
    const before = cost(p) + cost(q);
    const threshold = costs.patience * Math.max(0, 1 - (1.25 * n) / tries) ** 2;
    move(land, state, i, q);
    let change = cost(p) + cost(q) - before;
    let back = -1;
    if (change >= threshold && costs.exchange) {
      // Alone it does not pay: try to give one piece back in exchange.
      back = partner(land, part, i, p, q, random);
      if (back >= 0) {
        move(land, state, back, p);
        change = cost(p) + cost(q) - before;
      }
    }
    if (change >= threshold) {
      if (back >= 0) move(land, state, back, q);
      move(land, state, i, p);
      continue;
    }
    now += change;
    if (now < least - 1e-9) {
      least = now;
      best = [...part];
    }
  }
  return best;
}

function stateOf(land: Land, start: readonly number[], count: number): State {
  const perimeter = sums(start, land.perimeterKm, count);
  start.forEach((p, i) => {
    for (const { to, km } of land.neighbours[i]!) if (start[to] === p) perimeter[p] = perimeter[p]! - km;
  });
  const ones = start.map(() => 1);
  return {
    part: [...start],
    load: sums(start, land.load, count),
    area: sums(start, land.areaKm2, count),
    perimeter,
    size: sums(start, ones, count),
  };
}

function move(land: Land, { part, load, area, perimeter, size }: State, i: number, q: number): void {
  const p = part[i]!;
  let [withP, withQ] = [0, 0];
  for (const { to, km } of land.neighbours[i]!) {
    if (part[to] === p) withP += km;
    else if (part[to] === q) withQ += km;
  }
  part[i] = q;
  load[p] = load[p]! - land.load[i]!;
  load[q] = load[q]! + land.load[i]!;
  area[p] = area[p]! - land.areaKm2[i]!;
  area[q] = area[q]! + land.areaKm2[i]!;
  perimeter[p] = perimeter[p]! - land.perimeterKm[i]! + 2 * withP;
  perimeter[q] = perimeter[q]! + land.perimeterKm[i]! - 2 * withQ;
  size[p] = size[p]! - 1;
  size[q] = size[q]! + 1;
}

function neighbourPart(land: Land, part: readonly number[], i: number, random: Random): number {
  const list = land.neighbours[i]!;
  return list.length ? part[list[random.below(list.length)]!.to]! : part[i]!;
}

/** A piece of part `q` that may go to `p` in exchange for `i`, or -1. */
function partner(
  land: Land,
  part: readonly number[],
  i: number,
  p: number,
  q: number,
  random: Random,
): number {
  const able: number[] = [];
  part.forEach((r, j) => {
    if (r === q && j !== i && land.neighbours[j]!.some((n) => part[n.to] === p)) able.push(j);
  });
  if (!able.length) return -1;
  const j = able[random.below(able.length)]!;
  return staysWhole(land, part, j) ? j : -1;
}

/** True when the part of piece `i` stays connected without it. */
function staysWhole(land: Land, part: readonly number[], i: number): boolean {
  const p = part[i]!;
  const mates = land.neighbours[i]!.filter((n) => part[n.to] === p).map((n) => n.to);
  if (mates.length < 2) return mates.length === 1;
  const seen = new Set([i, mates[0]!]);
  const queue = [mates[0]!];
  const wanted = new Set(mates.slice(1));
  for (let k = 0; k < queue.length; k++) {
    for (const { to } of land.neighbours[queue[k]!]!) {
      if (part[to] !== p || seen.has(to)) continue;
      seen.add(to);
      wanted.delete(to);
      if (!wanted.size) return true;
      queue.push(to);
    }
  }
  return !wanted.size;
}
