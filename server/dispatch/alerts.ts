import type { Shortfall } from '../../shared/contract/dispatch.ts';
import type { AlarmKind } from '../../shared/contract/alarms.ts';
import type { OfferEffect, OfferLoop } from '../../shared/rules/dispatch/offer-loop.ts';
import type { Actor, Tx } from '../kernel/transact.ts';
import { readIncidentView, type IncidentRow } from '../incidents/store.ts';
import { setUnavailable, teamView } from '../teams/store.ts';
import { policyAt } from './policies.ts';
import { alarmView, clearAlarms, raiseAlarm, restateAlarm, type AlarmRow } from './store-alarms.ts';
import { assignmentsOf, expiredSince } from './store.ts';
import { planMatch } from './due.ts';
import type { Kept } from './shortfall.ts';

type Tried = OfferLoop['tried'][number];
type Alert = Extract<OfferEffect, { type: 'alert' | 'follow_up' }>;

interface About {
  /** Who caused it: the officer who is unsafe, say. */
  readonly by: Actor;
  readonly shortfall: readonly Shortfall[];
  readonly round: number;
  /** Keeps that nobody can go as a decision; null when nobody looked. */
  readonly keep: () => Promise<Kept | null>;
  /** False when the engine was not to look for anybody: a person has the incident in hand. */
  readonly asked: boolean;
}

/** Raises an alarm unless the same one stands, and tells it; false when it stood. */
export async function raise(tx: Tx, alarm: Omit<Parameters<typeof raiseAlarm>[1], 'at'>): Promise<boolean> {
  const row = await raiseAlarm(tx.db, { ...alarm, at: tx.at });
  if (row) tx.announce('alarm.raised', `alarm/${row.id}`, { alarm: alarmView(row) });
  return row !== undefined;
}

/** Tells a standing alarm again with what it says now; it sounds again, also where it was acknowledged or shelved. */
export async function restate(
  tx: Tx,
  of: Parameters<typeof restateAlarm>[1],
  detail: Record<string, unknown>,
): Promise<void> {
  const row = await restateAlarm(tx.db, of, detail);
  if (row) tx.announce('alarm.raised', `alarm/${row.id}`, { alarm: alarmView(row) });
}

/** Clears alarms and tells each. */
export async function clear(
  tx: Tx,
  of: { incidentId?: number; teamId?: number; personId?: number },
  kinds?: readonly AlarmKind[],
): Promise<void> {
  for (const row of await clearAlarms(tx.db, of, tx.at, kinds)) tellCleared(tx, row);
}

const tellCleared = (tx: Tx, row: AlarmRow): void =>
  tx.announce('alarm.cleared', `alarm/${row.id}`, { alarm: alarmView(row) });

/** Brings to a person what the search cannot settle by itself. */
export async function alert(tx: Tx, incident: IncidentRow, effect: Alert, about: About): Promise<void> {
  if (effect.type === 'follow_up') return followUp(tx, effect);
  const last = effect.tried.at(-1);
  switch (effect.kind) {
    case 'offer_unanswered':
      return unanswered(tx, incident, last!);
    case 'officer_unsafe':
      await raise(tx, {
        kind: 'officer_unsafe',
        incidentId: incident.id,
        teamId: last!.teamId,
        personId: about.by.id,
      });
      return;
    default:
      return exhausted(tx, incident, effect.standing, effect.tried, about);
  }
}

/** 车辆故障 puts the team out of service; missing skill or kit asks for a correction of what is on file. */
async function followUp(tx: Tx, { what, teamId }: Extract<Alert, { type: 'follow_up' }>): Promise<void> {
  if (what === 'judgement') return;
  if (what === 'vehicle') await setUnavailable(tx.db, teamId, { reason: 'vehicle', untilAt: null }, tx.at);
  tx.announce('team.changed', `team/${teamId}`, { team: await teamView(tx.db, tx.at, teamId), text: what });
}

async function unanswered(tx: Tx, incident: IncidentRow, { teamId }: Tried): Promise<void> {
  // a team that drives there without a word is seen, not alarmed about
  const asked = (await assignmentsOf(tx.db, incident.id)).findLast((one) => one.team_id === teamId);
  if (asked?.moving_at == null)
    await raise(tx, { kind: 'offer_unanswered', incidentId: incident.id, teamId });
  const { policy } = await policyAt(tx.db, tx.at);
  const { unansweredWindowSeconds, unansweredLimit, expiredPauseSeconds } = policy.offers;
  const expired = await expiredSince(tx.db, tx.at - unansweredWindowSeconds * 1000);
  const count = expired.get(teamId) ?? 0;
  if (count >= unansweredLimit) await raise(tx, { kind: 'team_not_answering', teamId, detail: { count } });
  // after the pause the team may be asked again
  await planMatch(tx, tx.at + expiredPauseSeconds * 1000);
}

async function exhausted(
  tx: Tx,
  incident: IncidentRow,
  standing: boolean,
  tried: readonly Tried[],
  { shortfall, round, asked, keep }: About,
): Promise<void> {
  const last = tried.at(-1);
  // whoever recalled a team knows that it has none
  if (!asked && (last === undefined || last.outcome === 'withdrawn')) return;
  const codes = shortfall.map(({ code }) => code);
  const kept = await keep();
  tx.announce('incident.queued', `incident/${incident.id}`, {
    incident: await readIncidentView(tx.db, incident.id),
    shortfall: codes,
    round,
    line: 0,
    decisionId: kept?.decisionId ?? null,
    decisionHash: kept?.decisionHash ?? null,
  });
  if (!standing) return;
  const detail = {
    shortfall: codes,
    tried: tried.map(({ teamId, outcome, reason, at }) => ({ teamId, outcome, reason, at })),
  };
  const of = { kind: 'offers_exhausted', incidentId: incident.id } as const;
  if (!(await raise(tx, { ...of, detail }))) await restate(tx, { ...of, teamId: null }, detail);
}
