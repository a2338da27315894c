import type { Bbox } from '../../contract/geo.ts';
import type { PositionRecord } from '../../contract/positions.ts';
import { axesSwapped, outsideTown } from '../datum.ts';
import { distanceMetres } from '../distance.ts';
import { isHeartbeat, timeVerdict } from './accept.ts';
import { plausibility } from './plausibility.ts';

/** Why a fix is doubted. It is stored all the same, but of the marked ones only `jitter` may become the latest. */
export type PositionMark =
  | 'invalid' // the sender says so, or the pair is no place on the globe
  | 'zero' // the null island of a failed fix
  | 'axes_swapped'
  | 'outside_town'
  | 'inaccurate'
  | 'too_fast'
  | 'mock'
  | 'jitter';

/** Marks of one fix, given the device's latest accepted one; empty for a sound fix and for a heartbeat. */
export function marksOf(record: PositionRecord, latest: PositionRecord | null, town: Bbox): PositionMark[] {
  if (record.kind === 'heartbeat') return [];
  const marks: PositionMark[] = [];
  const { point, rawLng, rawLat } = record;
  if (rawLng === 0 && rawLat === 0) marks.push('zero');
  if (record.mock) marks.push('mock');
  if (point === null) {
    const swapped = record.rawCrs !== 'bd09mc' && axesSwapped(rawLng ?? 0, rawLat ?? 0);
    return [...marks, swapped ? 'axes_swapped' : 'invalid'];
  }
  if (!record.valid) marks.push('invalid');
  if (outsideTown(point, town, plausibility.marginMetres)) marks.push('outside_town');
  if ((record.accuracyMetres ?? 0) > plausibility.accuracyMetres) marks.push('inaccurate');
  if (latest?.point) {
    const metres = distanceMetres(latest.point, point);
    const seconds = Math.abs(record.fixedAt - latest.fixedAt) / 1000;
    // the uncertainty of both places is no movement
    const slack = (record.accuracyMetres ?? 0) + (latest.accuracyMetres ?? 0);
    if (seconds > 0 && (metres - slack) / seconds > plausibility.metresPerSecond) marks.push('too_fast');
    const within = Math.min(plausibility.jitterMetres, Math.max(record.accuracyMetres ?? 5, 1));
    if ((record.speedMetresPerSecond ?? 1) < 0.5 && metres > 0 && metres < within) marks.push('jitter');
  }
  return marks;
}

/**
 * The latest position after one more record. It changes only for a sound fix that is newer by fix time, so a backlog
 * never moves a pin backwards, a heartbeat never refreshes it, and any order of arrival ends in the same place. A fix
 * that only jitters counts: a standing team must not age into the dark.
 */
export function latestAfter(
  latest: PositionRecord | null,
  record: PositionRecord,
  marks: readonly PositionMark[],
): PositionRecord | null {
  if (isHeartbeat(record, latest) || timeVerdict(record, Number.POSITIVE_INFINITY) === 'future')
    return latest;
  if (marks.some((mark) => mark !== 'jitter')) return latest;
  return latest && record.fixedAt <= latest.fixedAt ? latest : record;
}
