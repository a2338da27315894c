import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { listUnseenUrgent } from '../incidents/store.ts';
import { raise } from './alerts.ts';
import { urgentAlarmed } from './store-alarms.ts';

/** A P1 or P2 that nobody has acknowledged calls every console until somebody does. */
export const alarmUrgent = (tx: Tx, incident: { id: number; priority: number }) =>
  raise(tx, { kind: 'incident_urgent', incidentId: incident.id, detail: { priority: incident.priority } });

/** The same for those that became urgent without being filed: a raised priority, an import. */
export async function raiseUrgent(deps: Deps): Promise<void> {
  const unseen = await listUnseenUrgent(deps.db);
  if (unseen.length === 0) return;
  const known = await urgentAlarmed(
    deps.db,
    unseen.map(({ id }) => id),
  );
  for (const incident of unseen.filter(({ id }) => !known.has(id)))
    await transact(deps, systemActor, (tx) => alarmUrgent(tx, incident));
}
