import type { MyDay } from '../../shared/contract/phone.ts';
import { dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { eventsOfType } from '../audit/store.ts';
import { appealsOf } from '../incidents/store-appeals.ts';
import { findIncidents } from '../incidents/store.ts';
import { wasLate } from '../../shared/rules/deadlines/late.ts';
import type { Actor, Tx } from '../kernel/transact.ts';
import { findDutyOn } from '../teams/store-duty.ts';
import { teamView } from '../teams/store.ts';
import { assignmentsSince, handledSince } from './store-phone.ts';
import { assignmentView, findAssignments, type AssignmentRow } from './store.ts';

/** Seconds between two instants of each row that has both; the median, null without any. */
function median(rows: readonly AssignmentRow[], from: keyof AssignmentRow, to: keyof AssignmentRow) {
  const spans = rows
    .filter((row) => row[from] !== null && row[to] !== null)
    .map((row) => (Date.parse(String(row[to])) - Date.parse(String(row[from]))) / 1000)
    .sort((a, b) => a - b);
  const middle = Math.floor(spans.length / 2);
  if (spans.length === 0) return null;
  return spans.length % 2 === 1 ? spans[middle]! : (spans[middle - 1]! + spans[middle]!) / 2;
}

/** Time of the shift without a task in hand, seconds; null off duty. */
function restOf(rows: readonly AssignmentRow[], since: number | null, at: number): number | null {
  if (since === null) return null;
  const spans = rows
    .filter((row) => row.accepted_at !== null)
    .map((row) => [
      Math.max(since, Date.parse(row.accepted_at!)),
      row.ended_at === null ? at : Date.parse(row.ended_at),
    ])
    .filter(([from, to]) => to! > from!)
    .sort((a, b) => a[0]! - b[0]!);
  let busyMs = 0;
  let until = since;
  for (const [from, to] of spans) {
    busyMs += Math.max(0, to! - Math.max(from!, until));
    until = Math.max(until, to!);
  }
  return Math.max(0, Math.round((at - since - busyMs) / 1000));
}

/** The day of the person who asks, from the town's midnight: own team's tasks, and who looked at the track. */
export async function readMyDay({ db, at }: Pick<Tx, 'db' | 'at'>, actor: Actor): Promise<MyDay> {
  const from = startOfDay(dayOf(at));
  const { teamId } = actor;
  const rows = teamId === null ? [] : await findAssignments(db, await assignmentsSince(db, teamId, from));
  const incidents = await findIncidents(
    db,
    rows.map((row) => row.incident_id),
  );
  const duty = await findDutyOn(db, actor.id ?? 0);
  const views = await eventsOfType(db, 'track.viewed', { since: from });
  const count = (test: (row: AssignmentRow) => boolean) => rows.filter(test).length;
  return {
    from: new Date(from).toISOString(),
    at: new Date(at).toISOString(),
    offered: rows.length,
    accepted: count((row) => row.accepted_at !== null),
    declined: count((row) => row.state === 'declined'),
    expired: count((row) => row.state === 'expired'),
    handled: count((row) => row.state === 'completed'),
    active: count((row) => row.ended_at === null),
    capacity: teamId === null ? null : (await teamView(db, at, teamId)).capacity,
    answerSeconds: median(rows, 'offered_at', 'accepted_at'),
    arrivalSeconds: median(rows, 'accepted_at', 'arrived_at'),
    restSeconds: restOf(rows, duty?.signed_on_at ? Date.parse(duty.signed_on_at) : null, at),
    tasks: rows.map((row) => {
      const incident = incidents.find(({ id }) => id === row.incident_id)!;
      return {
        assignment: assignmentView(row),
        matterCode: incident.matter_code,
        address: incident.address,
      };
    }),
    overdue: teamId === null ? [] : await lateOf(db, teamId, at),
    viewers: views
      .filter(({ data }) => data.personId === actor.id || (teamId !== null && data.teamId === teamId))
      .map(({ at: seenAt, actor: viewer, data }) => ({
        at: seenAt,
        name: viewer.name,
        purpose: data.purpose,
      })),
  };
}

/** Days that an overdue mark may be appealed against from the phone (assumed). */
const appealDays = 30;

/** Closed incidents that a team handled after their deadline, the newest first. */
async function lateOf(db: Tx['db'], teamId: number, at: number): Promise<MyDay['overdue']> {
  const ids = await handledSince(db, teamId, at - appealDays * 86_400_000);
  const late = (await findIncidents(db, ids)).filter((row) => row.state === 'closed' && wasLate(row));
  const appeals = await appealsOf(
    db,
    late.map(({ id }) => id),
  );
  return late
    .toSorted((a, b) => b.id - a.id)
    .map((row) => ({
      incidentId: row.id as MyDay['overdue'][number]['incidentId'],
      matterCode: row.matter_code,
      address: row.address,
      deadlineAt: row.deadline_at!,
      handledAt: row.handled_at!,
      appeal: appeals.get(row.id) ?? null,
    }));
}
