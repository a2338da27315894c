import type { z } from 'zod';
import type {
  DraftAheadMessage,
  DraftAheadSchema,
  DraftConflictMessage,
  DraftEntryMessage,
  DraftLookSchema,
  DraftPresenceMessage,
  JoinDraftSchema,
} from '../../shared/contract/draft-room.ts';
import type { LogEntry } from '../../shared/contract/planning.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { findEdition } from './store-editions.ts';
import { entriesAfter, lastSeqs } from './store-log.ts';

interface Watcher {
  readonly personId: number;
  readonly name: string;
  entry(message: DraftEntryMessage): void;
  ahead(message: DraftAheadMessage): void;
  presence(message: DraftPresenceMessage): void;
  conflict(message: DraftConflictMessage): void;
}

interface Seat {
  readonly watcher: Watcher;
  /** The last number that was written to this watcher. */
  seq: number;
  look: z.output<typeof DraftLookSchema> | undefined;
}

interface Room {
  readonly editionId: number;
  readonly seats: Map<Watcher, Seat>;
  /** The newest number that the room has seen. */
  head: number;
  /** Who wrote a cell last, and when: strokes of two people on one cell within three seconds are shown to both. */
  readonly writes: Map<number, { readonly author: number; readonly atMs: number }>;
  reading: Promise<void> | undefined;
  again: boolean;
}

/** The guarantee, also for what another process wrote; commits of this process wake at once. */
const pollMs = 250;
const conflictMs = 3000;

/**
 * Rooms in which planners work together. Entries are read from the log by each watcher's own number, so that nothing falls
 * between catching up and live, and whoever was cut off misses nothing.
 */
export function openDraftRooms(deps: Deps) {
  const rooms = new Map<number, Room>();
  const roomOf = new Map<Watcher, Room>();
  const house = { closed: false };

  async function pump(room: Room): Promise<void> {
    do {
      room.again = false;
      const from = Math.min(...[...room.seats.values()].map(({ seq }) => seq), room.head);
      const entries = await entriesAfter(deps.db, room.editionId, from, 1000);
      for (const entry of entries) {
        for (const seat of room.seats.values()) {
          if (entry.seq !== seat.seq + 1) continue;
          seat.seq = entry.seq;
          seat.watcher.entry({ editionId: room.editionId, entry });
        }
        if (entry.seq > room.head) {
          room.head = entry.seq;
          noteConflicts(room, entry);
        }
      }
      if (entries.length === 1000) room.again = true;
    } while (room.again && !house.closed);
  }

  function read(room: Room): Promise<void> {
    room.again = true;
    room.reading ??= pump(room)
      .catch((error: unknown) => {
        if (!house.closed) deps.log.warn({ error }, 'a draft could not be read; trying on');
      })
      .finally(() => {
        room.reading = undefined;
      });
    return room.reading;
  }

  let looking: Promise<void> | undefined;
  let lookAgain = false;
  /** Reads the drafts whose logs have grown. */
  function wake(): void {
    if (house.closed || rooms.size === 0) return;
    lookAgain = true;
    looking ??= (async () => {
      while (lookAgain && !house.closed) {
        lookAgain = false;
        for (const [id, seq] of await lastSeqs(deps.db, [...rooms.keys()])) {
          const room = rooms.get(id);
          const behind = room && [...room.seats.values()].some((seat) => seat.seq < seq);
          if (room && (behind || seq > room.head)) await read(room);
        }
      }
    })()
      .catch((error: unknown) => {
        if (!house.closed) deps.log.warn({ error }, 'drafts could not be looked at; trying on');
      })
      .finally(() => {
        looking = undefined;
      });
  }
  const deafen = deps.wake.listen(wake);
  const timer = setInterval(wake, pollMs);

  return {
    async join(
      watcher: Watcher,
      { editionId, after }: z.output<typeof JoinDraftSchema>,
    ): Promise<{ seq: number }> {
      const row = await findEdition(deps.db, editionId);
      if (!row) throw new Refused('edition_unknown', { editionId });
      leave(watcher);
      const room = rooms.get(editionId) ?? {
        editionId,
        seats: new Map<Watcher, Seat>(),
        head: row.op_seq,
        writes: new Map(),
        reading: undefined,
        again: false,
      };
      rooms.set(editionId, room);
      // a number that the log does not have belongs to another database: begin with what there is
      room.seats.set(watcher, { watcher, seq: Math.min(after, row.op_seq), look: undefined });
      roomOf.set(watcher, room);
      void read(room);
      showPresence(room);
      return { seq: row.op_seq };
    },
    /** Shows the others what is being drawn, before it is kept: a stroke waits for no database. */
    ahead(watcher: Watcher, ahead: z.output<typeof DraftAheadSchema>): void {
      const room = roomOf.get(watcher);
      if (!room || room.editionId !== ahead.editionId) return;
      for (const other of room.seats.keys()) if (other !== watcher) other.ahead(ahead);
    },
    look(watcher: Watcher, look: z.output<typeof DraftLookSchema>): void {
      const room = roomOf.get(watcher);
      const seat = room?.seats.get(watcher);
      if (!room || !seat || room.editionId !== look.editionId) return;
      seat.look = look;
      showPresence(room, watcher);
    },
    leave,
    async close(): Promise<void> {
      house.closed = true;
      deafen();
      clearInterval(timer);
      await looking;
      for (const { reading } of rooms.values()) await reading;
    },
  };

  function leave(watcher: Watcher): void {
    const room = roomOf.get(watcher);
    if (!room) return;
    roomOf.delete(watcher);
    room.seats.delete(watcher);
    if (room.seats.size === 0) rooms.delete(room.editionId);
    else showPresence(room);
  }
}

/** One row a person, whichever of their sockets looked last; who looked need not be told. */
function showPresence(room: Room, looker?: Watcher): void {
  const people = new Map<number, DraftPresenceMessage['people'][number]>();
  for (const { watcher, look } of room.seats.values())
    people.set(watcher.personId, {
      personId: watcher.personId,
      name: watcher.name,
      zoneId: look?.zoneId ?? null,
      view: look?.view ?? null,
      cellIds: look?.cellIds ?? [],
    });
  const message = { editionId: room.editionId, people: [...people.values()] };
  for (const { watcher } of room.seats.values()) if (watcher !== looker) watcher.presence(message);
}

function noteConflicts(room: Room, entry: LogEntry): void {
  if (!('operation' in entry) || entry.operation.kind !== 'assign') return;
  const { author, changes } = entry.operation;
  const atMs = Date.parse(entry.at);
  const clashes = new Map<number, number[]>();
  for (const cellId of changes.flatMap(({ cellIds }) => cellIds)) {
    const before = room.writes.get(cellId);
    if (before && before.author !== author && atMs - before.atMs <= conflictMs)
      clashes.set(before.author, [...(clashes.get(before.author) ?? []), cellId]);
    room.writes.set(cellId, { author, atMs });
  }
  for (const [other, cellIds] of clashes) {
    const message = { editionId: room.editionId, cellIds, personIds: [other, author] };
    for (const { watcher } of room.seats.values())
      if (message.personIds.includes(watcher.personId)) watcher.conflict(message);
  }
}
