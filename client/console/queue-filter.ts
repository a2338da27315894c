import type { IncidentView } from '../../shared/contract/incidents.ts';
import { deadlineLeft, isOpen, isPending, toCheck, toVerify } from './queue-order.ts';

/** Parts of the queue that a dispatcher works through, in the order of an incident's way. */
export const shownParts = ['verify', 'pending', 'overdue', 'check'] as const;
export type Shown = (typeof shownParts)[number];

/** What the queue shows. */
export interface QueueFilter {
  readonly show: 'all' | Shown;
  readonly text: string;
}

export const noFilter: QueueFilter = { show: 'all', text: '' };

/** True when nothing is filtered. */
export const isOff = (filter: QueueFilter): boolean => filter.show === 'all' && filter.text.trim() === '';

/** Does an incident belong to this part of the queue? */
export function belongs(incident: IncidentView, part: Shown, nowMs: number): boolean {
  if (part === 'verify') return toVerify(incident);
  if (part === 'check') return toCheck(incident);
  if (part === 'pending') return isPending(incident);
  return isOpen(incident) && deadlineLeft(incident, nowMs)?.step === 'overdue';
}

/** True for rows that the filter lets through; `words` are what a person may look for. */
export function passes(
  incident: IncidentView,
  filter: QueueFilter,
  nowMs: number,
  words: readonly string[],
): boolean {
  if (filter.show !== 'all' && !belongs(incident, filter.show, nowMs)) return false;
  const text = filter.text.trim().toLowerCase();
  if (text === '') return true;
  return [String(incident.id), incident.address, incident.text, incident.cellCode ?? '', ...words].some(
    (word) => word.toLowerCase().includes(text),
  );
}
