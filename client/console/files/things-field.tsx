import { Button, Group, TextInput } from '@mantine/core';
import { useWords } from '../../words/words.tsx';
import type { InputProps } from './field-input.tsx';
import classes from './files.module.css';

export interface Thing {
  readonly name: string;
  readonly quantity: string;
  readonly state: string;
}

const blank: Thing = { name: '', quantity: '', state: '' };

/** The list of things, one row each: what, how many, in what state. */
export function ThingsField({
  label,
  value,
  change,
}: Pick<InputProps<readonly Thing[] | null>, 'label' | 'value' | 'change'>) {
  const words = useWords().files.things;
  const rows = value ?? [blank];
  const set = (i: number, some: Partial<Thing>) =>
    change(rows.map((row, at) => (at === i ? { ...row, ...some } : row)));
  return (
    <fieldset className={classes['group']}>
      <legend>{label}</legend>
      {rows.map((row, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no other name
        <Group key={i} gap={8} align="end" wrap="wrap">
          <TextInput
            label={words.name({ n: i + 1 })}
            required
            maxLength={80}
            value={row.name}
            onChange={(event) => set(i, { name: event.currentTarget.value })}
          />
          <TextInput
            label={words.quantity({ n: i + 1 })}
            required
            maxLength={40}
            w={110}
            value={row.quantity}
            onChange={(event) => set(i, { quantity: event.currentTarget.value })}
          />
          <TextInput
            label={words.state({ n: i + 1 })}
            maxLength={120}
            value={row.state}
            onChange={(event) => set(i, { state: event.currentTarget.value })}
          />
          {rows.length > 1 && (
            <Button
              variant="default"
              aria-label={words.removeOf({ n: i + 1 })}
              onClick={() => change(rows.filter((_, at) => at !== i))}
            >
              {words.remove}
            </Button>
          )}
        </Group>
      ))}
      <Group gap={8} mt={8}>
        <Button size="compact-sm" variant="default" onClick={() => change([...rows, blank])}>
          {words.another}
        </Button>
      </Group>
    </fieldset>
  );
}
