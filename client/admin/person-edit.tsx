import { Alert, Button, Divider, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../shared/contract/people.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { LicenceList } from './licences.tsx';
import { NewPassword } from './new-password.tsx';
import { Dialog, Refused } from './page.tsx';
import { draftOf, PersonFields } from './person-fields.tsx';
import { useAct } from './reads.ts';

/** One person: role and skills, licences, password, and whether the account is in use. */
export function EditPerson({ person, close }: { readonly person: Person; readonly close: () => void }) {
  const all = useWords();
  const words = all.admin.people;
  const [draft, setDraft] = useState(draftOf(person));
  const [asking, setAsking] = useState(false);
  const params = { personId: person.personId };
  const change = useAct(
    (active: boolean) =>
      call('changePerson', { params, body: { ...draft, skills: [...draft.skills], active } }),
    ['people'],
    () => setAsking(false),
  );
  return (
    <Dialog title={words.edit(person.name)} close={close}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(person.active);
        }}
      >
        <PersonFields draft={draft} set={setDraft} />
        <Group gap="xs">
          <Button type="submit" loading={change.isPending}>
            {all.admin.save}
          </Button>
          {person.active ? (
            <Button variant="default" onClick={() => setAsking(true)}>
              {words.deactivate}
            </Button>
          ) : (
            <Button variant="default" onClick={() => change.mutate(true)}>
              {words.activate}
            </Button>
          )}
        </Group>
        {asking && (
          <Alert variant="outline">
            <Text mb="xs">{words.confirm(person.name)}</Text>
            <Group gap="xs">
              <Button size="compact-sm" onClick={() => change.mutate(false)}>
                {words.deactivate}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
                {all.admin.cancel}
              </Button>
            </Group>
          </Alert>
        )}
        <output>{change.isSuccess ? all.admin.done : ''}</output>
        <Refused error={change.error} />
      </form>
      <Divider my="md" />
      <LicenceList person={person} />
      <Divider my="md" />
      <ResetPassword personId={person.personId} />
    </Dialog>
  );
}

function ResetPassword({ personId }: { readonly personId: Person['personId'] }) {
  const all = useWords();
  const words = all.admin.people;
  const [password, setPassword] = useState('');
  const reset = useAct(
    () => call('resetPassword', { params: { personId }, body: { password } }),
    ['people'],
    () => setPassword(''),
  );
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        reset.mutate(undefined);
      }}
    >
      <NewPassword label={words.newPassword} value={password} set={setPassword} />
      <Group gap="xs">
        <Button type="submit" variant="default" loading={reset.isPending}>
          {words.reset}
        </Button>
        <output>{reset.isSuccess ? words.resetDone : ''}</output>
      </Group>
      <Refused error={reset.error} />
    </form>
  );
}
