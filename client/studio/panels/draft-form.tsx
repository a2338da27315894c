import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Body } from '../../../shared/contract/api.ts';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { wordsNow } from '../say.ts';
import { personId } from '../session.ts';
import { allowed, perform } from './review-acts.ts';
import classes from './side-panel.module.css';

/** Name and note of a draft, and whether one planner alone paints it while the others watch. */
export function DraftForm({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.draft;
  const { edition, draft } = detail;
  const [name, setName] = useState(edition.name);
  const [note, setNote] = useState(edition.note);
  if (!draft || !allowed('plan.draft')) return null;
  const sole = draft.soleEditor;
  const mine = personId();
  // whoever made the draft may take the switch back from a colleague
  const mayReserve = sole === null || sole === mine || Number(edition.author) === mine;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void change({ name: name.trim(), note: note.trim() });
      }}
    >
      <TextInput
        label={words.name}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={words.note}
        value={note}
        autosize
        minRows={2}
        maxLength={2000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        disabled={name.trim() === '' || (name.trim() === edition.name && note.trim() === edition.note)}
      >
        {words.save}
      </Button>
      <Switch
        label={sole === null || sole === mine ? words.sole : words.soleOther({ name: nameOf(detail, sole) })}
        checked={sole !== null}
        disabled={!mayReserve}
        onChange={(event) => void change({ soleEditor: event.currentTarget.checked ? mine : null })}
      />
    </form>
  );
}

/** The name of a person of an edition. */
export const nameOf = ({ people }: EditionDetail, id: number): string =>
  people.find((one) => one.personId === id)?.name ?? String(id);

const change = (body: Body<'changeDraft'>): Promise<void> =>
  perform((editionId) => call('changeDraft', { params: { editionId }, body }), wordsNow().studio.draft.saved);
