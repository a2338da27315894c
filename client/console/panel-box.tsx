import type { ReactNode } from 'react';
import type { Panel } from './room.ts';
import classes from './shell.module.css';

/** A landmark that F6 finds. */
export function PanelBox(props: {
  readonly panel: Panel;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes['panel']} aria-label={props.label} data-panel={props.panel} tabIndex={-1}>
      {props.children}
    </section>
  );
}
