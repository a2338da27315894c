import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Deps } from '../kernel/deps.ts';
import { secretHash } from './commands.ts';
import {
  findCredential,
  listCredentials,
  listDevices,
  writeHeard,
  type CredentialRow,
  type DeviceRow,
} from './store.ts';

/** An old secret holds this long after the new one was first used. */
const overlapMs = 7 * 86_400_000;
/** The book is read anew this often, whatever facts came. */
const renewMs = 60_000;
/** Secrets of strangers that are remembered, so that each guess costs the database at most one question. */
const strangers = 10_000;

interface Credential {
  readonly hash: string;
  readonly deviceId: number;
  readonly unusedUntil: number;
  usedAt: number | null;
  endsAt: number | null;
}

/** What a secret is: a device that may speak, one that may not any more, nobody's, or not to be told now. */
export type Bearer =
  | { readonly verdict: 'valid' | 'ended'; readonly device: DeviceRow }
  | { readonly verdict: 'unknown' | 'unsure' };

const ms = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

/**
 * Every device and credential of the town in memory: a message costs no question to the database, and goes on while
 * there is none. Filled at the start, by facts, and each minute; what was heard is written with the tick.
 */
export class DeviceBook {
  readonly #deps: Deps;
  #devices = new Map<number, DeviceRow>();
  #credentials = new Map<string, Credential>();
  #trackers = new Map<string, DeviceRow>();
  #unknown = new Set<string>();
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;
  #uses = new Map<string, { deviceId: number; at: number }>();
  #contacts = new Map<number, number>();
  #drops = new Map<number, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads devices and credentials; uses that are not written yet stay. One reading at a time, the last one counts. */
  load(): Promise<void> {
    const next = (this.#loading ?? Promise.resolve()).catch(() => undefined).then(() => this.#read());
    this.#loading = next;
    return next;
  }

  async #read(): Promise<void> {
    const devices = await listDevices(this.#deps.db);
    const credentials = await listCredentials(this.#deps.db);
    this.#devices = new Map(devices.map((device) => [device.id, device]));
    this.#trackers = new Map(
      devices
        .filter(({ gateway_id: gateway, revoked_at: revoked }) => gateway !== null && revoked === null)
        .map((device) => [`${device.gateway_id}/${device.unique_id}`, device]),
    );
    this.#credentials = new Map(credentials.map((row) => [row.secret_hash.toString('hex'), this.#of(row)]));
    for (const [hash, use] of this.#uses) this.#use(hash, use.at);
    this.#loadedAt = this.#deps.now();
  }

  #of(row: CredentialRow): Credential {
    return {
      hash: row.secret_hash.toString('hex'),
      deviceId: row.device_id,
      unusedUntil: Date.parse(row.unused_until),
      usedAt: ms(row.used_at),
      endsAt: ms(row.ends_at),
    };
  }

  /** Follows the ledger: devices of other processes too. */
  follow(event: LedgerEvent): void {
    if (event.type.startsWith('device.'))
      this.load().catch((error: unknown) => this.#deps.log.warn({ error }, 'devices cannot be read now'));
  }

  /** Whose secret it is. Only a secret that is not in the book asks the database. */
  async find(secret: string): Promise<Bearer> {
    const hash = secretHash(secret);
    const key = hash.toString('hex');
    const known = this.#credentials.get(key) ?? (await this.#ask(hash, key));
    if (known === 'unknown' || known === 'unsure') return { verdict: known };
    const device = this.#devices.get(known.deviceId);
    if (!device) return { verdict: 'unsure' };
    const at = this.#deps.now();
    const late = known.usedAt === null && known.unusedUntil < at;
    const over = known.endsAt !== null && known.endsAt <= at;
    if (late || over || device.revoked_at !== null) {
      this.#drops.set(device.id, at);
      return { verdict: 'ended', device };
    }
    if (known.usedAt === null) {
      this.#uses.set(key, { deviceId: device.id, at });
      this.#use(key, at);
    }
    this.#contacts.set(device.id, at);
    return { verdict: 'valid', device };
  }

  async #ask(hash: Buffer, key: string): Promise<Credential | 'unknown' | 'unsure'> {
    if (this.#unknown.has(key)) return 'unknown';
    try {
      if (!(await findCredential(this.#deps.db, hash))) {
        if (this.#unknown.size >= strangers) this.#unknown.clear();
        this.#unknown.add(key);
        return 'unknown';
      }
      await this.load();
    } catch (error) {
      this.#deps.log.warn({ error }, 'a device cannot be looked up now');
    }
    return this.#credentials.get(key) ?? 'unsure';
  }

  #use(hash: string, at: number): void {
    const used = this.#credentials.get(hash);
    if (!used) return;
    used.usedAt ??= at;
    for (const other of this.#credentials.values())
      if (other.deviceId === used.deviceId && other !== used)
        other.endsAt = Math.min(other.endsAt ?? Number.POSITIVE_INFINITY, at + overlapMs);
  }

  /**
   * The device that a message speaks for: a gateway with trackers by the name that it gives them, anything else for
   * itself. Nothing for a tracker that nobody registered.
   */
  speaker(device: DeviceRow, name: string | null): DeviceRow | undefined {
    const tracker = this.#trackers.get(`${device.id}/${name}`);
    if (tracker) {
      this.#contacts.set(tracker.id, this.#deps.now());
      return tracker;
    }
    return device.person_id === null ? undefined : device;
  }

  /** Writes what was heard; when the database is away it waits for the next time. */
  async tick(): Promise<void> {
    if (this.#deps.now() - this.#loadedAt >= renewMs) await this.load();
    const [uses, contacts, drops] = [this.#uses, this.#contacts, this.#drops];
    if (uses.size + contacts.size + drops.size === 0) return;
    [this.#uses, this.#contacts, this.#drops] = [new Map(), new Map(), new Map()];
    const instants = (of: Map<number, number>) => [...of].map(([deviceId, at]) => ({ deviceId, at }));
    try {
      await writeHeard(this.#deps.db, {
        uses: [...uses].map(([hash, use]) => ({ hash, ...use, othersEndAt: use.at + overlapMs })),
        contacts: instants(contacts),
        drops: instants(drops),
      });
    } catch (error) {
      this.#deps.log.warn({ error }, 'contacts of devices wait for the database');
      this.#uses = new Map([...uses, ...this.#uses]);
      this.#contacts = new Map([...contacts, ...this.#contacts]);
      this.#drops = new Map([...drops, ...this.#drops]);
    }
  }
}
