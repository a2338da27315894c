import type { z } from 'zod';
import type { DraftAheadSchema, DraftLookSchema, JoinDraftSchema } from '../../shared/contract/draft-room.ts';
import type {
  DraftAheadMessage,
  DraftConflictMessage,
  DraftEntryMessage,
  DraftPresenceMessage,
} from '../../shared/contract/draft-room.ts';
import { may } from '../../shared/rules/permissions.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Reader } from './reader.ts';

/** Somebody in the room of a draft, as the room sees one: the sockets only deliver. */
export interface DraftWatcher {
  readonly personId: number;
  readonly name: string;
  entry(message: DraftEntryMessage): void;
  ahead(message: DraftAheadMessage): void;
  presence(message: DraftPresenceMessage): void;
  conflict(message: DraftConflictMessage): void;
}

/** The rooms of drafts, given by app.ts. A watcher is in one room at most. */
export interface DraftRooms {
  join(watcher: DraftWatcher, wish: z.output<typeof JoinDraftSchema>): Promise<{ seq: number }>;
  /** Hands on what is being drawn, before anything is stored. */
  ahead(watcher: DraftWatcher, ahead: z.output<typeof DraftAheadSchema>): void;
  look(watcher: DraftWatcher, look: z.output<typeof DraftLookSchema>): void;
  leave(watcher: DraftWatcher): void;
}

/** Turns sockets into watchers and their messages into acts of the rooms. */
export function draftDesk(rooms: DraftRooms) {
  const watchers = new WeakMap<Reader, DraftWatcher>();
  const watcherOf = (reader: Reader): DraftWatcher => {
    const { actor, displayName } = reader.login;
    const known = watchers.get(reader) ?? {
      personId: actor.id ?? 0,
      name: displayName,
      entry: (message: DraftEntryMessage) => reader.socket.emit('draft_entry', message),
      ahead: (message: DraftAheadMessage) => reader.emitLossy('draft_ahead', message),
      presence: (message: DraftPresenceMessage) => reader.emitLossy('draft_presence', message),
      conflict: (message: DraftConflictMessage) => reader.emitLossy('draft_conflict', message),
    };
    watchers.set(reader, known);
    return known;
  };
  return {
    join(reader: Reader, wish: z.output<typeof JoinDraftSchema>): Promise<{ seq: number }> {
      const { role, id, teamId } = reader.login.actor;
      refuseIf(may({ role, personId: id, teamId }, 'plan.read'));
      return rooms.join(watcherOf(reader), wish);
    },
    ahead(reader: Reader, ahead: z.output<typeof DraftAheadSchema>): void {
      const { role, id, teamId } = reader.login.actor;
      refuseIf(may({ role, personId: id, teamId }, 'plan.draft'));
      if (ahead.operations.some(({ author }) => author !== id)) throw new Refused('action_forbidden');
      rooms.ahead(watcherOf(reader), ahead);
    },
    look(reader: Reader, look: z.output<typeof DraftLookSchema>): void {
      rooms.look(watcherOf(reader), look);
    },
    leave(reader: Reader): void {
      const watcher = watchers.get(reader);
      if (watcher) rooms.leave(watcher);
    },
  };
}
export type DraftDesk = ReturnType<typeof draftDesk>;
