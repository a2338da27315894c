import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import classes from './detail.module.css';
import { useRoom } from './room.ts';

/** Closes the form that stands open below the acts. */
export const leave = (): void => useRoom.getState().set({ form: null });

/** Closes the form once its act was done. */
export async function finish(done: Promise<boolean>): Promise<void> {
  if (await done) leave();
}

/** A form below the acts; Enter does it, Escape leaves it. */
export function FormFrame(props: {
  readonly submit: () => void;
  readonly children: ReactNode;
  readonly title: string;
}) {
  const words = useWords().detail.acts;
  return (
    // Escape leaves the form from any of its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={classes['form']}
      aria-label={props.title}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        props.submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
          event.stopPropagation();
          leave();
        }
      }}
    >
      {props.children}
      <div className={classes['formButtons']}>
        <Button size="compact-sm" type="submit">
          {words.go}
        </Button>
        <Button size="compact-sm" variant="default" onClick={leave}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
