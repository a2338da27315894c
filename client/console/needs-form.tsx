import { Button, Group, MultiSelect, NativeSelect, NumberInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { dispatchKinds } from '../../shared/contract/dispatch-codes.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { Need } from '../../shared/contract/needs.ts';
import { useCard } from '../live/card.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { setNeeds } from './acts.ts';
import classes from './detail.module.css';
import { finish, FormFrame } from './form-frame.tsx';
import { useRoom } from './room.ts';

const most = 6;

/** What the incident needs, line by line; it begins with what stands. */
export function NeedsForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const wish = useRoom((state) => state.wish);
  const { data: card } = useCard(incident.id, true, wish);
  const lines = incident.needs ?? card?.lines;
  if (!lines) return <p className={classes['muted']}>{words.detail.loading}</p>;
  const now = lines.map(({ kind, count, skills, kit }) => ({ kind, count, skills, kit }));
  return <Lines incident={incident} now={now} />;
}

function Lines({ incident, now }: { readonly incident: IncidentView; readonly now: readonly Need[] }) {
  const words = useWords();
  const labels = words.work.needs;
  const [needs, setDraft] = useState(now);
  const teams = useLive((state) => state.picture.teams);
  const known = useMemo(() => {
    const all = [...teams.values()];
    const listed = (list: readonly string[]) => [...new Set(list)].toSorted();
    return {
      skills: listed(all.flatMap(({ members }) => members.flatMap(({ skills }) => skills))),
      kit: listed(all.flatMap(({ kit }) => kit)),
    };
  }, [teams]);
  const change = (at: number, part: Partial<Need>) =>
    setDraft(needs.map((need, i) => (i === at ? { ...need, ...part } : need)));
  return (
    <FormFrame title={words.detail.acts.needs} submit={() => void finish(setNeeds(incident, needs))}>
      {needs.map((need, at) => (
        <fieldset key={at} className={classes['need']}>
          <legend>{labels.number({ number: at + 1, isLead: at === 0 })}</legend>
          <Group grow gap={6} align="start">
            <NativeSelect
              size="xs"
              label={labels.kind}
              value={need.kind}
              onChange={(event) => change(at, { kind: event.currentTarget.value as Need['kind'] })}
              data={dispatchKinds.map((value) => ({ value, label: words.codes.taskKind[value] }))}
            />
            <NumberInput
              size="xs"
              label={labels.count}
              min={1}
              max={9}
              disabled={at === 0}
              value={need.count}
              onChange={(value) => change(at, { count: Math.min(9, Math.max(1, Number(value) || 1)) })}
            />
          </Group>
          {(['skills', 'kit'] as const).map((part) => (
            <MultiSelect
              key={part}
              size="xs"
              searchable
              label={labels[part]}
              value={need[part]}
              onChange={(value) => change(at, { [part]: value })}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              data={[...new Set([...known[part], ...need[part]])]}
            />
          ))}
          {at > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={labels.removeOf({ number: at + 1 })}
              onClick={() => setDraft(needs.filter((_, i) => i !== at))}
            >
              {labels.remove}
            </Button>
          )}
        </fieldset>
      ))}
      {needs.length < most && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setDraft([...needs, { ...needs[0]!, count: 1 }])}
        >
          {labels.add}
        </Button>
      )}
    </FormFrame>
  );
}
