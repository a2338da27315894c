import { create } from 'zustand';
import type { Snapshot } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Frame } from '../../shared/contract/frame.ts';
import type { TeamPosition } from '../../shared/contract/teams.ts';
import { apply, emptyPicture, pictureOf, type Picture } from './picture.ts';

/** State of the line to the server. */
export type Connection = 'connecting' | 'live' | 'resyncing' | 'lost';

/** Latest fix of a team as the board shows it; instants on the server's clock. */
export interface TeamFix {
  readonly fixAtMs: number;
  readonly backlog: boolean;
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
  takeSnapshot: (snapshot: Snapshot) => void;
  takeEvents: (events: readonly LedgerEvent[]) => void;
  takeFrame: (frame: Frame) => void;
  hear: () => void;
  setConnection: (connection: Connection) => void;
  setOffset: (offsetMs: number) => void;
}

/** The live picture of this browser. Frames go past React: the map listens with `onFrame`. */
export const useLive = create<LiveStore>()((set, get) => ({
  picture: emptyPicture,
  connection: 'connecting',
  offsetMs: 0,
  heardAtMs: null,
  fixes: new Map(),
  takeSnapshot: (snapshot) =>
    set({
      picture: pictureOf(snapshot),
      heardAtMs: Date.now(),
      fixes: new Map(snapshot.positions.map((position) => [position.teamId, fixOf(position)])),
    }),
  takeEvents: (events) => {
    const picture = events.reduce(apply, get().picture);
    set({ picture, heardAtMs: Date.now() });
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
        backlog: frame.backlog[i] === 1,
        battery: known?.battery ?? null,
        source: known?.source ?? null,
      });
    }
    set({ fixes, heardAtMs: Date.now() });
  },
  hear: () => set({ heardAtMs: Date.now() }),
  setConnection: (connection) => set({ connection }),
  setOffset: (offsetMs) => set({ offsetMs }),
}));

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
    backlog: position.catchingUp,
    battery: position.battery,
    source: position.source,
  };
}
