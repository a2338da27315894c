import type { IncidentView } from '../../shared/contract/incidents.ts';
import { incidentTransition, type IncidentEvent } from '../../shared/rules/lifecycle/incident.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncident, incidentView, lockIncident, updateIncident, type IncidentRow } from './store.ts';

/** Loads and locks an incident; refuses when it is not there. */
export async function holdIncidentRow(tx: Tx, id: number): Promise<IncidentRow> {
  const row = await lockIncident(tx.db, id);
  if (!row) throw new Refused('incident_unknown', { incidentId: id });
  return row;
}

/** Loads an incident for reading; refuses when it is not there. */
export async function findIncidentRow(db: Tx['db'], id: number): Promise<IncidentRow> {
  const row = await findIncident(db, id);
  if (!row) throw new Refused('incident_unknown', { incidentId: id });
  return row;
}

/** What every step wants to know about a row at this instant. */
export function factsOf(row: IncidentRow, at: number): IncidentFacts {
  return {
    positioned: true,
    source: row.source,
    held: row.hold_until !== null,
    overdue: row.deadline_at !== null && Date.parse(row.deadline_at) < at,
    extensionsApproved: row.extensions,
    holdsBefore: row.holds,
    liability: row.liability,
    checkFailed: row.check_failed,
    ...(row.closed_at && { daysSinceClosed: (at - Date.parse(row.closed_at)) / 86_400_000 }),
  };
}

/** `stepRow` as the wire tells it. */
export const stepIncident = async (...step: Parameters<typeof stepRow>): Promise<IncidentView> =>
  incidentView(await stepRow(...step));

/**
 * Asks the state machine, writes the new state with `change`, and answers the row as it is now. The caller announces.
 * Throws the machine's refusal with the unmet guard named in `detail`.
 */
export async function stepRow(
  tx: Tx,
  row: IncidentRow,
  event: IncidentEvent,
  facts: IncidentFacts,
  change: Record<string, unknown> = {},
): Promise<IncidentRow> {
  const asked = incidentTransition(row.state, event, tx.actor.role, { ...factsOf(row, tx.at), ...facts });
  if (!asked.ok) {
    const { code, ...detail } = asked.refusal;
    throw new Refused(code, { incidentId: row.id, state: row.state, event, ...detail });
  }
  return updateIncident(tx.db, row.id, { state: asked.to, ...change });
}
