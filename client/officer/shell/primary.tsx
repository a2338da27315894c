import { Button } from '@mantine/core';
import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import classes from './phone.module.css';

/** Where the primary act stands: above the pages' bar, under the thumb. */
export const FootContext = createContext<HTMLElement | null>(null);

/** The one primary act of a page. */
export function Primary(props: {
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly children: ReactNode;
}) {
  const foot = useContext(FootContext);
  return (
    foot &&
    createPortal(
      <div className={classes['primary']}>
        <Button
          data-primary
          onClick={props.onClick}
          disabled={props.disabled ?? false}
          loading={props.busy ?? false}
        >
          {props.children}
        </Button>
      </div>,
      foot,
    )
  );
}
