import type { Knex } from 'knex';
import type { Snapshot } from '../../shared/contract/api.ts';
import { head } from '../audit/store.ts';
import { activeAssignments, assignmentView } from '../dispatch/store.ts';
import { alarmView, standingAlarms } from '../dispatch/store-alarms.ts';
import { openProposals, proposalView } from '../dispatch/store-proposals.ts';
import { incidentView, listOpenIncidents } from '../incidents/store.ts';
import type { Deps } from '../kernel/deps.ts';
import { teamPositions, teamViews } from '../teams/store.ts';

/** How the town dispatches at present; the dispatch room's word. */
export type DispatchModeOf = (db: Knex, at: number) => Promise<Snapshot['dispatchMode']>;

/**
 * Every open thing with the number of the last fact that it contains: tables and number are read in one
 * repeatable-read transaction, so that facts after `seq` are exactly what the picture lacks.
 */
export function readSnapshot(deps: Deps, dispatchMode: DispatchModeOf): Promise<Snapshot> {
  const at = deps.now();
  return deps.db.transaction(
    async (db) => {
      // the first statement fixes what the others see
      const seq = await head(db);
      const incidents = (await listOpenIncidents(db, at)).map(incidentView);
      const teams = await teamViews(db, at);
      const onDuty = new Set(teams.filter((team) => team.status !== 'off_duty').map((team) => team.id));
      return {
        seq,
        at: new Date(at).toISOString(),
        incidents,
        assignments: (await activeAssignments(db)).map(assignmentView),
        teams,
        // where a team was when it went off duty is nobody's business
        positions: (await teamPositions(db)).filter((position) => onDuty.has(position.teamId)),
        alarms: (await standingAlarms(db)).map(alarmView),
        proposals: (await openProposals(db)).map(proposalView),
        dispatchMode: await dispatchMode(db, at),
      };
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}
