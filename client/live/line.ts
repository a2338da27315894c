import { io, type Socket } from 'socket.io-client';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { decodeFrame } from '../../shared/contract/frame.ts';
import type {
  ClientMessages,
  Handshake,
  Presence,
  ServerMessages,
  SignedOut,
} from '../../shared/contract/live.ts';
import { call } from './call.ts';
import { ServerClock } from './clock.ts';
import { useLive } from './store.ts';

const seenEveryMs = 2000;
const snapshotPauseMs = 1000;

/** What the owner of the line hears besides the picture. */
export interface LineOptions {
  readonly client: string;
  readonly onSignedOut: (message: SignedOut) => void;
  readonly onPresence: (message: Presence) => void;
  /** The server turned the line down; a login that ended says so only this way. */
  readonly onRefused: () => void;
}

/**
 * Keeps the live picture: one socket, facts in the order of their numbers, a snapshot when there is none or when
 * the gap is too long. Facts that come while a snapshot is on its way wait for it.
 */
export class Line {
  readonly #socket: Socket<ServerMessages, ClientMessages>;
  readonly #clock = new ServerClock();
  readonly #seenTimer: ReturnType<typeof setInterval>;
  readonly #opening: ReturnType<typeof setTimeout>;
  #waiting: LedgerEvent[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #snapshot: Promise<void> | null = null;
  #since: number | null = null;
  #roundTripMs = 0;
  #view: { bbox: [number, number, number, number]; zoom: number } | null = null;
  #subject: string | null = null;
  #closed = false;

  constructor(options: LineOptions) {
    this.#socket = io({
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 1300,
      randomizationFactor: 0.5,
      auth: (tell) => tell({ since: this.#since, client: options.client } satisfies Handshake),
    });
    const socket = this.#socket;
    const { setConnection, setBehind, hear, takeFrame } = useLive.getState();
    socket.on('connect', () => setConnection('resyncing'));
    socket.on('disconnect', () => setConnection('lost'));
    socket.on('connect_error', () => {
      setConnection(useLive.getState().heardAtMs === null ? 'connecting' : 'lost');
      options.onRefused();
    });
    socket.on('hello', ({ serverAt }) => {
      hear();
      this.#tellTime(serverAt);
      // What the server knew of this screen went with the old connection.
      if (this.#view) socket.emit('viewport', this.#view);
      socket.emit('presence', { subject: this.#subject });
      if (this.#since === null) this.#resnapshot();
      else setConnection('live');
    });
    socket.on('resnapshot', () => this.#resnapshot());
    socket.on('event', (event) => this.#take(event));
    socket.on('tick', ({ serverAt, seq, head }) => {
      hear();
      setBehind(head > seq);
      this.#tellTime(serverAt);
      // Numbers that were other people's facts need not be asked for again.
      if (this.#since !== null && this.#snapshot === null && this.#waiting.length === 0)
        this.#since = Math.max(this.#since, seq);
    });
    socket.on('positions', (bytes) => {
      const frame = decodeFrame(bytes);
      if (frame) takeFrame(frame);
    });
    socket.on('presence', options.onPresence);
    socket.on('signed_out', options.onSignedOut);
    addEventListener('online', this.#hurry);
    this.#seenTimer = setInterval(() => this.#tellSeen(), seenEveryMs);
    // A page that is left at once, or mounted twice, opens no line.
    this.#opening = setTimeout(() => socket.connect(), 0);
  }

  /** Says which part of the map is in view. */
  look(bbox: readonly [number, number, number, number], zoom: number): void {
    this.#view = { bbox: [...bbox], zoom };
    if (this.#socket.connected) this.#socket.emit('viewport', this.#view);
  }

  /** Says what the person looks at, e.g. `incident/1042`; null for nothing. */
  attend(subject: string | null): void {
    this.#subject = subject;
    if (this.#socket.connected) this.#socket.emit('presence', { subject });
  }

  close(): void {
    this.#closed = true;
    removeEventListener('online', this.#hurry);
    clearTimeout(this.#opening);
    clearInterval(this.#seenTimer);
    clearTimeout(this.#flushTimer);
    this.#socket.disconnect();
  }

  /** The network is back: no waiting for the next attempt. */
  readonly #hurry = () => {
    if (!this.#socket.connected) this.#socket.disconnect().connect();
  };

  #tellTime(serverAt: string): void {
    const gotAtMs = Date.now();
    this.#clock.add(gotAtMs - this.#roundTripMs, Date.parse(serverAt), gotAtMs);
    useLive.getState().setOffset(this.#clock.offsetMs);
  }

  #tellSeen(): void {
    if (!this.#socket.connected || this.#since === null) return;
    const sentAtMs = performance.now();
    this.#socket.emit('seen', { seq: useLive.getState().picture.seq }, () => {
      this.#roundTripMs = performance.now() - sentAtMs;
    });
  }

  /** Facts of one moment are folded together, so that a replay of hundreds draws once. */
  #take(event: LedgerEvent): void {
    this.#waiting.push(event);
    if (this.#snapshot !== null) return;
    this.#flushTimer ??= setTimeout(() => this.#flush(), 0);
  }

  #flush(): void {
    this.#flushTimer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length === 0) return;
    useLive.getState().takeEvents(events);
    this.#since = Math.max(this.#since ?? 0, events.at(-1)!.seq);
  }

  #resnapshot(): void {
    useLive.getState().setConnection('resyncing');
    this.#snapshot ??= call('readSnapshot')
      .then((snapshot) => {
        useLive.getState().takeSnapshot(snapshot);
        this.#since = snapshot.seq;
        this.#snapshot = null;
        this.#flush();
        useLive.getState().setConnection(this.#socket.connected ? 'live' : 'lost');
      })
      .catch(() => {
        this.#snapshot = null;
        useLive.getState().setConnection('lost');
        // With the line down the next hello asks again; with the line up nobody else would.
        if (this.#socket.connected && !this.#closed) setTimeout(() => this.#resnapshot(), snapshotPauseMs);
      });
  }
}
