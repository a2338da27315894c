import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { DeviceView, RegisterDeviceSchema, Registered, SetUp } from '../../shared/contract/devices.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findPersonById } from '../auth/store.ts';
import { setUpOf } from './set-up.ts';
import {
  countDevices,
  deviceView,
  endUnused,
  findDevice,
  insertCredential,
  insertDevice,
  listCredentials,
  listDevices,
  lockDevice,
  markRevoked,
  type DeviceRow,
} from './store.ts';

/** A set-up that is not used within this time never holds. */
export const unusedMs = 15 * 60_000;
/** Devices of one person that may be in use at once. */
const deviceLimit = 5;

/** Only this hash is kept; the secret has 192 random bits, so that no slow hash is needed. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const fact = ({ id, person_id: personId, kind }: DeviceRow) => ({
  deviceId: id,
  personId: personId as never,
  kind,
});

const shown = async (tx: Tx, row: DeviceRow): Promise<DeviceView> =>
  deviceView(row, await listCredentials(tx.db, [row.id]), tx.at);

/** A new device with its set-up; a tracker behind a gateway gets none. `origin` is the product's own address. */
export async function registerDevice(
  tx: Tx,
  wanted: z.output<typeof RegisterDeviceSchema>,
  origin: string,
): Promise<Registered> {
  const { personId, kind, label, crs, gatewayId, uniqueId } = wanted;
  const wrong = (path: string, message: string) =>
    new Refused('fields_invalid', {}, [{ path: `body.${path}`, message }]);
  if (personId === null && kind !== 'traccar_forward') throw wrong('personId', 'whose device is it');
  if ((gatewayId === null) !== (uniqueId === null))
    throw wrong('uniqueId', 'a tracker has both a gateway and the name that the gateway gives it');
  if (gatewayId !== null && (kind !== 'traccar_forward' || personId === null))
    throw wrong('gatewayId', 'only a tracker of a person stands behind a gateway');
  if (personId !== null) {
    if (!(await findPersonById(tx.db, personId))?.active) throw new Refused('person_unknown', { personId });
    if ((await countDevices(tx.db, personId)) >= deviceLimit)
      throw new Refused('devices_many', { limit: deviceLimit });
  }
  if (gatewayId !== null) {
    const gateway = await findDevice(tx.db, gatewayId);
    if (!gateway || gateway.kind !== 'traccar_forward' || gateway.revoked_at || gateway.gateway_id !== null)
      throw new Refused('device_unknown', { deviceId: gatewayId });
  }
  const row = await insertDevice(tx.db, {
    personId,
    kind,
    label,
    crs,
    gatewayId,
    uniqueId,
    at: tx.at,
    by: tx.actor.id,
  });
  if (!row) throw new Refused('tracker_taken', { uniqueId });
  tx.announce('device.registered', `device/${row.id}`, fact(row));
  if (gatewayId !== null) return { device: await shown(tx, row), setUp: null };
  const setUp = await giveCredential(tx, row, origin);
  return { device: setUp.device, setUp };
}

async function giveCredential(tx: Tx, row: DeviceRow, origin: string): Promise<SetUp> {
  const secret = randomBytes(24).toString('base64url');
  const useBefore = tx.at + unusedMs;
  await endUnused(tx.db, row.id, tx.at);
  await insertCredential(tx.db, {
    hash: secretHash(secret),
    deviceId: row.id,
    at: tx.at,
    unusedUntil: useBefore,
  });
  return setUpOf(row, await shown(tx, row), { origin, secret, useBefore });
}

/** Holds a device; `ownerId` says that it must be this person's. */
async function holdDevice(tx: Tx, deviceId: number, ownerId: number | null): Promise<DeviceRow> {
  const row = await lockDevice(tx.db, deviceId);
  if (!row || (ownerId !== null && row.person_id !== ownerId))
    throw new Refused('device_unknown', { deviceId });
  return row;
}

/** A new secret; the old one goes on for a week after the new one was first used, and for good if it never is. */
export async function rotateDevice(
  tx: Tx,
  deviceId: number,
  origin: string,
  ownerId: number | null = null,
): Promise<SetUp> {
  const row = await holdDevice(tx, deviceId, ownerId);
  if (row.revoked_at !== null || row.gateway_id !== null) throw new Refused('device_ended', { deviceId });
  tx.announce('device.rotated', `device/${row.id}`, fact(row));
  return giveCredential(tx, row, origin);
}

/** From now on everything that the device sends is dropped; it still hears 200, so that its queue empties. */
export async function revokeDevice(
  tx: Tx,
  deviceId: number,
  ownerId: number | null = null,
): Promise<DeviceView> {
  const row = await holdDevice(tx, deviceId, ownerId);
  if (row.revoked_at !== null) return shown(tx, row);
  const revoked = await markRevoked(tx.db, row.id, tx.at);
  tx.announce('device.revoked', `device/${row.id}`, fact(row));
  return shown(tx, revoked);
}

/** Devices of everybody or of one person. */
export async function readDevices(
  { db, at }: Pick<Tx, 'at'> & { db: Tx['db'] | Tx['deps']['db'] },
  personId?: number,
): Promise<DeviceView[]> {
  const rows = await listDevices(db, personId);
  const credentials = await listCredentials(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => deviceView(row, credentials, at));
}
