import { Input } from '@mantine/core';
import { useId } from 'react';

/** The phone's own list of choices: Mantine's select would bring its floating boxes along, 12 kB that no phone needs. */
export function SelectField<T extends string>(props: {
  readonly label: string;
  readonly note?: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}) {
  const id = useId();
  const { note } = props;
  return (
    <Input.Wrapper
      id={id}
      label={props.label}
      size="lg"
      {...(note !== undefined && { description: note })}
      styles={{ description: { color: 'var(--surface-muted)', fontSize: '0.9375rem' } }}
    >
      <Input
        component="select"
        id={id}
        size="lg"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Input>
    </Input.Wrapper>
  );
}
