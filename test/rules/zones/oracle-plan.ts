import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { assignmentFrom } from '../../../shared/rules/zones/assignment.ts';
import { townGraph } from '../../../shared/rules/zones/graph.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import { oracleCoverage, oracleFeatures, oracleProjection } from '../cells/oracle-town.ts';

/** The twenty zones of the acceptance town. */
export const oracleZones = Array.from({ length: 20 }, (_, i) => (i + 1) as ZoneId);

/** Graph and plan of the acceptance town; workload in per cent of the town's. */
export function oracleGraph(): { graph: TownGraph; assignment: Assignment } {
  const features = oracleFeatures();
  const loads = new Map(features.map(({ properties }) => [properties.grid, properties.workload]));
  const graph = townGraph({
    cells: [...oracleCoverage().cells.values()],
    project: oracleProjection,
    stats: (cell) => ({
      workloadHours: loads.get(cell.id)!,
      incidents: Math.round(loads.get(cell.id)! * 18),
    }),
  });
  const zones = features.map(({ properties }) => properties.zone as ZoneId);
  const assignment = assignmentFrom(
    graph,
    graph.cellIds.map((cellId, i) => ({ cellId, zoneId: zones[i]! })),
  );
  return { graph, assignment };
}
