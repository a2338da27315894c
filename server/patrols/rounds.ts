import type { z } from 'zod';
import type { CreateIncidentSchema, IncidentView } from '../../shared/contract/incidents.ts';
import type { AnswerSiteSchema, PatrolView, StartPatrolSchema } from '../../shared/contract/patrols.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { findMatter } from '../incidents/store.ts';
import { doneAtOf } from '../kernel/done-at.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { trackOf } from '../positions/store-track.ts';
import { teamsAt } from '../teams/store-crew.ts';
import { locate } from '../zones/store.ts';
import { cellCodes, cellsCovering, cellsOfTeam } from '../zones/store-cells.ts';
import { checklistOf } from './checklists.ts';
import {
  cellsOfPatrol,
  endPatrolRow,
  findPatrol,
  insertAnswer,
  insertPatrol,
  insertVisit,
  lockPatrol,
  markCell,
  visitsOf,
  type PatrolRow,
} from './store.ts';

/** How a ✗ becomes an incident; given by app.ts. */
export type ReportIncident = (tx: Tx, body: z.output<typeof CreateIncidentSchema>) => Promise<IncidentView>;

/**
 * A round of one person over cells: those named, or all of the zones of the team that the person was on duty with when
 * it began, which may be hours before the phone could tell.
 */
export async function startPatrol(
  tx: Tx,
  { cellIds, doneAt }: z.output<typeof StartPatrolSchema>,
): Promise<PatrolView> {
  const personId = tx.actor.id!;
  const at = doneAtOf(tx, doneAt);
  const teamId = (await teamsAt(tx.db, [personId], at)).get(personId) ?? tx.actor.teamId;
  const planned =
    cellIds.length > 0
      ? [...new Set(cellIds)]
      : teamId === null
        ? []
        : (await cellsOfTeam(tx.db, teamId, tx.at)).map(({ id }) => id);
  const codes = await cellCodes(tx.db, planned);
  const missing = planned.find((id) => !codes.has(id));
  if (missing !== undefined) throw new Refused('place_outside', { cellId: missing });
  const row = await insertPatrol(tx.db, { teamId, personId, at, cellIds: planned });
  if (!row) throw new Refused('patrol_running', { personId });
  const patrol = await viewPatrol(tx, row);
  tx.announce('patrol.started', `patrol/${row.id}`, { patrol: factOf(patrol) });
  return patrol;
}

async function holdOwn(tx: Tx, patrolId: number): Promise<PatrolRow> {
  const row = await lockPatrol(tx.db, patrolId);
  if (!row) throw new Refused('patrol_unknown', { patrolId });
  const mate = row.team_id !== null && row.team_id === tx.actor.teamId;
  if (row.person_id !== tx.actor.id && !mate) throw new Refused('action_forbidden', { patrolId });
  if (row.ended_at !== null) throw new Refused('patrol_ended', { patrolId, endedAt: row.ended_at });
  return row;
}

/** The list of one site is answered, every item once; each ✗ becomes an incident of the source patrol. */
export async function answerSite(
  tx: Tx,
  patrolId: number,
  body: z.output<typeof AnswerSiteSchema>,
  report: ReportIncident,
): Promise<PatrolView> {
  const row = await holdOwn(tx, patrolId);
  const checklist = await checklistOf(tx, body.siteType);
  const items = new Map(checklist.items.map((item) => [item.code, item]));
  const given = body.answers.map(({ item }) => item);
  const strange = given.find((item) => !items.has(item));
  if (strange !== undefined || new Set(given).size !== given.length)
    throw new Refused('field_unknown', { unknown: [strange], known: [...items.keys()] });
  const place = toWgs84(body.place);
  if (!place.ok) throw new Refused(place.refusal, {}, [{ path: 'body.place', message: 'not a place' }]);
  const at = doneAtOf(tx, body.answeredAt, Date.parse(row.started_at));
  const { cellId } = await locate(tx.db, place.value, tx.at);
  const visitId = await insertVisit(tx.db, {
    patrolId,
    siteType: body.siteType,
    version: checklist.version,
    siteName: body.siteName,
    point: place.value,
    cellId,
    at,
  });
  if (cellId !== null) await markCell(tx.db, patrolId, cellId, at);
  let faults = 0;
  for (const { item, answer, note } of body.answers) {
    const { textZh, matterCode } = items.get(item)!;
    const incident =
      answer === 'fault'
        ? await report(tx, {
            matterCode:
              matterCode !== null && (await findMatter(tx.db, matterCode, tx.at)) ? matterCode : null,
            text: `${body.siteName}:${textZh} ✗${note && ` ${note}`}`,
            address: body.siteName,
            point: { lng: body.place.lng, lat: body.place.lat },
            crs: body.place.crs,
            source: 'patrol',
            file: false,
          })
        : undefined;
    if (incident) faults += 1;
    await insertAnswer(tx.db, { visitId, item, answer, note, incidentId: incident?.id ?? null });
  }
  const patrol = await viewPatrol(tx, row);
  const data = { patrol: factOf(patrol), siteName: body.siteName, faults };
  tx.announce('patrol.answered', `patrol/${patrolId}`, data);
  return patrol;
}

/** The round ends; cells through which the walker's own track passed count as visited too. */
export async function endPatrol(tx: Tx, patrolId: number, doneAt?: string): Promise<PatrolView> {
  const row = await holdOwn(tx, patrolId);
  const at = doneAtOf(tx, doneAt, Date.parse(row.started_at));
  const track = await trackOf(tx.db, row.person_id, Date.parse(row.started_at), at);
  for (const [cellId, index] of await cellsCovering(tx.db, track, tx.at))
    await markCell(tx.db, patrolId, cellId, Date.parse(track[index]!.at));
  await endPatrolRow(tx.db, patrolId, at);
  const patrol = await viewPatrol(tx, (await findPatrol(tx.db, patrolId))!);
  tx.announce('patrol.ended', `patrol/${patrolId}`, { patrol: factOf(patrol) });
  return patrol;
}

const factOf = ({ id, teamId, personId, startedAt, endedAt, coverage }: PatrolView) => ({
  id,
  teamId,
  personId,
  startedAt,
  endedAt,
  coverage,
});

/** A round with its cells, coverage and answers. */
export async function viewPatrol(tx: Pick<Tx, 'db'>, row: PatrolRow): Promise<PatrolView> {
  const cells = await cellsOfPatrol(tx.db, row.id);
  const codes = await cellCodes(
    tx.db,
    cells.map(({ cellId }) => cellId),
  );
  const visited = cells.filter(({ visitedAt }) => visitedAt !== null).length;
  return {
    id: row.id,
    teamId: row.team_id,
    personId: row.person_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    cells: cells.map((cell) => ({ ...cell, cellCode: codes.get(cell.cellId) ?? '' })),
    coverage: cells.length === 0 ? null : visited / cells.length,
    visits: await visitsOf(tx.db, { patrolId: row.id }),
  } as PatrolView;
}
