import type { FileFact, FileProgress } from '../../shared/contract/enforcement.ts';
import type { FactType } from '../../shared/contract/events.ts';
import { calendarOf, dateOfDay, dayOf, dayOfDate, startOfDay } from '../../shared/rules/calendar.ts';
import { statutoryEnd, type StatutoryPeriod } from '../../shared/rules/deadlines/statutory.ts';
import type { PenaltyFileFacts } from '../../shared/rules/lifecycle/penalty-file-guards.ts';
import { penaltyFileTransition, type PenaltyFileEvent } from '../../shared/rules/lifecycle/penalty-file.ts';
import { assignmentsOf } from '../dispatch/store.ts';
import { lockIncident, type IncidentRow } from '../incidents/store.ts';
import { listCalendar } from '../incidents/store-holidays.ts';
import { longestMs } from '../kernel/done-at.ts';
import { plan } from '../kernel/due.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { findFile, insertPeriod, lockFile, updateFile, type FileRow } from './store.ts';

/** A file with its incident, both locked: the incident first, in every command. */
export interface Held {
  readonly incident: IncidentRow;
  readonly file: FileRow;
}

/** Facts about a file that change no state. */
type FileNote = Extract<
  FactType,
  | 'notice.noted'
  | 'file.answered'
  | 'hearing.requested'
  | 'hearing.announced'
  | 'hearing.held'
  | 'signature.given'
  | 'review.passed'
  | 'measure.approved'
  | 'things.taken'
  | 'seizure.extended'
  | 'things.released'
  | 'decision.discussed'
  | 'decision.registered'
  | 'decision.announced'
  | 'decision.published'
  | 'publication.withdrawn'
  | 'payment.taken'
  | 'cash.handed_in'
  | 'cash.banked'
  | 'demand.served'
  | 'remedy.sought'
  | 'remedy.ended'
  | 'period.ended'
>;

/** Kinds of due rows of this domain. */
export const dueKinds = {
  /** A paper on the windscreen runs out: file/ID. */
  notice: 'enforcement.notice',
  /** A statutory period runs out: file/ID/PERIOD/START. */
  period: 'enforcement.period',
  /** An order to correct falls due: order/ID. */
  order: 'enforcement.order',
} as const;

export async function holdFile(tx: Tx, fileId: number): Promise<Held> {
  const found = await findFile(tx.db, fileId);
  if (!found) throw new Refused('file_unknown', { fileId });
  const incident = (await lockIncident(tx.db, found.incident_id))!;
  return { incident, file: (await lockFile(tx.db, fileId))! };
}

/** The form in which facts carry a file: no party, no amount. */
export const factOf = (file: FileRow): FileFact =>
  ({
    id: file.id,
    incidentId: file.incident_id,
    procedure: file.procedure,
    state: file.state,
    matterCode: file.matter_code,
    versionAtAct: file.act_version,
    versionAtDecision: file.decision_version,
    actAt: file.act_at,
    openedAt: file.opened_at,
    officers: file.officers,
    version: file.version,
  }) as FileFact;

/** What a fact says besides: the instant of an act on a device, and whether its period was over. */
interface Told {
  readonly at?: number;
  readonly late?: boolean;
}

export function tellFile(
  tx: Tx,
  type: PenaltyFileEvent | FileNote,
  file: FileRow,
  text = '',
  { at = tx.at, late = false }: Told = {},
): void {
  // a phone that was offline for days: the fact says when it was done, its own time when it came
  const doneAt = tx.at - at > dayMs ? { doneAt: new Date(at).toISOString() } : {};
  tx.announce(type, `incident/${file.incident_id}`, {
    file: factOf(file),
    text,
    ...doneAt,
    ...(late && { late }),
  });
}

/** Asks the machine where a step leads; throws its refusal with the unmet guard named. */
export function askFile(
  tx: Tx,
  file: Pick<FileRow, 'procedure' | 'state' | 'id'> | null,
  event: PenaltyFileEvent,
  facts: PenaltyFileFacts,
) {
  const standing = { procedure: file?.procedure ?? null, state: file?.state ?? null };
  const asked = penaltyFileTransition(standing, event, tx.actor.role, facts);
  if (asked.ok) return asked;
  const { code, ...detail } = asked.refusal;
  throw new Refused(code, { fileId: file?.id ?? null, ...standing, event, ...detail });
}

/** Refuses a step that this state or this role has not at all, before anything is looked up for its guards. */
export function refuseStray(tx: Tx, file: FileRow, event: PenaltyFileEvent): void {
  const asked = penaltyFileTransition(file, event, tx.actor.role, {});
  if (asked.ok || asked.refusal.code === 'guard_unmet') return;
  const { id, procedure, state } = file;
  throw new Refused(asked.refusal.code, { fileId: id, procedure, state, event });
}

/** Takes one step of a locked file and tells it. */
export async function stepFile(
  tx: Tx,
  file: FileRow,
  event: PenaltyFileEvent,
  facts: PenaltyFileFacts,
  change: Record<string, unknown> & { progress?: FileProgress; by?: readonly number[] } = {},
  text = '',
  told: Told = {},
): Promise<FileRow> {
  const { to, procedure } = askFile(tx, file, event, facts);
  const { by = [], ...columns } = change;
  const moved = await updateFile(tx.db, file.id, {
    state: to,
    procedure,
    officers: withOfficers(file, by),
    ...columns,
  });
  tellFile(tx, event, moved, text, told);
  return moved;
}

/** Who acted as an investigator, each once. */
export const withOfficers = (file: Pick<FileRow, 'officers'>, by: readonly number[]): number[] =>
  [...new Set([...file.officers, ...by])].sort((a, b) => a - b);

/** Writes what happened without a change of state, and tells it. */
export async function noteFile(
  tx: Tx,
  file: FileRow,
  type: FileNote,
  change: Parameters<typeof updateFile>[2],
  text = '',
  told: Told = {},
): Promise<FileRow> {
  const moved = await updateFile(tx.db, file.id, change);
  tellFile(tx, type, moved, text, told);
  return moved;
}

/**
 * When an act was done on the device: at most 30 days ago, never ahead, never before what it follows. What was signed and
 * handed over stands, however long the phone was without a network; a clock that is a little wrong is moved, one that is
 * far off refused, since periods and licences hang on the instant.
 */
export function instantOf(tx: Tx, doneAt: string | undefined, ...after: (string | undefined)[]): number {
  const said = doneAt === undefined ? tx.at : Date.parse(doneAt);
  const earliest = Math.max(tx.at - longestMs, ...after.map((text) => (text ? Date.parse(text) : 0)));
  if (said > tx.at + clockSlackMs || said < earliest - clockSlackMs)
    throw new Refused('done_at_invalid', { doneAt, earliest: new Date(earliest).toISOString() });
  return Math.min(tx.at, Math.max(said, earliest));
}

const dayMs = 86_400_000;
/** By how much the clocks of two phones may disagree (assumed). */
const clockSlackMs = 120_000;

/** No act on an incident that a team was sent to was done before the team was asked; null: it found it itself. */
export async function sentAt(tx: Pick<Tx, 'db'>, incident: IncidentRow): Promise<string | undefined> {
  if (incident.source === 'patrol' || incident.source === 'self') return undefined;
  return (await assignmentsOf(tx.db, incident.id))[0]?.offered_at;
}

/** End of a statutory period by the calendar as it is published now. */
export async function periodEnd(tx: Pick<Tx, 'db'>, period: StatutoryPeriod, from: number) {
  const year = 366;
  const rows = await listCalendar(tx.db, dateOfDay(dayOf(from) - year), dateOfDay(dayOf(from) + year));
  const calendar = calendarOf(rows.map(({ day, kind }) => ({ date: day, kind })));
  const end = statutoryEnd(period, from, calendar);
  return end.ok
    ? { lastDate: end.lastDate, endsAt: end.endsAt, provisional: false }
    : {
        lastDate: end.estimatedDate,
        endsAt: startOfDay(dayOfDate(end.estimatedDate) + 1),
        provisional: true,
      };
}

/** A statutory period begins to run on a file; it falls due by itself. */
export async function startPeriod(
  tx: Tx,
  file: Pick<FileRow, 'id'>,
  period: StatutoryPeriod,
  from: number,
): Promise<{ endsAt: number; lastDate: string }> {
  const end = await periodEnd(tx, period, from);
  await insertPeriod(tx.db, { fileId: file.id, period, startedAt: from, ...end });
  await plan(tx.db, dueKinds.period, `file/${file.id}/${period}/${from}`, end.endsAt);
  return end;
}
