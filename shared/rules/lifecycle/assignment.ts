import type { AssignmentState, TaskKind } from '../../contract/assignments.ts';
import type { Role } from '../../contract/roles.ts';
import { isAuxiliary } from './incident-guards.ts';
import { type Step, type Transition, takeStep } from './machine.ts';

/** What the shell knows about an assignment when it asks for a step; a fact left out counts as not given. */
export interface AssignmentFacts {
  readonly insideAnswerTime?: boolean;
  readonly teamEligible?: boolean;
  readonly teamReported?: boolean;
  readonly reason?: string;
  readonly taskKind?: TaskKind;
}

const guards = {
  answer_timely: (f) => f.insideAnswerTime === true,
  answer_overdue: (f) => f.insideAnswerTime === false,
  team_eligible: (f) => f.teamEligible === true,
  team_reported: (f) => f.teamReported === true,
  task_auxiliary: (f) => isAuxiliary(f.taskKind),
  reason_given: (f) => (f.reason ?? '').trim().length > 0,
} as const satisfies Record<string, (facts: AssignmentFacts) => boolean>;

export type AssignmentGuard = keyof typeof guards;

/** States that hold a slot of the team. */
export const activeAssignmentStates = [
  'offered',
  'accepted',
  'en_route',
  'on_scene',
] as const satisfies AssignmentState[];

const crew: readonly Role[] = ['leader', 'officer'];
/** Where the task is open to them and no officer is on the team. */
const aides: readonly Role[] = ['auxiliary'];
const field: readonly Role[] = ['leader', 'officer', 'auxiliary', 'gridWorker'];
const room: readonly Role[] = ['dispatcher'];
const roomOrSystem: readonly Role[] = ['dispatcher', 'system'];
const leaving = ['offered', 'accepted', 'en_route'] as const;

/**
 * One team sent to one incident. Every offer ends in accepted, declined, expired or withdrawn; a team that stands on
 * the scene is never withdrawn, it completes or returns the task.
 */
const table = [
  step('assignment.offered', [null], 'offered', roomOrSystem, ['team_eligible']),
  step('assignment.accepted', ['offered'], 'accepted', crew, ['answer_timely', 'team_eligible']),
  step('assignment.accepted', ['offered'], 'accepted', aides, [
    'task_auxiliary',
    'answer_timely',
    'team_eligible',
  ]),
  step('assignment.accepted', ['offered'], 'accepted', room, ['team_reported', 'team_eligible']),
  step('assignment.declined', ['offered'], 'declined', crew, ['reason_given']),
  step('assignment.declined', ['offered'], 'declined', aides, ['task_auxiliary', 'reason_given']),
  step('assignment.declined', ['offered'], 'declined', room, ['team_reported', 'reason_given']),
  step('assignment.expired', ['offered'], 'expired', ['system'], ['answer_overdue']),
  step('assignment.withdrawn', leaving, 'withdrawn', roomOrSystem, ['reason_given']),
  step('team.departed', ['accepted'], 'en_route', field, []),
  step('team.departed', ['accepted'], 'en_route', room, ['team_reported']),
  step('team.arrived', ['en_route'], 'on_scene', field, []),
  step('team.arrived', ['en_route'], 'on_scene', room, ['team_reported']),
  step('incident.returned', ['accepted', 'en_route', 'on_scene'], 'returned', crew, ['reason_given']),
  step('incident.returned', ['accepted', 'en_route', 'on_scene'], 'returned', aides, [
    'task_auxiliary',
    'reason_given',
  ]),
  step('incident.handled', ['on_scene'], 'completed', field, []),
  step('incident.handled', ['on_scene'], 'completed', room, ['team_reported']),
  // the order is served and the team is free; the re-inspection is a task of its own
  step('correction.ordered', ['on_scene'], 'completed', crew, []),
  step('incident.transferred', leaving, 'withdrawn', ['dispatcher', 'head'], ['reason_given']),
  step('incident.transferred', ['on_scene'], 'completed', ['dispatcher', 'head'], ['reason_given']),
] as const satisfies readonly Step<AssignmentState, string, AssignmentGuard>[];

export type AssignmentEvent = (typeof table)[number]['event'];

/** The table, for documentation and for the property tests. */
export const assignmentSteps: readonly Step<AssignmentState, AssignmentEvent, AssignmentGuard>[] = table;

/** May this role take this step of the assignment now, and where does it lead? */
export function assignmentTransition(
  state: AssignmentState | null,
  event: AssignmentEvent,
  role: Role,
  facts: AssignmentFacts,
): Transition<AssignmentState, AssignmentGuard> {
  const step = takeStep(assignmentSteps, state, event, role, (guard: AssignmentGuard) =>
    guards[guard](facts),
  );
  return step.ok ? { ok: true, to: step.to } : step;
}

function step<const Event extends string>(
  event: Event,
  from: readonly (AssignmentState | null)[],
  to: AssignmentState | null,
  by: readonly Role[],
  guards: readonly AssignmentGuard[],
): Step<AssignmentState, Event, AssignmentGuard> {
  return { event, from, to, by, guards };
}
