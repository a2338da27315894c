import { io, type Socket } from 'socket.io-client';
import type { FactData, FactType, LedgerEvent } from '../../../shared/contract/events.ts';
import { decodeFrame, type Frame } from '../../../shared/contract/frame.ts';
import type {
  ClientMessages,
  Handshake,
  Hello,
  Presence,
  Resnapshot,
  ServerMessages,
  SignedOut,
} from '../../../shared/contract/live.ts';
import type { Deps } from '../../../server/kernel/deps.ts';
import { transact, type Actor } from '../../../server/kernel/transact.ts';
import { systemActor } from '../../../server/kernel/transact.ts';

/** A connected client of the tests: keeps what it received, and its own number as a real client does. */
export class Console {
  readonly socket: Socket<ServerMessages, ClientMessages>;
  readonly events: LedgerEvent[] = [];
  readonly frames: Frame[] = [];
  readonly hellos: Hello[] = [];
  readonly resnapshots: Resnapshot[] = [];
  readonly presences: Presence[] = [];
  readonly refusals: unknown[] = [];
  signedOut: SignedOut | undefined;
  /** The last number that the client holds; sent as `since` at every connect. */
  seq: number | null;

  constructor(
    address: string,
    token: string,
    options: { since?: number | null; headers?: Record<string, string>; auth?: object } & Pick<
      Handshake,
      'want'
    > = {},
  ) {
    this.seq = options.since ?? null;
    this.socket = io(address, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      extraHeaders: { ...(token && { authorization: `Bearer ${token}` }), ...options.headers },
      auth: (give) => give(options.auth ?? { since: this.seq, ...(options.want && { want: options.want }) }),
    });
    this.socket.on('hello', (hello) => {
      this.hellos.push(hello);
      this.seq = hello.seq;
    });
    this.socket.on('event', (event) => {
      this.events.push(event);
      this.seq = event.seq;
    });
    this.socket.on('tick', ({ seq }) => (this.seq = Math.max(this.seq ?? 0, seq)));
    this.socket.on('resnapshot', (message) => this.resnapshots.push(message));
    this.socket.on('presence', (presence) => this.presences.push(presence));
    this.socket.on('signed_out', (message) => (this.signedOut = message));
    this.socket.on('positions', (bytes) => this.frames.push(decodeFrame(bytes) ?? unreadable()));
    this.socket.on('connect_error', (error) =>
      this.refusals.push((error as Error & { data?: unknown }).data ?? error.message),
    );
  }

  get seqs(): number[] {
    return this.events.map(({ seq }) => seq);
  }

  async connected(): Promise<this> {
    await until(() => this.hellos.length > 0);
    return this;
  }

  /** Breaks the line without a word, as a tunnel does; the client connects anew by itself. */
  cut(): void {
    (
      this.socket.io.engine as unknown as { transport: { ws: { terminate(): void } } }
    ).transport.ws.terminate();
  }

  close(): void {
    this.socket.disconnect();
  }
}

function unreadable(): never {
  throw new Error('a frame cannot be read');
}

/** Waits until something holds; the test's own time limit ends a wait that is in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Commits facts in one transaction. */
export function tell<T extends FactType>(
  deps: Deps,
  type: T,
  data: FactData<T>,
  times = 1,
  actor: Actor = systemActor,
): Promise<void> {
  return transact(deps, actor, async (tx) => {
    for (let i = 0; i < times; i++) tx.announce(type, 'test/1', data);
  });
}

/** A fact that the command room alone sees. */
export const policyChanged = (version: number) => ({ version, hash: 'x' });
/** A fact that everybody sees. */
export const townImported = { layer: 'roads', rows: 1, licence: '', source: '' };

/** As much of an offer as the relay looks at. */
export const offerTo = (teamId: number): FactData<'assignment.offered'> =>
  ({
    incident: { id: 1, teamId },
    assignment: { id: 1, incidentId: 1, teamId },
    team: { id: teamId, status: 'offered', members: [] },
  }) as unknown as FactData<'assignment.offered'>;
