import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { note } from './acts.ts';
import classes from './detail.module.css';
import { sayRefused } from './perform.tsx';

/** A remark for the story; kept in the field until the server has it. */
export function NoteField({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().detail.notes;
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  async function add() {
    if (text.trim() === '') return;
    setBusy(true);
    try {
      await note(incidentId, text.trim());
      setText('');
    } catch (error) {
      sayRefused(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className={classes['note']}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        className={classes['grow'] ?? ''}
        size="xs"
        aria-label={words.label}
        placeholder={words.placeholder}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
      <Button size="xs" variant="default" type="submit" loading={busy}>
        {words.add}
      </Button>
    </form>
  );
}
