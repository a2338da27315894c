import type { OfferLoop, OfferStep } from '../../shared/rules/dispatch/offer-loop.ts';
import { openLoop } from '../../shared/rules/dispatch/offers.ts';
import type { IncidentRow } from '../incidents/store.ts';
import type { Tx } from '../kernel/transact.ts';
import { policyAt, type PolicyInForce } from './policies.ts';
import { findLoop, type LoopRow } from './store-loops.ts';

/** Does the engine look for the next team by itself? */
export const goesOn = (row: Pick<LoopRow, 'going'>, { policy }: PolicyInForce): boolean =>
  row.going === 'auto' || (row.going === 'person' && policy.mode === 'auto');

/** The search of a held incident; one that nobody started begins with `going`. */
export async function loopOf(
  tx: Tx,
  incident: IncidentRow,
  going: LoopRow['going'],
): Promise<{ row: LoopRow; fresh: OfferStep | null }> {
  const found = await findLoop(tx.db, incident.id);
  if (found) return { row: { ...found, loop: { ...found.loop, priority: incident.priority } }, fresh: null };
  const { policy } = await policyAt(tx.db, tx.at);
  const fresh = openLoop(incident.id as OfferLoop['incidentId'], incident.priority, policy);
  return { row: { going, startedBy: tx.actor.id, loop: fresh.loop }, fresh };
}
