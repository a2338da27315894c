import type { ZoneId } from '../shared/contract/ids.ts';
import { buildTopology } from '../shared/rules/cells/arcs.ts';
import type { PlannedCell } from '../shared/rules/cells/coverage.ts';
import { dissolve } from '../shared/rules/cells/dissolve.ts';
import { forecastPlan } from '../shared/rules/forecast/forecast.ts';
import { orderByTravel, preferenceOrder } from '../shared/rules/forecast/orders.ts';
import { travelSeconds } from '../shared/rules/forecast/travel.ts';
import { designZones } from '../shared/rules/zones/design/design.ts';
import type { TownGraph } from '../shared/rules/zones/graph.ts';
import { redissolve } from '../shared/rules/zones/shapes.ts';
import { balanceOf, retally, tally } from '../shared/rules/zones/tally.ts';
import { oracleGraph, oracleZones } from '../test/rules/zones/oracle-plan.ts';
import { oracleCoverage } from '../test/rules/cells/oracle-town.ts';
import { voronoiGraph, voronoiTown } from '../test/rules/zones/voronoi-town.ts';
import { metisInstalled, metisPlan } from './metis.ts';
import { cpuMs, emit, exponent, median, quantile, scaled } from './rows.ts';

/**
 * What a planner waits for: a stroke with sums, contiguity and shapes of the touched zones; one zone dissolved; a
 * forecast; automatic zones. On the town of 192 cells and on one of 10,000. Everything is a pure rule, so the program
 * measures it in its own process.
 */
const rounds = scaled(5, 1);
const time = (work: () => unknown): number => {
  const before = performance.now();
  work();
  return performance.now() - before;
};

function design(graph: TownGraph, assignment: Int32Array, zoneIds: readonly ZoneId[], seed: number) {
  const run = designZones({ graph, assignment, zoneIds, seed });
  let step = run.next();
  while (!step.done) step = run.next();
  if (!step.value.ok) throw new Error(step.value.refusal);
  return step.value;
}

const small = oracleGraph();
const smallCells = [...oracleCoverage().cells.values()];

/** What a plan is worth: the words of a note, and whether it keeps the bars. */
function judged(graph: TownGraph, plan: Int32Array, bar: Bar): { words: string; kept: boolean } {
  const counted = tally(graph, plan, oracleZones);
  const { highest, lowest, meanCompactness } = balanceOf(counted);
  const whole = [...counted.zones.values()].filter(({ pieces }) => pieces.length === 1).length;
  const kept =
    Math.max(highest, -lowest) <= bar.deviation &&
    meanCompactness >= bar.compactness &&
    whole === oracleZones.length;
  const load = `${(100 * highest).toFixed(2)} / ${(100 * lowest).toFixed(2)} %`;
  return {
    words: `load ${load}, compactness ${meanCompactness.toFixed(3)}, ${whole} of ${oracleZones.length} whole`,
    kept,
  };
}

/** Largest deviation of a zone's load, and least mean Polsby-Popper. */
interface Bar {
  readonly deviation: number;
  readonly compactness: number;
}

/**
 * Automatic zones from several seeds. `ours` is the processor's time of the one thread that draws, which is what a planner
 * waits on a machine of the own; the wall's time stands in the note.
 */
function designRow(
  title: string,
  graph: TownGraph,
  given: Int32Array,
  limit: number,
  count: number,
  bar: Bar,
): Int32Array {
  const wall: number[] = [];
  const cpu: number[] = [];
  let kept = 0;
  let plan = design(graph, given, oracleZones, 1);
  for (let seed = 1; seed <= count; seed++) {
    wall.push(
      time(() => {
        cpu.push(cpuMs(() => (plan = design(graph, given, oracleZones, seed))));
      }),
    );
    if (judged(graph, plan.assignment, bar).kept) kept++;
  }
  const peer = metisInstalled ? metisPlan(graph, oracleZones.length, bar.deviation, 20) : undefined;
  const theirs =
    peer &&
    judged(
      graph,
      peer.parts.map((part) => oracleZones[part]!),
      bar,
    );
  const bars = `within ${(100 * bar.deviation).toFixed(1)} % and ${bar.compactness}: ${kept} of ${count} seeds`;
  emit({
    name: title,
    ours: median(cpu) / 1000,
    unit: 's',
    ...(peer && { peer: peer.seconds }),
    goal: { of: 'ours', is: 'below', than: limit },
    note: `processor time, ${(median(wall) / 1000).toFixed(2)} s by the clock; ${judged(graph, plan.assignment, bar).words}; ${bars}; ${theirs ? `METIS, best of 20: ${theirs.words}` : 'METIS is not installed'}`,
  });
  return plan.assignment;
}

/** A stroke moves a cell at the border of a zone to the neighbour: sums and shapes follow for the two zones. */
function strokes(
  graph: TownGraph,
  cells: readonly PlannedCell[],
  plan: Int32Array,
  zoneIds: readonly ZoneId[],
) {
  const topology = buildTopology(cells.map((cell) => cell.rings));
  let now = plan;
  let numbers = tally(graph, now, zoneIds);
  let shapes = redissolve(graph, topology, now, zoneIds);
  const took: number[] = [];
  for (let i = 0; i < scaled(400, 40); i++) {
    const cell = (i * 7919) % cells.length;
    const target = now[(cell * 31 + 17) % cells.length]!;
    if (target === now[cell]) continue;
    const after = now.slice();
    after[cell] = target;
    took.push(
      time(() => {
        numbers = retally(graph, numbers, now, after, [cell]);
        shapes = redissolve(graph, topology, after, [now[cell], target] as ZoneId[], shapes);
      }),
    );
    now = after;
  }
  const zone = [...plan.keys()].filter((cell) => plan[cell] === zoneIds[0]);
  const one = Array.from({ length: 50 }, () => time(() => dissolve(topology, zone)));
  return { stroke: median(took), p99: quantile(took, 0.99), dissolved: median(one) };
}

designRow('automatic zones, 192 cells into 20', small.graph, small.assignment, 1, rounds, {
  deviation: 0.035,
  compactness: 0.55,
});
const large = voronoiGraph(10_000, 7);
const largePlan = designRow(
  'automatic zones, 10,000 cells into 20',
  large,
  new Int32Array(10_000),
  2,
  Math.min(rounds, 3),
  { deviation: 0.01, compactness: 0.6 },
);

const onSmall = strokes(small.graph, smallCells, small.assignment, oracleZones);
const onLarge = strokes(large, voronoiTown(10_000, 7), largePlan, oracleZones);
emit({
  name: 'one stroke with sums, contiguity and shapes, 192 cells',
  ours: onSmall.stroke,
  unit: 'ms',
  goal: { of: 'ours', is: 'below', than: 16 },
  note: `p99 ${onSmall.p99.toFixed(2)} ms`,
});
emit({
  name: 'one stroke with sums, contiguity and shapes, 10,000 cells in 20 zones',
  ours: onLarge.stroke,
  unit: 'ms',
  goal: { of: 'ours', is: 'below', than: 50 },
  note: `p99 ${onLarge.p99.toFixed(2)} ms; exponent over the cells ${exponent([
    [192, onSmall.stroke],
    [10_000, onLarge.stroke],
  ]).toFixed(2)}`,
});
emit({ name: 'one zone dissolved, 192 cells', ours: onSmall.dissolved, unit: 'ms' });
emit({ name: 'one zone dissolved, 10,000 cells', ours: onLarge.dissolved, unit: 'ms' });

const places = oracleZones
  .map((id) => tally(small.graph, small.assignment, oracleZones).zones.get(id)!.centre)
  .map(([east, north]) => ({ east, north }));
const seconds = travelSeconds(small.graph, places, { metresPerSecond: 8, detour: 1.3 });
const staff = new Map(oracleZones.map((id, n) => [id, [n]]));
const order = preferenceOrder(small.assignment, staff, orderByTravel(seconds, 20), 20);
const forecasts = Array.from({ length: 60 }, () =>
  time(() =>
    forecastPlan({
      assignment: small.assignment,
      zoneIds: oracleZones,
      staff,
      teams: 20,
      incidentsPerHour: small.graph.workloadHours.map((hours) => (hours / 100) * 24),
      serviceSeconds: 1500,
      callTakingSeconds: 50,
      travelSeconds: seconds,
      order,
    }),
  ),
);
emit({
  name: 'forecast of a plan, 192 cells, 20 teams',
  ours: median(forecasts),
  unit: 'ms',
  goal: { of: 'ours', is: 'below', than: 50 },
  note: `the first one ${forecasts[0]!.toFixed(1)} ms`,
});
process.exit(0);
