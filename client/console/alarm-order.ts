import type { AlarmKind, AlarmView } from '../../shared/contract/alarms.ts';
import type { AlarmSound } from '../ui/sound.ts';

/** How an alarm sounds: an SOS until it is acknowledged, an urgent incident again and again, all others once. */
export const soundOf = (kind: AlarmKind): AlarmSound =>
  kind === 'sos' ? 'sos' : kind === 'incident_urgent' ? 'urgent' : 'once';

/** Most pressing first. */
const order: readonly AlarmKind[] = [
  'sos',
  'officer_unsafe',
  'incident_urgent',
  'check_in_missed',
  'help_requested',
  'offers_exhausted',
  'deadline_breached',
  'file_period_over',
  'appeal_unanswered',
  'offer_unanswered',
  'offer_unseen',
  'team_not_answering',
  'position_doubted',
  'team_stalled',
  'team_dark',
];

/** True while an alarm waits for somebody: not acknowledged, not cleared, not shelved at this instant. */
export const calls = (alarm: AlarmView, nowMs: number): boolean =>
  alarm.acknowledgedAt === null &&
  alarm.clearedAt === null &&
  (alarm.shelvedUntil === null || Date.parse(alarm.shelvedUntil) <= nowMs);

/** Alarms that call, the most pressing and then the oldest first. */
export function callingAlarms(alarms: Iterable<AlarmView>, nowMs: number): AlarmView[] {
  return [...alarms]
    .filter((alarm) => calls(alarm, nowMs))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.id - b.id);
}
