import type { IncidentView } from '../../shared/contract/incidents.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { isOpen } from './queue-order.ts';

const nearMetres = 150;
const nearMs = 30 * 60_000;

/** An older open incident that may be the same. */
export interface DuplicateHint {
  readonly incidentId: number;
  readonly metres: number;
  readonly minutes: number;
}

/** Hints by incident: same matter within 150 m and 30 min of an older one; the nearest older one is named. */
export function duplicateHints(incidents: Iterable<IncidentView>): ReadonlyMap<number, DuplicateHint> {
  const byMatter = new Map<string, IncidentView[]>();
  for (const incident of incidents) {
    if (!isOpen(incident) || incident.matterCode === null) continue;
    byMatter.set(incident.matterCode, [...(byMatter.get(incident.matterCode) ?? []), incident]);
  }
  const hints = new Map<number, DuplicateHint>();
  for (const group of byMatter.values())
    for (const incident of group) {
      const near = group
        .filter((other) => other.id < incident.id)
        .map((other) => ({
          incidentId: other.id,
          metres: distanceMetres(incident.point, other.point),
          apartMs: Math.abs(Date.parse(incident.reportedAt) - Date.parse(other.reportedAt)),
        }))
        .filter(({ metres, apartMs }) => metres <= nearMetres && apartMs <= nearMs)
        .toSorted((a, b) => a.metres - b.metres)[0];
      if (near)
        hints.set(incident.id, {
          incidentId: near.incidentId,
          metres: near.metres,
          minutes: Math.round(near.apartMs / 60_000),
        });
    }
  return hints;
}
