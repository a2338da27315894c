import { Button, Group, NativeSelect, Select, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Sent } from '../../shared/contract/push.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { AddDialog, Page, Refused } from './page.tsx';
import { PushWait } from './push-wait.tsx';
import { useAct, useRobots, useTeams } from './reads.ts';

/** Group robots of DingTalk and WeCom that are told of an offer nobody has looked at. */
export function RobotsPage() {
  const all = useWords();
  const words = all.admin.robots;
  const { data, isError, refetch } = useRobots();
  const teams = useTeams();
  const [adding, setAdding] = useState(false);
  const [answers, setAnswers] = useState<ReadonlyMap<number, Sent>>(new Map());
  const test = useAct(
    async (robotId: number) => [robotId, await call('testRobot', { params: { robotId } })] as const,
    [],
    ([robotId, sent]) => setAnswers(new Map(answers).set(robotId, sent)),
  );
  const remove = useAct((robotId: number) => call('removeRobot', { params: { robotId } }), ['robots']);
  return (
    <Page title={all.admin.pages.robots} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <Button onClick={() => setAdding(true)}>{words.add}</Button>
      </div>
      <PushWait />
      <Refused error={test.error ?? remove.error} />
      {data?.robots.length === 0 && <p className={classes['muted']}>{words.empty}</p>}
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {[words.name, words.kind, words.host, words.team].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
            <Table.Th aria-label={all.console.units.acts} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data?.robots.map((robot) => {
            const sent = answers.get(robot.id);
            return (
              <Table.Tr key={robot.id}>
                <Table.Td>{robot.name}</Table.Td>
                <Table.Td>{all.codes.pushChannel[robot.kind]}</Table.Td>
                <Table.Td>{robot.host}</Table.Td>
                <Table.Td>
                  {robot.teamId === null
                    ? words.everyTeam
                    : teams.data?.teams.find(({ id }) => id === robot.teamId)?.name}
                </Table.Td>
                <Table.Td>
                  <Group gap={6}>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={words.testOf(robot.name)}
                      onClick={() => test.mutate(robot.id)}
                    >
                      {words.test}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={words.removeOf(robot.name)}
                      onClick={() => remove.mutate(robot.id)}
                    >
                      {words.remove}
                    </Button>
                    <output>
                      {sent &&
                        (sent.accepted
                          ? words.accepted
                          : words.refused(words.failures[sent.failure ?? 'refused']))}
                    </output>
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {adding && <AddRobot close={() => setAdding(false)} />}
    </Page>
  );
}

const empty = { name: '', kind: 'dingtalk' as 'dingtalk' | 'wecom', address: '', secret: '' };

function AddRobot({ close }: { readonly close: () => void }) {
  const all = useWords();
  const words = all.admin.robots;
  const teams = useTeams();
  const [draft, setDraft] = useState(empty);
  const [teamId, setTeamId] = useState<string | null>(null);
  const add = useAct(
    () =>
      call('addRobot', {
        body: {
          ...draft,
          secret: draft.secret === '' ? null : draft.secret,
          teamId: teamId === null ? null : (Number(teamId) as never),
        },
      }),
    ['robots'],
    close,
  );
  const write = (name: 'name' | 'address' | 'secret') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <AddDialog title={words.add} close={close} act={add}>
      <TextInput label={words.name} required maxLength={64} data-autofocus {...write('name')} />
      <NativeSelect
        label={words.kind}
        value={draft.kind}
        onChange={(event) => setDraft({ ...draft, kind: event.currentTarget.value as typeof draft.kind })}
        data={(['dingtalk', 'wecom'] as const).map((value) => ({
          value,
          label: all.codes.pushChannel[value],
        }))}
      />
      <TextInput label={words.address} type="url" required maxLength={1000} {...write('address')} />
      <TextInput label={words.secret} autoComplete="off" maxLength={200} {...write('secret')} />
      <Select
        label={words.team}
        placeholder={words.everyTeam}
        clearable
        clearButtonProps={{ 'aria-label': words.everyTeam }}
        value={teamId}
        onChange={setTeamId}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        data={(teams.data?.teams ?? []).map((team) => ({ value: String(team.id), label: team.name }))}
      />
    </AddDialog>
  );
}
