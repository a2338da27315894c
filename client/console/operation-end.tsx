import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Operation } from '../../shared/contract/field-steps.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { perform } from './perform.tsx';

/** What came of a joint operation, object by object and organ by organ; written once. */
export function OperationEnd(props: { readonly operation: Operation; readonly done: () => void }) {
  const labels = useWords().work.operation;
  const { operation } = props;
  const organs = [operation.initiator, ...operation.participants];
  const row = (object: string) => ({
    key: crypto.randomUUID(),
    object,
    organ: operation.initiator,
    result: '',
  });
  const [rows, setRows] = useState(() =>
    (operation.objects.length > 0 ? operation.objects : ['']).map((object) => row(object)),
  );
  const change = (key: string, part: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((one) => (one.key === key ? { ...one, ...part } : one)));
  async function save() {
    const done = await perform({
      label: labels.done({ title: operation.title }),
      run: () =>
        call('endJointOperation', {
          params: { operationId: operation.id },
          body: { results: rows.map(({ object, organ, result }) => ({ object, organ, result })) },
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
      <p>{labels.endTitle({ title: operation.title })}</p>
      {rows.map((one) => (
        <Group key={one.key} align="end" gap={6} wrap="nowrap" mb={6}>
          <TextInput
            label={labels.object}
            required
            maxLength={200}
            value={one.object}
            onChange={(event) => change(one.key, { object: event.currentTarget.value })}
          />
          <NativeSelect
            label={labels.organ}
            value={one.organ}
            data={organs}
            onChange={(event) => change(one.key, { organ: event.currentTarget.value })}
          />
          <TextInput
            label={labels.result}
            required
            style={{ flex: 1 }}
            maxLength={2000}
            value={one.result}
            onChange={(event) => change(one.key, { result: event.currentTarget.value })}
          />
          <Button
            variant="default"
            aria-label={labels.remove}
            title={labels.remove}
            disabled={rows.length === 1}
            onClick={() => setRows(rows.filter(({ key }) => key !== one.key))}
          >
            ×
          </Button>
        </Group>
      ))}
      <Group gap={8} mt="sm">
        <Button type="submit">{labels.end}</Button>
        <Button variant="default" onClick={() => setRows([...rows, row('')])}>
          {labels.another}
        </Button>
        <Button variant="default" onClick={props.done}>
          {labels.cancel}
        </Button>
      </Group>
    </form>
  );
}
