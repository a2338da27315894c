import { Button, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../live/call.ts';
import { usePeopleNames } from '../live/people.ts';
import { instantOf } from '../ui/local-time.ts';
import { usePreferences } from '../ui/preferences.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Dialog, Page } from './page.tsx';

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)} %`);
const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** 巡查: what own people found against what others had to tell, cells that were walked, and each round with its answers. */
export function PatrolsPage() {
  const all = useWords();
  const words = all.admin.patrols;
  const people = usePeopleNames();
  const { data, isError, refetch } = useQuery({ queryKey: ['patrols'], queryFn: () => call('listPatrols') });
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <Page title={all.admin.pages.patrols} note={words.note} failed={isError} again={() => void refetch()}>
      <Findings />
      {data?.patrols.length === 0 && <p>{words.none}</p>}
      {data !== undefined && data.patrols.length > 0 && (
        <div className={classes['scroll']}>
          <Table verticalSpacing={4} mt="md">
            <Table.Thead>
              <Table.Tr>
                {[words.round, words.walker, words.from, words.to, words.coverage, words.sites].map(
                  (title) => (
                    <Table.Th key={title}>{title}</Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.patrols.map((patrol) => (
                <Table.Tr key={patrol.id}>
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={words.open(patrol.id)}
                      onClick={() => setOpened(patrol.id)}
                    >
                      {patrol.id}
                    </Button>
                  </Table.Td>
                  <Table.Td>{people.get(patrol.personId) ?? patrol.personId}</Table.Td>
                  <Table.Td>{minuteOf(patrol.startedAt)}</Table.Td>
                  <Table.Td>{patrol.endedAt === null ? words.walking : minuteOf(patrol.endedAt)}</Table.Td>
                  <Table.Td>{percent(patrol.coverage)}</Table.Td>
                  <Table.Td>{patrol.visits.length}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {opened !== null && <Round patrolId={opened} close={() => setOpened(null)} />}
    </Page>
  );
}

const dayMs = 86_400_000;
const dayOf = (atMs: number): string => formatInstant(atMs).slice(0, 10);
/** Midnight of a day on the town's clock, ms. */
const midnightOf = (day: string): number => Date.parse(instantOf(`${day}T00:00`) ?? '');

/** 主动发现率 of a period, by zone and in all; both days are included. */
function Findings() {
  const words = useWords().admin.patrols;
  const [period, setPeriod] = useState(() => ({
    from: dayOf(Date.now() - 29 * dayMs),
    to: dayOf(Date.now()),
  }));
  const start = midnightOf(period.from);
  const end = midnightOf(period.to) + dayMs;
  const { data: town } = useQuery({ queryKey: ['town'], queryFn: () => call('readTown') });
  const { data } = useQuery({
    queryKey: ['findings', start, end],
    queryFn: () =>
      call('measureFindings', {
        query: { from: new Date(start).toISOString(), to: new Date(end).toISOString() },
      }),
    enabled: start < end,
  });
  const zone = (id: number | null) =>
    id === null ? words.outside : (town?.zones.find((one) => one.id === id)?.name ?? String(id));
  const rows = data && [
    ...data.rows.map((row) => ({ ...row, name: zone(row.zoneId) })),
    { ...data.total, name: words.total },
  ];
  return (
    <fieldset className={classes['block']}>
      <legend>{words.findings}</legend>
      <div className={classes['bar']}>
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={words[name]}
            value={period[name]}
            error={start >= end && name === 'to' ? words.wrongPeriod : undefined}
            onChange={(event) => setPeriod({ ...period, [name]: event.currentTarget.value })}
          />
        ))}
        {data && (
          <p>
            {words.walked(
              data.coverage.visited,
              data.coverage.planned,
              percent(data.coverage.patrolCoverage),
            )}
          </p>
        )}
      </div>
      {rows && (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[words.zone, words.own, words.told, words.rate].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td>{row.ownFound}</Table.Td>
                <Table.Td>{row.reported}</Table.Td>
                <Table.Td>{percent(row.selfFoundRate)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </fieldset>
  );
}

/** One round: the sites in their order, each answer with its remark and the incident that came of it. */
function Round({ patrolId, close }: { readonly patrolId: number; readonly close: () => void }) {
  const words = useWords().admin.patrols;
  const { data } = useQuery({
    queryKey: ['patrol', patrolId],
    queryFn: () => call('readPatrol', { params: { patrolId } }),
    staleTime: 0,
  });
  const lists = useQuery({ queryKey: ['checklists'], queryFn: () => call('listChecklists') });
  const language = usePreferences((state) => state.language);
  const textOf = (siteType: string, code: string): string => {
    const item = lists.data?.checklists
      .find((list) => list.siteType === siteType)
      ?.items.find((one) => one.code === code);
    return (language === 'en' ? item?.textEn : item?.textZh) ?? code;
  };
  return (
    <Dialog title={words.open(patrolId)} close={close} size="min(760px, 95vw)">
      {data && (
        <>
          <p>
            {words.cells(data.cells.filter(({ visitedAt }) => visitedAt !== null).length, data.cells.length)}
          </p>
          {data.visits.length === 0 && <p>{words.noSites}</p>}
          {data.visits.map((visit) => (
            <section key={visit.id} aria-label={visit.siteName}>
              <strong>{visit.siteName}</strong> <span className={classes['muted']}>{minuteOf(visit.at)}</span>
              <ul>
                {visit.answers.map((answer) => (
                  <li key={answer.item}>
                    {words.answer(textOf(visit.siteType, answer.item), words.answers[answer.answer])}
                    {answer.note !== '' && ` · ${answer.note}`}
                    {answer.incidentId !== null && ` · ${words.incident(answer.incidentId)}`}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </Dialog>
  );
}
