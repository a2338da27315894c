import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { NewPassword } from './new-password.tsx';
import { AddDialog } from './page.tsx';
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
    <AddDialog title={words.add} close={close} act={add}>
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
      <NewPassword label={words.password} value={password} set={setPassword} />
    </AddDialog>
  );
}
