import type { Candidate, DecisionRecord, Policy, Shortfall } from '../../contract/dispatch.ts';
import type { DecisionKind, OverrideReason } from '../../contract/dispatch-codes.ts';
import type { EditionId, IncidentId, PersonId, TeamId } from '../../contract/ids.ts';
import { choose } from './choose.ts';
import { evaluate } from './evaluate.ts';
import { coreVersion } from './policy.ts';
import type { Situation } from './situation.ts';

interface PairBefore {
  readonly incidentId: IncidentId;
  readonly teamId: TeamId | null;
}

/** What a decision knows besides the situation. All of it is stored, so that it can be decided again. */
export interface DecisionHead {
  readonly kind: DecisionKind;
  readonly actor: 'automatic' | PersonId;
  readonly policyHash: string;
  readonly editionId: EditionId | null;
  readonly coverageId: number | null;
  /** Lost claims of better teams on the way to this result. */
  readonly claimsLost: readonly TeamId[];
  readonly slot: number | null;
  /** The team that a person, a matching or the queue gave it to; null takes the first of the ranking. */
  readonly givenTeamId: TeamId | null;
  /** Nobody goes, and what was told as the reason. */
  readonly nobody?: readonly Shortfall[];
  readonly override: { readonly reason: OverrideReason; readonly text: string } | null;
  readonly change: {
    readonly gainSeconds: number;
    readonly hysteresisSeconds: number;
    readonly before: readonly PairBefore[];
    readonly after: readonly PairBefore[];
  } | null;
}

/** Everything that made a decision; stored beside its record. */
export interface StoredDecision {
  readonly situation: Situation;
  readonly policy: Policy;
  readonly at: number;
  readonly head: DecisionHead;
}

/**
 * Decides and explains: every team with its verdict, its reasons or its rank and cost. The same input gives
 * the same bytes under JSON.stringify, whatever the order of the teams.
 */
export const decide = (stored: StoredDecision): DecisionRecord =>
  recordOf(stored, evaluate(stored.situation, stored.policy, stored.at));

/** The same where the situation was evaluated before, under these settings and at this instant. */
export function recordOf(
  { situation, at, head }: StoredDecision,
  evaluated: readonly Candidate[],
): DecisionRecord {
  const { incident, line, travel, notEvaluated } = situation;
  const { ranking, shortfall } = choose(evaluated);
  const lost = new Set(head.claimsLost);
  const first = ranking.find(({ teamId }) => !lost.has(teamId));
  const teamId = head.nobody ? null : (head.givenTeamId ?? first?.teamId ?? null);
  const chosen = evaluated.find((candidate) => candidate.teamId === teamId);
  return {
    kind: head.kind,
    at,
    actor: head.actor,
    core: coreVersion,
    policyHash: head.policyHash,
    editionId: head.editionId,
    coverageId: head.coverageId,
    travelVersion: travel.version,
    incident: {
      id: incident.incidentId,
      point: { lng: incident.point.lng, lat: incident.point.lat } as typeof incident.point,
      cellId: incident.cellId,
      zoneId: incident.zoneId,
      matterCode: incident.matterCode,
      matterVersion: incident.matterVersion,
      priority: incident.priority,
      waitingSeconds: Math.round((at - incident.waitingSinceAt) / 1000),
      round: incident.round,
      radiusMetres: incident.radiusMetres,
      line: line.line,
      taskKind: line.taskKind,
      supervisorId: line.supervisorId,
      skills: line.skills.toSorted(),
      kit: line.kit.toSorted(),
    },
    candidates: evaluated.map((candidate) =>
      candidate === chosen ? { ...candidate, verdict: 'chosen' as const } : candidate,
    ),
    notEvaluated: { count: notEvaluated.count, radiusMetres: notEvaluated.radiusMetres },
    result: {
      teamId,
      slot: head.slot,
      shortfall: [...(head.nobody ?? shortfall)],
      claimsLost: head.claimsLost.toSorted((a, b) => a - b),
      gainSeconds: head.change?.gainSeconds ?? null,
      hysteresisSeconds: head.change?.hysteresisSeconds ?? null,
      before: pairs(head.change?.before),
      after: pairs(head.change?.after),
    },
    override: head.override && {
      againstTeamId: first?.teamId ?? null,
      chosenRank: chosen?.rank ?? null,
      waived: chosen?.reasons.map(({ code }) => code) ?? [],
      reason: head.override.reason,
      text: head.override.text,
    },
  };
}

const pairs = (list: readonly PairBefore[] = []): { incidentId: IncidentId; teamId: TeamId | null }[] =>
  list
    .map(({ incidentId, teamId }) => ({ incidentId, teamId }))
    .toSorted((a, b) => a.incidentId - b.incidentId || (a.teamId ?? 0) - (b.teamId ?? 0));

/** Text for the hash of a policy or a situation: keys in order at every depth. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Decides a stored situation again, from its JSON; the text must be that of the stored record. */
export function rerun(stored: string): string {
  return JSON.stringify(decide(JSON.parse(stored) as StoredDecision));
}
