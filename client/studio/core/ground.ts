import type { ZoneTeam } from '../../../shared/contract/editions.ts';
import type { EditionId, TeamId } from '../../../shared/contract/ids.ts';
import type { Output } from '../../../shared/contract/api.ts';
import type { Studio } from '../../../shared/contract/studio.ts';
import { buildTopology } from '../../../shared/rules/cells/arcs.ts';
import type { Topology } from '../../../shared/rules/cells/arcs.ts';
import type { Coverage, PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import { gaussKrueger } from '../../../shared/rules/cells/projection.ts';
import type { Projection } from '../../../shared/rules/cells/projection.ts';
import { barrierKey, townGraph } from '../../../shared/rules/zones/graph.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { pointInside } from './inside.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';

/** Seconds by road between the middles of cells. */
export type CellTravel = Output<'readCellTravel'>;

/** Zones and teams of a calendar edition. */
export interface CalendarPlan {
  readonly assignment: Assignment;
  readonly teams: readonly ZoneTeam[];
}

/** One set of cells with everything that the rules need to judge a plan on it. Read only. */
export interface Ground {
  readonly studio: Studio;
  readonly coverage: Coverage;
  readonly project: Projection;
  readonly topology: Topology;
  readonly graph: TownGraph;
  /** A point inside each cell, for lasso, labels and zoom; by cell number. */
  readonly points: readonly Vertex[];
  readonly travel: CellTravel | null;
  /** Editions that hold on certain days and hours instead of the plan, on these cells. */
  readonly calendars: ReadonlyMap<EditionId, CalendarPlan>;
  readonly villageNames: ReadonlyMap<string, string>;
  readonly teamCodes: ReadonlyMap<TeamId, string>;
}

/** Builds the ground from the server's one read; `travel` adds the ways by road when they are known. */
export function groundOf(studio: Studio, travel: CellTravel | null): Ground {
  const project = gaussKrueger(studio.centralMeridian);
  const cells = studio.cells.map((cell): PlannedCell => ({
    id: cell.id,
    code15: cell.code,
    kind: cell.kind,
    rings: cell.rings,
    supersedes: cell.supersedes,
  }));
  const topology = buildTopology(cells.map((cell) => cell.rings));
  const figures = new Map(studio.cells.map((cell) => [cell.id, cell]));
  const graph = townGraph({
    cells,
    project,
    topology,
    stats: ({ id }) => figures.get(id)!,
    barriers: new Map(studio.barriers.map(([a, b, barrier]) => [barrierKey(a, b), barrier])),
    minimumSharedMetres: studio.settings.minimumSharedMetres,
  });
  return {
    studio,
    coverage: {
      cells: new Map(cells.map((cell) => [cell.id, cell])),
      outline: studio.outline,
      issuedCodes: new Set(studio.issuedCodes),
    },
    project,
    topology,
    graph,
    points: cells.map((cell) => pointInside(cell.rings)),
    travel,
    calendars: new Map(),
    villageNames: new Map(studio.villages.map(({ code, name }) => [code, name])),
    teamCodes: new Map(studio.teams.map((team) => [team.id, team.code])),
  };
}

/** The short form of a cell's code that tells cells of a town apart: village and sequence. */
export const shortCode = (code15: string): string => code15.slice(-6);
