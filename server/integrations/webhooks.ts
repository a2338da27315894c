import type { z } from 'zod';
import { facts } from '../../shared/contract/events.ts';
import type {
  ChangeWebhookSchema,
  CreateWebhookSchema,
  TestAnswer,
  Webhook,
} from '../../shared/contract/webhooks.ts';
import { eventsAfter, head } from '../audit/store.ts';
import { plan } from '../kernel/due.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findTown } from '../zones/store.ts';
import { addressRefusal } from './guard.ts';
import type { Outside } from './outside.ts';
import { post } from './post.ts';
import { makeSecret, shownSecret, signed, testEvent } from './sign.ts';
import {
  findWebhook,
  giveUpDeliveries,
  insertDeliveries,
  insertWebhook,
  lockWebhook,
  updateWebhook,
  webhookViews,
  type WebhookRow,
} from './store.ts';

/** How long the old secret signs beside the new one. */
const overlapMs = 24 * 3_600_000;

/** One attempt of one delivery: `ID/ATTEMPT`. */
export const deliveryDue = 'webhook.delivery';

export const contextOf = (webhookId: number): string => `webhook/${webhookId}`;

/** The secrets that sign at an instant, the present one first. */
export const secretsOf = ({ box }: Outside, row: WebhookRow, at: number): Buffer[] => [
  box.open(contextOf(row.id), row.secret),
  ...(row.old_secret && row.old_secret_until && Date.parse(row.old_secret_until) > at
    ? [box.open(contextOf(row.id), row.old_secret)]
    : []),
];

function refuseAddress({ network }: Outside, address: string, path = 'body.address'): void {
  const refusal = addressRefusal(address, network);
  if (refusal !== null)
    throw new Refused('address_refused', { reason: refusal }, [{ path, message: refusal }]);
}

function refuseTypes(types: readonly string[]): void {
  const strange = types.find((type) => type !== '*' && !Object.hasOwn(facts, type));
  if (strange !== undefined)
    throw new Refused('fields_invalid', {}, [
      { path: 'body.types', message: `no fact is called ${strange}` },
    ]);
}

async function holdWebhook(tx: Tx, id: number): Promise<WebhookRow> {
  const row = await lockWebhook(tx.db, id);
  if (!row) throw new Refused('webhook_unknown', { webhookId: id });
  return row;
}

const shown = async (tx: Tx, id: number): Promise<Webhook> => (await webhookViews(tx.db, id))[0]!;
const fact = (row: { id: number; name: string; address: string }) => ({
  webhookId: row.id,
  name: row.name,
  host: new URL(row.address).host,
});

/** A new receiver; it hears of facts from now on. */
export async function createWebhook(
  outside: Outside,
  tx: Tx,
  wanted: z.output<typeof CreateWebhookSchema>,
): Promise<{ webhook: Webhook; secret: string }> {
  refuseAddress(outside, wanted.address);
  refuseTypes(wanted.types);
  const id = await insertWebhook(tx.db, {
    ...wanted,
    cursor: await head(tx.db),
    at: tx.at,
    by: tx.actor.id,
  });
  const secret = makeSecret();
  await updateWebhook(tx.db, id, { secret: outside.box.close(contextOf(id), secret) });
  tx.announce('webhook.created', `webhook/${id}`, fact({ id, ...wanted }));
  return { webhook: await shown(tx, id), secret: shownSecret(secret) };
}

/** Changes a receiver. Switched on again it hears of facts from now on; what it missed may be sent anew by number. */
export async function changeWebhook(
  outside: Outside,
  tx: Tx,
  id: number,
  wanted: z.output<typeof ChangeWebhookSchema>,
): Promise<Webhook> {
  refuseAddress(outside, wanted.address);
  refuseTypes(wanted.types);
  const row = await holdWebhook(tx, id);
  await updateWebhook(tx.db, id, {
    name: wanted.name,
    address: wanted.address,
    types: wanted.types,
    active: wanted.active,
    disabled_reason: null,
    held_until: null,
    ...(wanted.active && !row.active && { cursor: await head(tx.db) }),
  });
  if (!wanted.active) await giveUpDeliveries(tx.db, id);
  tx.announce('webhook.changed', `webhook/${id}`, { ...fact({ id, ...wanted }), active: wanted.active });
  return shown(tx, id);
}

/** A new secret; the old one signs beside it for a day, so that the receiver may change over in its own time. */
export async function rotateSecret(
  { box }: Outside,
  tx: Tx,
  id: number,
): Promise<{ webhook: Webhook; secret: string }> {
  const row = await holdWebhook(tx, id);
  const secret = makeSecret();
  await updateWebhook(tx.db, id, {
    secret: box.close(contextOf(id), secret),
    old_secret: row.secret,
    old_secret_until: new Date(tx.at + overlapMs),
  });
  tx.announce('webhook.changed', `webhook/${id}`, { ...fact(row), active: row.active });
  return { webhook: await shown(tx, id), secret: shownSecret(secret) };
}

/** The product stops sending: the receiver said that it is gone, or has not answered for days. */
export async function disableWebhook(tx: Tx, id: number, reason: 'gone' | 'exhausted'): Promise<void> {
  const row = await holdWebhook(tx, id);
  if (!row.active) return;
  await updateWebhook(tx.db, id, { active: false, disabled_reason: reason });
  await giveUpDeliveries(tx.db, id);
  tx.announce('webhook.disabled', `webhook/${id}`, { ...fact(row), reason });
}

/** True when a receiver wants this type. */
export const wants = ({ types }: Pick<WebhookRow, 'types'>, type: string): boolean =>
  types.includes('*') || types.includes(type);

/** Sends facts of a range of numbers anew, under the same ids, so that a receiver may tell them from new ones. */
export async function replayDeliveries(
  tx: Tx,
  id: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ planned: number }> {
  const row = await holdWebhook(tx, id);
  if (!row.active) throw new Refused('webhook_disabled', { webhookId: id });
  const events = (await eventsAfter(tx.db, from - 1, to - from + 1)).filter(
    ({ seq, type }) => seq <= to && wants(row, type),
  );
  const made = await insertDeliveries(tx.db, id, events, tx.at, true);
  for (const delivery of made) await plan(tx.db, deliveryDue, `${delivery}/1`, tx.at);
  return { planned: made.length };
}

/** Calls a receiver now, with a message that is no fact. */
export async function testWebhook(outside: Outside, id: number): Promise<TestAnswer> {
  const { deps, network } = outside;
  const row = await findWebhook(deps.db, id);
  if (!row) throw new Refused('webhook_unknown', { webhookId: id });
  const at = deps.now();
  const call = `test_${deps.newId()}`;
  const body = testEvent(call, at, (await findTown(deps.db))?.code ?? '');
  const { headers } = signed(call, body, { secrets: secretsOf(outside, row, at), at });
  const posted = await post(network, row.address, { headers, body });
  return posted.ok
    ? { ok: posted.status >= 200 && posted.status < 300, status: posted.status, error: null }
    : { ok: false, status: null, error: posted.error };
}
