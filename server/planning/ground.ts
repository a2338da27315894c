import type { Knex } from 'knex';
import type { Barrier } from '../../shared/contract/planning-codes.ts';
import { buildTopology, type Topology } from '../../shared/rules/cells/arcs.ts';
import type { Coverage } from '../../shared/rules/cells/coverage.ts';
import { dissolve } from '../../shared/rules/cells/dissolve.ts';
import { gaussKrueger, meridianFor, type Projection } from '../../shared/rules/cells/projection.ts';
import type { Ring } from '../../shared/rules/cells/ring.ts';
import { barrierKey } from '../../shared/rules/zones/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { findTown, metricSrid } from '../zones/store.ts';
import { cellFinder, type CellFinder } from './finder.ts';
import { coverageCells, listBarriers, storedOutline, type StudioCell } from './store-cells.ts';

/** One set of cells with all that the rules ask of it. Sets never change, so what was read once holds for good. */
export interface PlanGround {
  readonly coverageId: number;
  readonly cells: readonly StudioCell[];
  readonly outline: readonly Ring[];
  readonly topology: Topology;
  readonly barriers: readonly (readonly [number, number, Barrier])[];
  readonly barrierOf: ReadonlyMap<string, Barrier>;
  readonly centralMeridian: number;
  readonly project: Projection;
  readonly find: CellFinder;
}

const kept = new WeakMap<Deps, Map<number, PlanGround>>();
const mostKept = 6;

/** Reads a set of cells, or answers the one that is kept. */
export async function groundOf(deps: Deps, db: Knex, coverageId: number): Promise<PlanGround> {
  const grounds = kept.get(deps) ?? new Map<number, PlanGround>();
  kept.set(deps, grounds);
  const known = grounds.get(coverageId);
  if (known) return known;
  return readGround(db, coverageId);
}

/** Keeps a committed set of cells. */
export function keepGround(deps: Deps, ground: PlanGround): void {
  const grounds = kept.get(deps) ?? new Map<number, PlanGround>();
  kept.set(deps, grounds);
  grounds.delete(ground.coverageId);
  grounds.set(ground.coverageId, ground);
  for (const oldest of grounds.keys())
    if (grounds.size > mostKept) grounds.delete(oldest);
    else break;
}

async function readGround(db: Knex, coverageId: number): Promise<PlanGround> {
  const cells = await coverageCells(db, coverageId);
  const topology = buildTopology(cells.map(({ rings }) => rings));
  const outline =
    (await storedOutline(db, coverageId)) ??
    dissolve(
      topology,
      cells.map((_, i) => i),
    ).flat();
  const barriers = await listBarriers(db, coverageId);
  const centralMeridian = await meridianOfTown(db);
  return {
    coverageId,
    cells,
    outline,
    topology,
    barriers,
    barrierOf: new Map(barriers.map(([a, b, barrier]) => [barrierKey(a as never, b as never), barrier])),
    centralMeridian,
    project: gaussKrueger(centralMeridian),
    find: cellFinder(cells),
  };
}

/** CGCS2000 three-degree zones are EPSG 4513 to 4533 (with a zone number) and 4534 to 4554 (by meridian), 75 to 135 E. */
async function meridianOfTown(db: Knex): Promise<number> {
  const srid = await metricSrid(db);
  if (srid >= 4534 && srid <= 4554) return 75 + 3 * (srid - 4534);
  if (srid >= 4513 && srid <= 4533) return 75 + 3 * (srid - 4513);
  return meridianFor((await findTown(db))?.lng ?? 120);
}

/** The coverage as the cell rules read it. */
export const coverageOf = (ground: PlanGround, issuedCodes: Iterable<string>): Coverage => ({
  cells: new Map(ground.cells.map((cell) => [cell.id, cell])),
  outline: ground.outline,
  issuedCodes: new Set(issuedCodes),
});
