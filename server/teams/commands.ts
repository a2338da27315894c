import type { z } from 'zod';
import type { DutyViewSchema, SetTeamStatusSchema, TeamView } from '../../shared/contract/teams.ts';
import { may } from '../../shared/rules/permissions.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { activeAssignments } from '../dispatch/store.ts';
import * as store from './store.ts';
import * as roster from './store-duty.ts';

type DutyView = z.infer<typeof DutyViewSchema>;

/** Told when a team may have become available; the engine lets it take the best waiting incident. */
export type Freed = (tx: Tx) => Promise<void>;

async function holdTeam(tx: Tx, teamId: number): Promise<store.TeamRow> {
  const [row] = await store.lockTeams(tx.db, [teamId]);
  if (!row) throw new Refused('team_unknown', { teamId });
  return row;
}

const isBusy = async (tx: Tx, teamId: number): Promise<boolean> =>
  (await activeAssignments(tx.db, { teamIds: [teamId] })).length > 0;

/** The team's own word: away for a reason (and until when), or there again. A dispatcher may give it for the team. */
export async function setTeamStatus(
  tx: Tx,
  teamId: number,
  body: z.output<typeof SetTeamStatusSchema>,
  freed: Freed,
): Promise<TeamView> {
  const { role, id, teamId: own } = tx.actor;
  refuseIf(may({ role, personId: id, teamId: own }, 'team.status', { teamId }), { teamId });
  const row = await holdTeam(tx, teamId);
  if (!row.on_duty) throw new Refused('team_off_duty', { teamId });
  if (await isBusy(tx, teamId)) throw new Refused('team_busy', { teamId });
  const away = body.status === 'unavailable';
  if (away && body.reason === undefined) throw new Refused('reason_missing', { teamId });
  const untilAt = away && body.minutes !== undefined ? tx.at + body.minutes * 60_000 : null;
  await store.setUnavailable(tx.db, teamId, { reason: away ? body.reason! : null, untilAt }, tx.at);
  const team = await store.teamView(tx.db, tx.at, teamId);
  tx.announce('team.changed', `team/${teamId}`, { team, text: body.text });
  if (!away) await freed(tx);
  return team;
}

/** A team's time away is over. */
export async function endAway(tx: Tx, teamId: number, freed: Freed): Promise<void> {
  const row = await holdTeam(tx, teamId);
  if (row.unavailable_until === null || Date.parse(row.unavailable_until) > tx.at) return;
  await store.setUnavailable(tx.db, teamId, { reason: null, untilAt: null }, tx.at);
  tx.announce('team.changed', `team/${teamId}`, {
    team: await store.teamView(tx.db, tx.at, teamId),
    text: '',
  });
  await freed(tx);
}

/** How early before the roster's time a person may sign on. */
const earlySeconds = 1800;

/** Signs the person on or off; the roster says for which team. Said twice it changes nothing. */
export async function setDuty(tx: Tx, on: boolean, freed: Freed): Promise<DutyView> {
  const personId = tx.actor.id!;
  const present = await roster.findDutyOn(tx.db, personId);
  if (on === (present !== undefined)) return dutyView(present);
  return on ? signOn(tx, personId, freed) : signOff(tx, present!);
}

async function signOn(tx: Tx, personId: number, freed: Freed): Promise<DutyView> {
  const line = await roster.findRoster(tx.db, personId, tx.at, earlySeconds);
  if (!line) throw new Refused('guard_unmet', { guard: 'roster_present', personId });
  const team = await holdTeam(tx, line.team_id);
  await roster.signOn(tx.db, line.id, tx.at);
  if (!team.on_duty) await roster.setOnDuty(tx.db, team.id, true, tx.at);
  await tell(tx, 'duty.started', team.id, personId);
  await freed(tx);
  return dutyView({ ...line, signed_on_at: new Date(tx.at).toISOString(), signed_off_at: null });
}

/** The last one of a team with a task stays: the task is handled, returned or given away first. */
async function signOff(tx: Tx, line: roster.DutyRow): Promise<DutyView> {
  const team = await holdTeam(tx, line.team_id);
  const last = (await roster.countCrew(tx.db, team.id)) <= 1;
  if (last && (await isBusy(tx, team.id))) throw new Refused('team_busy', { teamId: team.id });
  await roster.signOff(tx.db, line.id, tx.at);
  if (last) await roster.setOnDuty(tx.db, team.id, false, tx.at);
  await tell(tx, 'duty.ended', team.id, line.person_id);
  return dutyView(undefined);
}

async function tell(tx: Tx, type: 'duty.started' | 'duty.ended', teamId: number, personId: number) {
  const team = await store.teamView(tx.db, tx.at, teamId);
  tx.announce(type, `team/${teamId}`, { team, personId: personId as never });
}

/** A person's duty now, or the next one on the roster. */
export async function readDuty(look: Pick<Tx, 'db' | 'at'>, personId: number): Promise<DutyView> {
  const present = await roster.findDutyOn(look.db, personId);
  if (present) return dutyView(present);
  const next = await roster.findNextRoster(look.db, personId, look.at);
  return { ...dutyView(next), on: false };
}

const dutyView = (row: roster.DutyRow | undefined): DutyView => ({
  on: row !== undefined,
  teamId: (row?.team_id ?? null) as DutyView['teamId'],
  startsAt: row?.starts_at ?? null,
  endsAt: row?.ends_at ?? null,
});
