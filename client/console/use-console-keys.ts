import { useEffect } from 'react';
import { useLive } from '../live/store.ts';
import { listenForKeys, type KeyAct } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { acceptProposal, merge } from './acts.ts';
import { acknowledgeFirst } from './alarm-acts.ts';
import { chooseRank } from './choose-team.ts';
import { fillLine } from './command-line-handle.ts';
import { duplicateHints } from './duplicates.ts';
import { redo, undo } from './perform.tsx';
import { proposalOf } from './proposals.tsx';
import { focusedPanel, focusPanel, openDraft, openIncident, panels, useRoom } from './room.ts';
import { queueNow } from './use-queue.ts';

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
      openIncident(room.cursor);
      requestAnimationFrame(() => focusPanel('detail'));
      return true;
    case 'preview':
      if (room.cursor === null) return false;
      openIncident(room.opened === room.cursor ? null : room.cursor);
      return true;
    case 'newIncident':
      openDraft(null);
      return true;
    case 'assign1':
    case 'assign2':
    case 'assign3':
    case 'assign4':
    case 'assign5':
      return chooseRank(Number(act.slice(-1)));
    case 'hold':
      return openHold();
    case 'swap':
      return swap();
    case 'merge':
      return mergeDuplicate();
    case 'acknowledge':
      acknowledgeFirst();
      return true;
    case 'undo':
      void undo();
      return true;
    case 'redo':
      void redo();
      return true;
    case 'flyToCell':
      fillLine('F g');
      return true;
    case 'back':
      return back();
    case 'commandLine':
      focusPanel('commandLine');
      return true;
    case 'focusMap':
      focusMap();
      return true;
    case 'focusUnits':
      focusPanel('units');
      return true;
    case 'focusQueue':
      focusPanel('queue');
      return true;
    case 'nextPanel': {
      const now = focusedPanel();
      const next = panels[((now ? panels.indexOf(now) : -1) + 1) % panels.length]!;
      if (next === 'map') focusMap();
      else focusPanel(next);
      return true;
    }
    case 'keySheet':
      room.set({ keySheetShown: true });
      return true;
  }
}

/** The canvas takes the arrow keys; before it is there the panel itself takes the focus. */
function focusMap(): void {
  const canvas = document.querySelector<HTMLElement>('[data-panel="map"] canvas');
  if (canvas) canvas.focus();
  else focusPanel('map');
}

/** Moves along the queue; a detail that is open follows, so that each row is one key away. */
function moveCursor(step: 1 | -1): boolean {
  const room = useRoom.getState();
  const { rows } = queueNow();
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.id === room.cursor);
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]!.id;
  if (room.opened !== null && !room.drafting && room.form === null) openIncident(next);
  else room.set({ cursor: next });
  return true;
}

function back(): boolean {
  const { keySheetShown, overriding, form, drafting, opened, set } = useRoom.getState();
  if (keySheetShown) set({ keySheetShown: false });
  else if (overriding !== null) set({ overriding: null });
  else if (form !== null) set({ form: null });
  else if (drafting) set({ drafting: false, draftPoint: null });
  else if (opened !== null) openIncident(null);
  else return false;
  focusPanel('queue');
  return true;
}

/** The incident that keys act on: the opened one, else the one under the cursor. */
const subject = (): number | null => {
  const { opened, cursor } = useRoom.getState();
  return opened ?? cursor;
};

function openHold(): boolean {
  const id = subject();
  if (id === null) return false;
  openIncident(id);
  useRoom.getState().set({ form: 'hold' });
  return true;
}

/** Takes the proposal about the opened incident; with none opened, the newest one. */
function swap(): boolean {
  const { proposals } = useLive.getState().picture;
  const { opened } = useRoom.getState();
  const proposal =
    opened === null ? [...proposals.values()].at(-1) : proposalOf(proposals, opened);
  if (!proposal) return false;
  void acceptProposal(proposal.id, proposal.incidentId, proposal.toTeamId);
  return true;
}

/** A merge cannot be taken back: the first press shows both incidents, the second merges them. */
function mergeDuplicate(): boolean {
  const id = subject();
  const hint = id === null ? undefined : duplicateHints(useLive.getState().picture.incidents.values()).get(id);
  if (id === null || !hint) return false;
  if (useRoom.getState().opened === id) void merge(id, hint.incidentId);
  else openIncident(id);
  return true;
}
