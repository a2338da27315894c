import { notifications } from '@mantine/notifications';
import type { Matter } from '../../shared/contract/matters.ts';
import { call } from '../live/call.ts';
import { Line } from '../live/line.ts';
import { askWhoIsHere, endSession, useSession } from '../live/session.ts';
import { queries } from '../live/queries.ts';
import { forgetLive, onFact, useLive } from '../live/store.ts';
import { say, wordsNow } from './perform.tsx';
import { leaveRoom, useRoom, type MatterName } from './room.ts';
import { shapesOf } from './town.ts';
import { forgetActs } from './undo.ts';

const againMs = 3000;

let line: Line | null = null;

/** The line of this room, while somebody is signed in. */
export const roomLine = (): Line | null => line;

let sitsHere: number | null = null;

/** The shift changes at this screen: nothing that the one before saw, chose or could take back is left. */
function handOver(personId: number): void {
  if (sitsHere !== null && sitsHere !== personId) {
    forgetLive();
    leaveRoom();
    forgetActs();
    queries.clear();
    notifications.clean();
  }
  sitsHere = personId;
}

/** Notices who sits down, before any part of the screen is drawn for them. */
export const watchShift = (): (() => void) =>
  useSession.subscribe(({ me }) => {
    if (me) handOver(me.personId);
  });

/** Starts the live picture and loads the still town and its matters; the answer stops it. */
export function startRoom(): () => void {
  let stopped = false;
  const made = new Line({
    client: 'console',
    onSignedOut: ({ reason }) => endSession(reason),
    onPresence: (presence) => useLive.getState().takePresence(presence),
    onRefused: () => void askWhoIsHere(),
  });
  line = made;
  /** The still town may be late, the room works without it. */
  const load = async (): Promise<void> => {
    try {
      const [town, { matters }] = await Promise.all([call('readTown'), call('listMatters')]);
      if (stopped) return;
      useRoom.getState().set({
        town: shapesOf(town),
        synthetic: town.synthetic,
        matters: new Map(matters.map((matter) => [matter.code, nameOf(matter)])),
      });
    } catch {
      if (!stopped) setTimeout(() => void load(), againMs);
    }
  };
  void load();
  // The lines change while the room works: the zones are drawn anew, and the dispatcher is told from when on they hold.
  const deafen = onFact((event) => {
    // after a long absence the snapshot takes the place of the facts
    if (event === null && useRoom.getState().town) void load();
    if (event?.type !== 'edition.effective') return;
    const { name } = event.data;
    say(wordsNow().console.toasts.newLines({ name }), 'done');
    void load();
  });
  return () => {
    stopped = true;
    deafen();
    made.close();
    if (line === made) line = null;
  };
}

const nameOf = ({ code, nameZh, nameEn, priority }: Matter): MatterName => ({
  code,
  nameZh,
  nameEn,
  priority: Number(priority.slice(1)),
});
