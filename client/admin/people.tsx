import { Button, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../shared/contract/people.ts';
import { useServerNow } from '../live/now.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Page } from './page.tsx';
import { AddPerson } from './person-add.tsx';
import { EditPerson } from './person-edit.tsx';
import { usePeople } from './reads.ts';

/** True while a licence holds at an instant. */
export const holds = (licence: Person['licences'][number], atMs: number): boolean =>
  licence.revokedAt === null && Date.parse(licence.validFrom) <= atMs && atMs < Date.parse(licence.validTo);

/** Roles that decide about penalties and so need a licence. */
const licensedRoles = new Set<Person['role']>(['officer', 'leader']);

/** Everybody who may enter: role, licences, whether the account is in use. */
export function PeoplePage() {
  const all = useWords();
  const words = all.admin.people;
  const { data, isError, refetch } = usePeople();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const wanted = search.trim().toLowerCase();
  const people = (data?.people ?? []).filter((person) =>
    [person.name, person.displayName, all.signIn.roles[person.role], ...person.skills].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  const person = data?.people.find(({ personId }) => personId === edited);
  return (
    <Page title={all.admin.pages.people} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <Button onClick={() => setAdding(true)}>{words.add}</Button>
        <TextInput
          aria-label={all.admin.search}
          placeholder={all.admin.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <output className={classes['muted']}>{words.count(people.length)}</output>
      </div>
      <div className={classes['scroll']}>
        <Table stickyHeader verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[
                words.name,
                words.displayName,
                words.role,
                words.licences,
                words.skills,
                words.state,
                words.seen,
              ].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((one) => (
              <PersonRow key={one.personId} person={one} edit={() => setEdited(one.personId)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {data && people.length === 0 && <p className={classes['muted']}>{words.emptyFilter}</p>}
      {adding && <AddPerson close={() => setAdding(false)} />}
      {person && <EditPerson key={person.personId} person={person} close={() => setEdited(null)} />}
    </Page>
  );
}

function PersonRow({ person, edit }: { readonly person: Person; readonly edit: () => void }) {
  const all = useWords();
  const words = all.admin.people;
  const nowMs = useServerNow();
  const valid = person.licences.filter((licence) => holds(licence, nowMs));
  return (
    <Table.Tr>
      <Table.Td>
        <Button size="compact-sm" variant="default" aria-label={words.open(person.name)} onClick={edit}>
          {person.name}
        </Button>
      </Table.Td>
      <Table.Td>{person.displayName}</Table.Td>
      <Table.Td>{all.signIn.roles[person.role]}</Table.Td>
      <Table.Td>
        {valid.length > 0
          ? valid.map(({ number }) => number).join(', ')
          : licensedRoles.has(person.role)
            ? words.unlicensed
            : all.admin.none}
      </Table.Td>
      <Table.Td>{person.skills.join(', ') || all.admin.none}</Table.Td>
      <Table.Td>
        {person.active ? words.active : words.inactive}
        {person.active && !person.mayEnter && ` · ${words.noPassword}`}
      </Table.Td>
      <Table.Td>
        {person.seenAt === null ? words.never : formatInstant(Date.parse(person.seenAt)).slice(0, 16)}
      </Table.Td>
    </Table.Tr>
  );
}
