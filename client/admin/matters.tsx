import { Button, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Matter } from '../../shared/contract/matters.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { EditMatter } from './matter-edit.tsx';
import { Page } from './page.tsx';
import { useMatters } from './reads.ts';

/** A time limit in words, e.g. `2 urgent hours`. */
export function limitText(
  { deadlineClock, deadlineValue }: Pick<Matter, 'deadlineClock' | 'deadlineValue'>,
  words: { readonly clocks: Readonly<Record<string, string>>; readonly noClock: string },
): string {
  return deadlineClock === null || deadlineValue === null
    ? words.noClock
    : `${deadlineValue} ${words.clocks[deadlineClock]}`;
}

/** The list of matters in force; a change becomes the next version. */
export function MattersPage() {
  const all = useWords();
  const words = all.admin.matters;
  const language = usePreferences((state) => state.language);
  const { data, isError, refetch } = useMatters();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const wanted = search.trim().toLowerCase();
  const nameOf = ({ nameZh, nameEn }: Matter) => (language === 'en' ? nameEn : nameZh);
  const matters = (data?.matters ?? []).filter((matter) =>
    [matter.code, matter.nameZh, matter.nameEn, matter.domain].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  const one = data?.matters.find(({ code }) => code === opened);
  return (
    <Page title={all.admin.pages.matters} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <TextInput
          aria-label={all.admin.search}
          placeholder={all.admin.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <div className={classes['scroll']}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[
                words.code,
                words.name,
                words.priority,
                words.deadline,
                words.basis,
                all.admin.people.skills,
              ].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {matters.map((matter) => (
              <Table.Tr key={matter.code}>
                <Table.Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={words.open(matter.code)}
                    onClick={() => setOpened(matter.code)}
                  >
                    {matter.code}
                  </Button>
                </Table.Td>
                <Table.Td>{nameOf(matter)}</Table.Td>
                <Table.Td>{matter.priority}</Table.Td>
                <Table.Td>{limitText(matter, words)}</Table.Td>
                <Table.Td>{matter.basis}</Table.Td>
                <Table.Td>{matter.skill || all.admin.none}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {one && <EditMatter code={one.code} name={nameOf(one)} close={() => setOpened(null)} />}
    </Page>
  );
}
