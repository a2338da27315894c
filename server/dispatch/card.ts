import type { Recommendation } from '../../shared/contract/dispatch.ts';
import type { IncidentId, ZoneId } from '../../shared/contract/ids.ts';
import { Refused } from '../kernel/refused.ts';
import { endStates, findIncident, findMatter, type IncidentRow } from '../incidents/store.ts';
import type { View } from './claim.ts';
import { queueOf } from './queue.ts';
import { findLoop } from './store-loops.ts';
import type { Look } from './scene.ts';
import { type Subject } from './subject.ts';
import { shortfallOf, townWide, viewFor, viewOf } from './views.ts';

/**
 * The card of an incident: every team on duty as it stands now, best first, with the reasons against the others. It
 * looks at the whole town, since a person may choose beyond the radius of a round.
 */
export async function recommend(look: Look, incidentId: number): Promise<Recommendation> {
  const row = await findIncident(look.db, incidentId);
  if (!row) throw new Refused('incident_unknown', { incidentId });
  if (endStates.includes(row.state)) throw new Refused('incident_ended', { incidentId, state: row.state });
  return recommendFor(look, row);
}

/** The same for an incident that was loaded already and is open. */
export async function recommendFor(look: Look, row: IncidentRow): Promise<Recommendation> {
  const loop = (await findLoop(look.db, row.id))?.loop;
  const reach = townWide('handle', loop?.exclusions, loop?.round);
  const card = cardOf(await viewOf(look, row, reach), row.id as IncidentId);
  if (row.state !== 'filed' || card.shortfall.length === 0) return card;
  const queue = await queueOf(look, row);
  return { ...card, ...(queue && { queue }) };
}

/** An incident that is still being typed. */
export interface Draft {
  readonly lng: number;
  readonly lat: number;
  readonly zoneId: number | null;
  readonly matterCode: string | null;
}

/** The card of a draft: the place, and what its matter would need. */
export async function preview(look: Look, draft: Draft): Promise<Recommendation> {
  const matter = draft.matterCode === null ? undefined : await findMatter(look.db, draft.matterCode, look.at);
  const subject: Subject = {
    // the core sorts by number; a draft has none yet and comes first
    incidentId: 0 as IncidentId,
    priority: matter?.priority ?? 3,
    lng: draft.lng,
    lat: draft.lat,
    cellId: null,
    zoneId: draft.zoneId as ZoneId | null,
    matterCode: draft.matterCode,
    matterVersion: matter?.version ?? null,
    field: matter?.field ?? null,
    skills: matter?.skills ?? [],
    kit: matter?.kit ?? [],
    recusalKeys: [],
    waitingSinceAt: look.at,
  };
  return cardOf(await viewFor(look, subject, townWide()), null);
}

/** The wire form of a look at the town. */
export const cardOf = (view: View, incidentId: IncidentId | null): Recommendation => {
  const { incident, line, notEvaluated } = view.situation;
  return {
    incidentId,
    at: view.scene.at,
    line: line.line,
    taskKind: line.taskKind,
    round: incident.round,
    radiusMetres: incident.radiusMetres,
    candidates: [...view.candidates],
    notEvaluated: { ...notEvaluated },
    shortfall: [...shortfallOf(view)],
  };
};
