import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { PanelBox, usePanes } from '../ui/panes.tsx';
import classes from '../ui/panes.module.css';
import { useWords } from '../words/words.tsx';
import { AlarmStrip } from './alarm-strip.tsx';
import { Announcer } from './announcer.tsx';
import { CommandLine } from './command-line.tsx';
import { Detail } from './detail.tsx';
import { Header } from './header.tsx';
import { KeySheet } from './key-sheet.tsx';
import { OperationsDialog } from './operations.tsx';
import { Queue } from './queue.tsx';
import { Strips } from './strips.tsx';
import { UnitBoard } from './unit-board.tsx';
import { useConsoleKeys } from './use-console-keys.ts';

const MapPanel = lazy(() => import('./map-panel.tsx').then((module) => ({ default: module.MapPanel })));

/** Default sizes: fixed side panels, the map takes what is left and is the first to give way. */
const columns: SplitterPaneSize[] = ['380px', '100%', '420px'];
const rows: SplitterPaneSize[] = ['100%', '220px'];

/** The dispatcher's screen: header, queue, map, detail, unit board, command line. */
export function Shell() {
  const words = useWords().console;
  useConsoleKeys();
  const [columnSizes, setColumnSizes] = usePanes('columns', columns);
  const [rowSizes, setRowSizes] = usePanes('rows', rows);
  return (
    <div className={classes['room']}>
      <Header />
      <Strips />
      <AlarmStrip />
      <main className={classes['main']} aria-label={words.title}>
        <Splitter
          orientation="vertical"
          sizes={rowSizes}
          onSizeChange={setRowSizes}
          className={classes['fill'] ?? ''}
          lineSize={1}
        >
          <Splitter.Pane defaultSize="100%">
            <Splitter
              sizes={columnSizes}
              onSizeChange={setColumnSizes}
              className={classes['fill'] ?? ''}
              lineSize={1}
            >
              <Splitter.Pane defaultSize="380px" min="300px" collapsible>
                <PanelBox panel="queue" label={words.panels.queue}>
                  <Queue />
                </PanelBox>
              </Splitter.Pane>
              <Splitter.Pane defaultSize="100%">
                <PanelBox panel="map" label={words.panels.map}>
                  <Suspense fallback={<p className={classes['waiting']}>{words.map.loading}</p>}>
                    <MapPanel />
                  </Suspense>
                </PanelBox>
              </Splitter.Pane>
              <Splitter.Pane defaultSize="420px" min="320px" collapsible>
                <PanelBox panel="detail" label={words.panels.detail}>
                  <Detail />
                </PanelBox>
              </Splitter.Pane>
            </Splitter>
          </Splitter.Pane>
          <Splitter.Pane defaultSize="220px" min="90px" collapsible>
            <PanelBox panel="units" label={words.panels.units}>
              <UnitBoard />
            </PanelBox>
          </Splitter.Pane>
        </Splitter>
      </main>
      <CommandLine />
      <KeySheet />
      <OperationsDialog />
      <Announcer />
    </div>
  );
}
