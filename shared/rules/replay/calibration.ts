import type { ReplayReport } from '../../contract/replays.ts';
import { knownZone } from './calendar-zones.ts';
import { medianOf } from './figures.ts';
import type { Recording, SideOutcome, SidePlan } from './run-side.ts';

type Calibration = ReplayReport['calibration'];

/** Hours of alike traffic: night, morning peak, day, evening peak, evening. */
const hourClasses = [
  [0, 6],
  [6, 9],
  [9, 17],
  [17, 19],
  [19, 24],
] as const;

/**
 * How well a replay of what was in force reproduces what happened: the relative error of each response that history knows,
 * its median in total, by hour class and by zone, and the factor on the speed under which both means would agree.
 */
export function calibrate(
  recording: Recording,
  plan: SidePlan,
  outcome: SideOutcome,
  recordedMs: Float64Array,
  limit: number,
  localHour: (at: number) => number,
): Calibration {
  const errors: { readonly hour: number; readonly zone: number; readonly error: number }[] = [];
  let recorded = 0;
  let replayed = 0;
  let still = 0;
  for (const [i, incident] of recording.incidents.entries()) {
    const known = recordedMs[i]!;
    if (!(known > 0) || !outcome.served[i]) continue;
    recorded += known;
    replayed += outcome.responseMs[i]!;
    still += outcome.waitMs[i]! + recording.callTakingMs;
    errors.push({
      hour: localHour(incident.reportedAt),
      zone: knownZone(plan.zones[i]!),
      error: Math.abs(outcome.responseMs[i]! - known) / known,
    });
  }
  const compared = errors.length;
  const medianRelativeError = medianOf(errors.map(({ error }) => error));
  const of = (chosen: typeof errors) => ({
    incidents: chosen.length,
    medianRelativeError: medianOf(chosen.map(({ error }) => error)),
  });
  const zones = [...new Set(errors.map(({ zone }) => zone))].filter((zone) => zone > 0).sort((a, b) => a - b);
  const driveRecorded = recorded - still;
  return {
    compared,
    medianRelativeError,
    limit,
    passed: medianRelativeError <= limit,
    meanRecordedSeconds: compared > 0 ? recorded / compared / 1000 : 0,
    meanReplayedSeconds: compared > 0 ? replayed / compared / 1000 : 0,
    byHourClass: hourClasses.map(([hourFrom, hourTo]) => ({
      hourFrom,
      hourTo,
      ...of(errors.filter(({ hour }) => hour >= hourFrom && hour < hourTo)),
    })),
    byZone: zones.map((zoneId) => ({
      zoneId: zoneId as Calibration['byZone'][number]['zoneId'],
      ...of(errors.filter(({ zone }) => zone === zoneId)),
    })),
    fittedSpeedFactor: compared > 0 && driveRecorded > 0 ? (replayed - still) / driveRecorded : null,
  };
}
