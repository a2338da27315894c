import type { DecisionKind, DeclineReason } from '../../shared/contract/dispatch-codes.ts';
import type { Policy } from '../../shared/contract/dispatch.ts';
import type { TeamId } from '../../shared/contract/ids.ts';
import { evaluate } from '../../shared/rules/dispatch/evaluate.ts';
import { fillLines, type LineFill } from '../../shared/rules/dispatch/lines.ts';
import type { Exclusion, Situation } from '../../shared/rules/dispatch/situation.ts';
import { withSupervisor } from '../../shared/rules/dispatch/supervisor.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { listSeveral, readIncidentView, type IncidentRow } from '../incidents/store.ts';
import { claimTeam, tellOffer, type View } from './claim.ts';
import { planMatch } from './due.ts';
import { goesOn } from './loops.ts';
import { policyAt } from './policies.ts';
import { lineOf, standing } from './scene.ts';
import { isKnown, keepShortfall } from './shortfall.ts';
import { holdIncident, subject } from './steps.ts';
import { findLoop, findLoops } from './store-loops.ts';
import { assignmentsOf, type AssignmentRow } from './store.ts';
import { waitsSince } from './subject.ts';
import { townWide, viewOf } from './views.ts';

/*
 * Teams beside the lead: each line of what an incident needs is filled by offers of its own. The lead's line is the
 * search's (drive.ts); here whoever declines is followed by the next one of the line.
 */

/** While the lead is sought, on its way or at work, others are sent beside it. */
export const served: readonly IncidentRow['state'][] = [
  'filed',
  'offered',
  'accepted',
  'en_route',
  'on_scene',
];

/** True where more than one team is needed. */
export const needsSeveral = ({ needs }: Pick<IncidentRow, 'needs'>): boolean => (needs?.length ?? 1) > 1;

/**
 * Teams that may not be asked for a line again: they declined it, did not answer lately, or were called back. Whoever is busy
 * elsewhere is left alone until that is over, and for the pause of an unanswered offer in any case.
 */
export function refusalsOf(
  rows: readonly AssignmentRow[],
  line: number | null,
  { offers }: Policy,
): Exclusion[] {
  return rows.flatMap((row): Exclusion[] => {
    if (row.line !== line || row.ended_at === null) return [];
    const teamId = row.team_id as TeamId;
    if (row.state === 'withdrawn' && row.reason === 'recalled')
      return [{ teamId, cause: 'recalled', untilAt: null }];
    const untilAt = Date.parse(row.ended_at) + offers.expiredPauseSeconds * 1000;
    if (row.state === 'declined') {
      const cause = row.reason as DeclineReason;
      const final = { teamId, cause, untilAt: null };
      return cause === 'on_scene_elsewhere' ? [final, { teamId, cause, untilAt }] : [final];
    }
    return row.state === 'expired' ? [{ teamId, cause: 'unanswered', untilAt }] : [];
  });
}

/** Whoever called a team back from a line chooses for it again. */
export const restsWithPerson = (rows: readonly AssignmentRow[], line: number): boolean =>
  rows.findLast((row) => row.line === line)?.reason === 'recalled';

/** Every line of an incident as the teams of a look stand: what the look was made for, and the others beside it. */
export function linesOf(
  { scene, subject, situation }: Omit<View, 'candidates'>,
  rows: readonly AssignmentRow[],
  leadExclusions: readonly Exclusion[] = situation.exclusions,
): Situation[] {
  return [...subject.needs.keys()].map((line): Situation => {
    if (line === situation.line.line) return situation;
    const exclusions = line === 0 ? leadExclusions : refusalsOf(rows, line, scene.inForce.policy);
    const other: Situation = {
      ...situation,
      incident: { ...situation.incident, radiusMetres: null },
      line: lineOf(subject, line),
      exclusions: standing(exclusions, scene),
    };
    return withSupervisor(other, null, scene.at);
  });
}

/**
 * Asks teams for every line beside the lead's that lacks some: those of `planned`, else those that a fresh look finds. The
 * caller holds the incident.
 */
export async function fillSupport(
  tx: Tx,
  incident: IncidentRow,
  planned?: readonly LineFill[],
  decision?: DecisionKind,
): Promise<void> {
  if (!needsSeveral(incident) || incident.hold_until !== null || !served.includes(incident.state)) return;
  const auto = tx.as(systemActor);
  const rows = await assignmentsOf(tx.db, incident.id);
  const view = await viewOf(auto, incident, townWide());
  const { policy } = view.scene.inForce;
  // where all go or nobody does, nobody goes before the lead
  if (!planned && policy.matching.fill === 'all_or_nothing' && incident.state === 'filed') return;
  const lines = linesOf(view, rows).slice(1);
  const some = { ...policy, matching: { ...policy.matching, fill: 'partial' as const } };
  const open = lines.filter(({ line }) => !restsWithPerson(rows, line.line));
  const fills = planned ?? fillLines(open, some, tx.at).fills;
  const wanted = fills.flatMap(({ line, teamIds }) => teamIds.map((teamId) => ({ line, teamId })));
  let held = incident;
  for (const { line, teamId } of wanted.toSorted((a, b) => a.teamId - b.teamId)) {
    const situation = lines.find((one) => one.line.line === line)!;
    const claimed = await claimTeam(auto, held, {
      view: { ...view, situation, candidates: evaluate(situation, policy, tx.at) },
      teamId,
      kind: situation.line.taskKind,
      line,
      manual: false,
      decision: decision ?? (rows.some((row) => row.line === line) ? 'next' : 'first'),
      claimsLost: [],
      override: null,
      change: null,
      key: tx.deps.newId(),
      waiting: planned !== undefined,
      switched: false,
    });
    if (!claimed) {
      // both rows are held and had room: a slot that is not to be had is a fault, and nothing of it may stay
      if (planned) throw new Error(`team ${teamId} was free and could not be claimed`);
      await planMatch(tx, tx.at + 1000);
      continue;
    }
    held = claimed.incident;
    await tellOffer(auto, claimed);
    tx.deps.metrics.offers.inc({ result: 'offered' });
  }
  for (const { line, lacking, shortfall } of fills)
    if (lacking > 0) await tellLacking(auto, held, { ...view, situation: lines[line - 1]! }, shortfall);
}

/** Tells once that nobody can go for a line, with the decision that says why. */
async function tellLacking(
  tx: Tx,
  { id }: IncidentRow,
  view: View,
  shortfall: LineFill['shortfall'],
): Promise<void> {
  const { line } = view.situation.line;
  if (await isKnown(tx, id, line, shortfall)) return;
  tx.announce('incident.queued', subject(id), {
    incident: await readIncidentView(tx.db, id),
    shortfall: shortfall.map(({ code }) => code),
    round: view.situation.incident.round,
    line,
    ...(await keepShortfall(tx, view, { kind: 'first', shortfall, claimsLost: [] })),
  });
}

/** Looks for whoever is lacking beside the lead, where the engine looks for teams by itself. */
export async function refill(tx: Tx, incidentId: number): Promise<void> {
  const row = await findLoop(tx.db, incidentId);
  if (!row || !goesOn(row, await policyAt(tx.db, tx.at))) return;
  await fillSupport(tx, await holdIncident(tx, incidentId));
}

/** Incidents with several lines that the engine looks after, the most urgent first, then the longest waiting. */
export async function severalWaiting(tx: Tx): Promise<IncidentRow[]> {
  const rows = (await listSeveral(tx.db)).filter(({ state }) => served.includes(state));
  if (rows.length === 0) return [];
  const inForce = await policyAt(tx.db, tx.at);
  const loops = await findLoops(
    tx.db,
    rows.map(({ id }) => id),
  );
  return rows
    .filter(({ id }) => loops.has(id) && goesOn(loops.get(id)!, inForce))
    .toSorted((a, b) => a.priority - b.priority || waitsSince(a) - waitsSince(b) || a.id - b.id);
}

/** Why the lines of an incident lack teams, as one list. */
export const shortfallOfLines = (fills: readonly LineFill[]): LineFill['shortfall'] => {
  const found = fills.flatMap(({ shortfall }) => shortfall);
  return found.filter(({ code }, i) => found.findIndex((one) => one.code === code) === i);
};
