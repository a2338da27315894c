import type { Action } from '../contract/actions.ts';
import type { RefusalCode } from '../contract/refusals.ts';
import type { Role } from '../contract/roles.ts';

/** Who asks: the role and, for people of the street, the team on whose behalf they act now. */
export interface Asker {
  readonly role: Role;
  readonly personId: number | null;
  readonly teamId: number | null;
}

/** What the act touches; left out where the act has no owner. */
export interface Touched {
  readonly teamId?: number | null;
  readonly personId?: number | null;
}

const everybody: readonly Action[] = ['self.read', 'town.read'];
const street: readonly Action[] = [
  ...everybody,
  'incident.report',
  'incident.read',
  'incident.note',
  'decision.read',
  'assignment.answer',
  'reporter.call',
  'team.status',
  'duty.change',
  'position.report',
  'incident.work',
  'evidence.add',
  'evidence.read',
  'penalty.read',
  'penalty.act',
  'paper.number',
  'patrol.walk',
  'patrol.read',
];
const watchers: readonly Action[] = [
  ...everybody,
  'room.watch',
  'incident.read',
  'decision.read',
  'evidence.read',
  'penalty.read',
  'patrol.read',
  'plan.read',
];
const room: readonly Action[] = [
  ...watchers,
  'incident.report',
  'incident.note',
  'incident.direct',
  'dispatch.decide',
  'assignment.answer',
  'reporter.call',
  'team.status',
  'alarm.answer',
  'track.view',
  'incident.work',
  'evidence.add',
  'patrol.plan',
  'closure.set',
  'person.reveal',
];

/** Role -> actions. The matrix test compares this table with the checked-in one, cell by cell. */
export const allowed: Readonly<Record<Role, readonly Action[]>> = {
  dispatcher: room,
  leader: street,
  officer: street,
  auxiliary: street,
  gridWorker: [
    ...everybody,
    'incident.report',
    'incident.read',
    'incident.note',
    'position.report',
    'duty.change',
    'incident.work',
    'evidence.add',
    'evidence.read',
    'patrol.walk',
    'patrol.read',
  ],
  planner: [...watchers, 'town.import', 'patrol.plan', 'plan.draft', 'closure.set'],
  head: [...room, 'audit.read', 'policy.change', 'penalty.act', 'plan.draft', 'plan.approve'],
  legalReviewer: [...watchers, 'incident.note', 'evidence.original', 'penalty.act', 'person.reveal'],
  auditor: [...watchers, 'audit.read', 'track.view', 'evidence.original', 'person.reveal'],
  administrator: [
    ...watchers,
    'policy.change',
    'people.manage',
    'integration.manage',
    'town.import',
    'audit.read',
    'template.change',
    'patrol.plan',
  ],
  system: [],
  public: [],
};

/** Roles bound to one team: their acts on a team's work need that team. */
const bound: ReadonlySet<Role> = new Set(['leader', 'officer', 'auxiliary']);
const teamActions: ReadonlySet<Action> = new Set(['assignment.answer', 'reporter.call', 'team.status']);

/**
 * May this person do this? One pure function for routes, commands, socket rooms and buttons.
 * Answers `action_forbidden` when the role lacks the action, or when a person of the street
 * touches the work of another team.
 */
export function may(asker: Asker, action: Action, touched: Touched = {}): RefusalCode | null {
  if (!allowed[asker.role].includes(action)) return 'action_forbidden';
  if (bound.has(asker.role) && teamActions.has(action) && touched.teamId !== undefined) {
    if (asker.teamId === null || touched.teamId !== asker.teamId) return 'action_forbidden';
  }
  return null;
}
