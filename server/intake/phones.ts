import type { PositionAnswer, PositionRecord } from '../../shared/contract/positions.ts';
import { type Decoded, type Inbound, nothing, unreadable } from '../../shared/rules/positions/decoded.ts';
import { decodeNative } from '../../shared/rules/positions/native.ts';
import { decodeOwnTracks } from '../../shared/rules/positions/owntracks.ts';
import { readJson } from '../../shared/rules/positions/read.ts';
import { decodeTraccarClient, decodeTraccarForward } from '../../shared/rules/positions/traccar.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Deps } from '../kernel/deps.ts';
import { PhoneActs, type RaiseSos } from './acts.ts';
import type { DeviceBook } from './devices.ts';
import { Errands } from './errands.ts';
import { Conversation, placeOfTransition, taskOfCrossing } from './owntracks.ts';
import { trackerId } from './set-up.ts';
import type { DeviceRow } from './store.ts';

/** Where a message came in. */
export type Door = 'traccar' | 'owntracks' | 'forward';

/** A message as it came. */
export interface Message {
  readonly query: string;
  readonly body: string;
  readonly receivedAt: number;
}

/** What the intake needs of the river of positions; app.ts gives it. */
export interface PositionDoor {
  /** Takes the records of a person. */
  take(personId: number, records: readonly PositionRecord[], unreadable: number): Promise<PositionAnswer>;
  /** The team of the present duty, and the newest fix, as this process knows them; nothing off duty. */
  known(personId: number): { team: { id: number; name: string }; latestFixAt: number | null } | undefined;
}

/** A call for help with a fix older than this names no place. */
const sosFixMs = 600_000;

/** Takes messages of ready phone apps: decodes, hands the fixes to the river, answers with commands. */
export class PhoneIntake {
  readonly #book: DeviceBook;
  readonly #deps: Deps;
  readonly #positions: PositionDoor;
  readonly #acts: PhoneActs;
  readonly #errands: Errands;
  readonly #conversations = new Map<number, Conversation>();

  constructor(deps: Deps, book: DeviceBook, positions: PositionDoor, raiseSos: RaiseSos) {
    this.#deps = deps;
    this.#book = book;
    this.#positions = positions;
    this.#acts = new PhoneActs(deps, raiseSos);
    this.#errands = new Errands(deps);
  }

  follow(event: LedgerEvent): void {
    this.#book.follow(event);
    this.#errands.follow(event);
  }

  async tick(): Promise<void> {
    await this.#acts.tick();
    await this.#book.tick();
  }

  /** Takes one message; answers the commands for the phone (OwnTracks only). */
  async take(door: Door, device: DeviceRow, message: Message): Promise<readonly object[]> {
    const decoded = decode(door, device, message);
    const name = decoded.records[0]?.label ?? null;
    const speaker = this.#book.speaker(device, door === 'forward' ? name : null);
    const personId = speaker?.person_id ?? null;
    if (personId === null) return [];
    const records =
      speaker === device || speaker === undefined ? decoded.records : decode(door, speaker, message).records;
    // a call for help goes on though the fixes could not be taken
    await this.#positions
      .take(personId, records, decoded.unreadable)
      .catch((error: unknown) => this.#deps.log.warn({ error }, 'fixes of a phone could not be taken'));
    if (decoded.sos) await this.#callHelp(personId, records, message.receivedAt);
    return door === 'owntracks' ? this.#converse(device, personId, decoded, message) : [];
  }

  async #callHelp(personId: number, records: readonly PositionRecord[], receivedAt: number): Promise<void> {
    const fix = records.findLast(({ point }) => point !== null);
    const saidAt = records.at(-1)?.fixedAt ?? receivedAt;
    // off duty nothing about the place is kept, nor told
    const near =
      fix?.point && receivedAt - fix.fixedAt <= sosFixMs && this.#positions.known(personId) !== undefined
        ? { ...fix.point, accuracyMetres: fix.accuracyMetres }
        : null;
    await this.#acts.sos(personId, saidAt, near);
  }

  async #converse(device: DeviceRow, personId: number, decoded: Decoded, message: Message) {
    const known = this.#positions.known(personId);
    const errands = known ? await this.#errands.of(known.team.id) : [];
    for (const crossing of decoded.crossings) {
      const errand = crossing.entered ? taskOfCrossing(crossing, errands) : undefined;
      if (errand) await this.#acts.arrival(personId, errand.assignmentId, placeOfTransition(message.body));
    }
    const conversation = this.#conversations.get(device.id) ?? new Conversation();
    this.#conversations.set(device.id, conversation);
    return conversation.answer({
      team: known?.team ?? null,
      tid: trackerId(device.id),
      errands,
      body: message.body,
      records: decoded.records,
      latestFixAt: known?.latestFixAt ?? null,
      at: this.#deps.now(),
    });
  }
}

/** By the door, not by what the message says; the datum is the device's. */
function decode(door: Door, device: DeviceRow, { query, body, receivedAt }: Message): Decoded {
  const inbound: Inbound = { deviceId: String(device.id), crs: device.crs, receivedAt, query, body };
  if (door === 'owntracks') return decodeOwnTracks(inbound);
  if (door === 'forward') return decodeTraccarForward(inbound);
  if (device.kind === 'pda') {
    const native = decodeNative(inbound, readJson(inbound.body), device.crs);
    return native.ok ? native.decoded : unreadable;
  }
  // a first call to see whether anybody is there
  return query === '' && body === '' ? nothing : decodeTraccarClient(inbound);
}
