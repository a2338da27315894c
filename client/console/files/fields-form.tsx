import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { CallRefused } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import { sentenceOf } from '../perform.tsx';
import type { Field, Values } from './act-table.ts';
import { FieldInput } from './field-input.tsx';
import classes from './files.module.css';

/** The form of an act, drawn from its fields; what the server refuses stands above the buttons. */
export function FieldsForm(props: {
  readonly title: string;
  readonly note: string;
  readonly fields: readonly Field[];
  readonly file: PenaltyFileView;
  /** Label of a field; the words of the page know the rest. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly send: (values: Values) => Promise<void>;
  readonly close: () => void;
}) {
  const words = useWords().files;
  const { fields, file } = props;
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(
      fields.map(({ name, kind, start }) => [name, start?.(file) ?? (kind === 'check' ? false : '')]),
    ),
  );
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const shown = fields.filter(({ when }) => when?.(values, file) ?? true);
  async function submit() {
    setBusy(true);
    setError(null);
    try {
      await props.send(Object.fromEntries(shown.map(({ name }) => [name, values[name]])));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  return (
    <form
      className={classes['form']}
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={classes['muted']}>{props.note}</p>
      {shown.map((field, i) => (
        <FieldInput
          key={field.name}
          field={field}
          file={file}
          first={i === 0}
          label={props.labels?.[field.name] ?? labelOf(words.fields, field.name)}
          value={values[field.name]}
          change={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <RefusedNote error={error} />
      <Group gap={8}>
        <Button type="submit" loading={busy} data-autofocus={shown.length === 0 ? true : undefined}>
          {words.send}
        </Button>
        <Button variant="default" onClick={props.close}>
          {words.cancel}
        </Button>
      </Group>
    </form>
  );
}

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** Why the server said no: the sentence, the condition of the law by name, the articles, the fields. */
function RefusedNote({ error }: { readonly error: unknown }) {
  const words = useWords().files;
  if (error === null) return null;
  const { guard, articles, earliest, until } = (error instanceof CallRefused ? error.detail : {}) as {
    readonly guard?: string;
    readonly articles?: string;
    readonly earliest?: string;
    readonly until?: string;
  };
  const fields = error instanceof CallRefused ? error.errors : [];
  return (
    <Alert role="alert" variant="outline">
      {sentenceOf(error)}
      {guard !== undefined && <div>{labelOf(words.conditions, guard)}</div>}
      {articles !== undefined && <div>{articles}</div>}
      {earliest !== undefined && <div>{words.earliest({ clock: minuteOf(earliest) })}</div>}
      {until !== undefined && <div>{words.until({ clock: minuteOf(until) })}</div>}
      {fields.map(({ path, message }) => (
        <div key={path}>{`${labelOf(words.fields, path.split('.')[1] ?? path)}: ${message}`}</div>
      ))}
    </Alert>
  );
}
