import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { ClientMessages, ServerMessages, ViewportSchema } from '../../shared/contract/live.ts';
import type { Actor } from '../kernel/transact.ts';
import { concerns, type Room } from './audience.ts';
import { lossyBytes, onReady, pauseBytes, unsentBytes } from './buffer.ts';
import type { Relay, Relayed } from './relay.ts';

export type LiveSocket = Socket<ClientMessages, ServerMessages>;

/** A valid login, as the edge found it. */
export interface Login {
  readonly actor: Actor;
  readonly loginId: string;
  readonly displayName: string;
}

/** One connected client and the number up to which it has been served. */
export interface Reader {
  readonly socket: LiveSocket;
  readonly login: Login;
  readonly rooms: Set<Room>;
  /** True for a client that asked for frames and may watch the room. */
  readonly wantsFrames: boolean;
  /** The part of the map in view; null before the client said so. */
  view: z.infer<typeof ViewportSchema> | null;
  /** Up to here every fact that concerns the reader was written to its socket. */
  readonly seq: number;
  /** Writes what the reader lacks, in order, while the socket takes it. Answers true while facts are left over. */
  pull(): boolean;
  /** Writes a message that may be lost. */
  emitLossy<N extends 'tick' | 'presence' | 'draft_ahead' | 'draft_presence' | 'draft_conflict'>(
    name: N,
    ...message: Parameters<ServerMessages[N]>
  ): void;
}

const batch = 200;

/**
 * Serves one socket from the ledger. Facts are pulled: the socket's own number is the only state, so nothing can
 * fall between replay and live, and a client that does not read costs no memory.
 */
export function createReader(
  relay: Relay,
  socket: LiveSocket,
  login: Login,
  start: { rooms: Set<Room>; seq: number; wantsEvents: boolean; wantsFrames: boolean },
): Reader {
  const { rooms, wantsEvents, wantsFrames } = start;
  let { seq } = start;
  let loading = false;

  function write(facts: readonly Relayed[]): void {
    for (const { event, readers } of facts) {
      if (unsentBytes(socket) >= pauseBytes) return;
      seq = event.seq;
      followDuty(login, rooms, event);
      if (wantsEvents && concerns(readers, rooms)) socket.emit('event', event);
    }
  }

  function pull(): boolean {
    while (!loading && socket.connected && seq < relay.head && unsentBytes(socket) < pauseBytes) {
      const facts = relay.recent(seq, batch);
      if (facts) write(facts);
      else void loadMore();
    }
    return seq < relay.head;
  }

  async function loadMore(): Promise<void> {
    loading = true;
    try {
      write(await relay.load(seq, batch));
      loading = false;
      pull();
    } catch {
      // the relay reports the database; the next second tries again
      loading = false;
    }
  }

  onReady(socket, pull);
  return {
    socket,
    login,
    rooms,
    wantsFrames,
    view: null,
    get seq() {
      return seq;
    },
    pull,
    emitLossy(name, ...message) {
      if (unsentBytes(socket) < lossyBytes) socket.emit(name, ...(message as never));
    },
  };
}

/** Signing on and off moves a person into and out of the team's room, at the very fact. */
export function followDuty(login: Login, rooms: Set<Room>, event: LedgerEvent): void {
  if (event.type !== 'duty.started' && event.type !== 'duty.ended') return;
  const { team, personId } = event.data;
  if (personId !== login.actor.id) return;
  for (const room of rooms) if (room.startsWith('team:')) rooms.delete(room);
  if (event.type === 'duty.started') rooms.add(`team:${team.id}`);
}
