import type { z } from 'zod';
import type { WaySchema } from '../../shared/contract/assignments.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import { localHour } from '../../shared/rules/dispatch/travel.ts';
import { hourClassOf, route } from '../../shared/rules/roads.ts';
import { findIncident } from '../incidents/store.ts';
import { Refused } from '../kernel/refused.ts';
import { findTeamPosition } from '../teams/store.ts';
import { townRoads } from '../zones/store-roads.ts';
import { closedOf, momentAt } from './moment.ts';
import type { Look } from './scene.ts';
import { findAssignment } from './store.ts';

/** Decimals of a degree that a line on a map needs: about a metre. */
const decimals = 5;
const rounded = (degrees: number): number => Number(degrees.toFixed(decimals));

/**
 * The way of a team to the place of its task along the town's roads, as the traffic of the hour and the closures of now
 * have it. Null when the task is over, the team's place is unknown, or the town has no roads.
 */
export async function wayOfTask(
  look: Look,
  assignmentId: number,
): Promise<{ way: z.output<typeof WaySchema> | null }> {
  const task = await findAssignment(look.db, assignmentId);
  if (!task) throw new Refused('assignment_unknown', { assignmentId });
  const incident = await findIncident(look.db, task.incident_id);
  const place = await findTeamPosition(look.db, task.team_id);
  if (task.ended_at !== null || !incident || !place?.point) return { way: null };
  const moment = await momentAt(look);
  const { graph } = await townRoads(look.deps, look.db, moment.revisions.roads);
  if (!graph) return { way: null };
  const found = route(graph, place.point, lngLat(incident.lng, incident.lat), {
    hourClass: hourClassOf(localHour(moment.inForce.policy, look.at)),
    closed: new Set(await closedOf(look, moment)),
  });
  if (!found) return { way: null };
  return {
    way: {
      points: found.coordinates.map(([lng, lat]): [number, number] => [rounded(lng), rounded(lat)]),
      seconds: Math.round(found.seconds),
      metres: Math.round(found.metres),
      fixAt: place.fixAt,
    },
  };
}
