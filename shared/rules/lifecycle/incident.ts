import type { IncidentState } from '../../contract/incidents.ts';
import type { Role } from '../../contract/roles.ts';
import { type IncidentFacts, type IncidentGuard, incidentGuards } from './incident-guards.ts';
import { type Step, type StepRefusal, takeStep } from './machine.ts';

/** States in which nobody has anything left to do. */
export const endedStates = ['closed', 'rejected', 'merged', 'transferred'] as const satisfies IncidentState[];

/** States that still need somebody. `hold`, `escalation` and `overdue` are flags beside them. */
export const openStates = [
  'reported',
  'verifying',
  'filed',
  'offered',
  'accepted',
  'en_route',
  'on_scene',
  'correction_pending',
  'handled',
  'checking',
  'rework',
  'returned',
] as const satisfies IncidentState[];

/** Open states whose clock runs: what is handled waits for its check and needs no more time. */
const workingStates = openStates.filter((state) => state !== 'handled' && state !== 'checking');

const finders: readonly Role[] = [
  'dispatcher',
  'leader',
  'officer',
  'auxiliary',
  'gridWorker',
  'system',
  'public',
];
const crew: readonly Role[] = ['leader', 'officer'];
const room: readonly Role[] = ['dispatcher'];
const aides: readonly Role[] = ['auxiliary', 'gridWorker'];
const approvers: readonly Role[] = ['dispatcher', 'head'];

/**
 * The incident's life as a table. A row's guards are checked in order; `hold_absent` stands on every step that handles
 * the incident, since a held one (挂账) rests. The dispatcher may act for a team on its word (`team_reported`), never
 * after a return: `returned` leads only to a new dispatch, a rejection or a transfer.
 */
// prettier-ignore
const table = [
  step('incident.reported', [null], 'reported', finders, ['position_known', 'duplicates_searched']),
  step('verification.requested', ['reported'], 'verifying', room, ['source_unverified']),
  step('verification.completed', ['verifying'], 'reported', [...aides, ...crew], ['result_given', 'absence_photographed']),
  step('incident.rejected', ['reported', 'filed', 'returned'], 'rejected', room, ['reason_given', 'absence_verified']),
  step('incident.merged', ['reported', 'filed', 'returned'], 'merged', room, ['target_open']),
  step('incident.filed', ['reported'], 'filed', ['dispatcher', 'system'], ['condition_chosen', 'place_pinned']),
  step('incident.settled', ['reported'], 'closed', [...crew, ...aides], ['penalty_absent', 'photos_paired']),

  step('assignment.offered', ['filed'], 'offered', ['dispatcher', 'system'], ['hold_absent', 'decision_explained', 'team_eligible']),
  step('assignment.accepted', ['offered'], 'accepted', crew, ['hold_absent', 'answer_timely', 'team_eligible']),
  step('assignment.accepted', ['offered'], 'accepted', aides, ['hold_absent', 'task_auxiliary', 'answer_timely', 'team_eligible']),
  step('assignment.accepted', ['offered'], 'accepted', room, ['hold_absent', 'team_reported', 'team_eligible']),
  step('assignment.declined', ['offered'], 'filed', crew, ['reason_given']),
  step('assignment.declined', ['offered'], 'filed', aides, ['task_auxiliary', 'reason_given']),
  step('assignment.declined', ['offered'], 'filed', room, ['team_reported', 'reason_given']),
  step('assignment.expired', ['offered'], 'filed', ['system'], ['answer_overdue']),
  step('assignment.withdrawn', ['offered', 'accepted', 'en_route'], 'filed', ['dispatcher', 'system'], ['reason_given']),

  step('team.departed', ['accepted'], 'en_route', crew, ['hold_absent']),
  step('team.departed', ['accepted'], 'en_route', aides, ['hold_absent', 'task_auxiliary']),
  step('team.departed', ['accepted'], 'en_route', room, ['hold_absent', 'team_reported']),
  step('team.arrived', ['en_route'], 'on_scene', crew, ['hold_absent', 'place_reached']),
  step('team.arrived', ['en_route'], 'on_scene', aides, ['hold_absent', 'task_auxiliary', 'place_reached']),
  step('team.arrived', ['en_route'], 'on_scene', room, ['hold_absent', 'team_reported']),

  step('correction.ordered', ['on_scene'], 'correction_pending', crew, ['hold_absent', 'officers_two', 'order_served']),
  step('correction.confirmed', ['correction_pending'], 'handled', crew, ['hold_absent', 'correction_seen', 'spot_same', 'liability_set']),
  step('correction.failed', ['correction_pending'], 'on_scene', crew, ['hold_absent', 'correction_missing']),
  step('incident.handled', ['on_scene'], 'handled', crew, ['hold_absent', 'evidence_complete', 'disposition_given', 'liability_set']),
  step('incident.handled', ['on_scene'], 'handled', aides, ['hold_absent', 'task_auxiliary', 'evidence_complete', 'disposition_given', 'liability_set']),
  step('incident.handled', ['on_scene'], 'handled', room, ['hold_absent', 'team_reported', 'disposition_given', 'liability_set']),
  step('incident.returned', ['accepted', 'en_route', 'on_scene'], 'returned', crew, ['reason_given']),
  step('incident.returned', ['accepted', 'en_route', 'on_scene'], 'returned', aides, ['task_auxiliary', 'reason_given']),
  step('incident.redispatched', ['returned', 'rework'], 'filed', room, []),

  step('check.assigned', ['handled'], 'checking', room, ['checker_independent']),
  step('incident.closed', ['checking'], 'closed', room, ['check_unfailed', 'liability_set', 'photos_paired', 'spot_same']),
  step('check.failed', ['checking'], 'rework', room, ['reason_given']),
  step('rework.accepted', ['rework'], 'accepted', ['leader', 'dispatcher'], ['hold_absent']),

  step('incident.transferred', openStates, 'transferred', approvers, ['reason_given', 'receipt_kept']),
  step('deadline.extended', workingStates, null, approvers, ['hold_absent', 'deadline_running', 'extensions_left', 'reason_given']),
  step('incident.held', openStates, null, approvers, ['hold_absent', 'deadline_running', 'hold_first', 'hold_bounded', 'reason_given']),
  step('incident.resumed', openStates, null, ['system'], ['hold_present', 'hold_due']),
  step('incident.resumed', openStates, null, approvers, ['hold_present', 'reason_given']),
  step('incident.escalated', openStates, null, ['system', 'head', 'dispatcher'], ['reason_given']),

  step('incident.reopened', ['closed'], 'filed', room, ['reason_given', 'reopen_grounded']),
  step('appeal.submitted', ['closed'], null, ['leader'], ['deadline_missed', 'appeal_first', 'reason_given']),
  step('appeal.reviewed', ['closed'], null, ['dispatcher'], ['appeal_open', 'appeal_unreviewed']),
  step('appeal.reviewed', ['closed'], null, ['head'], ['appeal_open', 'appeal_endorsed']),
] as const satisfies readonly Step<IncidentState, string, IncidentGuard>[];

export type IncidentEvent = (typeof table)[number]['event'];

/** The table, for documentation and for the property tests. */
export const incidentSteps: readonly Step<IncidentState, IncidentEvent, IncidentGuard>[] = table;

export type IncidentRefusal =
  StepRefusal<IncidentGuard> | { readonly code: 'incident_ended' | 'incident_held' };

/** May this role take this step now, and where does it lead? `state` is null for an incident that is not there yet. */
export function incidentTransition(
  state: IncidentState | null,
  event: IncidentEvent,
  role: Role,
  facts: IncidentFacts,
): { ok: true; to: IncidentState } | { ok: false; refusal: IncidentRefusal } {
  const step = takeStep(incidentSteps, state, event, role, (guard: IncidentGuard) =>
    incidentGuards[guard](facts),
  );
  if (step.ok) return { ok: true, to: step.to };
  const { refusal } = step;
  if (refusal.code === 'transition_illegal' && endedStates.some((ended) => ended === state))
    return { ok: false, refusal: { code: 'incident_ended' } };
  if (refusal.code === 'guard_unmet' && refusal.guard === 'hold_absent')
    return { ok: false, refusal: { code: 'incident_held' } };
  return { ok: false, refusal };
}

function step<const Event extends string>(
  event: Event,
  from: readonly (IncidentState | null)[],
  to: IncidentState | null,
  by: readonly Role[],
  guards: readonly IncidentGuard[],
): Step<IncidentState, Event, IncidentGuard> {
  return { event, from, to, by, guards };
}
