import type { Policy } from '../../contract/dispatch.ts';
import { etaMs } from './cost.ts';
import { failures } from './eligibility.ts';
import { ofPriority } from './policy.ts';
import type { IncidentFacts, Situation } from './situation.ts';

/*
 * Who waits, and who is next. A freed team takes the smallest eta - A x waiting - C[priority]. Waiting grows
 * without limit, so nothing starves; first-in-first-out would send each team across the town and grow the
 * queue at a load that this order carries.
 */

/** Time that an incident has waited, in ms. */
const waitingMs = (incident: Waiting, at: number): number =>
  Math.max(0, Math.round(at - incident.waitingSinceAt));

/** What waiting is worth in ms of travel: age and, in the weighted order, the credit of the priority. */
function waitingCreditMs(incident: Waiting, policy: Policy, at: number): number {
  const { order, ageWeight, creditSeconds } = policy.queue;
  const credit = order === 'weighted' ? ofPriority(creditSeconds, incident.priority) : 0;
  return Math.round(ageWeight * waitingMs(incident, at)) + credit * 1000;
}

const isStrict = (policy: Policy): boolean => policy.queue.order !== 'weighted';

/** How well a waiting incident suits team `index`, in ms; smaller is sooner. */
function pickScore(situation: Situation, index: number, policy: Policy, at: number): number {
  if (policy.queue.order === 'strict_time') return situation.incident.waitingSinceAt;
  return etaMs(situation, index, policy, at) - waitingCreditMs(situation.incident, policy, at);
}

/** Order of two waiting incidents for one team. Equal scores: priority, then age, then number. */
function comparePicks(policy: Policy, scoreA: number, a: Waiting, scoreB: number, b: Waiting): number {
  return (
    (isStrict(policy) ? a.priority - b.priority : 0) ||
    scoreA - scoreB ||
    a.priority - b.priority ||
    a.waitingSinceAt - b.waitingSinceAt ||
    a.incidentId - b.incidentId
  );
}

/** A waiting incident seen by one team: a situation and that team's place in it. */
export interface Sight {
  readonly situation: Situation;
  readonly index: number;
}

/**
 * Which of `count` waiting incidents the freed team takes, or -1 when it may take none. `see` may hand out
 * the same object each time, filled anew.
 */
export function pickWaiting(
  count: number,
  see: (waiting: number) => Sight,
  policy: Policy,
  at: number,
): number {
  let best = -1;
  let bestScore = 0;
  let bestIncident: IncidentFacts | undefined;
  for (let waiting = 0; waiting < count; waiting++) {
    const { situation, index } = see(waiting);
    const { incident } = situation;
    const score = pickScore(situation, index, policy, at);
    if (bestIncident && comparePicks(policy, score, incident, bestScore, bestIncident) >= 0) continue;
    if (failures(situation, index, policy, at) !== 0) continue;
    best = waiting;
    bestScore = score;
    bestIncident = incident;
  }
  return best;
}

/** Far above any travel, in ms: whoever can go, goes. */
const waitingBaseMs = 10_000_000_000;

/**
 * Price of leaving an incident in the queue when `rows` incidents are matched together. Strict orders put
 * classes apart by factors; beyond 200 rows the factors stay at 200, where a double still counts ms exactly.
 */
export function waitingPriceMs(incident: IncidentFacts, policy: Policy, at: number, rows: number): number {
  const age = waitingCreditMs(incident, policy, at);
  if (!isStrict(policy)) return waitingBaseMs + age;
  return (waitingBaseMs / 10) * (Math.min(rows, 200) + 1) ** (4 - incident.priority) + age;
}

/** What a queue asks about a waiting incident. */
export type Waiting = Pick<IncidentFacts, 'incidentId' | 'priority' | 'waitingSinceAt'>;

/** Waiting incidents in the order in which a team that is equally far from all of them takes them; first is next. */
export function queueOrder<T extends Waiting>(waiting: readonly T[], policy: Policy, at: number): T[] {
  const score = (one: Waiting): number =>
    policy.queue.order === 'strict_time' ? one.waitingSinceAt : -waitingCreditMs(one, policy, at);
  return waiting.toSorted((a, b) => comparePicks(policy, score(a), a, score(b), b));
}

/**
 * When the incident of rank `rank` (from 1) may expect a team: the teams at work become free one after the other at
 * `freeAt` (ms), each after one more task again. Null when nobody is at work.
 */
export function expectedStart(freeAt: readonly number[], rank: number, workSeconds: number): number | null {
  if (freeAt.length === 0) return null;
  const turn = Math.floor((rank - 1) / freeAt.length);
  return freeAt.toSorted((a, b) => a - b)[(rank - 1) % freeAt.length]! + turn * workSeconds * 1000;
}
