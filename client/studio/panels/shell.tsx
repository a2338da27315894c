import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import classes from '../../ui/panes.module.css';
import { PanelBox, usePanes } from '../../ui/panes.tsx';
import { useWords } from '../../words/words.tsx';
import { useStudioKeys } from '../use-studio-keys.ts';
import { Announcer } from './announcer.tsx';
import { BottomPanel } from './bottom-panel.tsx';
import { Dialogs } from './dialogs.tsx';
import { Header } from './header.tsx';
import { LeftPanel } from './left-panel.tsx';
import { SidePanel } from './side-panel.tsx';
import { Strips } from './strips.tsx';
import { ToolBar } from './tool-bar.tsx';

const MapPanel = lazy(() => import('./map-panel.tsx').then((module) => ({ default: module.MapPanel })));

const columns: SplitterPaneSize[] = ['470px', '100%', '400px'];
const rows: SplitterPaneSize[] = ['100%', '220px'];

/** The planner's screen: tools on top, editions and zones left, the map, the inspector right, problems below. */
export function Shell() {
  const words = useWords().studio;
  useStudioKeys();
  const [columnSizes, setColumnSizes] = usePanes('studio-columns', columns);
  const [rowSizes, setRowSizes] = usePanes('studio-rows', rows);
  return (
    <div className={classes['room']}>
      <Header />
      <Strips />
      <PanelBox panel="tools" label={words.panels.tools} flat>
        <ToolBar />
      </PanelBox>
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
              <Splitter.Pane defaultSize="470px" min="320px" collapsible>
                <PanelBox panel="zones" label={words.panels.zones}>
                  <LeftPanel />
                </PanelBox>
              </Splitter.Pane>
              <Splitter.Pane defaultSize="100%">
                <PanelBox panel="map" label={words.panels.map}>
                  <Suspense fallback={<p className={classes['waiting']}>{words.loading}</p>}>
                    <MapPanel />
                  </Suspense>
                </PanelBox>
              </Splitter.Pane>
              <Splitter.Pane defaultSize="400px" min="320px" collapsible>
                <PanelBox panel="side" label={words.panels.side}>
                  <SidePanel />
                </PanelBox>
              </Splitter.Pane>
            </Splitter>
          </Splitter.Pane>
          <Splitter.Pane defaultSize="220px" min="110px" collapsible>
            <PanelBox panel="bottom" label={words.panels.bottom}>
              <BottomPanel />
            </PanelBox>
          </Splitter.Pane>
        </Splitter>
      </main>
      <Dialogs />
      <Announcer />
    </div>
  );
}
