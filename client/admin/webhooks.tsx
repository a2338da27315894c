import { Alert, Button, Group, Table, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TestAnswer, Webhook } from '../../shared/contract/webhooks.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Deliveries } from './deliveries.tsx';
import { AddDialog, Dialog, Page, Refused } from './page.tsx';
import { useAct, useWebhooks } from './reads.ts';

/** Receivers of facts: added, tested, switched off, with what became of the last deliveries. */
export function WebhooksPage() {
  const all = useWords();
  const words = all.admin.webhooks;
  const { data, isError, refetch } = useWebhooks();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  const [shown, setShown] = useState<Webhook | null>(null);
  const [answers, setAnswers] = useState<ReadonlyMap<number, TestAnswer>>(new Map());
  const test = useAct(
    async (webhookId: number) => [webhookId, await call('testWebhook', { params: { webhookId } })] as const,
    ['webhooks'],
    ([webhookId, answer]) => setAnswers(new Map(answers).set(webhookId, answer)),
  );
  const change = useAct(
    ({ id, name, address, types, active }: Webhook) =>
      call('changeWebhook', { params: { webhookId: id }, body: { name, address, types, active } }),
    ['webhooks'],
  );
  const rotate = useAct(
    (webhookId: number) => call('rotateWebhookSecret', { params: { webhookId } }),
    ['webhooks'],
    (made) => setSecret({ name: made.webhook.name, secret: made.secret }),
  );
  const answerOf = ({ ok, status, error }: TestAnswer) =>
    ok ? words.ok(status ?? 0) : words.notOk(error ?? String(status ?? ''));
  return (
    <Page title={all.admin.pages.webhooks} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <Button onClick={() => setAdding(true)}>{words.add}</Button>
      </div>
      <Refused error={test.error ?? change.error ?? rotate.error} />
      {data?.webhooks.length === 0 && <p className={classes['muted']}>{words.empty}</p>}
      <div className={classes['scroll']}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[words.name, words.address, words.types, words.state].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
              <Table.Th aria-label={all.console.units.acts} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.webhooks.map((webhook) => {
              const { id, name, active } = webhook;
              const answer = answers.get(id);
              const toggle = active ? words.disable : words.enable;
              return (
                <Table.Tr key={id}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td className={classes['secret'] ?? ''}>{webhook.address}</Table.Td>
                  <Table.Td>{webhook.types.join(', ')}</Table.Td>
                  <Table.Td>
                    {webhook.disabledReason === null
                      ? active
                        ? words.active
                        : words.disabled
                      : words.reasons[webhook.disabledReason]}
                    <div className={classes['muted']}>
                      {words.waiting(webhook.waiting)} · {words.failed(webhook.failed)}
                    </div>
                  </Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={words.testOf(name)}
                        onClick={() => test.mutate(id)}
                      >
                        {words.test}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={words.toggleOf(toggle, name)}
                        onClick={() => change.mutate({ ...webhook, active: !active })}
                      >
                        {toggle}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={words.rotateOf(name)}
                        onClick={() => rotate.mutate(id)}
                      >
                        {words.rotate}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={words.deliveriesOf(name)}
                        onClick={() => setShown(webhook)}
                      >
                        {words.deliveries}
                      </Button>
                      <output>{answer && answerOf(answer)}</output>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {adding && <AddWebhook close={() => setAdding(false)} made={setSecret} />}
      {secret && (
        <Dialog title={`${secret.name} · ${words.secret}`} close={() => setSecret(null)}>
          <Alert variant="outline">{all.admin.onceOnly}</Alert>
          <p className={classes['secret']}>{secret.secret}</p>
        </Dialog>
      )}
      {shown && <Deliveries webhook={shown} close={() => setShown(null)} />}
    </Page>
  );
}

function AddWebhook(props: {
  readonly close: () => void;
  readonly made: (told: { readonly name: string; readonly secret: string }) => void;
}) {
  const words = useWords().admin.webhooks;
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [types, setTypes] = useState<string[]>(['*']);
  const add = useAct(
    () => call('createWebhook', { body: { name, address, types } }),
    ['webhooks'],
    ({ webhook, secret }) => {
      props.close();
      props.made({ name: webhook.name, secret });
    },
  );
  return (
    <AddDialog title={words.add} close={props.close} act={add}>
      <TextInput
        label={words.name}
        required
        maxLength={64}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={words.address}
        type="url"
        required
        maxLength={1000}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TagsInput
        label={words.types}
        description={words.typesHint}
        required
        value={types}
        onChange={setTypes}
      />
    </AddDialog>
  );
}
