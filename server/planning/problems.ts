import type { Knex } from 'knex';
import type { ZoneId } from '../../shared/contract/ids.ts';
import { checkCoverage } from '../../shared/rules/cells/check.ts';
import { dissolve } from '../../shared/rules/cells/dissolve.ts';
import { assignmentFrom, type Assignment } from '../../shared/rules/zones/assignment.ts';
import { townGraph, type TownGraph } from '../../shared/rules/zones/graph.ts';
import { problemsOf, villageZones, type PlanProblem } from '../../shared/rules/zones/problems.ts';
import { tally } from '../../shared/rules/zones/tally.ts';
import type { Deps } from '../kernel/deps.ts';
import { listPlanTeams } from '../teams/store-plan.ts';
import { coverageOf, groundOf, type PlanGround } from './ground.ts';
import { statisticsOf } from './statistics.ts';
import {
  findEdition,
  listConflicts,
  readPairs,
  readTeams,
  type EditionRow,
  type Pair,
} from './store-editions.ts';
import { timelineAt } from './store-effects.ts';
import { readSettings } from './store-settings.ts';

/** What stands against an edition as the server sees it: the guard of sending to review. */
export interface Standing {
  readonly problems: readonly PlanProblem[];
  readonly conflicts: number;
  readonly outdated: boolean;
}

const day = 86_400_000;

/** Every problem of an edition, its conflicts, and whether another one came into force since it was made. */
export async function standingOf(
  { deps, db, at }: { deps: Deps; db: Knex; at: number },
  row: EditionRow,
): Promise<Standing> {
  const settings = await readSettings(db);
  const ground = await groundOf(deps, db, row.coverage_id);
  const choice = { from: at - settings.statisticsDays * day, to: at, hourFrom: 0, hourTo: 24 };
  const statistics = await statisticsOf(deps, db, ground, choice, at);
  const graph = graphOf(ground, settings.minimumSharedMetres, ({ id }) => statistics.of(id));
  const pairs = await readPairs(db, row.id);
  const assignment = assignmentOf(graph, pairs);
  const zoneIds = zonesOf(row, pairs);
  const teamsOf = new Map<ZoneId, number[]>();
  for (const { zoneId, teamId } of await readTeams(db, row.id))
    teamsOf.set(zoneId as ZoneId, [...(teamsOf.get(zoneId as ZoneId) ?? []), teamId]);
  const teams = await listPlanTeams(db, at);
  const running = await timelineAt(db, at);
  const outdated = row.status === 'draft' && running !== null && row.based_on !== running;
  return {
    problems: problemsOf({
      graph,
      assignment,
      tally: tally(graph, assignment, zoneIds),
      tolerance: settings.tolerance,
      leastCompactness: settings.leastCompactness,
      waived: new Set(row.waivers.map(({ zoneId }) => zoneId as ZoneId)),
      teamsOf,
      teamsInService: teams.filter(({ inService }) => inService).map(({ id }) => id),
      coverageRows: faultsOf(ground),
      outdated,
      ...(await villagesBefore(deps, db, running, row.id)),
    }),
    conflicts: (await listConflicts(db, row.id)).length,
    outdated,
  };
}

/** Zones of an edition: those of the draft, empty ones included, else those that have cells. */
export function zonesOf(row: EditionRow, pairs: readonly Pair[]): ZoneId[] {
  const used = pairs.flatMap(([, zoneId]) => (zoneId === null ? [] : [zoneId]));
  return [...new Set([...row.zone_ids, ...used])].sort((a, b) => a - b) as ZoneId[];
}

export const graphOf = (
  ground: PlanGround,
  minimumSharedMetres: number,
  stats: Parameters<typeof townGraph>[0]['stats'],
): TownGraph =>
  townGraph({
    cells: ground.cells,
    project: ground.project,
    topology: ground.topology,
    barriers: ground.barrierOf,
    minimumSharedMetres,
    stats,
  });

export const assignmentOf = (graph: TownGraph, pairs: readonly Pair[]): Assignment =>
  assignmentFrom(
    graph,
    pairs.map(([cellId, zoneId]) => ({ cellId: cellId as never, zoneId: zoneId as ZoneId | null })),
  );

async function villagesBefore(deps: Deps, db: Knex, running: number | null, self: number) {
  const edition = running === null || running === self ? undefined : await findEdition(db, running);
  if (!edition) return {};
  const ground = await groundOf(deps, db, edition.coverage_id);
  const graph = graphOf(ground, 0, () => ({ incidents: 0, workloadHours: 0 }));
  return { villageZonesBefore: villageZones(graph, assignmentOf(graph, await readPairs(db, edition.id))) };
}

/** Rows of the check of a set of cells; sets that edits made were checked when they were made. */
const checked = new WeakMap<PlanGround, number>();
function faultsOf(ground: PlanGround): number {
  const known = checked.get(ground);
  if (known !== undefined) return known;
  const declaredParts = dissolve(
    ground.topology,
    ground.cells.map((_, i) => i),
  ).length;
  const rows = checkCoverage(coverageOf(ground, []), { project: ground.project, declaredParts }).length;
  checked.set(ground, rows);
  return rows;
}
