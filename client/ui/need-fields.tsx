import { Button, Group, NativeSelect, NumberInput, TagsInput } from '@mantine/core';
import { dispatchKinds } from '../../shared/contract/dispatch-codes.ts';
import type { Need } from '../../shared/contract/needs.ts';
import { useWords } from '../words/words.tsx';
import classes from './need-fields.module.css';

/** Words that stand on some team already, to choose from. */
export interface KnownWords {
  readonly skills: readonly string[];
  readonly kit: readonly string[];
}

const single: Need = { kind: 'handle', count: 1, skills: [], kit: [] };

/**
 * Teams that are needed, line by line. `first` is the number of the first line shown: 0 is the lead's, which wants one
 * team and stays; lines beside it come and go, up to `most` lines in all.
 */
export function NeedFields(props: {
  readonly needs: readonly Need[];
  readonly write: (needs: readonly Need[]) => void;
  readonly first: 0 | 1;
  readonly most: number;
  readonly known: KnownWords;
}) {
  const { needs, write, first, most, known } = props;
  const words = useWords();
  const labels = words.work.needs;
  const change = (at: number, part: Partial<Need>) =>
    write(needs.map((need, i) => (i === at ? { ...need, ...part } : need)));
  return (
    <>
      {needs.map((need, at) => {
        const isLead = first + at === 0;
        return (
          <fieldset key={at} className={classes['need']}>
            <legend>{labels.number({ number: first + at + 1, isLead })}</legend>
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
                disabled={isLead}
                value={need.count}
                onChange={(value) => change(at, { count: Math.min(9, Math.max(1, Number(value) || 1)) })}
              />
            </Group>
            {(['skills', 'kit'] as const).map((part) => (
              <TagsInput
                key={part}
                size="xs"
                maxTags={10}
                label={labels[part]}
                value={need[part]}
                onChange={(value) => change(at, { [part]: value })}
                comboboxProps={{ transitionProps: { duration: 0 } }}
                data={[...known[part]]}
              />
            ))}
            {!isLead && (
              <Button
                size="compact-sm"
                variant="default"
                className={classes['remove'] ?? ''}
                aria-label={labels.removeOf({ number: first + at + 1 })}
                onClick={() => write(needs.filter((_, i) => i !== at))}
              >
                {labels.remove}
              </Button>
            )}
          </fieldset>
        );
      })}
      {first + needs.length < most && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes['remove'] ?? ''}
          onClick={() => write([...needs, { ...(needs[0] ?? single), count: 1 }])}
        >
          {labels.add}
        </Button>
      )}
    </>
  );
}
