import type { Knex } from 'knex';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { read, type Handlers } from '../kernel/route.ts';
import { Refused } from '../kernel/refused.ts';
import type { Actor } from '../kernel/transact.ts';
import { verifyChain } from './chain.ts';
import { eventsAfter, head, outsideWindow } from './store.ts';

/**
 * The ledger for people and programs that follow it. `visible` says which facts a person may see: the same as over
 * the socket. Fewer facts than `limit` mean that the head is reached.
 */
export function auditHandlers(
  visible: (actor: Actor) => (event: LedgerEvent) => boolean,
): Pick<Handlers, 'verifyLedger' | 'listEvents'> {
  return {
    verifyLedger: read<'verifyLedger'>(({ deps }) => verifyChain(deps.db)),
    listEvents: read<'listEvents'>(async ({ deps, actor, query: { since, limit } }) => {
      const last = await head(deps.db);
      if (await outsideWindow(deps.db, since, last, deps.now()))
        throw new Refused('window_exceeded', { since, head: last });
      return { head: last, events: await visibleAfter(deps.db, since, limit, visible(actor)) };
    }),
  };
}

/** The next facts that a follower may see: reads on until there are enough or none is left. */
async function visibleAfter(
  db: Knex,
  since: number,
  limit: number,
  isVisible: (event: LedgerEvent) => boolean,
): Promise<LedgerEvent[]> {
  const found: LedgerEvent[] = [];
  for (let from = since; ;) {
    const events = await eventsAfter(db, from, limit);
    found.push(...events.filter(isVisible));
    from = events.at(-1)?.seq ?? from;
    if (found.length >= limit || events.length < limit) return found.slice(0, limit);
  }
}
