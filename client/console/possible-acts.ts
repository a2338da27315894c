import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { Role } from '../../shared/contract/roles.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import {
  endedStates,
  incidentTransition,
  type IncidentEvent,
} from '../../shared/rules/lifecycle/incident.ts';
import { openDoubts } from '../../shared/rules/place-doubt.ts';
import { may } from '../../shared/rules/permissions.ts';
import { isPending, toCheck } from './queue-order.ts';
import type { OpenForm } from './room.ts';

/** Acts of the bar below the summary. */
export type IncidentAct =
  | OpenForm
  | 'acknowledge'
  | 'requestVerification'
  | 'requestCheck'
  | 'offerCheck'
  | 'acceptRework'
  | 'redispatch';

/** An act that the bar shows; `why` says why it is not possible now. */
export interface PossibleAct {
  readonly act: IncidentAct;
  readonly why: 'state' | 'held' | 'forbidden' | 'doubt' | null;
}

const steps: readonly (readonly [IncidentAct, IncidentEvent])[] = [
  ['requestVerification', 'verification.requested'],
  ['file', 'incident.filed'],
  ['acceptRework', 'rework.accepted'],
  ['redispatch', 'incident.redispatched'],
  ['requestCheck', 'check.assigned'],
  ['close', 'incident.closed'],
  ['rework', 'check.failed'],
  ['hold', 'incident.held'],
  ['resume', 'incident.resumed'],
  ['reassign', 'assignment.withdrawn'],
  ['recall', 'assignment.withdrawn'],
  ['escalate', 'incident.escalated'],
  ['reject', 'incident.rejected'],
  ['reopen', 'incident.reopened'],
  ['extend', 'deadline.extended'],
  ['transfer', 'incident.transferred'],
];

/** While teams are sent to it. */
const sending: readonly IncidentView['state'][] = ['filed', 'offered', 'accepted', 'en_route', 'on_scene'];

/** Shown also while they are not possible, so that nobody has to look for them. */
const standing: readonly IncidentAct[] = ['hold', 'recall', 'escalate', 'close'];

/**
 * What this person may do with an incident now, by the same state machine that the server asks. What only the server
 * knows (photos, evidence) is taken to be there: it refuses by itself.
 */
export function possibleActs(
  incident: IncidentView,
  person: { readonly role: Role; readonly personId: number },
  nowMs: number,
): PossibleAct[] {
  const asker = { role: person.role, personId: person.personId, teamId: null };
  if (may(asker, 'incident.direct') !== null) return [];
  const ended = endedStates.some((state) => state === incident.state);
  const facts: IncidentFacts = {
    ...hopeful,
    source: incident.source,
    held: incident.holdUntil !== null,
    overdue: incident.deadlineAt !== null && Date.parse(incident.deadlineAt) < nowMs,
    checkFailed: incident.checkFailed === true,
    checkerIsHandler: incident.handledBy === person.personId,
    ...(incident.closedAt !== null && {
      daysSinceClosed: (nowMs - Date.parse(incident.closedAt)) / 86_400_000,
    }),
  };
  const acts: PossibleAct[] = [];
  if (incident.acknowledgedAt === null && isPending(incident)) acts.push({ act: 'acknowledge', why: null });
  for (const [act, event] of steps) {
    if (act === 'hold' && incident.holdUntil !== null) continue;
    const asked = incidentTransition(incident.state, event, person.role, facts);
    const doubtful = act === 'file' && openDoubts(incident.doubts, incident.source).length > 0;
    if (asked.ok) acts.push({ act, why: doubtful ? 'doubt' : null });
    // a team is sent to look where the room does not judge by the photos alone
    if (act === 'rework' && toCheck(incident)) acts.push({ act: 'offerCheck', why: null });
    if (asked.ok) continue;
    if (standing.includes(act) && !ended)
      acts.push({
        act,
        why:
          asked.refusal.code === 'action_forbidden'
            ? 'forbidden'
            : asked.refusal.code === 'incident_held'
              ? 'held'
              : 'state',
      });
  }
  if (!ended) acts.push({ act: 'place', why: null }, { act: 'priority', why: null });
  if (sending.includes(incident.state)) acts.push({ act: 'needs', why: null });
  return acts;
}

const hopeful: IncidentFacts = {
  positioned: true,
  duplicatesSearched: true,
  reason: 'given',
  rejectReason: 'other',
  targetOpen: true,
  conditionChosen: true,
  pinned: true,
  penaltyOpen: false,
  photosBefore: 1,
  photosAfter: 1,
  spotMetres: 0,
  explained: true,
  teamEligible: true,
  insideAnswerTime: true,
  teamReported: true,
  liability: 'none',
  holdsBefore: 0,
  holdDays: 1,
  holdDue: false,
  receiptKept: true,
  extensionsApproved: 0,
  reporterUnsatisfied: true,
};
