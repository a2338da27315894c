import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { formatMetres } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';
import type { Nearness } from './arrival.ts';

const reasons = ['drift', 'walk', 'moved'] as const;

/** Outside the circle an arrival needs a reason. */
export function ArriveSheet(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly near: Nearness | null;
  readonly radius: number;
  readonly onArrive: (reason: string) => void;
}) {
  const words = useWords().officer;
  const [text, setText] = useState('');
  const { near, radius } = props;
  return (
    <Sheet title={words.arrive.title} opened={props.opened} onClose={props.onClose}>
      <p className={classes['note']}>
        {near
          ? words.arrive.outside({ metres: formatMetres(near.metres), radius })
          : words.arrive.placeUnknown}
      </p>
      {reasons.map((reason) => (
        <button
          key={reason}
          type="button"
          className={classes['choice']}
          onClick={() => props.onArrive(words.arrive.reasons[reason])}
        >
          {words.arrive.reasons[reason]}
        </button>
      ))}
      <Textarea
        label={words.arrive.other}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={200}
      />
      <Button disabled={text.trim() === ''} onClick={() => props.onArrive(text.trim())}>
        {words.steps.arrive}
      </Button>
    </Sheet>
  );
}
