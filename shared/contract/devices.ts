import { z } from 'zod';
import { CrsSchema } from './geo.ts';
import { InstantSchema, PersonId } from './ids.ts';

/**
 * traccar_client and owntracks are phone apps; traccar_forward a Traccar server that speaks for trackers; pda a
 * handheld that sends the product's own form without a login.
 */
export const DeviceKind = z.enum(['traccar_client', 'owntracks', 'traccar_forward', 'pda']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/**
 * waiting: set up, not heard yet; active; expired: not used in time; revoked; tracker: speaks through its gateway and
 * has no credential of its own.
 */
export const DeviceState = z.enum(['waiting', 'active', 'expired', 'revoked', 'tracker']);

export const DeviceViewSchema = z.strictObject({
  id: z.number().int(),
  /** Null for a gateway, which speaks for many. */
  personId: PersonId.nullable(),
  kind: DeviceKind,
  label: z.string(),
  /** Datum of the coordinates that the device sends. */
  crs: CrsSchema,
  gatewayId: z.number().int().nullable(),
  uniqueId: z.string().nullable(),
  state: DeviceState,
  madeAt: InstantSchema,
  revokedAt: InstantSchema.nullable(),
  contactedAt: InstantSchema.nullable(),
  /** When it last sent with a credential that no longer holds; what it sent was dropped. */
  droppedAt: InstantSchema.nullable(),
});
export type DeviceView = z.infer<typeof DeviceViewSchema>;

const label = z.string().trim().min(1).max(64);
const deviceId = z.number().int().positive().max(2_147_483_647);

/** A device of anybody, by the administrator. A tracker names its gateway and how the gateway calls it. */
export const RegisterDeviceSchema = z.strictObject({
  personId: PersonId.nullable(),
  kind: DeviceKind,
  label,
  crs: CrsSchema,
  gatewayId: deviceId.nullable().default(null),
  uniqueId: z.string().trim().min(1).max(64).nullable().default(null),
});

/** One's own phone. */
export const RegisterMyDeviceSchema = z.strictObject({
  kind: z.enum(['traccar_client', 'owntracks', 'pda']),
  label,
  crs: CrsSchema.default('wgs84'),
});

/**
 * What sets the phone up. It is told once: the product keeps only a hash. `link` is the text of the QR code, `svg` its
 * picture; `address`, `userName` and `secret` are the same for typing in by hand.
 */
export const SetUpSchema = z.strictObject({
  device: DeviceViewSchema,
  address: z.string(),
  userName: z.string().nullable(),
  secret: z.string(),
  link: z.string(),
  svg: z.string(),
  /** Not used by then it never holds. */
  useBefore: InstantSchema,
});
export type SetUp = z.infer<typeof SetUpSchema>;

/** A tracker behind a gateway needs no set-up. */
export const RegisteredSchema = z.strictObject({ device: DeviceViewSchema, setUp: SetUpSchema.nullable() });
export type Registered = z.infer<typeof RegisteredSchema>;

export const DeviceListSchema = z.strictObject({ devices: z.array(DeviceViewSchema) });

/** What the ledger says of a device. */
export const DeviceFactSchema = z.object({
  deviceId: z.number().int(),
  personId: PersonId.nullable(),
  kind: DeviceKind,
});
