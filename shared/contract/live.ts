import { z } from 'zod';
import type {
  DraftAheadMessage,
  DraftAheadSchema,
  DraftConflictMessage,
  DraftEntryMessage,
  DraftLookSchema,
  DraftPresenceMessage,
  JoinDraftSchema,
} from './draft-room.ts';
import type { LedgerEvent } from './events.ts';
import { BboxSchema } from './geo.ts';
import type { PositionAnswer, PositionReport } from './positions.ts';
import type { RefusalCode } from './refusals.ts';

/**
 * What goes over the socket (namespace `/`, WebSocket only). Facts come on one channel, `event`, in the order of
 * their numbers, each once, of those that the reader's role and team may see. Commands are HTTP.
 */

/** The handshake's `auth`. `since` is the last number that the client holds; null before its first snapshot. */
export const HandshakeSchema = z.strictObject({
  since: z.number().int().nonnegative().nullable().default(null),
  want: z.array(z.enum(['events', 'positions'])).default(['events', 'positions']),
  /** Door and build, for the log: `console@1a2b3c`. */
  client: z.string().max(100).default(''),
});
export type Handshake = z.input<typeof HandshakeSchema>;

/**
 * First message after connecting. Facts after `seq` follow; `replay` says how many numbers lie between the
 * client's `since` and the ledger's head, null when it named none.
 */
export interface Hello {
  readonly seq: number;
  readonly serverAt: string;
  readonly build: string;
  readonly replay: number | null;
}

/** The client is too far back, or its number is from another ledger: read a snapshot, then apply what follows `head`. */
export interface Resnapshot {
  readonly reason: 'window' | 'ahead';
  readonly head: number;
}

/**
 * Every second, may be lost. `head` is the ledger's last number; `seq` the number up to which this socket has been
 * served: a client may take it for its own `since`, though the facts up to it may all have been other people's.
 */
export interface Tick {
  readonly serverAt: string;
  readonly head: number;
  readonly seq: number;
}

/** Who looks at a subject (`incident/1042`) now. */
export interface Presence {
  readonly subject: string;
  readonly people: readonly { readonly personId: number; readonly name: string }[];
}

/** The server ends the connection for good: the login is gone, or a fifth socket of the same login took the place. */
export interface SignedOut {
  readonly reason: 'login_ended' | 'role_changed' | 'sockets' | 'flood';
}

/** What the server sends. `positions` is one packed frame, see frame.ts; `positions`, `presence` and `tick` may be lost. */
export interface ServerMessages {
  hello: (message: Hello) => void;
  event: (event: LedgerEvent) => void;
  resnapshot: (message: Resnapshot) => void;
  positions: (frame: ArrayBuffer) => void;
  presence: (message: Presence) => void;
  tick: (message: Tick) => void;
  signed_out: (message: SignedOut) => void;
  draft_entry: (message: DraftEntryMessage) => void;
  /** What another planner has just drawn; `draft_entry` with the same `opId` follows once it is kept. */
  draft_ahead: (message: DraftAheadMessage) => void;
  draft_presence: (message: DraftPresenceMessage) => void;
  draft_conflict: (message: DraftConflictMessage) => void;
}

/** Answer to a message that was refused; the connection stays. */
export interface MessageRefused {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}
export type Ack<T extends object = object> = (answer: ({ ok: true } & T) | MessageRefused) => void;

/** How far the client has folded, every 2 s: the measure of lag from commit to screen. */
export const SeenSchema = z.strictObject({ seq: z.number().int().nonnegative() });
/** The part of the map in view; above 200 units it limits the frames to its tiles. */
export const ViewportSchema = z.strictObject({ bbox: BboxSchema, zoom: z.number().min(0).max(24) });
/** What the person looks at; null for nothing. */
export const LookSchema = z.strictObject({
  subject: z
    .string()
    .regex(/^[a-z]+\/\d{1,15}$/)
    .nullable(),
});

/** What a client sends; every message may ask for an answer. */
export interface ClientMessages {
  seen: (message: z.input<typeof SeenSchema>, ack?: Ack) => void;
  viewport: (message: z.input<typeof ViewportSchema>, ack?: Ack) => void;
  presence: (message: z.input<typeof LookSchema>, ack?: Ack) => void;
  position: (message: PositionReport, ack?: Ack<PositionAnswer>) => void;
  /** Into the room of a draft; a socket is in one at most. */
  draft_join: (message: z.input<typeof JoinDraftSchema>, ack?: Ack<{ seq: number }>) => void;
  draft_ahead: (message: z.input<typeof DraftAheadSchema>, ack?: Ack) => void;
  draft_look: (message: z.input<typeof DraftLookSchema>, ack?: Ack) => void;
  draft_leave: (message: Record<string, never>, ack?: Ack) => void;
}
