import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { Server } from 'socket.io';
import {
  HandshakeSchema,
  type ClientMessages,
  type ServerMessages,
  type SignedOut,
} from '../../shared/contract/live.ts';
import type { Role } from '../../shared/contract/roles.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { parse } from '../kernel/route.ts';
import { roomsOf } from './audience.ts';
import { cut, slowBytes, unsentBytes } from './buffer.ts';
import { draftDesk, type DraftRooms } from './drafts.ts';
import { packFrame, writeFrame } from './frame-wire.ts';
import { createMessages, receive, refusal, type TakePositions } from './messages.ts';
import { Lookers } from './presence.ts';
import { createReader, followDuty, type LiveSocket, type Login, type Reader } from './reader.ts';
import type { Relay } from './relay.ts';
import { startAt } from './window.ts';

/** What the sockets need of other rooms of the house; given by app.ts. */
export interface SocketGate {
  authenticate(request: Pick<IncomingMessage, 'headers'>): Promise<Login | undefined>;
  /** Of these logins those that still hold, with the present role of their person. */
  standing(loginIds: readonly string[]): Promise<ReadonlyMap<string, Role>>;
  takePositions: TakePositions;
  drafts: DraftRooms;
}

export interface Sockets {
  readonly readers: ReadonlySet<Reader>;
  /** Sends one packed frame to some readers, encoded once. */
  sendFrame(to: readonly Reader[], frame: ArrayBuffer): void;
  close(): Promise<void>;
}

/** Limits that a test may narrow. */
export const socketLimits = {
  socketsPerLogin: 8,
  socketsPerProcess: 2500,
  messagesPerSecond: 20,
  /** A socket that takes nothing for so long although facts wait for it is closed. */
  stalledMs: 10_000,
} as const;

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { version: string };

/** Serves the live picture on an HTTP server. */
export function serveSockets(
  deps: Deps,
  server: HttpServer,
  relay: Relay,
  gate: SocketGate,
  limits: { readonly [K in keyof typeof socketLimits]: number } = socketLimits,
): Sockets {
  const { log, metrics } = deps;
  const readers = new Set<Reader>();
  const lookers = new Lookers();
  /** Logins of accepted handshakes, and the ledger's head before each was read. */
  const admitted = new WeakMap<IncomingMessage, { login: Login; head: number }>();
  const drafts = draftDesk(gate.drafts);
  const messages = createMessages(deps, relay, lookers, showPresence, gate.takePositions, drafts);

  const io = new Server<ClientMessages, ServerMessages>(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024,
    serveClient: false,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest(request, answer) {
      admit(request).then(
        (refused) => answer(refused, refused === null),
        (error: unknown) => {
          log.warn({ error }, 'a socket could not be admitted');
          answer('database_unavailable', false);
        },
      );
    },
  });

  async function admit(request: IncomingMessage): Promise<string | null> {
    if (!ownOrigin(deps, request)) return 'origin_foreign';
    if (readers.size >= limits.socketsPerProcess) return 'rate_exceeded';
    const { head } = relay;
    const login = await gate.authenticate(request);
    if (!login) return 'signin_missing';
    admitted.set(request, { login, head });
    return null;
  }

  io.use((socket, next) => {
    prepare(socket as LiveSocket).then(
      () => next(),
      (error: unknown) => {
        const refused = error instanceof Refused ? error : new Refused('database_unavailable');
        next(Object.assign(new Error(refused.code), { data: refusal(refused) }));
      },
    );
  });

  async function prepare(socket: LiveSocket): Promise<void> {
    const { since, want } = parse(HandshakeSchema, socket.handshake.auth, 'auth') as {
      since: number | null;
      want: string[];
    };
    const found = admitted.get(socket.request);
    if (!found) throw new Refused('signin_missing');
    const { login, head } = found;
    const start = await startAt(deps, relay, since);
    const rooms = roomsOf(login.actor);
    // what happened to the person's duty between the look at the login and the start of the reading
    for (const { event } of relay.recent(head, Number.MAX_SAFE_INTEGER) ?? [])
      if (event.seq <= start.seq) followDuty(login, rooms, event);
    const wants = { wantsEvents: want.includes('events'), wantsFrames: want.includes('positions') };
    socket.data = { login, rooms, start, since, ...wants };
  }

  io.on('connection', (socket: LiveSocket) => {
    const { login, rooms, start, since, wantsEvents, wantsFrames } = socket.data as {
      login: Login;
      rooms: ReturnType<typeof roomsOf>;
      start: Awaited<ReturnType<typeof startAt>>;
      since: number | null;
      wantsEvents: boolean;
      wantsFrames: boolean;
    };
    const reader = createReader(relay, socket, login, {
      rooms,
      seq: start.seq,
      wantsEvents,
      wantsFrames: wantsFrames && rooms.has('watchers'),
    });
    readers.add(reader);
    metrics.socketClients.inc({ role: login.actor.role });
    makeRoom(reader);
    socket.on('disconnect', (reason) => {
      readers.delete(reader);
      stalls.delete(reader);
      metrics.socketClients.dec({ role: login.actor.role });
      metrics.socketClosed.inc({ reason });
      showPresence(lookers.look(reader, null));
      drafts.leave(reader);
    });
    let windowEndsMs = 0;
    let received = 0;
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const last = args.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : () => undefined;
      if (performance.now() >= windowEndsMs) {
        windowEndsMs = performance.now() + 1000;
        received = 0;
      }
      received += 1;
      if (received > 10 * limits.messagesPerSecond) return end(reader, 'flood');
      if (received > limits.messagesPerSecond) return ack(refusal(new Refused('rate_exceeded')));
      void receive(deps, messages, reader, name, typeof args[0] === 'function' ? undefined : args[0]).then(
        ack,
      );
    });
    socket.emit('hello', {
      seq: start.seq,
      serverAt: new Date(deps.now()).toISOString(),
      build: version,
      replay: since === null ? null : relay.head - start.seq,
    });
    if (start.resnapshot) socket.emit('resnapshot', start.resnapshot);
    if (rooms.has('watchers')) for (const presence of lookers.all()) socket.emit('presence', presence);
    reader.pull();
  });

  /** A fifth socket of a login takes the place of its oldest: a line that died unnoticed must not lock anybody out. */
  function makeRoom(reader: Reader): void {
    const own = [...readers].filter(({ login }) => login.loginId === reader.login.loginId);
    for (const old of own.slice(0, -limits.socketsPerLogin)) end(old, 'sockets');
  }

  function end(reader: Reader, reason: SignedOut['reason']): void {
    metrics.socketClosed.inc({ reason });
    reader.socket.emit('signed_out', { reason });
    reader.socket.disconnect(true);
  }

  function showPresence(subjects: readonly string[]): void {
    for (const subject of subjects)
      for (const reader of readers)
        if (reader.rooms.has('watchers')) reader.emitLossy('presence', lookers.at(subject));
  }

  const deafen = relay.onAdvance(() => {
    for (const reader of readers) reader.pull();
  });

  /** Numbers at which readers with waiting facts stood, and since when. */
  const stalls = new Map<Reader, { seq: number; sinceMs: number }>();

  /** True for a reader that does not read: more than a megabyte waits, or facts wait and none was taken for long. */
  function isSlow(reader: Reader): boolean {
    if (unsentBytes(reader.socket) > slowBytes) return true;
    if (!reader.pull()) {
      stalls.delete(reader);
      return false;
    }
    const before = stalls.get(reader);
    if (before?.seq === reader.seq) return performance.now() - before.sinceMs > limits.stalledMs;
    stalls.set(reader, { seq: reader.seq, sinceMs: performance.now() });
    return false;
  }

  let seconds = 0;
  const second = setInterval(() => {
    seconds += 1;
    const serverAt = new Date(deps.now()).toISOString();
    for (const reader of readers) {
      if (isSlow(reader)) {
        metrics.socketClosed.inc({ reason: 'slow' });
        log.warn({ personId: reader.login.actor.id, seq: reader.seq }, 'a socket does not read; closed');
        cut(reader.socket);
      } else if (reader.rooms.has('watchers') || seconds % 10 === 0) {
        // a phone's radio may sleep between two ticks of ten seconds
        reader.emitLossy('tick', { serverAt, head: relay.head, seq: reader.seq });
      }
    }
  }, 1000);

  /** Ends the sockets of logins that no longer hold, or whose person has another role now. */
  async function checkLogins(): Promise<void> {
    if (readers.size === 0) return;
    const checked = [...readers];
    const standing = await gate.standing([...new Set(checked.map(({ login }) => login.loginId))]);
    for (const reader of checked) {
      const role = standing.get(reader.login.loginId);
      if (role === undefined) end(reader, 'login_ended');
      else if (role !== reader.login.actor.role) end(reader, 'role_changed');
    }
  }
  let checking: Promise<void> = Promise.resolve();
  const check = () => {
    checking = checking.then(checkLogins).catch((error: unknown) => {
      log.warn({ error }, 'logins could not be checked; trying on');
    });
  };
  const half = setInterval(check, 500);
  const quiet = relay.onFact((event) => {
    if (event.type === 'person.signed_out') check();
  });

  return {
    readers,
    sendFrame(to, frame) {
      const packed = packFrame(frame);
      for (const { socket } of to) if (socket.connected) writeFrame(socket, packed);
    },
    async close() {
      clearInterval(second);
      clearInterval(half);
      deafen();
      quiet();
      // only the lines are closed: a client that was told to disconnect would not come back by itself
      io.engine.close();
      await checking;
    },
  };
}

/** A browser must come from our own pages; programs send no Origin. */
function ownOrigin(deps: Deps, { headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { PUBLIC_URL } = deps.config;
  return PUBLIC_URL ? new URL(origin).origin === new URL(PUBLIC_URL).origin : new URL(origin).host === host;
}
