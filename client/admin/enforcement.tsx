import { Alert, Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnforcementSettings } from '../../shared/contract/papers.ts';
import { call } from '../live/call.ts';
import { useSession } from '../live/session.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Page, Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** 执法设置: what stands on the papers of this organ, and which choices the law leaves to it. */
export function EnforcementPage() {
  const all = useWords();
  const words = all.admin.enforcement;
  const demo = useSession((session) => session.me?.demo === true);
  const { data, isError, refetch } = useQuery({
    queryKey: ['enforcement'],
    queryFn: () => call('readEnforcementSettings'),
  });
  return (
    <Page title={all.admin.pages.enforcement} note={words.note} failed={isError} again={() => void refetch()}>
      {demo && <Alert variant="outline">{words.demo}</Alert>}
      {data && <SettingsForm key={JSON.stringify(data)} settings={data} />}
    </Page>
  );
}

/** One input for each field of the settings, by the kind of its value. */
function SettingsForm({ settings }: { readonly settings: EnforcementSettings }) {
  const all = useWords();
  const words = all.admin.enforcement;
  const [draft, setDraft] = useState(settings);
  const save = useAct(() => call('changeEnforcementSettings', { body: draft }), ['enforcement']);
  const set = (some: object) => setDraft({ ...draft, ...some });
  const names = Object.keys(words.fields) as (keyof EnforcementSettings)[];
  const same = JSON.stringify(draft) === JSON.stringify(settings);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <div className={classes['two']}>
        {names.map((name) => {
          const value = draft[name];
          if (typeof value !== 'string') return null;
          return (
            <TextInput
              key={name}
              label={words.fields[name]}
              required={name === 'organ'}
              maxLength={name === 'address' || name === 'payAt' ? 200 : 80}
              value={value}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          );
        })}
      </div>
      {names.map((name) => {
        const value = draft[name];
        if (typeof value !== 'boolean') return null;
        return (
          <Switch
            key={name}
            label={words.fields[name]}
            description={labelOf(words.effects, name)}
            checked={value}
            onChange={(event) => set({ [name]: event.currentTarget.checked })}
          />
        );
      })}
      <fieldset className={classes['block']}>
        <legend>{words.fields.numberPrefix}</legend>
        <div className={classes['two']}>
          {Object.entries(draft.numberPrefix).map(([kind, prefix]) => (
            <TextInput
              key={kind}
              label={labelOf(all.officer.papers.kinds, kind)}
              required
              maxLength={20}
              value={prefix}
              onChange={(event) =>
                set({ numberPrefix: { ...draft.numberPrefix, [kind]: event.currentTarget.value } })
              }
            />
          ))}
        </div>
      </fieldset>
      <fieldset className={classes['block']}>
        <legend>{words.fields.hearingFromYuan}</legend>
        <div className={classes['two']}>
          {(['individual', 'organisation'] as const).map((kind) => (
            <NumberInput
              key={kind}
              label={all.officer.papers.party.kinds[kind]}
              description={words.hearing}
              min={1}
              value={draft.hearingFromYuan[kind] ?? ''}
              onChange={(value) =>
                set({
                  hearingFromYuan: { ...draft.hearingFromYuan, [kind]: value === '' ? null : Number(value) },
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <Refused error={save.error} />
      <div aria-live="polite">{save.isSuccess && same && <p>{all.admin.done}</p>}</div>
      <Button type="submit" disabled={same} loading={save.isPending} style={{ justifySelf: 'start' }}>
        {all.admin.save}
      </Button>
    </form>
  );
}
