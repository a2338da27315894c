import type { Sent } from '../../shared/contract/push.ts';
import type { Posted } from './post.ts';

/** An offer as people are told of it: number, matter, place; nothing about a party. */
export interface OfferMessage {
  readonly assignmentId: number;
  readonly incidentId: number;
  readonly priority: number;
  readonly matter: string;
  readonly address: string;
  readonly teamName: string;
  readonly answerBy: string | null;
}

/** One way to reach people. `send` never throws: what went wrong is its answer. */
export interface Channel<Receiver> {
  send(receiver: Receiver, message: OfferMessage): Promise<Sent>;
}

export const accepted: Sent = { accepted: true, failure: null };
export const failed = (failure: NonNullable<Sent['failure']>): Sent => ({ accepted: false, failure });

/** What an HTTP answer comes to. */
export function sentOf(posted: Posted): Sent {
  if (!posted.ok) return failed(posted.error.startsWith('address_') ? 'address_private' : 'unreachable');
  const { status } = posted;
  if (status >= 200 && status < 300) return accepted;
  if (status === 404 || status === 410) return failed('gone');
  return failed(status === 429 ? 'throttled' : 'refused');
}
