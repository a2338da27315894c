import type { SplitterPaneSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './panes.module.css';
import { usePreferences } from './preferences.ts';

/** A panel of a door's screen: a landmark that F6 finds. */
export function PanelBox(props: {
  readonly panel: string;
  readonly label: string;
  /** As tall as what it holds, e.g. a tool bar. */
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

/** Sizes of a row or column of panes, kept for the person; a layout of another count begins anew. */
export function usePanes(name: string, initial: SplitterPaneSize[]) {
  const kept = usePreferences((state) => state.panes[name]);
  const choose = usePreferences((state) => state.choose);
  const sizes = kept?.length === initial.length ? ([...kept] as SplitterPaneSize[]) : initial;
  const set = (next: SplitterPaneSize[]) =>
    choose({ panes: { ...usePreferences.getState().panes, [name]: next } });
  return [sizes, set] as const;
}
