import type { IncidentState, IncidentView } from '../../shared/contract/incidents.ts';
import { incidentGuards } from '../../shared/rules/lifecycle/incident-guards.ts';
import type { IncidentClass } from '../ui/glyph-shapes.ts';

/** Step of a deadline: calm above half, soon above a fifth, late below, overdue past it. */
export type DeadlineStep = 'calm' | 'soon' | 'late' | 'overdue';

/** How much of an incident's time is left. */
export interface DeadlineLeft {
  readonly step: DeadlineStep;
  /** 0..1 of the time left. */
  readonly share: number;
  /** Negative when overdue. */
  readonly seconds: number;
}

/** Reads the deadline at an instant; null when the incident has none. The server computes `deadlineAt` on its own clock kind. */
export function deadlineLeft(
  incident: Pick<IncidentView, 'deadlineAt' | 'deadlineStartAt' | 'reportedAt'>,
  nowMs: number,
): DeadlineLeft | null {
  if (incident.deadlineAt === null) return null;
  const dueMs = Date.parse(incident.deadlineAt);
  const startMs = Date.parse(incident.deadlineStartAt ?? incident.reportedAt);
  const seconds = (dueMs - nowMs) / 1000;
  const share = dueMs > startMs ? Math.min(1, Math.max(0, (dueMs - nowMs) / (dueMs - startMs))) : 0;
  if (seconds <= 0) return { step: 'overdue', share: 0, seconds };
  const step = share > 0.5 ? 'calm' : share >= 0.2 ? 'soon' : 'late';
  return { step, share, seconds };
}

const done = new Set<IncidentState>(['handled', 'checking', 'closed', 'rejected', 'merged', 'transferred']);
const waiting = new Set<IncidentState>(['reported', 'verifying', 'filed', 'returned', 'rework']);

/** True while nobody has been sent. */
export const isPending = (incident: IncidentView) => waiting.has(incident.state);
/** True while work is left for a team. */
export const isOpen = (incident: IncidentView) => !done.has(incident.state);

/** True while a report from outside waits to be looked at (核实) or to be filed. */
export const toVerify = ({ state, source }: Pick<IncidentView, 'state' | 'source'>): boolean =>
  state === 'verifying' || (state === 'reported' && incidentGuards.source_unverified({ source }));
/** True while the result waits for somebody other than the handler to look at it (核查). */
export const toCheck = ({ state }: Pick<IncidentView, 'state'>): boolean =>
  state === 'handled' || state === 'checking';

/** Rows of the queue: waiting ones first, then by priority, then by time left, then by age. */
export function queueOrder(incidents: Iterable<IncidentView>): IncidentView[] {
  const due = (incident: IncidentView) =>
    incident.deadlineAt === null ? Infinity : Date.parse(incident.deadlineAt);
  return [...incidents].sort(
    (a, b) =>
      Number(!isOpen(a)) - Number(!isOpen(b)) ||
      a.priority - b.priority ||
      due(a) - due(b) ||
      Date.parse(a.reportedAt) - Date.parse(b.reportedAt) ||
      a.id - b.id,
  );
}

/** The class whose shape an incident has on the map, by the family of its matter. */
const families: Readonly<Record<string, IncidentClass>> = {
  FD: 'fire_lane',
  GA: 'fire_lane',
  FW: 'fire_lane',
  CY: 'street_order',
  MU: 'street_order',
  MK: 'street_order',
  FS: 'street_order',
  EN: 'environment',
  WA: 'environment',
  FO: 'environment',
  LA: 'environment',
  PL: 'building',
  HC: 'building',
};

export function classOf(matterCode: string | null): IncidentClass {
  return families[matterCode?.slice(0, 2) ?? ''] ?? 'other';
}
