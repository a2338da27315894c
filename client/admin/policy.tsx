import {
  Alert,
  Button,
  Group,
  JsonInput,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Policy } from '../../shared/contract/dispatch.ts';
import { call, CallRefused } from '../live/call.ts';
import { useWords } from '../words/words.tsx';

const key = ['policy'];

/** The policy in force: the settings that a town changes, and the whole document for the rest. */
export function PolicyCard() {
  const words = useWords();
  const { data } = useQuery({ queryKey: key, queryFn: () => call('readPolicy') });
  if (!data) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="policy-title">
      <Title order={2} size="h4" id="policy-title">
        {words.admin.policy.title}
      </Title>
      <Text size="sm">{words.admin.policy.note}</Text>
      <Text size="sm" my="sm">
        {words.admin.policy.version(data.version, data.hash)}
      </Text>
      <PolicyForm key={data.version} policy={data.policy} />
    </Paper>
  );
}

function PolicyForm({ policy }: { readonly policy: Policy }) {
  const all = useWords();
  const words = all.admin.policy;
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Policy>(policy);
  const [json, setJson] = useState(() => JSON.stringify(policy, null, 2));
  const save = useMutation({
    mutationFn: (next: Policy) => call('changePolicy', { body: { policy: next } }),
    onSuccess: (saved) => queries.setQueryData(key, saved),
  });
  const change = (next: Policy) => {
    setDraft(next);
    setJson(JSON.stringify(next, null, 2));
  };
  const parsed = readJson(json);
  const refused = save.error instanceof CallRefused ? save.error : null;
  return (
    <Stack>
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
      <Group>
        <Button disabled={!parsed} loading={save.isPending} onClick={() => parsed && save.mutate(parsed)}>
          {words.save}
        </Button>
      </Group>
      <div aria-live="polite">
        {save.data && <Alert variant="outline">{words.saved(save.data.version)}</Alert>}
        {refused && (
          <Alert variant="outline" role="alert" title={all.refusals[refused.code]}>
            {refused.errors.map(({ path, message }) => (
              <Text key={path} size="sm">{`${path}: ${message}`}</Text>
            ))}
          </Alert>
        )}
      </div>
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
