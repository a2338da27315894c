import type { IncidentFacts, Situation, TeamFacts } from '../dispatch/situation.ts';
import { travelTable } from '../dispatch/travel.ts';
import type { TravelModel, TravelTable } from '../dispatch/travel.ts';
import type { Fleet } from './fleet.ts';
import { recordedLine } from './world.ts';

/** Situations that are filled anew for each matching, so that a long replay does not allocate them. */
export class SituationPool {
  private readonly tables: TravelTable[] = [];
  private readonly teams: readonly TeamFacts[];
  private readonly model: TravelModel;

  constructor(teams: readonly TeamFacts[], model: TravelModel) {
    this.teams = teams;
    this.model = model;
  }

  /** Situation `place` of the matching: this incident against every team, as the fleet stands now. */
  fill(place: number, incident: IncidentFacts, fleet: Fleet, hour: number): Situation {
    const table = (this.tables[place] ??= travelTable(this.teams.length));
    this.model.fill(fleet.lngs, fleet.lats, this.teams.length, incident.point, hour, table);
    return {
      incident,
      line: recordedLine,
      teams: this.teams,
      travel: {
        version: this.model.version,
        ...table,
        speedMetresPerSecond: this.model.speed(hour),
        blocked: null,
      },
      exclusions: [],
      shiftMeanJobs: fleet.meanJobs(),
      notEvaluated: { count: 0, radiusMetres: null },
    };
  }
}
