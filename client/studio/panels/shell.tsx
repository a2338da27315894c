import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import { lazy, Suspense, type ReactNode } from 'react';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { useStudioKeys } from '../use-studio-keys.ts';
import { Announcer } from './announcer.tsx';
import { BottomPanel } from './bottom-panel.tsx';
import { Dialogs } from './dialogs.tsx';
import type { PanelName } from './focus.ts';
import { Header } from './header.tsx';
import { LeftPanel } from './left-panel.tsx';
import classes from './shell.module.css';
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

/** A landmark that F6 finds. */
function PanelBox(props: {
  readonly panel: PanelName;
  readonly label: string;
  readonly flat?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section
      className={props.flat ? classes['flat'] : classes['panel']}
      aria-label={props.label}
      data-panel={props.panel}
      tabIndex={-1}
    >
      {props.children}
    </section>
  );
}

function usePanes(name: string, initial: SplitterPaneSize[]) {
  const kept = usePreferences((state) => state.panes[name]);
  const choose = usePreferences((state) => state.choose);
  const sizes = kept?.length === initial.length ? ([...kept] as SplitterPaneSize[]) : initial;
  const set = (next: SplitterPaneSize[]) =>
    choose({ panes: { ...usePreferences.getState().panes, [name]: next } });
  return [sizes, set] as const;
}
