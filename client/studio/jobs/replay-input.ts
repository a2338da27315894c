import type { EditionDetail, ZoneTeam } from '../../../shared/contract/editions.ts';
import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import { lngLat } from '../../../shared/contract/datums.ts';
import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { ReplayWorldData } from '../../../shared/contract/studio.ts';
import { isChosen, type ReplayFilter } from '../../../shared/rules/replay/chosen.ts';
import type { NamedPlan, ReportInput } from '../../../shared/rules/replay/report.ts';
import type { TravelMatrix } from '../../../shared/rules/replay/matrix-travel.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { Ground } from '../core/ground.ts';

/** A plan to replay, as the desk holds it. */
export interface Side {
  readonly edition: EditionDetail['edition'];
  readonly assignment: Assignment;
  readonly teams: readonly ZoneTeam[];
}

/** Which incidents and how. */
export interface ReplayChoice extends ReplayFilter {
  readonly seed: number;
  /** Team that is absent in one of the cases; null is the busiest. */
  readonly absentTeamId: TeamId | null;
  readonly overridden: boolean;
}

/** The input of a replay from what the server recorded and two plans on one ground. Incidents stand in order of time. */
export function replayInput(
  ground: Ground,
  world: ReplayWorldData,
  before: Side,
  after: Side,
  choice: ReplayChoice,
): ReportInput {
  const { graph, studio } = ground;
  const offset = studio.policy.travel.utcOffsetMinutes;
  const chosen = world.incidents
    .filter((incident) => isChosen(choice, offset, incident) && graph.indexOf.has(incident.cellId))
    .toSorted((a, b) => a.reportedAt - b.reportedAt || a.incidentId - b.incidentId);
  const cells = chosen.map(({ cellId }) => graph.indexOf.get(cellId)!);
  const { teams } = world;
  const plan = ({ edition, assignment, teams: staff }: Side): NamedPlan => ({
    editionId: edition.id,
    name: edition.name,
    contentHash: edition.contentHash ?? '',
    zones: Int32Array.from(cells, (cell, i) => chosen[i]!.calendarZone ?? assignment[cell]!),
    zoneIds: teams.map(({ teamId, calendarZones }) => [
      ...staff.flatMap((one): ZoneId[] => (one.teamId === teamId ? [one.zoneId] : [])),
      ...(calendarZones as ZoneId[]),
    ]),
  });
  return {
    recording: {
      incidents: chosen.map((incident) => ({
        incidentId: incident.incidentId,
        reportedAt: incident.reportedAt,
        point: lngLat(...incident.point),
        priority: incident.priority as Priority,
        onSceneMs: incident.onSceneMs,
        fromHome: incident.fromHome ?? undefined,
      })),
      teams: teams.map(({ teamId, number, home, duties }) => ({
        teamId,
        number,
        home: lngLat(...home),
        duties: duties ?? undefined,
      })),
      callTakingMs: world.callTakingMs,
    },
    teamCodes: teams.map(({ code }) => code),
    cellIds: chosen.map(({ cellId }) => cellId),
    villages: cells.map((cell) => graph.villages[cell]!),
    villageNames: Object.fromEntries(ground.villageNames),
    recordedMs: Float64Array.from(chosen, ({ responseMs }) => responseMs ?? NaN),
    before: plan(before),
    after: plan(after),
    policy: studio.policy,
    targetSeconds: studio.settings.targetSeconds,
    limit: studio.settings.replayMaximumMedianError,
    seed: choice.seed,
    absentTeamId: choice.absentTeamId,
    overridden: choice.overridden,
  };
}

/** Ways by road between the cells of a ground, round what was closed; without a table the replay drives straight lines. */
export function travelMatrix({ travel }: Ground, { closures }: ReplayWorldData): TravelMatrix {
  if (!travel) return { points: [], seconds: [], version: 'none' };
  return { ...travel, points: travel.points.map(([lng, lat]) => ({ lng, lat })), closures };
}
