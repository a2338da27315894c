import { Alert, Button, FileButton, NativeSelect, Table, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HolidayYear } from '../../shared/contract/holidays.ts';
import { readHolidays } from '../../shared/rules/holidays.ts';
import { call } from '../live/call.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Page, Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** The days off and the make-up days of each year; a year that is missing makes deadlines provisional. */
export function HolidaysPage() {
  const all = useWords();
  const words = all.admin.holidays;
  const { data, isError, refetch } = useQuery({
    queryKey: ['holidays'],
    queryFn: () => call('listHolidays'),
  });
  const [thisYear] = useState(() => Number(formatInstant(Date.now()).slice(0, 4)));
  const [year, setYear] = useState(thisYear);
  const published = new Map((data?.years ?? []).map((one) => [one.year, one]));
  const years = [...new Set([thisYear + 1, thisYear, ...published.keys()])].toSorted((a, b) => b - a);
  return (
    <Page title={all.admin.pages.holidays} note={words.note} failed={isError} again={() => void refetch()}>
      {data && (
        <>
          <div className={classes['bar']}>
            <NativeSelect
              label={words.year}
              value={String(year)}
              onChange={(event) => setYear(Number(event.currentTarget.value))}
              data={years.map((value) => ({
                value: String(value),
                label: words.yearState({ year: value, published: published.has(value) }),
              }))}
            />
          </div>
          <YearForm key={year} year={year} before={published.get(year)} />
        </>
      )}
    </Page>
  );
}

const lineOf = ({ date, kind, name }: HolidayYear['days'][number]): string => [date, kind, name].join(',');

/** One year as a list of lines, judged while it is written; what is wrong stands beside its line. */
function YearForm({ year, before }: { readonly year: number; readonly before: HolidayYear | undefined }) {
  const words = useWords().admin.holidays;
  const [text, setText] = useState(() => (before?.days ?? []).map(lineOf).join('\n'));
  const [source, setSource] = useState(before?.source ?? '');
  const { days, faults } = readHolidays(text, year);
  const publish = useAct(
    () => call('publishHolidays', { params: { year }, body: { source, days } }),
    ['holidays'],
  );
  const off = days.filter(({ kind }) => kind === 'holiday').length;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate(undefined);
      }}
    >
      <div className={classes['split']}>
        <Textarea
          label={words.days}
          description={words.format}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={12}
          maxRows={24}
          spellCheck={false}
        />
        <div>
          <p aria-live="polite">
            {faults.length > 0
              ? words.wrong({ rows: faults.length })
              : words.read({ off, worked: days.length - off })}
          </p>
          {faults.length > 0 && (
            <Table verticalSpacing={4} aria-label={words.faultsTitle}>
              <Table.Tbody>
                {faults.map(({ row, fault }) => (
                  <Table.Tr key={`${row} ${fault}`}>
                    <Table.Td>{words.row({ row })}</Table.Td>
                    <Table.Td>{words.faults[fault]}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </div>
      </div>
      <TextInput
        label={words.source}
        description={words.sourceHint}
        required
        maxLength={200}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <Refused error={publish.error} />
      <div className={classes['bar']}>
        <Button
          type="submit"
          loading={publish.isPending}
          disabled={faults.length > 0 || days.length === 0 || source.trim() === ''}
        >
          {words.publish({ year })}
        </Button>
        <FileButton accept=".csv,.txt,text/csv" onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button variant="default" {...props}>
              {words.open}
            </Button>
          )}
        </FileButton>
      </div>
      <div aria-live="polite">
        {publish.data && (
          <Alert variant="outline">
            {words.published({ year, counted: publish.data.counted, moved: publish.data.moved })}
          </Alert>
        )}
      </div>
    </form>
  );
}
