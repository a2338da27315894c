import {
  Alert,
  Button,
  JsonInput,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import type { Policy } from '../../shared/contract/dispatch.ts';
import { policyDifferences } from '../../shared/rules/dispatch/policy-difference.ts';
import { call } from '../live/call.ts';
import { instantOf } from '../ui/local-time.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { Differences } from './policy-differences.tsx';
import { useAct } from './reads.ts';

/** The settings that a town changes, and the whole document for the rest: what comes out is a proposal. */
export function PolicyForm({ policy }: { readonly policy: Policy }) {
  const words = useWords().admin.policy;
  const [draft, setDraft] = useState<Policy>(policy);
  const [json, setJson] = useState(() => JSON.stringify(policy, null, 2));
  const [from, setFrom] = useState('');
  const [reason, setReason] = useState('');
  const propose = useAct(
    (next: Policy) => {
      const effectiveAt = instantOf(from);
      return call('proposePolicy', { body: { policy: next, reason, ...(effectiveAt && { effectiveAt }) } });
    },
    ['policies'],
    () => setReason(''),
  );
  const change = (next: Policy) => {
    setDraft(next);
    setJson(JSON.stringify(next, null, 2));
  };
  const parsed = readJson(json);
  const changes = parsed ? policyDifferences(policy, parsed) : [];
  return (
    <Stack>
      <Title order={3} size="h5" mt="md">
        {words.propose}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Choice
          label={words.mode}
          labels={words.modes}
          value={draft.mode}
          onChange={(mode) => change({ ...draft, mode })}
        />
        <Choice
          label={words.rematch}
          labels={words.rematches}
          value={draft.rematch.mode}
          onChange={(mode) => change({ ...draft, rematch: { ...draft.rematch, mode } })}
        />
        {draft.offers.answerSeconds.map((seconds, i) => (
          <Amount
            key={words.answer(i + 1)}
            label={words.answer(i + 1)}
            value={seconds}
            onChange={(value) =>
              change({
                ...draft,
                offers: {
                  ...draft.offers,
                  answerSeconds: replaced(draft.offers.answerSeconds, i, value ?? 0),
                },
              })
            }
          />
        ))}
        {draft.offers.radiusMetres.map((metres, i) => (
          <Amount
            key={words.radius(i + 1)}
            label={words.radius(i + 1)}
            value={metres}
            onChange={(value) =>
              change({
                ...draft,
                offers: { ...draft.offers, radiusMetres: replaced(draft.offers.radiusMetres, i, value) },
              })
            }
          />
        ))}
        <Amount
          label={words.cap}
          value={draft.ownFirstCapSeconds}
          onChange={(ownFirstCapSeconds) => change({ ...draft, ownFirstCapSeconds })}
        />
        <Amount
          label={words.hysteresis}
          value={draft.rematch.hysteresisSeconds}
          onChange={(value) =>
            change({ ...draft, rematch: { ...draft.rematch, hysteresisSeconds: value ?? 0 } })
          }
        />
        <Amount
          label={words.gain}
          value={draft.betterTeam.minimumGainSeconds}
          onChange={(value) =>
            change({ ...draft, betterTeam: { ...draft.betterTeam, minimumGainSeconds: value ?? 0 } })
          }
        />
        <Amount
          label={words.dark}
          value={draft.fresh.darkSeconds}
          onChange={(value) => change({ ...draft, fresh: { ...draft.fresh, darkSeconds: value ?? 0 } })}
        />
        <Amount
          label={words.accuracy}
          value={draft.accuracyLimitMetres}
          onChange={(value) => change({ ...draft, accuracyLimitMetres: value ?? 0 })}
        />
      </SimpleGrid>
      <JsonInput
        label={words.all}
        value={json}
        onChange={setJson}
        autosize
        minRows={6}
        maxRows={18}
        error={parsed ? null : words.notJson}
      />
      <div>
        <Text size="sm" fw={600}>
          {words.changes}
        </Text>
        <Differences changes={changes} none={words.noChanges} />
      </div>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed) propose.mutate(parsed);
        }}
      >
        <div className={classes['two']}>
          <TextInput
            type="datetime-local"
            label={words.effectiveAt}
            description={words.effectiveHint}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            label={words.reason}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <Refused error={propose.error} />
        <Button
          type="submit"
          disabled={!parsed || reason.trim() === ''}
          loading={propose.isPending}
          style={{ justifySelf: 'start' }}
        >
          {words.propose}
        </Button>
        <div aria-live="polite">
          {propose.data && <Alert variant="outline">{words.proposed(propose.data.version)}</Alert>}
        </div>
      </form>
    </Stack>
  );
}

const replaced = <T extends readonly unknown[]>(list: T, index: number, value: T[number]): T =>
  list.map((old, i) => (i === index ? value : old)) as unknown as T;

function readJson(text: string): Policy | null {
  try {
    return JSON.parse(text) as Policy;
  } catch {
    return null;
  }
}

function Amount(props: { label: string; value: number | null; onChange: (value: number | null) => void }) {
  const { label, value, onChange } = props;
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      min={0}
      allowDecimal={false}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
    />
  );
}

function Choice<K extends string>(props: {
  label: string;
  labels: Readonly<Record<K, string>>;
  value: K;
  onChange: (value: K) => void;
}) {
  const { label, labels, value, onChange } = props;
  const data = (Object.keys(labels) as K[]).map((key) => ({ value: key, label: labels[key] }));
  return (
    <Select
      label={label}
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(next) => next && onChange(next)}
    />
  );
}
