import type { IncidentView } from '../../shared/contract/incidents.ts';
import { deadlineLeft, isPending } from './queue-order.ts';

/** What the queue shows. */
export interface QueueFilter {
  readonly show: 'all' | 'pending' | 'overdue';
  readonly text: string;
}

export const noFilter: QueueFilter = { show: 'all', text: '' };

/** True when nothing is filtered. */
export const isOff = (filter: QueueFilter): boolean => filter.show === 'all' && filter.text.trim() === '';

/** True for rows that the filter lets through; `words` are what a person may look for. */
export function passes(
  incident: IncidentView,
  filter: QueueFilter,
  nowMs: number,
  words: readonly string[],
): boolean {
  if (filter.show === 'pending' && !isPending(incident)) return false;
  if (filter.show === 'overdue' && deadlineLeft(incident, nowMs)?.step !== 'overdue') return false;
  const text = filter.text.trim().toLowerCase();
  if (text === '') return true;
  return [String(incident.id), incident.address, incident.text, incident.cellCode ?? '', ...words].some(
    (word) => word.toLowerCase().includes(text),
  );
}
