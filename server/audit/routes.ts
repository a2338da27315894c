import { read, type Handlers } from '../kernel/route.ts';
import { verifyChain } from './chain.ts';
import { eventsAfter, head } from './store.ts';

/** The ledger for people and programs that follow it. */
export function auditHandlers(): Pick<Handlers, 'verifyLedger' | 'listEvents'> {
  return {
    verifyLedger: read<'verifyLedger'>(({ deps }) => verifyChain(deps.db)),
    listEvents: read<'listEvents'>(async ({ deps, query }) => ({
      head: await head(deps.db),
      events: (await eventsAfter(deps.db, query.since, query.limit)) as never,
    })),
  };
}
