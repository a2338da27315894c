import { Button, Checkbox, List, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Body } from '../../shared/contract/api.ts';
import type { FineRange, MatterVersion } from '../../shared/contract/matters.ts';
import { call } from '../live/call.ts';
import { NeedFields } from '../ui/need-fields.tsx';
import { needsSentence } from '../words/needs-sentence.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

type Draft = Body<'publishMatter'>;

const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
const clocks = ['urgent_hour', 'work_hour', 'work_day', 'natural_day'] as const;
const statuses = ['delegated', 'recalled', 'never_delegated'] as const;

const draftOf = ({ matter, status, holder }: MatterVersion): Draft => ({
  document: '',
  status,
  holder,
  priority: matter.priority,
  deadlineClock: matter.deadlineClock,
  deadlineValue: matter.deadlineValue,
  skill: matter.skill,
  equipment: matter.equipment,
  evidence: matter.evidence,
  note: matter.note,
  fineIndividual: matter.fineIndividual,
  fineOrg: matter.fineOrg,
  support: matter.support ?? [],
});

type Plain = Exclude<keyof Draft, 'support'>;

const said = (value: Draft[Plain]): string => (Array.isArray(value) ? value.join('–') : String(value ?? '—'));

/** What the town decides; before it is published the form says what would be unlike the version in force. */
export function MatterForm({ newest }: { readonly newest: MatterVersion }) {
  const everything = useWords();
  const words = everything.admin.matters;
  const was = draftOf(newest);
  const [draft, setDraft] = useState(was);
  const publish = useAct(
    () => call('publishMatter', { params: { matterCode: newest.matter.code }, body: draft }),
    ['matters', 'matter'],
  );
  const labels: Readonly<Record<Exclude<keyof Draft, 'document' | 'support'>, string>> = {
    status: words.status,
    holder: words.holder,
    priority: words.priority,
    deadlineClock: words.deadline,
    deadlineValue: words.value,
    skill: words.skill,
    equipment: words.equipment,
    evidence: words.evidence,
    note: words.remark,
    fineIndividual: words.fineIndividual,
    fineOrg: words.fineOrg,
  };
  const changed = (Object.keys(labels) as (keyof typeof labels)[]).filter(
    (name) => said(was[name]) !== said(draft[name]),
  );
  const needsOf = (support: Draft['support']) => needsSentence(support ?? [], everything);
  const supportChanged = needsOf(was.support) !== needsOf(draft.support);
  const unchanged = changed.length === 0 && !supportChanged;
  const shown = (name: keyof typeof labels, value: Draft[Plain]): string => {
    if (name === 'status') return words.statuses[value as (typeof statuses)[number]];
    if (name === 'deadlineClock')
      return value === null ? words.noClock : words.clocks[value as (typeof clocks)[number]];
    return said(value);
  };
  const write = (name: 'holder' | 'skill' | 'equipment' | 'evidence' | 'note' | 'document') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate(undefined);
      }}
    >
      <div className={classes['two']}>
        <NativeSelect
          label={words.priority}
          data-autofocus
          value={draft.priority}
          onChange={(event) =>
            setDraft({ ...draft, priority: event.currentTarget.value as Draft['priority'] })
          }
          data={[...priorities]}
        />
        <NativeSelect
          label={words.status}
          value={draft.status}
          onChange={(event) => setDraft({ ...draft, status: event.currentTarget.value as Draft['status'] })}
          data={statuses.map((value) => ({ value, label: words.statuses[value] }))}
        />
        <NativeSelect
          label={words.deadline}
          value={draft.deadlineClock ?? ''}
          onChange={(event) => {
            const clock = (event.currentTarget.value || null) as Draft['deadlineClock'];
            setDraft({
              ...draft,
              deadlineClock: clock,
              deadlineValue: clock === null ? null : (draft.deadlineValue ?? 1),
            });
          }}
          data={[
            { value: '', label: words.noClock },
            ...clocks.map((value) => ({ value, label: words.clocks[value] })),
          ]}
        />
        {draft.deadlineClock !== null && (
          <NumberInput
            label={words.value}
            required
            min={0.5}
            step={0.5}
            value={draft.deadlineValue ?? ''}
            onChange={(value) => setDraft({ ...draft, deadlineValue: value === '' ? null : Number(value) })}
          />
        )}
        <TextInput label={words.holder} required maxLength={80} {...write('holder')} />
        <TextInput label={words.skill} maxLength={200} {...write('skill')} />
        <TextInput label={words.equipment} maxLength={200} {...write('equipment')} />
        <TextInput label={words.evidence} maxLength={400} {...write('evidence')} />
      </div>
      <div className={classes['two']}>
        <Fine
          title={words.fineIndividual}
          range={draft.fineIndividual}
          set={(fineIndividual) => setDraft({ ...draft, fineIndividual })}
        />
        <Fine
          title={words.fineOrg}
          range={draft.fineOrg}
          set={(fineOrg) => setDraft({ ...draft, fineOrg })}
        />
      </div>
      <fieldset className={classes['block']}>
        <legend>{words.support}</legend>
        <NeedFields
          needs={draft.support ?? []}
          write={(support) => setDraft({ ...draft, support: [...support] })}
          first={1}
          most={6}
          known={{ skills: [], kit: [] }}
        />
      </fieldset>
      <Textarea label={words.remark} autosize minRows={2} maxLength={1000} {...write('note')} />
      <TextInput label={words.document} required maxLength={200} {...write('document')} />
      <section aria-label={words.changes}>
        <strong>{unchanged ? words.noChanges : words.changes}</strong>
        <List>
          {changed.map((name) => (
            <List.Item key={name}>
              {words.change(labels[name], shown(name, was[name]), shown(name, draft[name]))}
            </List.Item>
          ))}
          {supportChanged && (
            <List.Item>
              {words.change(words.support, needsOf(was.support) || '—', needsOf(draft.support) || '—')}
            </List.Item>
          )}
        </List>
      </section>
      <Refused error={publish.error} />
      <Button type="submit" disabled={unchanged} loading={publish.isPending}>
        {words.publish}
      </Button>
    </form>
  );
}

/** Least and most of a fine; off where that kind of party is not fined. */
function Fine(props: {
  readonly title: string;
  readonly range: FineRange;
  readonly set: (range: FineRange) => void;
}) {
  const words = useWords().admin.matters;
  const { title, range, set } = props;
  return (
    <fieldset className={classes['block']}>
      <legend>{title}</legend>
      <Checkbox
        label={words.fined}
        checked={range !== null}
        onChange={(event) => set(event.currentTarget.checked ? [0, 0] : null)}
      />
      {range !== null && (
        <div className={classes['two']}>
          <NumberInput
            label={words.least}
            min={0}
            value={range[0]}
            error={range[0] > range[1] ? words.wrongRange : undefined}
            onChange={(value) => set([Number(value), range[1]])}
          />
          <NumberInput
            label={words.most}
            min={0}
            value={range[1]}
            onChange={(value) => set([range[0], Number(value)])}
          />
        </div>
      )}
    </fieldset>
  );
}
