import type { Resnapshot } from '../../shared/contract/live.ts';
import { outsideWindow } from '../audit/store.ts';
import type { Deps } from '../kernel/deps.ts';
import type { Relay } from './relay.ts';

/**
 * Where a client's reading starts: after the number that it names; at the head when it names none, is too far
 * back, or names a number that this ledger does not have (a database that was replaced).
 */
export async function startAt(
  deps: Deps,
  relay: Relay,
  since: number | null,
): Promise<{ seq: number; resnapshot?: Resnapshot }> {
  if (since === null) return { seq: relay.head };
  // a snapshot may be newer than what the relay has read
  if (since > relay.head) await relay.catchUp();
  const { head } = relay;
  if (since > head) return { seq: head, resnapshot: { reason: 'ahead', head } };
  if (await outsideWindow(deps.db, since, head, deps.now()))
    return { seq: head, resnapshot: { reason: 'window', head } };
  return { seq: since };
}
