import type { CellId, ZoneId } from '../../../contract/ids.ts';
import type { PlanningRefusal } from '../../../contract/planning-codes.ts';
import type { Assignment } from '../assignment.ts';
import type { TownGraph } from '../graph.ts';
import { groundOf } from './ground.ts';
import type { Ground } from './ground.ts';
import { effortFor, improve } from './improve.ts';
import type { Effort } from './improve.ts';
import { renameByOverlap } from './rename.ts';

/** What a design starts from. */
export interface DesignInput {
  readonly graph: TownGraph;
  /** The present plan: gives the names, the locked zones' cells and the pinned cells' zones. */
  readonly assignment: Assignment;
  /** The zones of the new plan, locked ones included. */
  readonly zoneIds: readonly ZoneId[];
  readonly locked?: ReadonlySet<ZoneId>;
  /** Cells that keep their present zone although it is not locked. */
  readonly pinned?: ReadonlySet<CellId>;
  readonly seed: number;
  /** Largest wanted deviation from the mean load; default 3.5 %, 1 % where a zone has more than 100 cells. */
  readonly tolerance?: number;
  readonly effort?: Effort;
}

/** How far a design is, and the best plan so far. */
export interface DesignProgress {
  readonly fraction: number;
  readonly bestDeviation: number | undefined;
  readonly bestCompactness: number | undefined;
}

/** A drawn plan, or the reason why there is none. */
export type DesignOutcome =
  | {
      readonly ok: true;
      readonly assignment: Assignment;
      /** Among the zones that were not locked. */
      readonly deviation: number;
      readonly compactness: number;
      /** Pairs of cells that only a bridge joins: their zone is not contiguous on the map. */
      readonly bridges: readonly (readonly [CellId, CellId])[];
    }
  | { readonly ok: false; readonly refusal: PlanningRefusal };

/** The cells that may change hands, with the zones they may go to and the pins as slots of these zones. */
export interface FreeGround {
  readonly ground: Ground;
  readonly zoneIds: readonly ZoneId[];
  readonly pinned: Int32Array;
}

/** The part of a plan outside the locked zones. */
export function freeGround(input: Omit<DesignInput, 'seed'>): FreeGround {
  const { graph, assignment, locked, pinned } = input;
  const cells = [...assignment.keys()].filter((cell) => !locked?.has(assignment[cell] as ZoneId));
  const zoneIds = input.zoneIds.filter((zone) => !locked?.has(zone));
  const slots = new Map<number, number>(zoneIds.map((zone, slot) => [zone, slot]));
  return {
    ground: groundOf(graph, cells),
    zoneIds,
    pinned: Int32Array.from(cells, (cell) =>
      pinned?.has(graph.cellIds[cell]!) ? (slots.get(assignment[cell]!) ?? -1) : -1,
    ),
  };
}

/**
 * Draws balanced, compact, contiguous zones from scratch. A generator, so that a worker can report progress and stop at
 * any step by not asking for the next one; the clock has no influence on the plan. Same seed and input, same plan.
 */
export function* designZones(input: DesignInput): Generator<DesignProgress, DesignOutcome, void> {
  const { graph, assignment } = input;
  const free = freeGround(input);
  const { ground, zoneIds, pinned } = free;
  if (zoneIds.length === 0) return { ok: false, refusal: 'zone_locked' };
  if (ground.cells.length < zoneIds.length) return { ok: false, refusal: 'zone_small' };
  const count = ground.cells.length;
  const tolerance = input.tolerance ?? (count / zoneIds.length > 100 ? 0.01 : 0.035);
  const run = improve(
    ground,
    zoneIds.length,
    pinned,
    input.seed,
    tolerance,
    input.effort ?? effortFor(count),
  );
  let step = run.next();
  while (!step.done) {
    const { fraction, best } = step.value;
    yield { fraction, bestDeviation: best?.deviation, bestCompactness: best?.compactness };
    step = run.next();
  }
  const { slot, deviation, compactness } = step.value;
  const homes = Int32Array.from(ground.cells, (cell) => assignment[cell]!);
  const named = pinned.some((q) => q >= 0)
    ? slot.map((q) => zoneIds[q]!)
    : renameByOverlap(slot, ground.load, homes, zoneIds);
  const result = assignment.slice();
  for (const [i, cell] of ground.cells.entries()) result[cell] = named[i]!;
  return { ok: true, assignment: result, deviation, compactness, bridges: bridgesOf(graph, ground) };
}

/** The bridges of a ground as cell ids. */
export const bridgesOf = (graph: TownGraph, ground: Ground): readonly (readonly [CellId, CellId])[] =>
  ground.bridges.map(
    ([a, b]) => [graph.cellIds[ground.cells[a]!]!, graph.cellIds[ground.cells[b]!]!] as const,
  );
