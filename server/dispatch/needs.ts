import type { z } from 'zod';
import type { SetNeedsSchema } from '../../shared/contract/needs.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import {
  findMatterVersion,
  incidentView,
  needsOfMatter,
  readIncidentView,
  updateIncident,
} from '../incidents/store.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { holdIncident, refuseEnded, subject } from './steps.ts';
import { refill } from './support.ts';

/**
 * A dispatcher says what an incident needs, line by line, or takes that back: no line is what the matter says. Where the
 * engine looks for teams, it asks for what lacks.
 */
export async function setNeeds(
  tx: Tx,
  incidentId: number,
  { needs }: z.output<typeof SetNeedsSchema>,
): Promise<IncidentView> {
  if (needs.length > 0 && needs[0]!.count !== 1)
    throw new Refused('fields_invalid', {}, [{ path: 'body.needs.0.count', message: 'one team leads' }]);
  const held = await holdIncident(tx, incidentId);
  refuseEnded(held);
  const matter =
    held.matter_version_id === null ? undefined : await findMatterVersion(tx.db, held.matter_version_id);
  const standard = needsOfMatter(matter);
  const wanted = needs.length > 0 ? needs : standard.length > 1 ? standard : null;
  const row = await updateIncident(tx.db, incidentId, { needs: wanted && JSON.stringify(wanted) });
  tx.announce('needs.set', subject(incidentId), { incident: incidentView(row) });
  await refill(tx, incidentId);
  return readIncidentView(tx.db, incidentId);
}
