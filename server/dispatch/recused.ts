import { signersNeeded } from '../../shared/rules/lifecycle/penalty-file-guards.ts';
import { recusedFrom } from '../auth/store-licences.ts';
import type { Tx } from '../kernel/transact.ts';
import { teamView } from '../teams/store.ts';
import { askForHelp } from './help.ts';
import { activeLeads } from './store.ts';

/**
 * Somebody of a crew stands back from a case. With fewer than two licensed officers left for it (行政处罚法 42) the team can
 * neither decide nor order: the room is asked for another one. Answers how many are left; null when no team has the case.
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
  const recused = await recusedFrom(
    tx.db,
    incidentId,
    members.map((member) => member.personId),
  );
  const left = members.filter((member) => member.licensed && !recused.has(member.personId)).length;
  if (left >= signersNeeded || !members.some((member) => member.personId === personId)) return left;
  await askForHelp(tx, lead, { want: 'transfer', text: reason }, personId);
  return left;
}
