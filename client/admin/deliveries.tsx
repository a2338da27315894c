import { Button, Group, NumberInput, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook } from '../../shared/contract/webhooks.ts';
import { call } from '../live/call.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Dialog, Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** The last fifty deliveries to a receiver, and a range of facts to be sent again. */
export function Deliveries({ webhook, close }: { readonly webhook: Webhook; readonly close: () => void }) {
  const all = useWords();
  const words = all.admin.webhooks;
  const params = { webhookId: webhook.id };
  const { data } = useQuery({
    queryKey: ['deliveries', webhook.id],
    queryFn: () => call('listDeliveries', { params }),
    staleTime: 0,
    refetchInterval: 3000,
  });
  const [from, setFrom] = useState<number | string>('');
  const [to, setTo] = useState<number | string>('');
  const replay = useAct(
    () => call('replayDeliveries', { params, body: { from: Number(from), to: Number(to) } }),
    ['deliveries'],
  );
  return (
    <Dialog title={words.deliveriesOf(webhook.name)} close={close} size="min(900px, 95vw)">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          replay.mutate(undefined);
        }}
      >
        <Group align="end" gap="xs" mb="sm">
          <NumberInput
            label={words.from}
            required
            min={1}
            allowDecimal={false}
            value={from}
            onChange={setFrom}
          />
          <NumberInput label={words.to} required min={1} allowDecimal={false} value={to} onChange={setTo} />
          <Button type="submit" variant="default" loading={replay.isPending}>
            {words.replay}
          </Button>
          <output>{replay.data && words.planned(replay.data.planned)}</output>
        </Group>
        <Refused error={replay.error} />
      </form>
      {data?.deliveries.length === 0 && <p className={classes['muted']}>{words.noDeliveries}</p>}
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {[words.seq, words.type, words.state, words.attempts, words.tried, words.answer].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data?.deliveries.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{one.seq}</Table.Td>
              <Table.Td>{one.type}</Table.Td>
              <Table.Td>{words.states[one.state]}</Table.Td>
              <Table.Td>{one.attempts}</Table.Td>
              <Table.Td>{formatInstant(Date.parse(one.triedAt ?? one.madeAt))}</Table.Td>
              <Table.Td>{[one.status, one.error, one.answer].filter(Boolean).join(' · ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
