import { activeAssignments } from '../../dispatch/store.ts';
import { listOpenIncidents } from '../../incidents/store.ts';
import type { Tx } from '../../kernel/transact.ts';
import { zonesUnder } from '../../zones/store-import.ts';

/** What an edition would change for work that is under way. */
export interface Changes extends Record<string, number> {
  readonly incidentsThatChangeZone: number;
  readonly assignmentsThatChangeZone: number;
}

/** Open incidents whose place has another zone under an edition than they were given, and their active assignments. */
export async function changesUnder(tx: Pick<Tx, 'db' | 'at'>, editionId: number): Promise<Changes> {
  const open = await listOpenIncidents(tx.db, tx.at);
  const zones = await zonesUnder(tx.db, editionId, open);
  const moved = open.filter(({ zone_id }, i) => zone_id !== zones[i]).map(({ id }) => id);
  const active = moved.length === 0 ? [] : await activeAssignments(tx.db, { incidentIds: moved });
  return { incidentsThatChangeZone: moved.length, assignmentsThatChangeZone: active.length };
}

export const changeNotes = (changes: Changes): string[] => [
  `once in force, ${changes.incidentsThatChangeZone} open incidents and ${changes.assignmentsThatChangeZone} assignments would lie in another zone`,
];
