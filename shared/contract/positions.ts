import { z } from 'zod';
import { type Crs, CrsSchema, type LngLat } from './geo.ts';
import { InstantSchema } from './ids.ts';

/** The door by which a position came in. */
export const PositionSource = z.enum(['native', 'traccar_client', 'owntracks', 'traccar_forward']);
export type PositionSource = z.infer<typeof PositionSource>;

/** One position or sign of life after decoding, in the product's units whatever the phone sent. Instants are ms UTC. */
export interface PositionRecord {
  /** A heartbeat proves that the phone lives; it has no coordinates and never refreshes a position. */
  readonly kind: 'fix' | 'heartbeat';
  /** The device that the credential names; never what the message says of itself. */
  readonly deviceId: string;
  /** What the message calls its device: a label, except for a forwarding server, which speaks for many. */
  readonly label: string | null;
  /** The phone's own id of the message, a second key against duplicates. */
  readonly uuid: string | null;
  readonly fixedAt: number;
  readonly receivedAt: number;
  /** WGS-84; null for a heartbeat and for a pair that is no place (swapped axes, out of range). */
  readonly point: LngLat | null;
  readonly rawLng: number | null;
  readonly rawLat: number | null;
  readonly rawCrs: Crs;
  readonly accuracyMetres: number | null;
  readonly speedMetresPerSecond: number | null;
  readonly headingDegrees: number | null;
  readonly altitudeMetres: number | null;
  /** 0 to 1. */
  readonly battery: number | null;
  readonly charging: boolean | null;
  readonly mock: boolean;
  /** False when the sender itself calls the fix invalid or outdated. */
  readonly valid: boolean;
  /** An OwnTracks ping: its time is now, its place may be old. */
  readonly ping: boolean;
  readonly source: PositionSource;
  /** What fixed it, as the sender names it (`gnss`, `network`, `fused`). */
  readonly provider: string | null;
}

/** One fix of the product's own form; optional members may be left out or null. */
export const NativeFixSchema = z.looseObject({
  fixedAt: InstantSchema,
  lng: z.number().optional(),
  lat: z.number().optional(),
  crs: CrsSchema.optional(),
  uuid: z.string().max(64).nullish(),
  accuracyMetres: z.number().nonnegative().nullish(),
  speedMetresPerSecond: z.number().nonnegative().nullish(),
  headingDegrees: z.number().nullish(),
  altitudeMetres: z.number().nullish(),
  battery: z.number().min(0).max(1).nullish(),
  charging: z.boolean().nullish(),
  mock: z.boolean().nullish(),
  source: z.string().max(32).nullish(),
});

/** Most fixes in one message. */
export const nativeFixLimit = 100;

/** `POST /api/v1/positions` and the socket message `position`; `crs` may come from the device's profile instead. */
export const PositionReportSchema = z.looseObject({
  crs: CrsSchema.optional(),
  fixes: z.array(NativeFixSchema).max(nativeFixLimit),
});
export type PositionReport = z.input<typeof PositionReportSchema>;

/** What became of a message: a known device always hears this, never a refusal of single fixes. */
export const PositionAnswerSchema = z.strictObject({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  dropped: z.strictObject({
    future: z.number().int(),
    old: z.number().int(),
    offDuty: z.number().int(),
    unreadable: z.number().int(),
  }),
});
export type PositionAnswer = z.infer<typeof PositionAnswerSchema>;

/** How many days the history of positions is kept; kept no longer than it is needed (个人信息保护法 19). */
export const historyDaysRange = { least: 30, most: 90 } as const;
export const PositionSettingsSchema = z.strictObject({
  historyDays: z.number().int().min(historyDaysRange.least).max(historyDaysRange.most),
});
export type PositionSettings = z.infer<typeof PositionSettingsSchema>;
