import { useEffect } from 'react';
import { useLive } from '../live/store.ts';
import { listenForKeys, type KeyAct } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { queueOrder } from './queue-order.ts';
import { focusedPanel, focusPanel, panels, useRoom } from './room.ts';

/** Binds the key layer to the room for as long as the console is shown. */
export function useConsoleKeys(): void {
  useEffect(() => listenForKeys(window, () => usePreferences.getState().keys, perform), []);
}

/** Does what a key asks for; false when it means nothing now, so that the browser keeps the key. */
function perform(act: KeyAct): boolean {
  const room = useRoom.getState();
  switch (act) {
    case 'nextRow':
      return moveCursor(1);
    case 'previousRow':
      return moveCursor(-1);
    case 'open':
      if (room.cursor === null) return false;
      room.set({ opened: room.cursor });
      return true;
    case 'back':
      if (room.keySheetShown) room.set({ keySheetShown: false });
      else if (room.opened !== null) room.set({ opened: null });
      else return false;
      return true;
    case 'commandLine':
      focusPanel('commandLine');
      return true;
    case 'focusMap':
      focusPanel('map');
      return true;
    case 'focusUnits':
      focusPanel('units');
      return true;
    case 'focusQueue':
      focusPanel('queue');
      return true;
    case 'nextPanel': {
      const now = focusedPanel();
      focusPanel(panels[((now ? panels.indexOf(now) : -1) + 1) % panels.length]!);
      return true;
    }
    case 'keySheet':
      room.set({ keySheetShown: true });
      return true;
    default:
      return false;
  }
}

function moveCursor(step: 1 | -1): boolean {
  const room = useRoom.getState();
  const rows = queueOrder(useLive.getState().picture.incidents.values());
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.id === room.cursor);
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  room.set({ cursor: rows[next]!.id });
  return true;
}
