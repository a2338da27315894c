import { Button, Group, MultiSelect, NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TeamId } from '../../shared/contract/ids.ts';
import { call } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { instantOf, localText } from '../ui/local-time.ts';
import { useWords } from '../words/words.tsx';
import { perform } from './perform.tsx';

const grounds = ['several_organs', 'unclear_duty', 'checks_at_once'] as const;

/** The full hour some hours from now, on the server's clock. */
const fullHour = (plus: number): string =>
  `${localText(Date.now() + useLive.getState().offsetMs + plus * 3_600_000).slice(0, 14)}00`;

/** A joint operation before it begins: who calls it, who takes part, what is planned. */
export function OperationForm(props: { readonly incidentId: number | null; readonly done: () => void }) {
  const words = useWords();
  const labels = words.work.operation;
  const [text, setText] = useState({ title: '', initiator: '', plan: '' });
  const [participants, setParticipants] = useState<string[]>([]);
  const teams = useLive((state) => state.picture.teams);
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const [objects, setObjects] = useState<string[]>([]);
  const [ground, setGround] = useState<(typeof grounds)[number]>('several_organs');
  const [from, setFrom] = useState(() => fullHour(1));
  const [to, setTo] = useState(() => fullHour(3));
  const [startsAt, endsAt] = [instantOf(from), instantOf(to)];
  const wrongTime = startsAt !== null && endsAt !== null && endsAt <= startsAt;
  const write = (name: keyof typeof text) => ({
    value: text[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setText({ ...text, [name]: event.currentTarget.value }),
  });
  async function save() {
    if (startsAt === null || endsAt === null || wrongTime || participants.length === 0) return;
    const done = await perform({
      label: labels.saved({ title: text.title }),
      run: () =>
        call('planJointOperation', {
          body: {
            ...text,
            participants,
            teamIds: teamIds.map((id) => Number(id) as TeamId),
            ground,
            objects,
            startsAt,
            endsAt,
            ...(props.incidentId !== null && { incidentId: props.incidentId }),
          },
        }),
    });
    if (done) props.done();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput label={labels.name} required maxLength={120} data-autofocus {...write('title')} />
      <TextInput label={labels.initiator} required maxLength={80} {...write('initiator')} />
      <TagsInput
        label={labels.participants}
        description={labels.participantsHint}
        required
        maxTags={20}
        value={participants}
        onChange={setParticipants}
      />
      <MultiSelect
        label={labels.teams}
        description={labels.teamsHint}
        searchable
        value={teamIds}
        onChange={setTeamIds}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        data={[...teams.values()].map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <NativeSelect
        label={labels.ground}
        value={ground}
        onChange={(event) => setGround(event.currentTarget.value as typeof ground)}
        data={grounds.map((code) => ({ value: code, label: labels.grounds[code] }))}
      />
      <Group grow align="start">
        <TextInput
          type="datetime-local"
          label={labels.starts}
          required
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={labels.ends}
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={wrongTime ? labels.wrongTime : undefined}
        />
      </Group>
      <Textarea label={labels.content} required autosize minRows={2} maxLength={2000} {...write('plan')} />
      <TagsInput label={labels.objects} value={objects} onChange={setObjects} maxTags={200} />
      {props.incidentId !== null && <p>{labels.incident({ incident: props.incidentId })}</p>}
      <Group gap={8} mt="sm">
        <Button type="submit">{labels.save}</Button>
        <Button variant="default" onClick={props.done}>
          {labels.cancel}
        </Button>
      </Group>
    </form>
  );
}
