import type { FactData, FactType, LedgerEvent } from '../../shared/contract/events.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { may } from '../../shared/rules/permissions.ts';

/**
 * A set of readers. `watchers` may see the command room (dispatchers, heads, planners, reviewers, auditors,
 * administrators); `auditors` may read the audit trail; `everyone` is everybody who is signed in.
 */
export type Room = 'everyone' | 'watchers' | 'auditors' | `team:${number}` | `person:${number}`;

const watchers: readonly Room[] = ['watchers'];

/** The command room and the team that the incident is given to at present. */
const ofIncident = ({ incident }: { incident: { teamId: number | null } }): readonly Room[] =>
  incident.teamId === null ? watchers : ['watchers', `team:${incident.teamId}`];

/** The command room and whoever handled: the incident is nobody's task while it waits to be taken up again. */
const ofHandler = ({ incident }: Pick<FactData<'check.failed'>, 'incident'>): readonly Room[] =>
  incident.handledBy === null
    ? ofIncident({ incident })
    : [...ofIncident({ incident }), `person:${incident.handledBy}`];

/** The command room and the team of the offer or task, also when it has just lost it. */
const ofTask = ({ assignment }: { assignment: { teamId: number } }): readonly Room[] => [
  'watchers',
  `team:${assignment.teamId}`,
];

/** As `ofIncident`, and the team whose task beside the lead's it was. */
const ofBeside = (data: {
  incident: { teamId: number | null };
  assignment?: { teamId: number } | undefined;
}): readonly Room[] => [
  ...ofIncident(data),
  ...(data.assignment ? [`team:${data.assignment.teamId}` as const] : []),
];

const ofTeam = ({ team, personId }: { team: { id: number }; personId?: number }): readonly Room[] => [
  'watchers',
  `team:${team.id}`,
  ...(personId === undefined ? [] : [`person:${personId}` as const]),
];

/** The command room and whose phone it is. */
const ofDevice = ({ personId }: { personId: number | null }): readonly Room[] =>
  personId === null ? watchers : ['watchers', `person:${personId}`];

const ofPerson = ({ personId }: { personId: number | null }): readonly Room[] =>
  personId === null ? ['auditors'] : ['auditors', `person:${personId}`];

/** The command room and the officers who act on the file. */
const ofFile = ({ file }: { file: { officers: readonly number[] } }): readonly Room[] => [
  'watchers',
  ...file.officers.map((id) => `person:${id}` as const),
];

/**
 * The command room; a call for help also reaches who called and the team that is nearest, a doubt of a phone's places
 * whose phone it is.
 */
const ofAlarm = ({ alarm }: FactData<'alarm.raised'>): readonly Room[] => {
  if (alarm.kind === 'position_doubted' && alarm.personId !== null)
    return ['watchers', `person:${alarm.personId}`];
  if (alarm.kind !== 'sos') return watchers;
  const helpers = Array.isArray(alarm.detail.helpers) ? (alarm.detail.helpers as number[]) : [];
  return [
    'watchers',
    ...(alarm.personId === null ? [] : [`person:${alarm.personId}` as const]),
    ...helpers.map((id) => `team:${id}` as const),
  ];
};

const toWatchers = () => watchers;

/** Fact -> readers. A fact that is missing here does not compile. No fact carries anything about a reporter. */
const rooms: { readonly [T in FactType]: (data: FactData<T>) => readonly Room[] } = {
  'incident.reported': ofIncident,
  'incident.filed': ofIncident,
  'incident.placed': ofIncident,
  'incident.noted': toWatchers,
  'incident.prioritised': ofIncident,
  'incident.merged': ofIncident,
  'incident.rejected': ofIncident,
  'incident.acknowledged': ofIncident,
  'verification.requested': ofIncident,
  'verification.completed': ofBeside,
  'assignment.offered': ofTask,
  'assignment.seen': ofTask,
  'assignment.kept': ofTask,
  'assignment.released': ofTask,
  'assignment.accepted': ofTask,
  'assignment.declined': ofTask,
  'assignment.expired': ofTask,
  'assignment.withdrawn': ofTask,
  'team.departed': ofTask,
  'team.arrived': ofTask,
  'needs.set': ofIncident,
  'incident.queued': ofIncident,
  'proposal.made': toWatchers,
  'proposal.ended': toWatchers,
  'correction.ordered': ofTask,
  'correction.confirmed': ofTask,
  'correction.failed': ofTask,
  'incident.handled': ofTask,
  'officer.recused': (data) => [...ofIncident(data), `person:${data.personId}`],
  'incident.returned': ofTask,
  'incident.redispatched': ofIncident,
  'incident.settled': ofIncident,
  'holidays.published': toWatchers,
  'deadline.recounted': ofIncident,
  'deadline.extended': ofIncident,
  'incident.held': ofIncident,
  'incident.resumed': ofIncident,
  'incident.escalated': ofIncident,
  'incident.transferred': ofIncident,
  'check.assigned': ofIncident,
  'check.failed': ofHandler,
  'rework.accepted': ofIncident,
  'incident.closed': ofIncident,
  'incident.reopened': ofIncident,
  'evidence.added': toWatchers,
  'evidence.skipped': toWatchers,
  'evidence.taken': toWatchers,
  'enforcement.set': toWatchers,
  'deadline.requested': ofIncident,
  'deadline.refused': ofIncident,
  'appeal.submitted': ofHandler,
  'appeal.reviewed': ofHandler,
  'appeal.escalated': ofHandler,
  'check.reported': ofBeside,
  'notice.posted': ofFile,
  'notice.expired': ofFile,
  'notice.noted': ofFile,
  'party.identified': ofFile,
  'file.opened': ofFile,
  'file.registered': ofFile,
  'file.answered': ofFile,
  'file.converted': ofFile,
  'inquiry.completed': ofFile,
  'rights.told': ofFile,
  'hearing.requested': ofFile,
  'hearing.announced': ofFile,
  'hearing.held': ofFile,
  'statement.taken': ofFile,
  'signature.given': ofFile,
  'review.requested': ofFile,
  'review.passed': ofFile,
  'review.refused': ofFile,
  'measure.approved': ofFile,
  'things.taken': ofFile,
  'seizure.extended': ofFile,
  'things.released': ofFile,
  'decision.discussed': ofFile,
  'penalty.decided': ofFile,
  'penalty.waived': ofFile,
  'decision.announced': ofFile,
  'decision.served': ofFile,
  'decision.registered': ofFile,
  'decision.published': ofFile,
  'publication.withdrawn': ofFile,
  'decision.revoked': ofFile,
  'payment.taken': ofFile,
  'cash.handed_in': ofFile,
  'cash.banked': ofFile,
  'enforcement.started': ofFile,
  'demand.served': ofFile,
  'remedy.sought': ofFile,
  'remedy.ended': ofFile,
  'period.ended': ofFile,
  'file.transferred': ofFile,
  'file.closed': ofFile,
  'operation.planned': toWatchers,
  'operation.ended': toWatchers,
  'paper.made': toWatchers,
  'block.taken': toWatchers,
  'number.voided': toWatchers,
  'template.changed': toWatchers,
  'benchmark.published': toWatchers,
  'checklist.changed': toWatchers,
  'patrol.started': toWatchers,
  'patrol.answered': toWatchers,
  'patrol.ended': toWatchers,
  'arrival.suggested': ofTask,
  'device.registered': ofDevice,
  'device.rotated': ofDevice,
  'device.revoked': ofDevice,
  'push.sent': toWatchers,
  'push.failed': toWatchers,
  'positions.set': toWatchers,
  'push.set': toWatchers,
  'robot.added': toWatchers,
  'robot.removed': toWatchers,
  'webhook.created': toWatchers,
  'webhook.changed': toWatchers,
  'webhook.disabled': toWatchers,
  'message.sent': ({ teamId }) => (teamId === null ? ['everyone'] : ['watchers', `team:${teamId}`]),
  'message.read': toWatchers,
  'duty.started': ofTeam,
  'duty.ended': ofTeam,
  'team.changed': ofTeam,
  'team.asked': ofTask,
  'team.answered': ofTask,
  'team.moved': ofTask,
  'help.requested': ofTask,
  'officer.checked_in': ofTask,
  'alarm.raised': ofAlarm,
  'alarm.acknowledged': ofAlarm,
  'alarm.shelved': toWatchers,
  'alarm.cleared': ofAlarm,
  'edition.published': () => ['everyone'],
  'edition.effective': () => ['everyone'],
  'edition.drafted': toWatchers,
  'edition.changed': toWatchers,
  'edition.discarded': toWatchers,
  'edition.submitted': toWatchers,
  'edition.returned': toWatchers,
  'edition.approved': toWatchers,
  'edition.withdrawn': toWatchers,
  'edition.retired': toWatchers,
  'draft.rebased': toWatchers,
  'cells.edited': toWatchers,
  'zone.created': toWatchers,
  'closure.opened': () => ['everyone'],
  'closure.ended': () => ['everyone'],
  'calendar.set': toWatchers,
  'calendar.ended': toWatchers,
  'replay.reported': toWatchers,
  'planning.set': toWatchers,
  'policy.proposed': toWatchers,
  'policy.approved': toWatchers,
  'policy.withdrawn': toWatchers,
  'policy.changed': toWatchers,
  'town.imported': () => ['everyone'],
  'person.created': () => ['auditors'],
  'person.signed_in': ofPerson,
  'person.signed_out': ofPerson,
  'person.changed': ofPerson,
  'password.reset': ofPerson,
  'licence.given': ofPerson,
  'licence.revoked': ofPerson,
  'matter.published': toWatchers,
  'reporter.contacted': toWatchers,
  'person.revealed': toWatchers,
  'track.viewed': ofPerson,
};

/** Who may see a fact. A type that this build does not know (written by a newer one) is nobody's. */
export function audience(event: LedgerEvent): readonly Room[] {
  if (!Object.hasOwn(rooms, event.type)) return [];
  return (rooms[event.type] as (data: unknown) => readonly Room[])(event.data);
}

/** The rooms of a person; the team's room follows the facts of duty. */
export function roomsOf(person: { role: Role; id: number | null; teamId: number | null }): Set<Room> {
  const asker = { role: person.role, personId: person.id, teamId: person.teamId };
  const joined = new Set<Room>(['everyone']);
  if (person.id !== null) joined.add(`person:${person.id}`);
  if (person.teamId !== null) joined.add(`team:${person.teamId}`);
  if (may(asker, 'room.watch') === null) joined.add('watchers');
  if (may(asker, 'audit.read') === null) joined.add('auditors');
  return joined;
}

/** True when one of the fact's readers is in the person's rooms. */
export const concerns = (readers: readonly Room[], joined: ReadonlySet<Room>): boolean =>
  readers.some((room) => joined.has(room));
