import type { Outcome } from './run.ts';
import type { RecordedWorld } from './world.ts';

/** Totals of a replay, in seconds. */
export interface Summary {
  readonly incidents: number;
  readonly meanResponseS: number;
  readonly medianS: number;
  readonly p90S: number;
  readonly maxS: number;
  readonly within600: number;
  readonly queued: number;
  readonly bumped: number;
  readonly crossZone: number;
}

/**
 * Mean, median r[(n-1) div 2] and 90th percentile r[ceil(0.9 n) - 1] of the sorted responses. An incident
 * that nobody could ever serve makes the outcome meaningless, so it throws RangeError.
 */
export function summarise(world: RecordedWorld, outcome: Outcome): Summary {
  const count = world.incidents.length;
  const unserved = outcome.teams.indexOf(-1);
  if (unserved >= 0)
    throw new RangeError(`incident ${world.incidents[unserved]!.incidentId} was never served by any team`);
  const sorted = outcome.responseMs.toSorted();
  const at = (index: number): number => sorted[Math.max(0, index)]! / 1000;
  return {
    incidents: count,
    meanResponseS: sorted.reduce((sum, ms) => sum + ms, 0) / count / 1000,
    medianS: at(Math.floor((count - 1) / 2)),
    p90S: at(Math.ceil(0.9 * count) - 1),
    maxS: at(count - 1),
    within600: sorted.filter((ms) => ms <= 600_000).length,
    queued: outcome.queued,
    bumped: outcome.bumped,
    crossZone: world.incidents.filter((incident, i) => {
      const zoneId = world.zoneOfCell.get(incident.cellId);
      return zoneId !== undefined && !world.teams[outcome.teams[i]!]!.zoneIds.includes(zoneId);
    }).length,
  };
}
