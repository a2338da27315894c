import { useEffect } from 'react';
import { useWords } from '../words/words.tsx';
import classes from '../ui/panes.module.css';
import { PanelBox } from '../ui/panes.tsx';
import type { Poppable } from './pop-button.tsx';
import { UnitBoard } from './unit-board.tsx';
import { Queue } from './queue.tsx';
import { useRoom } from './room.ts';
import { Strips } from './strips.tsx';
import { useConsoleKeys } from './use-console-keys.ts';

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
          {panel === 'queue' ? <Queue /> : <UnitBoard />}
        </PanelBox>
      </main>
    </div>
  );
}

interface Selection {
  readonly opened: number | null;
  readonly selectedTeam: number | null;
}

/** The windows of one browser choose together: what is opened in one is opened in all. */
export function useSharedSelection(): void {
  useEffect(() => {
    const channel = new BroadcastChannel('grid-console');
    let heard: Selection | null = null;
    channel.addEventListener('message', ({ data }: MessageEvent<Selection>) => {
      heard = data;
      useRoom.getState().set({ ...data, ...(data.opened !== null && { cursor: data.opened }) });
    });
    const stop = useRoom.subscribe(({ opened, selectedTeam }, before) => {
      if (opened === before.opened && selectedTeam === before.selectedTeam) return;
      // what another window said is not said again
      if (heard?.opened === opened && heard.selectedTeam === selectedTeam) return;
      heard = { opened, selectedTeam };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it is this origin's own
      channel.postMessage(heard);
    });
    return () => {
      stop();
      channel.close();
    };
  }, []);
}
