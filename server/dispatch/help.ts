import type { z } from 'zod';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { RequestHelpSchema } from '../../shared/contract/phone.ts';
import type { Tx } from '../kernel/transact.ts';
import { raise } from './alerts.ts';
import { subject, tell } from './steps.ts';
import type { AssignmentRow } from './store.ts';

/** Backup or another team is asked of the room; what becomes of the task stays the dispatcher's decision. */
export async function askForHelp(
  tx: Tx,
  row: AssignmentRow,
  { want, text }: z.output<typeof RequestHelpSchema>,
  personId: number | null,
): Promise<AssignmentView> {
  const { incident, assignment } = await tell(tx, row);
  tx.announce('help.requested', subject(row.incident_id), { incident, assignment, want, text });
  await raise(tx, {
    kind: 'help_requested',
    incidentId: row.incident_id,
    teamId: row.team_id,
    personId,
    detail: { want, text },
  });
  return assignment;
}
