import type { PositionRecord } from '../../contract/positions.ts';

/** How far a phone's clock may run ahead before its fixes are discarded, seconds. */
export const futureSeconds = 300;

/** First key against duplicates: one fix per device and millisecond. */
export const duplicateKey = (record: PositionRecord): string => `${record.deviceId} ${record.fixedAt}`;

/** Second key, valid for 24 hours: the phone's own id of the message; null when it has none. */
export const messageKey = (record: PositionRecord): string | null =>
  record.uuid === null ? null : `${record.deviceId} ${record.uuid}`;

/** A fix from beyond 300 s ahead tells of a wrong clock, one older than the retention would be deleted at once. */
export function timeVerdict(record: PositionRecord, retentionSeconds: number): 'kept' | 'future' | 'old' {
  const aheadSeconds = (record.fixedAt - record.receivedAt) / 1000;
  if (aheadSeconds > futureSeconds) return 'future';
  return -aheadSeconds > retentionSeconds ? 'old' : 'kept';
}

/** Off duty nothing about the place is kept: what is left proves that the phone lives. */
export const withoutPlace = (record: PositionRecord): PositionRecord => ({
  ...record,
  kind: 'heartbeat',
  point: null,
  rawLng: null,
  rawLat: null,
  accuracyMetres: null,
  speedMetresPerSecond: null,
  headingDegrees: null,
  altitudeMetres: null,
});

/** True for a record that only proves life: no coordinates, or a ping that repeats the place of the latest fix. */
export function isHeartbeat(record: PositionRecord, latest: PositionRecord | null): boolean {
  if (record.kind === 'heartbeat') return true;
  return record.ping && latest?.rawLng === record.rawLng && latest?.rawLat === record.rawLat;
}
