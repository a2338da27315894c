import { create } from 'zustand';
import type { Snapshot } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { positionDoubts, type Frame, type PositionDoubt } from '../../shared/contract/frame.ts';
import type { Presence } from '../../shared/contract/live.ts';
import type { TeamPosition } from '../../shared/contract/teams.ts';
import { apply, emptyPicture, pictureOf, type Picture } from './picture.ts';

/** State of the line to the server. */
export type Connection = 'connecting' | 'live' | 'resyncing' | 'lost';

/** Latest fix of a team as the board shows it; instants on the server's clock. */
export interface TeamFix {
  readonly fixAtMs: number;
  /** WGS-84 degrees; null when only its age is known. */
  readonly point: { readonly lng: number; readonly lat: number } | null;
  readonly backlog: boolean;
  /** Why the place may not be trusted. */
  readonly doubt: PositionDoubt | null;
  readonly battery: number | null;
  readonly source: string | null;
}

interface LiveStore {
  readonly picture: Picture;
  readonly connection: Connection;
  /** Server minus machine, ms. */
  readonly offsetMs: number;
  /** When anything was last heard from the server, on the machine's clock; null before the first time. */
  readonly heardAtMs: number | null;
  readonly fixes: ReadonlyMap<number, TeamFix>;
  /** Since when facts wait on the server for this screen, on the machine's clock; null when none does. */
  readonly behindSinceMs: number | null;
  /** Who looks at what, by subject (`incident/1042`). */
  readonly presence: ReadonlyMap<string, Presence['people']>;
  takeSnapshot: (snapshot: Snapshot) => void;
  takeEvents: (events: readonly LedgerEvent[]) => void;
  takeFrame: (frame: Frame) => void;
  hear: () => void;
  setConnection: (connection: Connection) => void;
  setOffset: (offsetMs: number) => void;
  setBehind: (behind: boolean) => void;
  takePresence: (presence: Presence) => void;
}

/** What nobody has heard anything of yet. */
const untold = {
  picture: emptyPicture,
  connection: 'connecting' as Connection,
  heardAtMs: null,
  fixes: new Map<number, TeamFix>(),
  behindSinceMs: null,
  presence: new Map<string, Presence['people']>(),
};

/** The live picture of this browser. Frames go past React: the map listens with `onFrame`. */
export const useLive = create<LiveStore>()((set, get) => ({
  ...untold,
  offsetMs: 0,
  takeSnapshot: (snapshot) => {
    set({
      picture: pictureOf(snapshot),
      heardAtMs: Date.now(),
      fixes: new Map(snapshot.positions.map((position) => [position.teamId, fixOf(position)])),
    });
    for (const listener of factListeners) listener(null);
  },
  takeEvents: (events) => {
    const before = get().picture;
    set({ picture: events.reduce(apply, before), heardAtMs: Date.now() });
    for (const event of events)
      if (event.seq > before.seq) for (const listener of factListeners) listener(event);
  },
  takeFrame: (frame) => {
    latestFrame = frame;
    for (const listener of listeners) listener(frame);
    const fixes = new Map(get().fixes);
    for (let i = 0; i < frame.count; i++) {
      if (!frame.isTeam[i]) continue;
      const known = fixes.get(frame.id[i]!);
      fixes.set(frame.id[i]!, {
        fixAtMs: frame.serverAtMs - frame.ageSeconds[i]! * 1000,
        point: Number.isNaN(frame.lng[i]!) ? null : { lng: frame.lng[i]!, lat: frame.lat[i]! },
        backlog: frame.backlog[i] === 1,
        doubt: positionDoubts[frame.doubt[i]! - 1] ?? null,
        battery: known?.battery ?? null,
        source: known?.source ?? null,
      });
    }
    set({ fixes, heardAtMs: Date.now() });
  },
  hear: () => set({ heardAtMs: Date.now() }),
  setConnection: (connection) => set({ connection }),
  setOffset: (offsetMs) => set({ offsetMs }),
  setBehind: (behind) => set({ behindSinceMs: behind ? (get().behindSinceMs ?? Date.now()) : null }),
  takePresence: ({ subject, people }) => {
    const presence = new Map(get().presence);
    if (people.length > 0) presence.set(subject, people);
    else presence.delete(subject);
    set({ presence });
  },
}));

/** Somebody else sits down: what the one before saw is gone until the server has told it to the new one. */
export function forgetLive(): void {
  latestFrame = null;
  useLive.setState(untold);
}

/** True once the whole picture has come. */
export const isTold = (picture: Picture): boolean => picture !== emptyPicture;

const factListeners = new Set<(event: LedgerEvent | null) => void>();

/** Calls back with each new fact, and with null when a whole snapshot took their place; the answer stops it. */
export function onFact(listener: (event: LedgerEvent | null) => void): () => void {
  factListeners.add(listener);
  return () => factListeners.delete(listener);
}

const listeners = new Set<(frame: Frame) => void>();
let latestFrame: Frame | null = null;

/** Calls back with each frame, and at once with the latest one; the answer stops it. */
export function onFrame(listener: (frame: Frame) => void): () => void {
  listeners.add(listener);
  if (latestFrame) listener(latestFrame);
  return () => listeners.delete(listener);
}

function fixOf(position: TeamPosition): TeamFix {
  return {
    fixAtMs: Date.parse(position.fixAt),
    point: position.point,
    backlog: position.catchingUp,
    doubt: position.doubt,
    battery: position.battery,
    source: position.source,
  };
}
