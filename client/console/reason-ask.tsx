/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { overrideReasons, type OverrideReason } from '../../shared/contract/dispatch-codes.ts';
import { isComposition } from '../ui/keys.ts';
import { useWords } from '../words/words.tsx';
import classes from './team-card.module.css';

/** One reason, by one digit: why not the first of the ranking. Only "other" wants a text; Escape leaves it. */
export function ReasonAsk(props: {
  readonly team: string;
  readonly choose: (reason: OverrideReason, text: string) => void;
  readonly leave: () => void;
}) {
  const { team, leave } = props;
  const words = useWords();
  const card = words.detail.card;
  const [text, setText] = useState('');
  const [other, setOther] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('button')?.focus(), []);
  const choose = (reason: OverrideReason) => {
    if (reason === 'other' && text.trim() === '') setOther(true);
    else props.choose(reason, text.trim());
  };
  return (
    // Digits choose from anywhere in the box.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={box}
      className={classes['override']}
      onKeyDown={(event) => {
        if (isComposition(event.nativeEvent)) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          leave();
          return;
        }
        const digit = /^(?:Digit|Numpad)([1-7])$/.exec(event.code)?.[1];
        const reason =
          digit && !(event.target instanceof HTMLInputElement) && overrideReasons[Number(digit) - 1];
        if (!reason) return;
        event.preventDefault();
        event.stopPropagation();
        choose(reason);
      }}
    >
      <legend>{card.overrideTitle({ team })}</legend>
      {overrideReasons.map((reason, i) => (
        <UnstyledButton key={reason} className={classes['reason']} onClick={() => choose(reason)}>
          <kbd className={classes['rank']}>{i + 1}</kbd> {words.codes.overrideReason[reason]}
        </UnstyledButton>
      ))}
      {other && (
        <TextInput
          label={card.overrideOther}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !isComposition(event.nativeEvent)) choose('other');
          }}
        />
      )}
      <div className={classes['line']}>
        {other && (
          <Button size="compact-sm" onClick={() => choose('other')}>
            {card.overrideGo}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={leave}>
          {card.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
