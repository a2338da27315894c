import type { AssignmentState, AssignmentView } from '../../../shared/contract/assignments.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { assignmentTransition } from '../../../shared/rules/lifecycle/assignment.ts';

/** The primary act of a task by its state: 接单, 出发, 到场, 处置. */
export type Step = 'accept' | 'depart' | 'arrive' | 'work';

const steps: Partial<Record<AssignmentState, Step>> = {
  offered: 'accept',
  accepted: 'depart',
  en_route: 'arrive',
  on_scene: 'work',
};

export const stepOf = (state: AssignmentState): Step | null => steps[state] ?? null;

const events = {
  accept: 'assignment.accepted',
  depart: 'team.departed',
  arrive: 'team.arrived',
  work: 'incident.handled',
  decline: 'assignment.declined',
  return: 'incident.returned',
} as const;

/** May this role take this step of the assignment? The server judges again; here it decides what is offered. */
export function mayStep(assignment: AssignmentView, step: keyof typeof events, role: Role): boolean {
  const facts = {
    insideAnswerTime: true,
    teamEligible: true,
    teamReported: false,
    reason: 'x',
    taskKind: assignment.kind,
  };
  return assignmentTransition(assignment.state, events[step], role, facts).ok;
}
