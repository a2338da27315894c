import type { Knex } from 'knex';
import type { Crs } from '../../shared/contract/geo.ts';
import type { DeviceKind, DeviceView } from '../../shared/contract/devices.ts';

/** All SQL that names device and device_credential. */

export interface DeviceRow {
  readonly id: number;
  readonly person_id: number | null;
  readonly kind: DeviceKind;
  readonly label: string;
  readonly crs: Crs;
  readonly gateway_id: number | null;
  readonly unique_id: string | null;
  readonly made_at: string;
  readonly revoked_at: string | null;
  readonly contacted_at: string | null;
  readonly dropped_at: string | null;
}

export interface CredentialRow {
  readonly secret_hash: Buffer;
  readonly device_id: number;
  readonly unused_until: string;
  readonly used_at: string | null;
  readonly ends_at: string | null;
}

const deviceColumns = [
  'id',
  'person_id',
  'kind',
  'label',
  'crs',
  'gateway_id',
  'unique_id',
  'made_at',
  'revoked_at',
  'contacted_at',
  'dropped_at',
] as const;

export const findDevice = (db: Knex, id: number): Promise<DeviceRow | undefined> =>
  db<DeviceRow>('device')
    .where({ id })
    .first(...deviceColumns);

export const lockDevice = (db: Knex, id: number): Promise<DeviceRow | undefined> =>
  db<DeviceRow>('device')
    .where({ id })
    .forUpdate()
    .first(...deviceColumns);

/** Devices of everybody or of one person, newest first. */
export const listDevices = (db: Knex, personId?: number): Promise<DeviceRow[]> => {
  const query = db<DeviceRow>('device')
    .orderBy('id', 'desc')
    .select(...deviceColumns);
  if (personId !== undefined) void query.where({ person_id: personId });
  return query;
};

/** How many devices of a person are not revoked. */
export const countDevices = async (db: Knex, personId: number): Promise<number> =>
  Number(
    (await db('device').where({ person_id: personId }).whereNull('revoked_at').count({ n: '*' }))[0]?.n ?? 0,
  );

export async function insertDevice(
  db: Knex,
  device: {
    personId: number | null;
    kind: DeviceKind;
    label: string;
    crs: Crs;
    gatewayId: number | null;
    uniqueId: string | null;
    at: number;
    by: number | null;
  },
): Promise<DeviceRow | undefined> {
  const rows = await db('device')
    .insert({
      person_id: device.personId,
      kind: device.kind,
      label: device.label,
      crs: device.crs,
      gateway_id: device.gatewayId,
      unique_id: device.uniqueId,
      made_at: new Date(device.at),
      made_by: device.by,
    })
    .onConflict()
    .ignore()
    .returning([...deviceColumns]);
  return rows[0] as DeviceRow | undefined;
}

export async function markRevoked(db: Knex, id: number, at: number): Promise<DeviceRow> {
  const [row] = await db('device')
    .where({ id })
    .update({ revoked_at: db.raw('coalesce(revoked_at, ?)', [new Date(at)]) })
    .returning([...deviceColumns]);
  return row as DeviceRow;
}

export const insertCredential = (
  db: Knex,
  credential: { hash: Buffer; deviceId: number; at: number; unusedUntil: number },
) =>
  db('device_credential').insert({
    secret_hash: credential.hash,
    device_id: credential.deviceId,
    made_at: new Date(credential.at),
    unused_until: new Date(credential.unusedUntil),
  });

/** A credential that nobody has used holds no longer once another is made; a use that is just being written counts. */
export const endUnused = (db: Knex, deviceId: number, at: number) =>
  db('device_credential')
    .where({ device_id: deviceId })
    .whereNull('used_at')
    .update({ unused_until: db.raw('least(unused_until, ?)', [new Date(at)]) });

export const listCredentials = (db: Knex, deviceIds?: readonly number[]): Promise<CredentialRow[]> => {
  const query = db<CredentialRow>('device_credential').select(
    'secret_hash',
    'device_id',
    'unused_until',
    'used_at',
    'ends_at',
  );
  if (deviceIds) void query.whereIn('device_id', [...deviceIds]);
  return query;
};

export const findCredential = (db: Knex, hash: Buffer): Promise<{ device_id: number } | undefined> =>
  db('device_credential').where({ secret_hash: hash }).first('device_id');

/** What was heard of devices since the last time; instants in ms. */
export interface Heard {
  readonly uses: readonly { hash: string; deviceId: number; at: number; othersEndAt: number }[];
  readonly contacts: readonly { deviceId: number; at: number }[];
  readonly drops: readonly { deviceId: number; at: number }[];
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Writes it in one statement. The first use of a credential puts an end to the device's older ones. */
export async function writeHeard(db: Knex, { uses, contacts, drops }: Heard): Promise<void> {
  const document = {
    uses: uses.map((use) => ({
      hash: use.hash,
      device_id: use.deviceId,
      at: iso(use.at),
      others_end_at: iso(use.othersEndAt),
    })),
    contacts: contacts.map(({ deviceId, at }) => ({ device_id: deviceId, at: iso(at) })),
    drops: drops.map(({ deviceId, at }) => ({ device_id: deviceId, at: iso(at) })),
  };
  await db.raw(
    `with doc as (select ?::jsonb j),
     uses as (select decode(r.hash, 'hex') hash, r.device_id, r.at, r.others_end_at from doc,
       jsonb_to_recordset(j->'uses') r (hash text, device_id int, at timestamptz, others_end_at timestamptz)),
     used as (update device_credential c set
         used_at = case when c.secret_hash = u.hash then coalesce(c.used_at, u.at) else c.used_at end,
         ends_at = case when c.secret_hash = u.hash then c.ends_at else least(c.ends_at, u.others_end_at) end
       from uses u where c.device_id = u.device_id)
     update device d set
       contacted_at = greatest(d.contacted_at, s.contacted_at), dropped_at = greatest(d.dropped_at, s.dropped_at)
     from (select device_id, max(at) filter (where ok) contacted_at, max(at) filter (where not ok) dropped_at from (
         select r.device_id, r.at, true ok from doc, jsonb_to_recordset(j->'contacts') r (device_id int, at timestamptz)
         union all
         select r.device_id, r.at, false from doc, jsonb_to_recordset(j->'drops') r (device_id int, at timestamptz)) h
       group by device_id) s
     where d.id = s.device_id`,
    [JSON.stringify(document)],
  );
}

/** The wire form of a device with the state of its credentials at an instant. */
export function deviceView(row: DeviceRow, credentials: readonly CredentialRow[], at: number): DeviceView {
  const own = credentials.filter(({ device_id: id }) => id === row.id);
  const held = own.some(
    (one) => one.used_at !== null && (one.ends_at === null || Date.parse(one.ends_at) > at),
  );
  const waits = own.some((one) => one.used_at === null && Date.parse(one.unused_until) > at);
  return {
    id: row.id,
    personId: row.person_id as never,
    kind: row.kind,
    label: row.label,
    crs: row.crs,
    gatewayId: row.gateway_id,
    uniqueId: row.unique_id,
    state:
      row.revoked_at !== null
        ? 'revoked'
        : row.gateway_id !== null
          ? 'tracker'
          : held
            ? 'active'
            : waits
              ? 'waiting'
              : 'expired',
    madeAt: row.made_at,
    revokedAt: row.revoked_at,
    contactedAt: row.contacted_at,
    droppedAt: row.dropped_at,
  };
}
