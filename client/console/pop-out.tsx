import { lazy, Suspense, useEffect } from 'react';
import { useWords } from '../words/words.tsx';
import classes from '../ui/panes.module.css';
import { PanelBox } from '../ui/panes.tsx';
import type { Poppable } from './pop-button.tsx';
import { UnitBoard } from './unit-board.tsx';
import { Queue } from './queue.tsx';
import { useRoom } from './room.ts';
import { Strips } from './strips.tsx';
import { useConsoleKeys } from './use-console-keys.ts';

const MapPanel = lazy(() => import('./map-panel.tsx').then((module) => ({ default: module.MapPanel })));

/** One panel as a window: live by its own line, with the same keys; what is opened here opens in the room. */
export function PoppedRoom({ panel }: { readonly panel: Poppable }) {
  const words = useWords().console;
  useConsoleKeys();
  useEffect(() => {
    document.title = `${words.panels[panel]} · ${words.title}`;
  }, [words, panel]);
  return (
    <div className={classes['room']}>
      <Strips />
      <main className={classes['main']} aria-label={words.title}>
        <PanelBox panel={panel} label={words.panels[panel]}>
          {panel === 'queue' && <Queue />}
          {panel === 'units' && <UnitBoard />}
          {panel === 'map' && (
            <Suspense fallback={<p className={classes['waiting']}>{words.map.loading}</p>}>
              <MapPanel />
            </Suspense>
          )}
        </PanelBox>
      </main>
    </div>
  );
}

/** What the windows of one browser choose together. */
type Selection = Pick<
  ReturnType<typeof useRoom.getState>,
  'opened' | 'selectedTeam' | 'drafting' | 'draftPoint'
>;

const selectionOf = ({ opened, selectedTeam, drafting, draftPoint }: Selection): Selection => ({
  opened,
  selectedTeam,
  drafting,
  draftPoint,
});

const same = (one: Selection, other: Selection | null): boolean =>
  other !== null &&
  one.opened === other.opened &&
  one.selectedTeam === other.selectedTeam &&
  one.drafting === other.drafting &&
  one.draftPoint?.lng === other.draftPoint?.lng &&
  one.draftPoint?.lat === other.draftPoint?.lat;

/** What is opened or begun in one window is opened in all: a place taken on the map's own screen fills the form. */
export function useSharedSelection(): void {
  useEffect(() => {
    const channel = new BroadcastChannel('grid-console');
    let heard: Selection | null = null;
    channel.addEventListener('message', ({ data }: MessageEvent<Selection>) => {
      heard = data;
      useRoom.getState().set({ ...data, ...(data.opened !== null && { cursor: data.opened }) });
    });
    const stop = useRoom.subscribe((now, before) => {
      // what another window said is not said again
      if (same(now, before) || same(now, heard)) return;
      heard = selectionOf(now);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it is this origin's own
      channel.postMessage(heard);
    });
    return () => {
      stop();
      channel.close();
    };
  }, []);
}
