import { combineTeams } from '../../shared/rules/dispatch/lines.ts';
import type { Tx } from '../kernel/transact.ts';
import { lockIncident } from '../incidents/store.ts';
import { lockTeams } from '../teams/store.ts';
import { claimTeam, tellOffer } from './claim.ts';
import { tellLoop } from './drive.ts';
import { loopOf } from './loops.ts';
import type { ProposalRow } from './store-proposals.ts';
import { townWide, viewOf } from './views.ts';

/**
 * Sends two teams together that have two licensed officers between them: the first leads, the other stands beside it.
 * Both or none; false when things have moved on and they are not the answer any more.
 */
export async function sendCombined(tx: Tx, proposal: ProposalRow): Promise<boolean> {
  const teamIds = proposal.changes.flatMap(({ toTeamId }) => toTeamId ?? []);
  const incident = await lockIncident(tx.db, proposal.incident_id);
  if (incident?.state !== 'filed' || incident.hold_until !== null) return false;
  const teams = await lockTeams(tx.db, teamIds);
  if (teams.some((team) => !team.on_duty || team.free_slots.length === 0)) return false;
  const { row } = await loopOf(tx, incident, 'person');
  const view = await viewOf(tx, incident, townWide(null, row.loop.exclusions), teamIds);
  const { policy } = view.scene.inForce;
  const found = combineTeams(pairOf(view.situation, teamIds), policy, tx.at);
  const [lead, second] = found?.teamIds ?? [];
  if (lead === undefined || second === undefined) return false;
  const given = {
    view,
    decision: 'manual',
    override: null,
    change: null,
    key: tx.key,
    switched: false,
  } as const;
  const { offered } = await tellLoop(tx, incident, row, { type: 'given', teamId: lead, manual: true }, given);
  if (!offered) return false;
  const beside = await claimTeam(tx, (await lockIncident(tx.db, incident.id))!, {
    ...given,
    teamId: second,
    kind: view.situation.line.taskKind,
    line: null,
    manual: true,
    claimsLost: [],
    key: tx.deps.newId(),
    waiting: true,
  });
  // both rows are held and had room: a slot that is not to be had is a fault, and nothing of it may stay
  if (!beside) throw new Error(`team ${second} was free and could not be claimed`);
  await tellOffer(tx, beside);
  return true;
}

type Situation = Parameters<typeof combineTeams>[0];

/** The situation with these teams alone. */
function pairOf(situation: Situation, teamIds: readonly number[]): Situation {
  const indexes = [...situation.teams.keys()].filter((i) => teamIds.includes(situation.teams[i]!.teamId));
  const only = <T>(list: ArrayLike<T>): T[] => indexes.map((i) => list[i]!);
  const { travel } = situation;
  return {
    ...situation,
    teams: only(situation.teams),
    travel: {
      ...travel,
      seconds: only(travel.seconds),
      metres: only(travel.metres),
      methods: only(travel.methods),
      blocked: travel.blocked && only(travel.blocked),
    },
  };
}
