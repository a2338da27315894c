import type { Crs } from '../../contract/geo.ts';
import type { PositionRecord, PositionSource } from '../../contract/positions.ts';
import { toWgs84 } from '../datum.ts';

/** Who sends, and when it came. */
export interface Sender {
  readonly deviceId: string;
  /** Datum of the device's profile. */
  readonly crs: Crs;
  readonly receivedAt: number;
}

/** A request as it came, together with what the credential says of the device. Text is UTF-8, read leniently. */
export interface Inbound extends Sender {
  /** Query string without the question mark. */
  readonly query: string;
  readonly body: string;
}

/** A geofence of ours that a phone crossed by itself (OwnTracks): a hint of arrival. */
export interface Crossing {
  readonly entered: boolean;
  readonly at: number;
  /** Text and time of the waypoint: one of the two is its key, depending on the phone's system. */
  readonly name: string;
  readonly waypointAt: number | null;
}

/** What one message holds. Whatever cannot be read is counted, never refused: a phone repeats what is refused. */
export interface Decoded {
  readonly records: readonly PositionRecord[];
  readonly crossings: readonly Crossing[];
  readonly sos: boolean;
  readonly unreadable: number;
}

export const nothing: Decoded = { records: [], crossings: [], sos: false, unreadable: 0 };
export const unreadable: Decoded = { ...nothing, unreadable: 1 };

/** Speed units of the senders in metres per second. */
export const knot = 0.514444;
export const kilometrePerHour = 0.277778;

export const merge = (parts: readonly Decoded[]): Decoded => ({
  records: parts.flatMap((part) => part.records),
  crossings: parts.flatMap((part) => part.crossings),
  sos: parts.some((part) => part.sos),
  unreadable: parts.reduce((sum, part) => sum + part.unreadable, 0),
});

/** What a decoder found, before the datum is applied. Absent means unknown. */
export interface Found {
  readonly lng?: number | undefined;
  readonly lat?: number | undefined;
  readonly crs?: Crs | undefined;
  readonly label?: string | undefined;
  readonly uuid?: string | undefined;
  readonly fixedAt: number;
  readonly accuracyMetres?: number | undefined;
  readonly speedMetresPerSecond?: number | undefined;
  readonly headingDegrees?: number | undefined;
  readonly altitudeMetres?: number | undefined;
  readonly battery?: number | undefined;
  readonly charging?: boolean | undefined;
  readonly mock?: boolean | undefined;
  readonly valid?: boolean | undefined;
  readonly ping?: boolean | undefined;
  readonly provider?: string | undefined;
}

/** Makes the canonical record: WGS-84 beside the raw pair, negative "unknown" values dropped, heading in 0..360. */
export function recordOf(inbound: Sender, source: PositionSource, found: Found): PositionRecord {
  const crs = found.crs ?? inbound.crs;
  const placed = found.lng !== undefined && found.lat !== undefined;
  const place = placed ? toWgs84({ lng: found.lng, lat: found.lat, crs }) : null;
  const heading = found.headingDegrees;
  return {
    kind: placed ? 'fix' : 'heartbeat',
    deviceId: inbound.deviceId,
    label: found.label ?? null,
    uuid: found.uuid ?? null,
    fixedAt: Math.round(found.fixedAt),
    receivedAt: inbound.receivedAt,
    point: place?.ok ? place.value : null,
    rawLng: placed ? found.lng : null,
    rawLat: placed ? found.lat : null,
    rawCrs: crs,
    accuracyMetres: within(found.accuracyMetres, 0, 1e6),
    speedMetresPerSecond: within(found.speedMetresPerSecond, 0, 1e4),
    headingDegrees: within(heading, 0, 1e4) === null ? null : (heading ?? 0) % 360,
    altitudeMetres: within(found.altitudeMetres, -500, 20_000),
    battery: within(found.battery, 0, 1),
    charging: found.charging ?? null,
    mock: found.mock ?? false,
    valid: found.valid ?? true,
    ping: found.ping ?? false,
    source,
    provider: found.provider ?? null,
  };
}

const within = (value: number | undefined, low: number, high: number): number | null =>
  value !== undefined && value >= low && value <= high ? value : null;
