import { Button, NativeSelect, NumberInput, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '../../shared/contract/api.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

type Draft = Omit<Body<'publishBenchmark'>, 'matterCode'>;

const kinds = ['individual', 'organisation'] as const;
const empty: Draft = { partyKind: 'individual', level: '', leastYuan: 0, mostYuan: 0, document: '' };

/** 裁量基准 of a matter (行政处罚法 34): the published ranges in force, and the next one. Published, they bind every decision. */
export function Benchmarks({ code }: { readonly code: string }) {
  const all = useWords();
  const words = all.admin.benchmarks;
  const parties = all.officer.papers.party.kinds;
  const { data } = useQuery({ queryKey: ['benchmarks'], queryFn: () => call('listBenchmarks') });
  const [draft, setDraft] = useState(empty);
  const publish = useAct(
    () => call('publishBenchmark', { body: { matterCode: code, ...draft } }),
    ['benchmarks'],
    () => setDraft({ ...empty, partyKind: draft.partyKind, document: draft.document }),
  );
  const rows = (data?.benchmarks ?? []).filter(({ matterCode }) => matterCode === code);
  return (
    <fieldset className={classes['block']}>
      <legend>{words.title}</legend>
      <p className={classes['note']}>{words.note}</p>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[all.officer.papers.party.kind, words.level, words.range, words.document].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.partyKind}${row.level}`}>
                <Table.Td>{parties[row.partyKind]}</Table.Td>
                <Table.Td>{row.level}</Table.Td>
                <Table.Td>{words.from(row.leastYuan, row.mostYuan)}</Table.Td>
                <Table.Td>{row.document}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <form
        className={classes['form']}
        aria-label={words.title}
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate(undefined);
        }}
      >
        <div className={classes['two']}>
          <NativeSelect
            label={all.officer.papers.party.kind}
            value={draft.partyKind}
            onChange={(event) =>
              setDraft({ ...draft, partyKind: event.currentTarget.value as Draft['partyKind'] })
            }
            data={kinds.map((value) => ({ value, label: parties[value] }))}
          />
          <TextInput
            label={words.level}
            required
            maxLength={20}
            value={draft.level}
            onChange={(event) => setDraft({ ...draft, level: event.currentTarget.value })}
          />
          <NumberInput
            label={words.least}
            required
            min={0}
            value={draft.leastYuan}
            error={draft.leastYuan > draft.mostYuan && draft.mostYuan > 0 ? words.wrongRange : undefined}
            onChange={(value) => setDraft({ ...draft, leastYuan: Number(value) })}
          />
          <NumberInput
            label={words.most}
            required
            min={1}
            value={draft.mostYuan === 0 ? '' : draft.mostYuan}
            onChange={(value) => setDraft({ ...draft, mostYuan: Number(value) })}
          />
          <TextInput
            label={words.document}
            required
            maxLength={200}
            value={draft.document}
            onChange={(event) => setDraft({ ...draft, document: event.currentTarget.value })}
          />
        </div>
        <Refused error={publish.error} />
        <Button
          type="submit"
          variant="default"
          loading={publish.isPending}
          disabled={draft.leastYuan > draft.mostYuan}
          style={{ justifySelf: 'start' }}
        >
          {words.publish}
        </Button>
      </form>
    </fieldset>
  );
}
