import { licensedMinimum, needsLicensed } from '../../shared/rules/dispatch/crew.ts';
import { recusedFrom } from '../auth/store-licences.ts';
import type { Tx } from '../kernel/transact.ts';
import { teamView } from '../teams/store.ts';
import { askForHelp } from './help.ts';
import { activeLeads } from './store.ts';

/**
 * Somebody of a crew stands back from a case. With too few left for the task (two licensed officers where it may lead to a
 * decision, 行政处罚法 42) the room is asked for another team. Answers how many are left; null when no team has the case.
 */
export async function crewShort(
  tx: Tx,
  incidentId: number,
  personId: number,
  reason: string,
): Promise<number | null> {
  const lead = (await activeLeads(tx.db, [incidentId])).get(incidentId);
  if (!lead) return null;
  const { members } = await teamView(tx.db, tx.at, lead.team_id);
  const recused = await recusedFrom(tx.db, incidentId, [
    ...members.map((member) => member.personId),
    ...(lead.supervisor_id === null ? [] : [lead.supervisor_id]),
  ]);
  const standing = members.filter((member) => !recused.has(member.personId));
  const left = standing.filter((member) => member.licensed).length;
  // auxiliaries suffice for some kinds of task, with an officer who answers for them (浙江省综合行政执法条例 30)
  const answered = left > 0 || (lead.supervisor_id !== null && !recused.has(lead.supervisor_id));
  const enough = needsLicensed(lead.kind) ? left >= licensedMinimum : standing.length > 0 && answered;
  if (enough || !members.some((member) => member.personId === personId)) return left;
  await askForHelp(tx, lead, { want: 'transfer', text: reason }, personId);
  return left;
}
