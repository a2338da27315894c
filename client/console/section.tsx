import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import classes from './section.module.css';

/** One block of the detail pane, with what it says when it could not be read. */
export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly failed?: boolean;
  readonly again?: () => void;
  readonly children?: ReactNode;
}) {
  const words = useWords().work;
  return (
    <section className={classes['section']} aria-label={props.title}>
      <div className={classes['head']}>
        <h4 className={classes['title']}>{props.title}</h4>
        {props.aside}
      </div>
      {props.failed ? (
        <p className={classes['failed']} role="alert">
          {words.readFailed}
          <Button size="compact-sm" variant="default" onClick={props.again}>
            {words.again}
          </Button>
        </p>
      ) : (
        props.children
      )}
    </section>
  );
}
