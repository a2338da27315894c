import type { ZoneTeam } from '../../../shared/contract/editions.ts';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { ForecastOutcome } from '../../../shared/rules/forecast/forecast.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { problemsOf } from '../../../shared/rules/zones/problems.ts';
import type { PlanProblem } from '../../../shared/rules/zones/problems.ts';
import { redissolve } from '../../../shared/rules/zones/shapes.ts';
import type { ZoneShape } from '../../../shared/rules/zones/shapes.ts';
import { balanceOf, retally, tally } from '../../../shared/rules/zones/tally.ts';
import type { Balance, Tally } from '../../../shared/rules/zones/tally.ts';
import type { Ground } from './ground.ts';
import { forecastOf } from './outlook.ts';
import type { Outlook } from './outlook.ts';

/** Everything that is shown about one plan. */
export interface PlanPicture {
  readonly assignment: Assignment;
  readonly zoneIds: readonly ZoneId[];
  readonly tally: Tally;
  readonly balance: Balance;
  readonly shapes: ReadonlyMap<ZoneId, ZoneShape>;
  readonly problems: readonly PlanProblem[];
  readonly forecast: ForecastOutcome | null;
}

/** What the judgement of a plan needs besides its cells. */
export interface PictureContext {
  readonly ground: Ground;
  readonly outlook: Outlook | null;
  readonly teams: readonly ZoneTeam[];
  readonly locked: ReadonlySet<ZoneId>;
  readonly waived: ReadonlySet<ZoneId>;
  readonly villageZonesBefore?: ReadonlyMap<string, number>;
  readonly outdated: boolean;
}

/** The picture of a plan from scratch. */
export function drawPicture(
  context: PictureContext,
  assignment: Assignment,
  zoneIds: readonly ZoneId[],
): PlanPicture {
  const { graph, topology } = context.ground;
  const counted = tally(graph, assignment, zoneIds);
  const shapes = redissolve(graph, topology, assignment, zoneIds);
  return complete(context, assignment, zoneIds, counted, shapes);
}

/**
 * The picture after a stroke: only zones that gave or took a cell are counted and dissolved again. Falls back to a new
 * picture when zones entered or left the plan.
 */
export function redrawPicture(
  context: PictureContext,
  before: PlanPicture,
  assignment: Assignment,
  zoneIds: readonly ZoneId[],
): PlanPicture {
  const same =
    zoneIds.length === before.zoneIds.length && zoneIds.every((zone, i) => zone === before.zoneIds[i]);
  if (!same || assignment.length !== before.assignment.length)
    return drawPicture(context, assignment, zoneIds);
  const { graph, topology } = context.ground;
  const changed: number[] = [];
  const touched = new Set<ZoneId>();
  for (let cell = 0; cell < assignment.length; cell++) {
    if (assignment[cell] === before.assignment[cell]) continue;
    changed.push(cell);
    for (const zone of [assignment[cell]!, before.assignment[cell]!])
      if (zone !== 0) touched.add(zone as ZoneId);
  }
  const counted =
    changed.length > 0 ? retally(graph, before.tally, before.assignment, assignment, changed) : before.tally;
  const shapes =
    changed.length > 0 ? redissolve(graph, topology, assignment, touched, before.shapes) : before.shapes;
  return complete(context, assignment, zoneIds, counted, shapes);
}

function complete(
  context: PictureContext,
  assignment: Assignment,
  zoneIds: readonly ZoneId[],
  counted: Tally,
  shapes: ReadonlyMap<ZoneId, ZoneShape>,
): PlanPicture {
  const { ground, outlook, teams, locked, waived, villageZonesBefore, outdated } = context;
  const teamsOf = new Map<ZoneId, number[]>();
  for (const { zoneId, teamId } of teams) teamsOf.set(zoneId, [...(teamsOf.get(zoneId) ?? []), teamId]);
  const { settings } = ground.studio;
  return {
    assignment,
    zoneIds,
    tally: counted,
    balance: balanceOf(counted),
    shapes,
    problems: problemsOf({
      graph: ground.graph,
      assignment,
      tally: counted,
      locked,
      waived,
      tolerance: settings.tolerance,
      leastCompactness: settings.leastCompactness,
      teamsOf,
      teamsInService: ground.studio.teams.filter((team) => team.inService).map((team) => team.id),
      ...(villageZonesBefore && { villageZonesBefore }),
      outdated,
    }),
    forecast: outlook && zoneIds.length > 0 ? forecastOf(outlook, assignment, zoneIds) : null,
  };
}
