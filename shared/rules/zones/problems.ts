import type { CellId, ZoneId } from '../../contract/ids.ts';
import { planProblems } from '../../contract/planning-codes.ts';
import type { PlanProblemName } from '../../contract/planning-codes.ts';
import { unassigned } from './assignment.ts';
import type { Assignment, CellZone } from './assignment.ts';
import { closestZone } from './brush.ts';
import type { TownGraph } from './graph.ts';
import { deviationOf } from './tally.ts';
import type { Tally, ZoneNumbers } from './tally.ts';

/** A named reason against a plan, the place, and a safe repair where there is one. */
export interface PlanProblem {
  readonly name: PlanProblemName;
  readonly severity: 'error' | 'warning';
  readonly zoneId?: ZoneId;
  readonly teamId?: number;
  readonly village?: string;
  /** The cells to zoom to. */
  readonly cellIds: readonly CellId[];
  /** For `workload_uneven` the deviation, for `zone_ragged` the compactness. */
  readonly value?: number;
  /** Changes that remove the problem, touch no locked zone and cut nothing. */
  readonly repair?: readonly CellZone[];
}

/** What the checks need besides the numbers. */
export interface ProblemInput {
  readonly graph: TownGraph;
  readonly assignment: Assignment;
  readonly tally: Tally;
  readonly locked?: ReadonlySet<ZoneId>;
  /** Band of workload about the mean: 0.05 is five per cent. */
  readonly tolerance?: number;
  readonly leastCompactness?: number;
  /** Zones that may be in several pieces, with a reason given elsewhere (real islands). */
  readonly waived?: ReadonlySet<ZoneId>;
  /** Teams of each zone, and the teams in service; left out where no teams are planned yet. */
  readonly teamsOf?: ReadonlyMap<ZoneId, readonly number[]>;
  readonly teamsInService?: readonly number[];
  /** Number of zones of each village in the published edition. */
  readonly villageZonesBefore?: ReadonlyMap<string, number>;
  readonly coverageRows?: number;
  readonly outdated?: boolean;
}

/** All problems of a plan, errors first, in a stable order. An unassigned cell is never counted as a zone. */
export function problemsOf(input: ProblemInput): readonly PlanProblem[] {
  const found = [
    ...unassignedProblems(input),
    ...[...input.tally.zones.values()].flatMap((zone) => zoneProblems(input, zone)),
    ...teamProblems(input),
    ...villageProblems(input),
  ];
  if ((input.coverageRows ?? 0) > 0) found.push(problem('coverage_damaged', []));
  if (input.outdated) found.push(problem('edition_outdated', []));
  return [
    ...found.filter((one) => one.severity === 'error'),
    ...found.filter((one) => one.severity === 'warning'),
  ];
}

const problem = (
  name: PlanProblemName,
  cellIds: readonly CellId[],
  more: Partial<PlanProblem> = {},
): PlanProblem => ({ name, severity: planProblems[name], cellIds, ...more });

const idsOf = (graph: TownGraph, cells: readonly number[]): readonly CellId[] =>
  cells.map((cell) => graph.cellIds[cell]!);

/** Cells without a zone, by pockets: a pocket goes to the neighbour with the longest border. */
function unassignedProblems({ graph, assignment, tally, locked }: ProblemInput): PlanProblem[] {
  const waiting = new Set(tally.unassigned);
  return [...tally.unassigned].flatMap((first) => {
    if (!waiting.delete(first)) return [];
    const pocket = [first];
    for (const cell of pocket)
      for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++)
        if (graph.passable[slot] && waiting.delete(graph.neighbours[slot]!))
          pocket.push(graph.neighbours[slot]!);
    return [
      problem(
        'cell_unassigned',
        idsOf(graph, pocket),
        giveAway(graph, assignment, pocket, locked, unassigned),
      ),
    ];
  });
}

/** The repair that hands cells to the neighbour with the longest border, if there is an unlocked one. */
function giveAway(
  graph: TownGraph,
  assignment: Assignment,
  cells: readonly number[],
  locked: ReadonlySet<ZoneId> | undefined,
  from: number,
): Partial<PlanProblem> {
  const none: ReadonlySet<ZoneId> = new Set();
  if (locked?.has(from as ZoneId)) return {};
  const target = closestZone(graph, assignment, cells, locked ?? none, from);
  if (target === undefined) return {};
  return { repair: cells.map((cell) => ({ cellId: graph.cellIds[cell]!, zoneId: target })) };
}

function zoneProblems(input: ProblemInput, zone: ZoneNumbers): PlanProblem[] {
  const { graph, assignment, tally, locked } = input;
  const { zoneId } = zone;
  if (zone.cells === 0) return [problem('zone_empty', [], { zoneId })];
  const found: PlanProblem[] = [];
  const apart = input.waived?.has(zoneId) ? [] : zone.pieces.slice(1);
  for (const piece of apart) {
    const repair = giveAway(graph, assignment, piece, locked, zoneId);
    const name = piece.length === 1 ? 'cell_orphaned' : 'zone_split';
    found.push(problem(name, idsOf(graph, piece), { zoneId, ...repair }));
  }
  for (const hole of zone.holes) {
    // Only a pocket without a zone may be filled; other zones inside are somebody's work.
    const free = hole.every((cell) => assignment[cell] === unassigned) && !locked?.has(zoneId);
    const cellIds = idsOf(graph, hole);
    const repair = free ? { repair: cellIds.map((cellId) => ({ cellId, zoneId })) } : {};
    found.push(problem('zone_holed', cellIds, { zoneId, ...repair }));
  }
  const members = (): readonly CellId[] => idsOf(graph, zone.pieces.flat());
  const deviation = deviationOf(zone, tally.meanHours);
  if (Math.abs(deviation) > (input.tolerance ?? 0.05))
    found.push(problem('workload_uneven', members(), { zoneId, value: deviation }));
  if (zone.compactness < (input.leastCompactness ?? 0.25))
    found.push(problem('zone_ragged', members(), { zoneId, value: zone.compactness }));
  return found;
}

function teamProblems({ tally, teamsOf, teamsInService = [] }: ProblemInput): PlanProblem[] {
  if (!teamsOf) return [];
  const placed = new Set([...teamsOf].flatMap(([zone, teams]) => (tally.zones.has(zone) ? teams : [])));
  return [
    ...[...tally.zones.keys()].flatMap((zoneId) =>
      (teamsOf.get(zoneId) ?? []).length === 0 ? [problem('zone_unstaffed', [], { zoneId })] : [],
    ),
    ...teamsInService.flatMap((teamId) =>
      placed.has(teamId) ? [] : [problem('team_unplaced', [], { teamId })],
    ),
  ];
}

function villageProblems({ graph, assignment, villageZonesBefore }: ProblemInput): PlanProblem[] {
  if (!villageZonesBefore) return [];
  const now = villageZones(graph, assignment);
  return [...now].flatMap(([village, zones]) =>
    zones > (villageZonesBefore.get(village) ?? zones)
      ? [
          problem(
            'village_divided',
            graph.cellIds.filter((_, i) => graph.villages[i] === village),
            { village, value: zones },
          ),
        ]
      : [],
  );
}

/** Number of zones that each village is cut into; cells without a zone do not count. */
export function villageZones(graph: TownGraph, assignment: Assignment): ReadonlyMap<string, number> {
  const zones = new Map<string, Set<number>>();
  for (const [i, village] of graph.villages.entries()) {
    const own = zones.get(village) ?? new Set<number>();
    if (assignment[i] !== unassigned) own.add(assignment[i]!);
    zones.set(village, own);
  }
  return new Map([...zones].map(([village, own]) => [village, own.size]));
}
