import { randomInt } from 'node:crypto';
import { eventsAfter, head } from '../audit/store.ts';
import { listDue, plan, takeDue, type Due } from '../kernel/due.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { findTown } from '../zones/store.ts';
import type { Outside } from './outside.ts';
import { post, type Posted } from './post.ts';
import { cloudEvent, signed, type Signed } from './sign.ts';
import {
  findWebhook,
  insertDeliveries,
  listActiveWebhooks,
  lockDelivery,
  takeWebhook,
  updateDelivery,
  updateWebhook,
  type DeliveryRow,
  type WebhookRow,
} from './store.ts';
import { deliveryDue, disableWebhook, secretsOf, wants } from './webhooks.ts';

const minute = 60;
const hour = 3600;
/** Seconds before each further attempt (Standard Webhooks); ten attempts in about 75 hours. */
export const retrySeconds = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
const attemptLimit = retrySeconds.length + 1;
/** Up to a fifth more or less, so that what failed together does not come back together. */
const jitter = (seconds: number): number => seconds * (0.8 + randomInt(0, 4001) / 10_000);

/** Answers that ask to go slower; the receiver is left alone for the time that it names, or this. */
const throttles = new Set([429, 502, 503, 504]);
const throttleSeconds = 30;

/** Facts that are turned into deliveries at once, attempts that run at once, in all and for one receiver. */
const batch = 500;
const running = { all: 32, each: 4 } as const;

/** One attempt that is taken and planned on; only the sending is left. */
interface Attempt {
  readonly delivery: DeliveryRow;
  readonly webhook: WebhookRow;
  readonly message: Signed;
}

/**
 * Turns facts into deliveries and sends what is due. The next attempt is planned in the transaction that takes this
 * one, so a process that dies while it sends loses nothing; a receiver may then hear the same id twice.
 */
export class Deliverer {
  readonly #outside: Outside;
  readonly #sending = new Map<Promise<void>, number>();
  #townCode: string | undefined;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  async tick(): Promise<void> {
    const { deps } = this.#outside;
    await this.#spawn();
    if (this.#sending.size >= running.all) return;
    for (const row of await listDue(deps.db, [deliveryDue], deps.now(), 200)) {
      if (this.#sending.size >= running.all) return;
      await this.#begin(row);
    }
  }

  /** Waits for what is being sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#sending.keys());
  }

  async #spawn(): Promise<void> {
    const { deps } = this.#outside;
    const active = await listActiveWebhooks(deps.db);
    if (active.length === 0) return;
    const end = await head(deps.db);
    for (const { id, cursor } of active)
      if (cursor < end) await transact(deps, systemActor, (tx) => spawn(tx, id));
  }

  async #begin(row: Due): Promise<void> {
    const { deps } = this.#outside;
    try {
      const attempt = await transact(deps, systemActor, async (tx) =>
        (await takeDue(tx.db, row.id)) ? this.#claim(tx, row.subject) : undefined,
      );
      if (!attempt) return;
      const work = this.#send(attempt).catch((error: unknown) =>
        deps.log.error({ error }, 'the outcome of a delivery could not be written'),
      );
      this.#sending.set(work, attempt.webhook.id);
      void work.then(() => this.#sending.delete(work));
    } catch (error) {
      deps.log.error({ error, subject: row.subject }, 'a delivery could not be begun');
    }
  }

  async #claim(tx: Tx, subject: string): Promise<Attempt | undefined> {
    const [id, number] = subject.split('/').map(Number) as [number, number];
    const delivery = await lockDelivery(tx.db, id);
    if (!delivery || delivery.state !== 'waiting' || delivery.attempts !== number - 1) return undefined;
    const webhook = await findWebhook(tx.db, delivery.webhook_id);
    if (!webhook?.active) return undefined;
    const heldUntil = webhook.held_until === null ? 0 : Date.parse(webhook.held_until);
    const busy = [...this.#sending.values()].filter((of) => of === webhook.id).length >= running.each;
    if (heldUntil > tx.at || busy) {
      await plan(tx.db, deliveryDue, subject, Math.max(heldUntil, tx.at + 1000));
      return undefined;
    }
    const [event] = await eventsAfter(tx.db, delivery.seq - 1, 1);
    if (event?.seq !== delivery.seq) return undefined;
    await updateDelivery(tx.db, id, { attempts: number, tried_at: new Date(tx.at) });
    const next = retrySeconds[number - 1];
    if (next !== undefined)
      await plan(tx.db, deliveryDue, `${id}/${number + 1}`, tx.at + jitter(next) * 1000);
    this.#townCode ??= (await findTown(tx.db))?.code;
    const body = cloudEvent(event, this.#townCode ?? '');
    const secrets = secretsOf(this.#outside, webhook, tx.at);
    return {
      delivery: { ...delivery, attempts: number },
      webhook,
      message: signed(`evt_${event.seq}`, body, { secrets, at: tx.at }),
    };
  }

  async #send({ delivery, webhook, message }: Attempt): Promise<void> {
    const { deps, network } = this.#outside;
    const posted = await post(network, webhook.address, message);
    await transact(deps, systemActor, (tx) => this.#settle(tx, delivery, webhook, posted));
  }

  async #settle(tx: Tx, delivery: DeliveryRow, webhook: WebhookRow, posted: Posted): Promise<void> {
    const status = posted.ok ? posted.status : null;
    const done = status !== null && status >= 200 && status < 300;
    const last = delivery.attempts >= attemptLimit;
    await updateDelivery(tx.db, delivery.id, {
      state: done ? 'done' : last || status === 410 ? 'failed' : 'waiting',
      status,
      error: posted.ok ? null : posted.error,
      answer: posted.ok ? posted.answer : null,
    });
    if (done) return;
    if (status === 410) return disableWebhook(tx, webhook.id, 'gone');
    if (last) return disableWebhook(tx, webhook.id, 'exhausted');
    if (posted.ok && throttles.has(posted.status)) {
      const seconds = posted.retryAfterSeconds ?? throttleSeconds;
      await updateWebhook(tx.db, webhook.id, { held_until: new Date(tx.at + seconds * 1000) });
    }
  }
}

/** Facts after the receiver's cursor become deliveries that are due at once. */
async function spawn(tx: Tx, id: number): Promise<void> {
  const webhook = await takeWebhook(tx.db, id);
  if (!webhook) return;
  const events = await eventsAfter(tx.db, webhook.cursor, batch);
  const last = events.at(-1);
  if (!last) return;
  const wanted = events.filter(({ type }) => wants(webhook, type));
  for (const delivery of await insertDeliveries(tx.db, id, wanted, tx.at))
    await plan(tx.db, deliveryDue, `${delivery}/1`, tx.at);
  await updateWebhook(tx.db, id, { cursor: last.seq });
}
