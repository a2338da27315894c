import type { LngLat } from '../../contract/geo.ts';
import type { Priority } from '../../contract/dispatch-codes.ts';
import type { CellId, IncidentId, TeamId, ZoneId } from '../../contract/ids.ts';
import type { IncidentFacts, MemberFacts, RequirementLine } from '../dispatch/situation.ts';

/** An incident as it happened. Times in ms since the start of the recording; fractions are allowed. */
export interface RecordedIncident {
  readonly incidentId: IncidentId;
  readonly reportedAt: number;
  readonly cellId: CellId;
  readonly point: LngLat;
  readonly priority: Priority;
  readonly onSceneMs: number;
  /** Seconds by road, by day, between the home of each recorded team and the place; -1 where there is no way. */
  readonly fromHome?: readonly number[] | undefined;
}

/** A team that waits at home, drives out, and drives home again. */
export interface RecordedTeam {
  readonly teamId: TeamId;
  readonly number: number;
  readonly zoneIds: readonly ZoneId[];
  readonly home: LngLat;
  /** Without a roster the team counts as two licensed officers. */
  readonly members?: readonly MemberFacts[];
  /** Spans of duty [from, to) in order, apart from one another; without any list the team is always on duty. */
  readonly duties?: readonly (readonly [number, number])[] | undefined;
}

/** A recorded world. The plan is `zoneOfCell`: another plan is another assignment of the same cells. */
export interface RecordedWorld {
  readonly incidents: readonly RecordedIncident[];
  readonly teams: readonly RecordedTeam[];
  readonly zoneOfCell: ReadonlyMap<CellId, ZoneId>;
  /** Time between the report and the decision. */
  readonly callTakingMs: number;
}

/** What every recorded incident asks for: one team that may decide. */
export const recordedLine: RequirementLine = {
  line: 0,
  count: 1,
  taskKind: 'handle',
  field: null,
  skills: [],
  kit: [],
  supervisorId: null,
  expectedWorkSeconds: 1200,
};

/** Two officers whose licences never end. */
export const plainCrew: readonly MemberFacts[] = [1, 2].map((personId) => ({
  personId: personId as MemberFacts['personId'],
  kind: 'officer',
  leads: personId === 1,
  onDuty: true,
  licence: { validFrom: -Infinity, validTo: Infinity, fields: 'all', coercion: true },
  skills: [],
  recusals: [],
  awayMetres: null,
}));

const none: readonly never[] = [];

/** The incident as the dispatch core sees it, under the world's plan. */
export function factsOf(incident: RecordedIncident, world: RecordedWorld): IncidentFacts {
  return {
    incidentId: incident.incidentId,
    priority: incident.priority,
    point: incident.point,
    cellId: incident.cellId,
    zoneId: world.zoneOfCell.get(incident.cellId) ?? null,
    neighbourZoneIds: none,
    matterCode: null,
    matterVersion: null,
    waitingSinceAt: incident.reportedAt,
    recusalKeys: none,
    round: 1,
    radiusMetres: null,
  };
}
