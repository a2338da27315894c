import type { AssignmentState, AssignmentView } from '../../../shared/contract/assignments.ts';
import type { PhoneView } from '../../../shared/contract/phone.ts';
import type { QueuedAct } from './act.ts';

/** A task as the officer left it: the server's last word with the taps that still wait. */
export interface FoldedTask {
  readonly assignment: AssignmentView;
  readonly incident: PhoneView['tasks'][number]['incident'];
  /** Taps on this task that the server has not answered. */
  readonly waiting: readonly QueuedAct[];
  /** The first of them was refused: the officer decides what becomes of them. */
  readonly refused: QueuedAct | null;
}

const becomes: Partial<Record<QueuedAct['name'], AssignmentState>> = {
  acceptAssignment: 'accepted',
  declineAssignment: 'declined',
  departAssignment: 'en_route',
  arriveAssignment: 'on_scene',
  handleAssignment: 'completed',
  returnAssignment: 'returned',
};

/** Answers that end a task of one kind; they name the incident, not the task. */
const ends: Partial<Record<QueuedAct['name'], AssignmentView['kind']>> = {
  completeVerification: 'verify',
  reportCheck: 'check',
  orderCorrection: 'handle',
  confirmCorrection: 'correct',
};

/** Acts that may be tapped once for a task: said twice they would be a mistake of the thumb. */
export const saidOnce = (name: QueuedAct['name']): boolean =>
  becomes[name] !== undefined || ends[name] !== undefined || name === 'acceptRework';

const stamps: Partial<Record<AssignmentState, 'acceptedAt' | 'departedAt' | 'arrivedAt' | 'endedAt'>> = {
  accepted: 'acceptedAt',
  en_route: 'departedAt',
  on_scene: 'arrivedAt',
  completed: 'endedAt',
  returned: 'endedAt',
  declined: 'endedAt',
};

const ended: readonly AssignmentState[] = ['completed', 'returned', 'declined', 'expired', 'withdrawn'];

/** Lays the waiting taps over the tasks; a tap that was refused, and all behind it, change nothing. */
export function foldTasks(tasks: PhoneView['tasks'], acts: readonly QueuedAct[]): FoldedTask[] {
  return tasks.map(({ assignment, incident }) => {
    const waiting = acts.filter(({ lane }) => lane === laneOf(incident.id));
    const refused = waiting.find((act) => act.refused !== null) ?? null;
    const counted = refused ? waiting.slice(0, waiting.indexOf(refused)) : waiting;
    const now = counted.reduce((view, act) => {
      const state =
        ends[act.name] === view.kind
          ? 'completed'
          : act.params['assignmentId'] === view.id
            ? becomes[act.name]
            : undefined;
      if (state === undefined) return view;
      const stamp = stamps[state];
      return {
        ...view,
        state,
        ...(stamp && { [stamp]: new Date(act.tappedAtMs).toISOString() }),
      };
    }, assignment);
    return { assignment: now, incident, waiting, refused };
  });
}

/** Tasks that are still to be done, the most advanced first. */
export const openTasks = (tasks: readonly FoldedTask[]): FoldedTask[] => {
  const order: readonly AssignmentState[] = ['on_scene', 'en_route', 'accepted', 'offered'];
  return tasks
    .filter(({ assignment }) => !ended.includes(assignment.state))
    .toSorted((a, b) => order.indexOf(a.assignment.state) - order.indexOf(b.assignment.state));
};

/** The lane of everything that concerns an incident; its number, or `@KEY` before it has one. */
export const laneOf = (incidentId: string | number): string => `incident/${incidentId}`;
