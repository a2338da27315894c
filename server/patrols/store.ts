import type { Knex } from 'knex';
import type { Checklist, PatrolView } from '../../shared/contract/patrols.ts';

/** All SQL that names checklist, patrol, patrol_cell, patrol_visit and patrol_answer. */

interface ChecklistRow {
  site_type: string;
  version: number;
  name_zh: string;
  name_en: string;
  items: Checklist['items'];
}

const checklistOf = (row: ChecklistRow): Checklist => ({
  siteType: row.site_type,
  version: row.version,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  items: row.items,
});

/** The newest version of each kind of site. */
export async function newestChecklists(db: Knex): Promise<Checklist[]> {
  const found = await db.raw(
    'select distinct on (site_type) * from checklist order by site_type, version desc',
  );
  return (found.rows as ChecklistRow[]).map(checklistOf);
}

/** Adds a version; false when somebody added that number first. */
export async function insertChecklist(
  db: Knex,
  checklist: Checklist,
  by: number | null,
  at: number,
): Promise<boolean> {
  const rows = await db('checklist')
    .insert({
      site_type: checklist.siteType,
      version: checklist.version,
      name_zh: checklist.nameZh,
      name_en: checklist.nameEn,
      items: JSON.stringify(checklist.items),
      created_at: new Date(at),
      created_by: by,
    })
    .onConflict(['site_type', 'version'])
    .ignore()
    .returning('version');
  return rows.length > 0;
}

export interface PatrolRow {
  id: number;
  team_id: number | null;
  person_id: number;
  started_at: string;
  ended_at: string | null;
}

/** Begins a round; nothing when the person has one that runs. */
export async function insertPatrol(
  db: Knex,
  p: { teamId: number | null; personId: number; at: number; cellIds: readonly number[] },
): Promise<PatrolRow | undefined> {
  const rows = await db('patrol')
    .insert({ team_id: p.teamId, person_id: p.personId, started_at: new Date(p.at) })
    .onConflict()
    .ignore()
    .returning('*');
  const row = rows[0] as PatrolRow | undefined;
  if (row && p.cellIds.length > 0)
    await db('patrol_cell').insert(p.cellIds.map((cell) => ({ patrol_id: row.id, cell_id: cell })));
  return row;
}

export const findPatrol = (db: Knex, id: number): Promise<PatrolRow | undefined> =>
  db<PatrolRow>('patrol').where({ id }).first();

export const lockPatrol = (db: Knex, id: number): Promise<PatrolRow | undefined> =>
  db<PatrolRow>('patrol').where({ id }).forUpdate().first();

export const listPatrols = (db: Knex, limit: number): Promise<PatrolRow[]> =>
  db<PatrolRow>('patrol').orderBy('id', 'desc').limit(limit);

export const endPatrolRow = (db: Knex, id: number, at: number) =>
  db('patrol')
    .where({ id })
    .update({ ended_at: new Date(at) });

/** Marks a planned cell as visited; the first time stays. */
export const markCell = (db: Knex, patrolId: number, cellId: number, at: number) =>
  db('patrol_cell')
    .where({ patrol_id: patrolId, cell_id: cellId })
    .whereNull('visited_at')
    .update({ visited_at: new Date(at) });

export const cellsOfPatrol = async (
  db: Knex,
  patrolId: number,
): Promise<{ cellId: number; visitedAt: string | null }[]> =>
  (await db('patrol_cell').where({ patrol_id: patrolId }).orderBy('cell_id')).map((row) => ({
    cellId: row.cell_id as number,
    visitedAt: row.visited_at as string | null,
  }));

export interface NewVisit {
  readonly patrolId: number;
  readonly siteType: string;
  readonly version: number;
  readonly siteName: string;
  readonly point: { lng: number; lat: number };
  readonly cellId: number | null;
  readonly at: number;
}

export async function insertVisit(db: Knex, v: NewVisit): Promise<number> {
  const [row] = await db('patrol_visit')
    .insert({
      patrol_id: v.patrolId,
      site_type: v.siteType,
      checklist_version: v.version,
      site_name: v.siteName,
      point: db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [v.point.lng, v.point.lat]),
      cell_id: v.cellId,
      at: new Date(v.at),
    })
    .returning('id');
  return row.id as number;
}

export const insertAnswer = (
  db: Knex,
  a: { visitId: number; item: string; answer: string; note: string; incidentId: number | null },
) =>
  db('patrol_answer').insert({
    visit_id: a.visitId,
    item: a.item,
    answer: a.answer,
    note: a.note,
    incident_id: a.incidentId,
  });

type Visits = PatrolView['visits'];

/** Visits of a round with their answers, in order; or the newest visit of a site. */
export async function visitsOf(
  db: Knex,
  of: { patrolId: number } | { siteType: string; siteName: string },
): Promise<Visits> {
  const query = db('patrol_visit as v')
    .select('v.*', db.raw('st_x(v.point) lng'), db.raw('st_y(v.point) lat'))
    .orderBy('v.id');
  if ('patrolId' in of) void query.where('v.patrol_id', of.patrolId);
  else
    void query
      .where({ 'v.site_type': of.siteType, 'v.site_name': of.siteName })
      .clearOrder()
      .orderBy('v.id', 'desc')
      .limit(1);
  const visits = await query;
  const answers = await db('patrol_answer')
    .whereIn(
      'visit_id',
      visits.map((row) => row.id as number),
    )
    .orderBy(['visit_id', 'item']);
  return visits.map((row) => ({
    id: row.id,
    siteType: row.site_type,
    siteName: row.site_name,
    point: { lng: row.lng, lat: row.lat },
    cellId: row.cell_id,
    at: row.at,
    checklistVersion: row.checklist_version,
    answers: answers
      .filter((one) => one.visit_id === row.id)
      .map((one) => ({
        item: one.item,
        answer: one.answer,
        note: one.note,
        incidentId: one.incident_id,
      })),
  })) as Visits;
}

/** Planned and visited cells over all rounds that began in a period. */
export async function coverageBetween(
  db: Knex,
  from: number,
  to: number,
): Promise<{ planned: number; visited: number }> {
  const found = await db.raw(
    `select count(*)::int planned, count(c.visited_at)::int visited from patrol p join patrol_cell c on c.patrol_id = p.id
     where p.started_at >= ? and p.started_at < ?`,
    [new Date(from), new Date(to)],
  );
  return found.rows[0] as { planned: number; visited: number };
}
