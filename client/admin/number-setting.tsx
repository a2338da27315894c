import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** One whole number that holds for the town, with its bounds, saved by itself; `queryKey` is what reads it. */
export function NumberSetting(props: {
  readonly label: string;
  readonly note: string;
  readonly was: number;
  readonly min: number;
  readonly max: number;
  readonly queryKey: string;
  readonly save: (value: number) => Promise<unknown>;
}) {
  const words = useWords().admin;
  const [value, setValue] = useState(props.was);
  const save = useAct(() => props.save(value), [props.queryKey]);
  return (
    <form
      className={classes['bar']}
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <NumberInput
        label={props.label}
        description={props.note}
        min={props.min}
        max={props.max}
        allowDecimal={false}
        value={value}
        onChange={(typed) => setValue(Number(typed))}
      />
      <Button type="submit" variant="default" disabled={value === props.was} loading={save.isPending}>
        {words.save}
      </Button>
      <Refused error={save.error} />
    </form>
  );
}
