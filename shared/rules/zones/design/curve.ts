import type { Assignment } from '../assignment.ts';
import { anneal, defaultWeights, heatFor, workingPlan } from './anneal.ts';
import { freeGround } from './design.ts';
import type { DesignInput } from './design.ts';
import { qualityOf } from './quality.ts';
import { randomStream } from './random.ts';
import { repairPlan } from './repair.ts';

/** One offer of the least-change slider. */
export interface CurvePoint {
  readonly delta: number;
  readonly assignment: Assignment;
  readonly cellsMoved: number;
  /** Share of the town's workload that changes hands. */
  readonly loadMoved: number;
  readonly deviation: number;
  readonly compactness: number;
}

/** How far the curve is; the undominated points so far, ordered by load moved. */
export interface CurveProgress {
  readonly fraction: number;
  readonly points: readonly CurvePoint[];
}

/**
 * Prices of change from "keep almost everything" to "redraw". Not lower: free annealing from a hot start wanders and
 * moves more than a redraw from scratch would.
 */
export const deltas = [6, 4, 3, 2, 1.4, 1, 0.7, 0.5, 0.35, 0.25, 0.2, 0.14, 0.1, 0.05, 0.02] as const;

const heats = [0.003, 0.02] as const;

/**
 * The curve of change against balance: from the present plan, annealed with a price on every cell that leaves its zone,
 * for all prices and two starting temperatures. Only undominated points are kept: no other point moves less load and has
 * the smaller deviation. A generator, so that the slider can fill while it runs.
 */
export function* changeCurve(
  input: DesignInput,
  proposals = 3_000_000,
): Generator<CurveProgress, readonly CurvePoint[], void> {
  const { ground, zoneIds, pinned } = freeGround(input);
  const k = zoneIds.length;
  if (k === 0 || ground.cells.length < k) return [];
  const slots = new Map<number, number>(zoneIds.map((zone, slot) => [zone, slot]));
  const home = Int32Array.from(ground.cells, (cell) => slots.get(input.assignment[cell]!) ?? -1);
  const start = repairPlan(ground, k, pinned, closeGaps(ground, home));
  const stream = randomStream(input.seed);
  const runs = deltas.flatMap((delta) => heats.map((hottest) => ({ delta, hottest })));
  let points: readonly CurvePoint[] = [];
  for (const [n, { delta, hottest }] of runs.entries()) {
    const work = workingPlan(ground, k, start);
    const schedule = { proposals, hottest: heatFor(k) * hottest, coldest: heatFor(k) * 1e-5 };
    let done = 0;
    for (const part of anneal(ground, k, work, pinned, defaultWeights, schedule, stream.fork(), {
      delta,
      home,
    })) {
      done += part;
      yield { fraction: (n + done / proposals) / runs.length, points };
    }
    const assignment = input.assignment.slice();
    let cellsMoved = 0;
    let moved = 0;
    for (const [i, cell] of ground.cells.entries()) {
      assignment[cell] = zoneIds[work.slot[i]!]!;
      if (work.slot[i] === home[i]) continue;
      cellsMoved++;
      moved += ground.load[i]!;
    }
    const { deviation, compactness } = qualityOf(ground, k, work.slot, defaultWeights);
    const point = {
      delta,
      assignment,
      cellsMoved,
      loadMoved: moved / ground.totalLoad,
      deviation,
      compactness,
    };
    points = undominated([...points, point]);
  }
  return points;
}

/** Points that no other beats in both load moved and deviation, ordered by load moved. */
export function undominated(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const kept: CurvePoint[] = [];
  const ordered = points.toSorted((a, b) => a.loadMoved - b.loadMoved || a.deviation - b.deviation);
  for (const point of ordered)
    if (kept.length === 0 || point.deviation < kept.at(-1)!.deviation - 1e-12) kept.push(point);
  return kept;
}

/** Cells without a zone take the slot of a neighbour, breadth-first, before anything is optimised. */
function closeGaps(
  { offsets, neighbours, passable }: { offsets: Int32Array; neighbours: Int32Array; passable: Uint8Array },
  home: Int32Array,
): Int32Array {
  const slot = home.slice();
  const queue = [...slot.keys()].filter((cell) => slot[cell]! >= 0);
  if (queue.length === 0) return slot.fill(0);
  for (const cell of queue)
    for (let s = offsets[cell]!; s < offsets[cell + 1]!; s++) {
      const next = neighbours[s]!;
      if (!passable[s] || slot[next]! >= 0) continue;
      slot[next] = slot[cell]!;
      queue.push(next);
    }
  return slot;
}
