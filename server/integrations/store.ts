import type { Knex } from 'knex';
import type { Delivery, Webhook } from '../../shared/contract/webhooks.ts';

/** All SQL that names webhook and delivery. */

export interface WebhookRow {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly types: readonly string[];
  readonly secret: Buffer;
  readonly old_secret: Buffer | null;
  readonly old_secret_until: string | null;
  readonly active: boolean;
  readonly disabled_reason: 'gone' | 'exhausted' | null;
  readonly cursor: number;
  readonly held_until: string | null;
  readonly made_at: string;
}

export interface DeliveryRow {
  readonly id: number;
  readonly webhook_id: number;
  readonly seq: number;
  readonly type: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly attempts: number;
  readonly made_at: string;
  readonly tried_at: string | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

const webhooks = (db: Knex) => db<WebhookRow>('webhook');
const deliveries = (db: Knex) => db<DeliveryRow>('delivery');

export const findWebhook = (db: Knex, id: number): Promise<WebhookRow | undefined> =>
  webhooks(db).where({ id }).first('*');

export const lockWebhook = (db: Knex, id: number): Promise<WebhookRow | undefined> =>
  webhooks(db).where({ id }).forUpdate().first('*');

/** Takes a webhook unless another process turns its facts into deliveries just now. */
export const takeWebhook = (db: Knex, id: number): Promise<WebhookRow | undefined> =>
  webhooks(db).where({ id, active: true }).forUpdate().skipLocked().first('*');

export const listActiveWebhooks = (db: Knex): Promise<Pick<WebhookRow, 'id' | 'cursor'>[]> =>
  webhooks(db).where({ active: true }).orderBy('id').select('id', 'cursor');

export async function insertWebhook(
  db: Knex,
  webhook: {
    name: string;
    address: string;
    types: readonly string[];
    cursor: number;
    at: number;
    by: number | null;
  },
): Promise<number> {
  const [row] = await db('webhook')
    .insert({
      name: webhook.name,
      address: webhook.address,
      types: [...webhook.types],
      secret: Buffer.alloc(0),
      cursor: webhook.cursor,
      made_at: new Date(webhook.at),
      made_by: webhook.by,
    })
    .returning('id');
  return row.id as number;
}

export const updateWebhook = (db: Knex, id: number, change: Record<string, unknown>) =>
  db('webhook').where({ id }).update(change);

/** Webhooks with how many deliveries wait and how many were given up, oldest first. */
export async function webhookViews(db: Knex, id?: number): Promise<Webhook[]> {
  const query = webhooks(db).orderBy('id').select('*');
  if (id !== undefined) void query.where({ id });
  const rows = await query;
  const counts = await db('delivery')
    .whereIn(
      'webhook_id',
      rows.map((row) => row.id),
    )
    .whereNot({ state: 'done' })
    .groupBy('webhook_id', 'state')
    .select('webhook_id', 'state')
    .count({ n: '*' });
  const count = (of: number, state: string) =>
    Number(
      (counts as { webhook_id?: unknown; state?: unknown; n?: unknown }[]).find(
        (row) => row.webhook_id === of && row.state === state,
      )?.n ?? 0,
    );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    address: row.address,
    types: [...row.types],
    active: row.active,
    disabledReason: row.disabled_reason,
    heldUntil: row.held_until,
    waiting: count(row.id, 'waiting'),
    failed: count(row.id, 'failed'),
    madeAt: row.made_at,
  }));
}

/** Makes deliveries of facts; those that exist are made anew when `again`, else left. Answers their ids. */
export async function insertDeliveries(
  db: Knex,
  webhookId: number,
  facts: readonly { seq: number; type: string }[],
  at: number,
  again = false,
): Promise<number[]> {
  if (facts.length === 0) return [];
  const insert = db('delivery')
    .insert(
      facts.map(({ seq, type }) => ({
        webhook_id: webhookId,
        seq,
        type,
        state: 'waiting',
        made_at: new Date(at),
      })),
    )
    .onConflict(['webhook_id', 'seq']);
  const rows = await (
    again
      ? insert.merge({
          state: 'waiting',
          attempts: 0,
          made_at: new Date(at),
          status: null,
          error: null,
          answer: null,
        })
      : insert.ignore()
  ).returning('id');
  return rows.map((row) => Number(row.id));
}

export const lockDelivery = (db: Knex, id: number): Promise<DeliveryRow | undefined> =>
  deliveries(db).where({ id }).forUpdate().first('*');

export const updateDelivery = (db: Knex, id: number, change: Record<string, unknown>) =>
  db('delivery').where({ id }).update(change);

/** What waited for a receiver that is switched off is given up; the administrator may send it anew. */
export const giveUpDeliveries = (db: Knex, webhookId: number) =>
  db('delivery')
    .where({ webhook_id: webhookId, state: 'waiting' })
    .update({ state: 'failed', error: 'disabled' });

/** The delivery log, newest first, before a number. */
export async function listDeliveries(
  db: Knex,
  webhookId: number,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<Delivery[]> {
  const query = deliveries(db)
    .where({ webhook_id: webhookId })
    .orderBy('id', 'desc')
    .limit(limit)
    .select('*');
  if (before !== undefined) void query.where('id', '<', before);
  return (await query).map((row) => ({
    id: row.id,
    seq: row.seq,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    madeAt: row.made_at,
    triedAt: row.tried_at,
    status: row.status,
    error: row.error,
    answer: row.answer,
  }));
}
