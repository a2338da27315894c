import { useEffect, useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { useLive } from '../live/store.ts';
import { listenForKeys, type KeyAct } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { acceptProposal, merge } from './acts.ts';
import { acknowledgeFirst } from './alarm-acts.ts';
import { chooseRank } from './choose-team.ts';
import { fillLine } from './command-line-handle.ts';
import { duplicateHints } from './duplicates.ts';
import { redo, undo } from './perform.tsx';
import type { IncidentAct } from './possible-acts.ts';
import { proposalOf } from './proposals.tsx';
import { focusedPanel, focusPanel, openDraft, openIncident, panels, useRoom } from './room.ts';
import { toggleShow } from './queue-filter-bar.tsx';
import { startByKey } from './start-act.ts';
import { queueNow } from './use-queue.ts';

/** A dialog stood over the room when the key was pressed: keys are its own then, whatever has the focus. */
let covered = false;

const noteCover = (): void => {
  covered = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
};

/** Binds the key layer to the room for as long as the console is shown. An alarm may be silenced under a dialog too. */
export function useConsoleKeys(): void {
  // a layout effect comes before the dialogs' own listeners: Escape would have closed them already
  useLayoutEffect(() => {
    addEventListener('keydown', noteCover, { capture: true });
    return () => removeEventListener('keydown', noteCover, { capture: true });
  }, []);
  useEffect(() => listenForKeys(window, () => usePreferences.getState().keys, perform), []);
}

/** Does what a key asks for; false when it means nothing now, so that the browser keeps the key. */
const acts: Readonly<Record<KeyAct, () => boolean>> = {
  nextRow: () => moveCursor(1),
  previousRow: () => moveCursor(-1),
  open: () => {
    const { cursor } = useRoom.getState();
    if (cursor === null) return false;
    // drawn at once, so that the next key finds the focus where it belongs
    flushSync(() => openIncident(cursor));
    focusPanel('detail');
    return true;
  },
  preview: () => {
    const { cursor, opened } = useRoom.getState();
    if (cursor === null) return false;
    openIncident(opened === cursor ? null : cursor);
    return true;
  },
  newIncident: always(() => openDraft(null)),
  assign1: () => chooseRank(1),
  assign2: () => chooseRank(2),
  assign3: () => chooseRank(3),
  assign4: () => chooseRank(4),
  assign5: () => chooseRank(5),
  verify: () => byKey(['requestVerification']),
  file: () => byKey(['file']),
  place: () => byKey(['place']),
  check: () => byKey(['requestCheck', 'close']),
  rework: () => byKey(['rework']),
  reject: () => byKey(['reject']),
  hold: openHold,
  swap,
  merge: mergeDuplicate,
  acknowledge: always(acknowledgeFirst),
  undo: always(() => void undo()),
  redo: always(() => void redo()),
  showVerify: always(() => toggleShow('verify')),
  showCheck: always(() => toggleShow('check')),
  operations: always(() => useRoom.getState().set({ operationsShown: true })),
  files: always(() => void (location.hash = '#files')),
  flyToCell: always(() => fillLine('F g')),
  back,
  commandLine: always(() => focusPanel('commandLine')),
  focusMap: always(focusMap),
  focusUnits: always(() => focusPanel('units')),
  focusQueue: always(() => focusPanel('queue')),
  nextPanel: always(() => {
    const now = focusedPanel();
    const next = panels[((now ? panels.indexOf(now) : -1) + 1) % panels.length]!;
    if (next === 'map') focusMap();
    else focusPanel(next);
  }),
  keySheet: always(() => useRoom.getState().set({ keySheetShown: true })),
};

const perform = (act: KeyAct): boolean => (act === 'acknowledge' || !covered) && acts[act]();

function always(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
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
  const { keySheetShown, measure, coverage, overriding, form, drafting, opened, set } = useRoom.getState();
  if (keySheetShown) set({ keySheetShown: false });
  else if (measure !== null) set({ measure: null });
  else if (coverage !== null) set({ coverage: null });
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

const byKey = (wanted: readonly IncidentAct[]): boolean => {
  const id = subject();
  return id !== null && startByKey(wanted, id);
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
  const proposal = opened === null ? [...proposals.values()].at(-1) : proposalOf(proposals, opened);
  if (!proposal) return false;
  void acceptProposal(proposal.id, proposal.incidentId, proposal.toTeamId);
  return true;
}

/** A merge cannot be taken back: the first press shows both incidents, the second merges them. */
function mergeDuplicate(): boolean {
  const id = subject();
  const hint =
    id === null ? undefined : duplicateHints(useLive.getState().picture.incidents.values()).get(id);
  if (id === null || !hint) return false;
  if (useRoom.getState().opened === id) void merge(id, hint.incidentId);
  else openIncident(id);
  return true;
}
