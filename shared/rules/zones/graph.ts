import type { CellId } from '../../contract/ids.ts';
import type { Barrier } from '../../contract/planning-codes.ts';
import { buildTopology, outside } from '../cells/arcs.ts';
import type { Topology } from '../cells/arcs.ts';
import { villageOf } from '../cells/codes.ts';
import type { PlannedCell } from '../cells/coverage.ts';
import { measure, pathMetres } from '../cells/measure.ts';
import type { Projection } from '../cells/projection.ts';

/** What the statistics say about one cell in the chosen period and filter. */
export interface CellStat {
  /** Hours per week: incidents x (mean drive + mean work on scene) + patrol hours. */
  readonly workloadHours: number;
  readonly incidents: number;
  readonly population?: number;
}

/**
 * The cells of one coverage as a graph in compressed rows: the neighbours of cell i stand at positions
 * `offsets[i]` to `offsets[i + 1]`. Cells are numbered by their place in `cellIds`. Read only.
 */
export interface TownGraph {
  readonly cellIds: readonly CellId[];
  readonly indexOf: ReadonlyMap<CellId, number>;
  readonly codes: readonly string[];
  readonly villages: readonly string[];
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly sharedMetres: Float64Array;
  /** 1 where a zone may count on crossing this border: long enough and without a barrier. */
  readonly passable: Uint8Array;
  /** Length of a cell's border with the outside. */
  readonly outerMetres: Float64Array;
  readonly squareMetres: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly workloadHours: Float64Array;
  readonly incidents: Float64Array;
  readonly population: Float64Array;
}

/** What a graph is built from. Barriers are named by `barrierKey`; absent means none. */
export interface GraphInput {
  readonly cells: readonly PlannedCell[];
  readonly project: Projection;
  readonly stats: (cell: PlannedCell) => CellStat;
  readonly barriers?: ReadonlyMap<string, Barrier>;
  /** Borders shorter than this do not connect, in metres. */
  readonly minimumSharedMetres?: number;
  readonly topology?: Topology;
}

/** Names the border between two cells, whichever way round. */
export const barrierKey = (a: CellId, b: CellId): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

// Lengths to the millimetre and areas to the square centimetre: the last digits of sine and cosine differ between
// engines and must not change a plan.
const millimetres = (value: number): number => Math.round(value * 1e3) / 1e3;
const squareCentimetres = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Builds the graph of a clean coverage: neighbours with their shared metres, areas, centres, loads. */
export function townGraph(input: GraphInput): TownGraph {
  const { cells, project } = input;
  const topology = input.topology ?? buildTopology(cells.map((cell) => cell.rings));
  const shared: Map<number, number>[] = cells.map(() => new Map<number, number>());
  const count = cells.length;
  const outer = new Float64Array(count);
  for (const arc of topology.arcs) {
    const metres = pathMetres(arc.path, project);
    if (arc.right === outside) outer[arc.left]! += metres;
    else if (arc.left !== arc.right) {
      shared[arc.left]!.set(arc.right, (shared[arc.left]!.get(arc.right) ?? 0) + metres);
      shared[arc.right]!.set(arc.left, (shared[arc.right]!.get(arc.left) ?? 0) + metres);
    }
  }
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + shared[i]!.size;
  const total = offsets[count]!;
  const graph = {
    cellIds: cells.map((cell) => cell.id),
    indexOf: new Map(cells.map((cell, i) => [cell.id, i])),
    codes: cells.map((cell) => cell.code15),
    villages: cells.map((cell) => villageOf(cell.code15)),
    offsets,
    neighbours: new Int32Array(total),
    sharedMetres: new Float64Array(total),
    passable: new Uint8Array(total),
    outerMetres: outer.map(millimetres),
    squareMetres: new Float64Array(count),
    east: new Float64Array(count),
    north: new Float64Array(count),
    workloadHours: new Float64Array(count),
    incidents: new Float64Array(count),
    population: new Float64Array(count),
  };
  const minimum = input.minimumSharedMetres ?? 5;
  for (const [i, cell] of cells.entries()) {
    const own = [...shared[i]!].sort(([a], [b]) => a - b);
    for (const [k, [other, metres]] of own.entries()) {
      const slot = offsets[i]! + k;
      const barrier = input.barriers?.get(barrierKey(cell.id, cells[other]!.id)) ?? 'none';
      graph.neighbours[slot] = other;
      graph.sharedMetres[slot] = millimetres(metres);
      graph.passable[slot] = metres >= minimum && barrier === 'none' ? 1 : 0;
    }
    const size = measure(cell.rings, project);
    const stat = input.stats(cell);
    graph.squareMetres[i] = squareCentimetres(size.squareMetres);
    graph.east[i] = millimetres(size.centre[0]);
    graph.north[i] = millimetres(size.centre[1]);
    graph.workloadHours[i] = stat.workloadHours;
    graph.incidents[i] = stat.incidents;
    graph.population[i] = stat.population ?? 0;
  }
  return graph;
}
