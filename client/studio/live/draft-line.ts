import { io, type Socket } from 'socket.io-client';
import type { LedgerEvent } from '../../../shared/contract/events.ts';
import type { EditionId, ZoneId } from '../../../shared/contract/ids.ts';
import type {
  DraftAheadMessage,
  DraftConflictMessage,
  DraftEntryMessage,
  DraftPresenceMessage,
} from '../../../shared/contract/draft-room.ts';
import type { DraftOperation } from '../../../shared/contract/planning.ts';
import { ServerClock } from '../../live/clock.ts';
import { useLive } from '../../live/store.ts';
import { Pace } from './pace.ts';
import type { ClientMessages, Handshake, ServerMessages, SignedOut } from '../../../shared/contract/live.ts';

/** What the studio hears over the socket. */
export interface DraftLineOwner {
  readonly onLine: (state: 'live' | 'lost') => void;
  readonly onEntry: (message: DraftEntryMessage) => void;
  readonly onAhead: (message: DraftAheadMessage) => void;
  readonly onPresence: (message: DraftPresenceMessage) => void;
  readonly onConflict: (message: DraftConflictMessage) => void;
  readonly onFact: (event: LedgerEvent) => void;
  readonly onSignedOut: (message: SignedOut) => void;
  /** The line is up and this person is in the draft's room. */
  readonly onJoined: () => void;
}

/** The server takes twenty messages a second of a socket: this leaves room for both kinds at once. */
const everyMs = 120;
/** A longer operation than this goes by the log alone. */
const mostCells = 2000;
const mostOperations = 50;

/** The socket of the studio: the room of one draft, and the facts about editions. Operations go by HTTP. */
export class DraftLine {
  readonly #socket: Socket<ServerMessages, ClientMessages>;
  readonly #owner: DraftLineOwner;
  readonly #clock = new ServerClock();
  #room: { readonly editionId: EditionId; readonly after: () => number } | null = null;
  #look: { zoneId: ZoneId | null; view: [number, number, number, number] | null; cellIds: number[] } | null =
    null;
  readonly #opening: ReturnType<typeof setTimeout>;
  readonly #lookPace = new Pace(everyMs, () => this.#tellLook());
  readonly #aheadPace = new Pace(everyMs, () => this.#tellAhead());
  #ahead: DraftOperation[] = [];

  constructor(owner: DraftLineOwner) {
    this.#owner = owner;
    this.#socket = io({
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 1300,
      randomizationFactor: 0.5,
      auth: { since: null, want: ['events'], client: 'studio' } satisfies Handshake,
    });
    const socket = this.#socket;
    socket.on('disconnect', () => owner.onLine('lost'));
    socket.on('connect_error', () => owner.onLine('lost'));
    socket.on('tick', ({ serverAt }) => this.#tellTime(serverAt));
    socket.on('hello', ({ serverAt }) => {
      this.#tellTime(serverAt);
      owner.onLine('live');
      this.#join();
    });
    socket.on('event', owner.onFact);
    socket.on('draft_entry', owner.onEntry);
    socket.on('draft_ahead', owner.onAhead);
    socket.on('draft_presence', owner.onPresence);
    socket.on('draft_conflict', owner.onConflict);
    socket.on('signed_out', owner.onSignedOut);
    addEventListener('online', this.#hurry);
    // A page that is left at once, or mounted twice, opens no line.
    this.#opening = setTimeout(() => socket.connect(), 0);
  }

  /** Enters the room of a draft, or leaves it with null. `after` is the last number of the log that is held. */
  enter(room: { readonly editionId: EditionId; readonly after: () => number } | null): void {
    const was = this.#room;
    this.#room = room;
    this.#ahead = [];
    if (!this.#socket.connected) return;
    if (was && !room) this.#socket.emit('draft_leave', {});
    this.#join();
  }

  /** Tells the others where this planner works; at once, then at most eight times a second. */
  look(look: {
    readonly zoneId: ZoneId | null;
    readonly view: readonly [number, number, number, number] | null;
    readonly cellIds: readonly number[];
  }): void {
    this.#look = {
      zoneId: look.zoneId,
      view: look.view && [...look.view],
      cellIds: look.cellIds.slice(0, 200),
    };
    this.#lookPace.ask();
  }

  /** Shows the others what was just drawn, before the server has kept it; nothing is sent while the line is down. */
  ahead(operation: DraftOperation): void {
    if (!this.#room || !this.#socket.connected || cellsOf(operation) > mostCells) return;
    this.#ahead.push(operation);
    this.#aheadPace.ask();
  }

  close(): void {
    clearTimeout(this.#opening);
    this.#lookPace.end();
    this.#aheadPace.end();
    removeEventListener('online', this.#hurry);
    this.#socket.disconnect();
  }

  /** Dates of publication are chosen on the server's clock. */
  #tellTime(serverAt: string): void {
    const gotAtMs = Date.now();
    this.#clock.add(gotAtMs, Date.parse(serverAt), gotAtMs);
    useLive.getState().setOffset(this.#clock.offsetMs);
  }

  readonly #hurry = (): void => {
    if (!this.#socket.connected) this.#socket.disconnect().connect();
  };

  #join(): void {
    const room = this.#room;
    if (!room) return;
    this.#socket.emit('draft_join', { editionId: room.editionId, after: room.after() }, (answer) => {
      if (!answer.ok || this.#room !== room) return;
      this.#owner.onJoined();
      this.#tellLook();
    });
  }

  #tellAhead(): void {
    const operations = this.#ahead.splice(0).slice(-mostOperations);
    if (this.#room && operations.length > 0 && this.#socket.connected)
      this.#socket.emit('draft_ahead', {
        editionId: this.#room.editionId,
        operations: structuredClone(operations) as never,
      });
  }

  #tellLook(): void {
    if (this.#room && this.#look && this.#socket.connected)
      this.#socket.emit('draft_look', { editionId: this.#room.editionId, ...this.#look });
  }
}

const cellsOf = (operation: DraftOperation): number =>
  operation.kind === 'assign' ? operation.changes.reduce((sum, { cellIds }) => sum + cellIds.length, 0) : 0;
