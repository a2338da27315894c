import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';

/** Something to say: one tap for the usual sentences, else in own words. */
export function SayingSheet(props: {
  readonly title: string;
  readonly note?: string;
  readonly choices?: readonly string[];
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSay: (text: string) => void;
}) {
  const words = useWords().officer;
  const [text, setText] = useState('');
  const say = (said: string) => {
    props.onSay(said);
    setText('');
  };
  return (
    <Sheet title={props.title} opened={props.opened} onClose={props.onClose}>
      {props.note !== undefined && <p className={classes['note']}>{props.note}</p>}
      {(props.choices ?? []).map((choice) => (
        <button key={choice} type="button" className={classes['choice']} onClick={() => say(choice)}>
          {choice}
        </button>
      ))}
      <Textarea
        label={words.ownWords}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={200}
      />
      <Button disabled={text.trim() === ''} onClick={() => say(text.trim())}>
        {words.send}
      </Button>
    </Sheet>
  );
}
