import { createHmac, randomBytes } from 'node:crypto';
import type { LedgerEvent } from '../../shared/contract/events.ts';

/** Secret of a webhook: 32 random bytes, shown as `whsec_` and base64 (Standard Webhooks). */
export const makeSecret = (): Buffer => randomBytes(32);
export const shownSecret = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/** One message as it is sent: the signature covers exactly these bytes. */
export interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Standard Webhooks headers over a CloudEvents 1.0 body in structured JSON. While a secret is being changed both sign,
 * the new one first. The id stays over retries, the time is that of the attempt.
 */
export function signed(
  id: string,
  body: string,
  { secrets, at }: { readonly secrets: readonly Buffer[]; readonly at: number },
): Signed {
  const timestamp = String(Math.floor(at / 1000));
  const sign = (secret: Buffer) =>
    `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    body,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': secrets.map(sign).join(' '),
    },
  };
}

/** A fact as a CloudEvent; its id is the number in the ledger, by which a receiver may put facts in order. */
export function cloudEvent(event: LedgerEvent, townCode: string): string {
  return JSON.stringify({
    specversion: '1.0',
    id: String(event.seq),
    source: `/grid/${townCode}`,
    type: `grid.${event.type}.v${event.v}`,
    subject: event.subject,
    time: event.at,
    datacontenttype: 'application/json',
    actorkind: event.actor.kind,
    ...(event.actor.id !== null && { actorid: String(event.actor.id) }),
    data: event.data,
  });
}

/** The body of a test call. */
export const testEvent = (id: string, at: number, townCode: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: `/grid/${townCode}`,
    type: 'grid.webhook.tested.v1',
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    data: {},
  });
