import type { z } from 'zod';
import type {
  CreateIncidentSchema,
  IncidentView,
  PlaceIncidentSchema,
  Priority,
  ReopenIncidentSchema,
} from '../../shared/contract/incidents.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { openDoubts } from '../../shared/rules/place-doubt.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { metricSrid } from '../zones/store.ts';
import { continueRun, pauseRun, startRun, switchRun } from './deadline.ts';
import { placeReport } from './place.ts';
import { findIncidentRow, holdIncidentRow, stepIncident, stepRow } from './steps.ts';
import {
  endStates,
  findByExternalId,
  findDuplicates,
  findReporter,
  findMatter,
  findMatterVersion,
  incidentView,
  insertIncident,
  moveReports,
  needsOfMatter,
  placeColumns,
  readIncidentView,
  updateIncident,
  type IncidentRow,
  type MatterRow,
  type NewIncident,
} from './store.ts';
import { verificationOf } from './store-field.ts';

const subject = (id: number) => `incident/${id}`;

/** A new incident: placed, located, written down with its reporter; filed at once when its matter is known. */
export const createIncident = async (
  tx: Tx,
  body: z.output<typeof CreateIncidentSchema>,
): Promise<IncidentView> => incidentView((await reportIncident(tx, body)).row);

/** The same as a row that this transaction holds; one that its sender had reported before is not `fresh`. */
export async function reportIncident(
  tx: Tx,
  body: z.output<typeof CreateIncidentSchema>,
): Promise<{ readonly row: IncidentRow; readonly fresh: boolean }> {
  if (body.externalId) {
    const known = await findByExternalId(tx.db, body.source, body.externalId);
    if (known !== undefined) return { row: await findIncidentRow(tx.db, known), fresh: false };
  }
  const { point, located, doubts } = await placeReport(
    tx.db,
    { ...body.point, crs: body.crs },
    tx.at,
    body.address,
  );
  const matter = body.matterCode === null ? undefined : await findMatter(tx.db, body.matterCode, tx.at);
  if (body.matterCode !== null && !matter)
    throw new Refused('matter_unknown', { matterCode: body.matterCode });
  const filing: NewIncident = {
    priority: body.priority ?? matter?.priority ?? 3,
    matterVersionId: matter?.id ?? null,
    text: body.text,
    address: body.address,
    point,
    raw: { ...body.point, crs: body.crs },
    place: { ...located, doubts },
    source: body.source,
    by: tx.actor.id,
    at: tx.at,
  };
  const row = await insertIncident(tx.db, filing, {
    source: body.source,
    name: body.reporterName ?? null,
    phone: body.reporterPhone ?? null,
    text: body.text,
    externalId: body.externalId ?? null,
    at: tx.at,
  });
  tx.announce('incident.reported', subject(row.id), { incident: incidentView(row) });
  // a doubtful place is never filed unseen: a person confirms or moves it first
  const fileable = matter && body.file && openDoubts(doubts, body.source).length === 0;
  const mayFile = tx.actor.role === 'dispatcher' || tx.actor.role === 'system';
  return { row: fileable && mayFile ? await fileRow(tx, row, matter, body.priority) : row, fresh: true };
}

/** Files (立案): the matter's filing condition starts the clock; place and matter version are pinned. */
export async function fileIncident(
  tx: Tx,
  id: number,
  matterCode: string,
  priority?: Priority,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const matter = await findMatter(tx.db, matterCode, tx.at);
  if (!matter) throw new Refused('matter_unknown', { matterCode });
  const doubts = openDoubts(row.doubts, row.source);
  if (row.state === 'reported' && doubts.length > 0)
    throw new Refused('place_doubtful', { incidentId: id, doubts });
  return incidentView(await fileRow(tx, row, matter, priority));
}

async function fileRow(
  tx: Tx,
  row: IncidentRow,
  matter: MatterRow,
  priority?: Priority,
): Promise<IncidentRow> {
  const filedPriority = priority ?? matter.priority;
  const needs = needsOfMatter(matter);
  const filed = await stepRow(
    tx,
    row,
    'incident.filed',
    { conditionChosen: true, pinned: true },
    {
      matter_version_id: matter.id,
      priority: filedPriority,
      filed_at: new Date(tx.at),
      needs: needs.length > 1 ? JSON.stringify(needs) : null,
      ...(await startRun(tx.db, matter, filedPriority, tx.at)),
    },
  );
  tx.announce('incident.filed', subject(row.id), { incident: incidentView(filed) });
  return filed;
}

/** A person says where it is: as it stands, or elsewhere. What was doubted about the place is settled. */
export async function placeIncident(
  tx: Tx,
  id: number,
  { point: raw, text }: z.output<typeof PlaceIncidentSchema>,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  refuseEnded(row);
  const placed = raw && (await placeReport(tx.db, raw, tx.at));
  const now = await updateIncident(tx.db, id, {
    doubts: [],
    ...(placed && placeColumns(tx.db, placed.point, raw, placed.located)),
  });
  const incident = incidentView(now);
  const was = { lng: row.lng, lat: row.lat } as IncidentView['point'];
  const metres = Math.round(distanceMetres(was, incident.point));
  tx.announce('incident.placed', subject(id), { incident, doubts: row.doubts, metres, text });
  return incident;
}

/** A remark in the incident's story. */
export async function noteIncident(tx: Tx, id: number, text: string): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  tx.announce('incident.noted', subject(id), { incidentId: row.id as IncidentView['id'], text });
  return readIncidentView(tx.db, id);
}

/** A dispatcher has seen it: the urgent alarm of every console of the room falls silent. */
export async function acknowledgeIncident(tx: Tx, id: number): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  if (row.acknowledged_at) return readIncidentView(tx.db, id);
  const change = { acknowledged_at: new Date(tx.at), acknowledged_by: tx.actor.id };
  const incident = incidentView(await updateIncident(tx.db, id, change));
  tx.announce('incident.acknowledged', subject(id), { incident });
  return incident;
}

/** Another priority; P1 has another clock, and what is left of the time runs on by it. */
export async function prioritiseIncident(tx: Tx, id: number, priority: Priority): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  refuseEnded(row);
  if (row.priority === priority) return readIncidentView(tx.db, id);
  const matter =
    row.matter_version_id === null ? undefined : await findMatterVersion(tx.db, row.matter_version_id);
  const clock = matter ? await switchRun(tx.db, row, matter, priority, tx.at) : {};
  const incident = incidentView(await updateIncident(tx.db, id, { priority, ...clock }));
  tx.announce('incident.prioritised', subject(id), { incident, was: row.priority });
  return incident;
}

/** Who reported, unmasked: the purpose stands in the ledger before the answer goes out. */
export async function revealReporter(
  tx: Tx,
  id: number,
  purpose: string,
): Promise<{ name: string | null; phone: string | null }> {
  const row = await findIncidentRow(tx.db, id);
  const reporter = await findReporter(tx.db, row.id);
  tx.announce('person.revealed', subject(id), {
    incidentId: row.id as IncidentView['id'],
    of: 'reporter',
    fileId: null,
    purpose,
  });
  return { name: reporter?.reporter_name ?? null, phone: reporter?.reporter_phone ?? null };
}

/** Merges a duplicate into an open incident; both reporters are kept and answered. */
export async function mergeIncident(tx: Tx, id: number, into: number): Promise<IncidentView> {
  if (id === into) throw new Refused('merge_invalid', { incidentId: id, into });
  // locked in the order of their numbers, so that two merges cannot wait for each other
  const rows = new Map<number, IncidentRow>();
  for (const one of [id, into].sort((a, b) => a - b)) rows.set(one, await holdIncidentRow(tx, one));
  const [row, target] = [rows.get(id)!, rows.get(into)!];
  if (endStates.includes(target.state))
    throw new Refused('merge_invalid', { incidentId: id, into, state: target.state });
  await moveReports(tx.db, id, into);
  const incident = await stepIncident(
    tx,
    row,
    'incident.merged',
    { targetOpen: true },
    { merged_into: into, closed_at: new Date(tx.at) },
  );
  const merged = incidentView(await updateIncident(tx.db, into, {}));
  tx.announce('incident.merged', subject(id), { incident, into: merged });
  return merged;
}

export async function rejectIncident(
  tx: Tx,
  id: number,
  reason: string,
  text: string,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(
    tx,
    row,
    'incident.rejected',
    { reason, rejectReason: reason, ...(await verificationOf(tx.db, id)) },
    { closed_at: new Date(tx.at) },
  );
  tx.announce('incident.rejected', subject(id), { incident, reason, text });
  return incident;
}

/** 挂账: the clock rests until the hold ends; once per incident, at most a year. */
export async function holdIncident(
  tx: Tx,
  id: number,
  minutes: number,
  reason: string,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const until = tx.at + minutes * 60_000;
  const incident = await stepIncident(
    tx,
    row,
    'incident.held',
    { reason, holdDays: minutes / 1440 },
    { hold_until: new Date(until), held_at: new Date(tx.at), holds: row.holds + 1, ...pauseRun(row, tx.at) },
  );
  tx.announce('incident.held', subject(id), { incident, reason });
  return incident;
}

/** Ends a hold: what was left of the clock runs on from now. */
export async function resumeIncident(tx: Tx, id: number, reason: string): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(
    tx,
    row,
    'incident.resumed',
    { reason, holdDue: row.hold_until !== null && Date.parse(row.hold_until) <= tx.at },
    {
      hold_until: null,
      held_at: null,
      ...(await continueRun(tx.db, row, tx.at)),
    },
  );
  tx.announce('incident.resumed', subject(id), { incident });
  return incident;
}

export async function escalateIncident(
  tx: Tx,
  id: number,
  reason: string,
  share: number | null,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(tx, row, 'incident.escalated', { reason });
  tx.announce('incident.escalated', subject(id), { incident, reason, share });
  return incident;
}

/** 核查: somebody other than the handler looks at the result. */
export async function requestCheck(tx: Tx, id: number): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(tx, row, 'check.assigned', {
    checkerIsHandler: row.handled_by === tx.actor.id,
  });
  tx.announce('check.assigned', subject(id), { incident });
  return incident;
}

/** 结案, after the check. */
export async function closeIncident(
  tx: Tx,
  id: number,
  text: string,
  photos: { before: number; after: number; spotMetres: number },
  liability?: IncidentView['liability'],
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const settled = liability ?? row.liability;
  const incident = await stepIncident(
    tx,
    row,
    'incident.closed',
    {
      liability: settled,
      photosBefore: photos.before,
      photosAfter: photos.after,
      spotMetres: photos.spotMetres,
    },
    { closed_at: new Date(tx.at), checked_at: new Date(tx.at), liability: settled },
  );
  tx.announce('incident.closed', subject(id), { incident, text });
  return incident;
}

/** A new round: the reporter is not satisfied, or it came back within seven days. History stays. */
export async function reopenIncident(
  tx: Tx,
  id: number,
  { reason, reporterUnsatisfied }: z.output<typeof ReopenIncidentSchema>,
): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const matter =
    row.matter_version_id === null ? undefined : await findMatterVersion(tx.db, row.matter_version_id);
  const incident = await stepIncident(
    tx,
    row,
    'incident.reopened',
    { reason, reporterUnsatisfied: reporterUnsatisfied && (await hasReporter(tx, row)) },
    {
      closed_at: null,
      handled_at: null,
      handled_by: null,
      checked_at: null,
      check_failed: false,
      liability: null,
      rounds: 0,
      cycle: row.cycle + 1,
      ...(matter && (await startRun(tx.db, matter, row.priority, tx.at))),
    },
  );
  tx.announce('incident.reopened', subject(id), { incident, reason });
  return incident;
}

/** Somebody from outside who can be dissatisfied: named by the report, or behind a source that stands for one. */
async function hasReporter(tx: Tx, row: IncidentRow): Promise<boolean> {
  if (['public_page', 'hotline_12345', 'department', 'superior'].includes(row.source)) return true;
  const reporter = await findReporter(tx.db, row.id);
  return Boolean(reporter?.reporter_name ?? reporter?.reporter_phone);
}

/** After a return or a failed check: back to the queue for another team. */
export async function redispatchIncident(tx: Tx, id: number): Promise<IncidentView> {
  const row = await holdIncidentRow(tx, id);
  const incident = await stepIncident(
    tx,
    row,
    'incident.redispatched',
    {},
    {
      rounds: 0,
      handled_at: null,
      handled_by: null,
      check_failed: false,
      liability: null,
    },
  );
  tx.announce('incident.redispatched', subject(id), { incident });
  return incident;
}

/** Similar open incidents near a point, for the hint under the form and in the queue. */
export const duplicatesOf = async (
  tx: Pick<Tx, 'db' | 'at'>,
  of: Pick<IncidentRow, 'id' | 'lng' | 'lat' | 'matter_code'>,
) =>
  findDuplicates(tx.db, {
    point: { lng: of.lng, lat: of.lat } as IncidentView['point'],
    srid: await metricSrid(tx.db),
    matterCode: of.matter_code,
    at: tx.at,
    metres: duplicateMetres,
    seconds: duplicateMinutes * 60,
    except: of.id,
  });

/** Same matter within 150 m and 30 minutes counts as a possible duplicate. */
const duplicateMetres = 150;
const duplicateMinutes = 30;

function refuseEnded(row: IncidentRow): void {
  if (endStates.includes(row.state))
    throw new Refused('incident_ended', { incidentId: row.id, state: row.state });
}
