import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Dialog, Refused } from './page.tsx';
import { emptyPerson, PersonFields } from './person-fields.tsx';
import { useAct } from './reads.ts';

/** Somebody new: name, role, and a first password that is handed over by word of mouth. */
export function AddPerson({ close }: { readonly close: () => void }) {
  const all = useWords();
  const words = all.admin.people;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [draft, setDraft] = useState(emptyPerson);
  const add = useAct(
    () => call('addPerson', { body: { ...draft, skills: [...draft.skills], name, password } }),
    ['people'],
    close,
  );
  return (
    <Dialog title={words.add} close={close}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <TextInput
          label={words.name}
          required
          data-autofocus
          autoComplete="off"
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PersonFields draft={draft} set={setDraft} />
        <PasswordInput
          label={words.password}
          description={words.passwordRule}
          required
          autoComplete="new-password"
          maxLength={256}
          visibilityToggleButtonProps={{ 'aria-label': all.signIn.showPassword, tabIndex: 0 }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Refused error={add.error} />
        <Button type="submit" loading={add.isPending}>
          {words.add}
        </Button>
      </form>
    </Dialog>
  );
}
