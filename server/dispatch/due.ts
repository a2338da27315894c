import { plan } from '../kernel/due.ts';
import type { Tx } from '../kernel/transact.ts';

/** What falls due in this room. */
export const dueKinds = {
  /** The time to answer an offer is over: assignment/ID. */
  offer: 'dispatch.offer',
  /** Waiting incidents and teams under way are looked at together. */
  match: 'dispatch.match',
  /** Is a better team there for somebody under way? */
  better: 'dispatch.better',
  /** Is every team under way getting nearer? */
  watch: 'dispatch.watch',
  /** A team on a scene is asked whether all is well: assignment/ID/MS. */
  checkIn: 'dispatch.check_in',
  /** Approved settings begin to rule: policy/VERSION. */
  policy: 'dispatch.policy',
} as const;

/** A team became available: at the next tick it takes the best waiting incident. */
export const teamFreed = (tx: Pick<Tx, 'db' | 'deps' | 'at'>): Promise<void> => planMatch(tx, tx.at);

/** Looks at everything that waits at an instant; several wishes are answered by one look. */
export async function planMatch(tx: Pick<Tx, 'db' | 'deps'>, at: number): Promise<void> {
  await plan(tx.db, dueKinds.match, tx.deps.newId(), at);
}
