import { Button, Group, List, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../shared/contract/people.ts';
import { call } from '../live/call.ts';
import { useServerNow } from '../live/now.ts';
import { instantOf } from '../ui/local-time.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

const day = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 10);
const empty = { number: '', fields: [] as string[], from: '', to: '' };

/** 执法证 of a person: what was given, what was revoked; validity is judged at the instant of each act. */
export function LicenceList({ person }: { readonly person: Person }) {
  const words = useWords().admin.people;
  const nowMs = useServerNow();
  const [draft, setDraft] = useState(empty);
  const params = { personId: person.personId };
  const give = useAct(
    () =>
      call('giveLicence', {
        params,
        body: {
          number: draft.number,
          fields: draft.fields,
          validFrom: instantOf(`${draft.from}T00:00`)!,
          validTo: instantOf(`${draft.to}T00:00`)!,
        },
      }),
    ['people'],
    () => setDraft(empty),
  );
  const revoke = useAct(
    (licenceId: number) => call('revokeLicence', { params: { licenceId: licenceId } }),
    ['people'],
  );
  const write = (name: 'number' | 'from' | 'to') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <section aria-label={words.licences}>
      <strong>{words.licences}</strong>
      <List listStyleType="none" my="xs">
        {person.licences.map((licence) => (
          <List.Item key={licence.id}>
            {words.licence(licence.number, day(licence.validFrom), day(licence.validTo))}{' '}
            {licence.fields.join(', ')}{' '}
            {licence.revokedAt !== null ? (
              words.revoked
            ) : Date.parse(licence.validTo) <= nowMs ? (
              words.expired
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={words.revokeOf(licence.number)}
                onClick={() => revoke.mutate(licence.id)}
              >
                {words.revoke}
              </Button>
            )}
          </List.Item>
        ))}
      </List>
      <Refused error={revoke.error} />
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate(undefined);
        }}
      >
        <div className={classes['two']}>
          <TextInput label={words.number} required minLength={3} maxLength={40} {...write('number')} />
          <TagsInput
            label={words.fields}
            value={draft.fields}
            onChange={(fields) => setDraft({ ...draft, fields })}
          />
          <TextInput type="date" label={words.from} required {...write('from')} />
          <TextInput type="date" label={words.to} required {...write('to')} />
        </div>
        <Group>
          <Button type="submit" variant="default" loading={give.isPending}>
            {words.give}
          </Button>
        </Group>
        <Refused error={give.error} />
      </form>
    </section>
  );
}
