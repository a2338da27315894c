import type { Knex } from 'knex';
import type { EditionStatus } from '../../shared/contract/planning-codes.ts';
import { inBatches } from './batches.ts';

/** All SQL about editions with their cells, zones, teams and time. The edition in force is asked of zones/store.ts. */

export interface EditionRow {
  readonly id: number;
  readonly coverage_id: number;
  readonly parent_id: number | null;
  readonly rolls_back_to: number | null;
  readonly based_on: number | null;
  readonly name: string;
  readonly note: string;
  readonly status: EditionStatus;
  readonly author_id: number | null;
  readonly approved_by: number | null;
  readonly content_hash: string | null;
  readonly created_at: string;
  readonly zone_ids: number[];
  readonly op_seq: number;
  readonly sole_editor: number | null;
  readonly waivers: { zoneId: number; reason: string }[];
  readonly discarded_at: string | null;
  readonly submitted_by: number | null;
  readonly submitted_replay: number | null;
  readonly review_reason: string | null;
  /** Null on both sides when it has no time of its own; an open beginning is the first edition's. */
  readonly effective: boolean;
  readonly effective_at: string | null;
  readonly retired_at: string | null;
}

export type Pair = readonly [cellId: number, zoneId: number | null];

/** A draft before its log. */
export interface DraftBase {
  readonly coverageId: number;
  readonly cells: readonly Pair[];
  readonly zones: readonly number[];
}

export interface TeamOfZone {
  readonly zoneId: number;
  readonly teamId: number;
  readonly rank: number;
}

const columns = `e.id, e.coverage_id, e.parent_id, e.rolls_back_to, e.based_on, e.name, e.note, e.status, e.author_id, e.approved_by,
  e.content_hash, e.created_at, e.zone_ids, e.op_seq, e.sole_editor, e.waivers, e.discarded_at, e.submitted_by, e.submitted_replay,
  e.review_reason, f.edition_id is not null effective, lower(f.during) effective_at, upper(f.during) retired_at`;
// an edition of an import may have been in force more than once: its last time counts
const from = `edition e left join lateral
  (select edition_id, during from edition_effect where edition_id = e.id order by lower(during) desc nulls last limit 1) f on true`;

export async function listEditions(db: Knex, discarded: boolean): Promise<EditionRow[]> {
  const found = await db.raw(
    `select ${columns} from ${from} where ? or e.discarded_at is null order by e.id desc`,
    [discarded],
  );
  return found.rows as EditionRow[];
}

export async function findEdition(db: Knex, id: number): Promise<EditionRow | undefined> {
  const found = await db.raw(`select ${columns} from ${from} where e.id = ?`, [id]);
  return found.rows[0] as EditionRow | undefined;
}

/** The same, its row locked until the end of the transaction: acts on one edition follow one another. */
export async function lockEdition(db: Knex, id: number): Promise<EditionRow | undefined> {
  await db.raw('select id from edition where id = ? for update', [id]);
  return findEdition(db, id);
}

export async function readBase(db: Knex, id: number): Promise<DraftBase | null> {
  const row = await db('edition').where({ id }).first('base');
  return (row?.base as DraftBase | null | undefined) ?? null;
}

/** Cells of an edition's set of cells with their zones, ascending. */
export async function readPairs(db: Knex, id: number): Promise<Pair[]> {
  const found = await db.raw(
    `select cc.cell_id, ec.zone_id from edition e join coverage_cell cc on cc.coverage_id = e.coverage_id
       left join edition_cell ec on ec.edition_id = e.id and ec.cell_id = cc.cell_id where e.id = ? order by cc.cell_id`,
    [id],
  );
  return (found.rows as { cell_id: number; zone_id: number | null }[]).map((r) => [r.cell_id, r.zone_id]);
}

export async function readTeams(db: Knex, id: number): Promise<TeamOfZone[]> {
  const rows = await db('edition_team').where({ edition_id: id }).orderBy(['zone_id', 'rank', 'team_id']);
  return rows.map((row) => ({ zoneId: row.zone_id, teamId: row.team_id, rank: row.rank }));
}

export interface ZoneRow {
  readonly id: number;
  readonly number: number;
  readonly name: string;
  readonly code14: string;
}
export const listZones = (db: Knex): Promise<ZoneRow[]> =>
  db('zone').orderBy('number').select('id', 'number', 'name', 'code14');

/** New zones with the next free numbers; the code continues that of the town (601 on, then 00). */
export async function createZones(db: Knex, names: readonly string[], townCode: string): Promise<ZoneRow[]> {
  // numbers are given one after another, whoever asks at the same time
  await db.raw('lock table zone in share row exclusive mode');
  const top = await db('zone').max({ number: 'number' }).first();
  const first = Number(top?.number ?? 0) + 1;
  return db('zone')
    .insert(
      names.map((name, i) => ({
        number: first + i,
        name,
        code14: first + i < 400 ? `${townCode}${600 + first + i}00` : '',
      })),
    )
    .returning(['id', 'number', 'name', 'code14']);
}

export async function insertDraft(
  db: Knex,
  draft: {
    readonly coverageId: number;
    readonly parentId: number | null;
    readonly basedOn: number | null;
    readonly rollsBackTo?: number;
    readonly status?: 'draft' | 'published';
    readonly name: string;
    readonly note?: string;
    readonly authorId: number | null;
    readonly approvedBy?: number;
    readonly base: DraftBase;
    readonly teams: readonly TeamOfZone[];
    readonly waivers: EditionRow['waivers'];
    readonly contentHash?: string;
    readonly at: number;
  },
): Promise<number> {
  const [row] = await db('edition')
    .insert({
      coverage_id: draft.coverageId,
      parent_id: draft.parentId,
      based_on: draft.basedOn,
      rolls_back_to: draft.rollsBackTo ?? null,
      name: draft.name,
      note: draft.note ?? '',
      status: draft.status ?? 'draft',
      author_id: draft.authorId,
      approved_by: draft.approvedBy ?? null,
      approved_at: draft.approvedBy === undefined ? null : new Date(draft.at),
      base: JSON.stringify(draft.base),
      zone_ids: [...draft.base.zones],
      waivers: JSON.stringify(draft.waivers),
      content_hash: draft.contentHash ?? null,
      created_at: new Date(draft.at),
    })
    .returning('id');
  const id = row.id as number;
  await insertPairs(db, id, draft.base.cells);
  await insertTeams(db, id, draft.teams);
  return id;
}

const insertPairs = (db: Knex, id: number, pairs: readonly Pair[]) =>
  inBatches(pairs, (batch) =>
    db('edition_cell').insert(
      batch.map(([cellId, zoneId]) => ({ edition_id: id, cell_id: cellId, zone_id: zoneId })),
    ),
  );

const insertTeams = (db: Knex, id: number, teams: readonly TeamOfZone[]) =>
  inBatches(teams, (batch) =>
    db('edition_team').insert(
      batch.map((t) => ({ edition_id: id, zone_id: t.zoneId, team_id: t.teamId, rank: t.rank })),
    ),
  );

/** Writes the zones of some cells of a draft. */
export async function updatePairs(db: Knex, id: number, pairs: readonly Pair[]): Promise<void> {
  await inBatches(pairs, (batch) =>
    db.raw(
      `update edition_cell ec set zone_id = n.zone_id from unnest(?::int[], ?::int[]) n(cell_id, zone_id)
       where ec.edition_id = ? and ec.cell_id = n.cell_id`,
      [batch.map(([cellId]) => cellId), batch.map(([, zoneId]) => zoneId), id] as never,
    ),
  );
}

/** Puts a draft on another set of cells. */
export async function replacePairs(
  db: Knex,
  id: number,
  coverageId: number,
  pairs: readonly Pair[],
): Promise<void> {
  await db('edition').where({ id }).update({ coverage_id: coverageId });
  await db('edition_cell').where({ edition_id: id }).delete();
  await insertPairs(db, id, pairs);
}

export async function replaceTeams(db: Knex, id: number, teams: readonly TeamOfZone[]): Promise<void> {
  await db('edition_team').where({ edition_id: id }).delete();
  await insertTeams(db, id, teams);
}

/** Changes columns of an edition; the database refuses a status that may not follow. */
export const updateEdition = (
  db: Knex,
  id: number,
  values: Partial<{
    name: string;
    note: string;
    status: EditionStatus;
    sole_editor: number | null;
    waivers: string;
    zone_ids: number[];
    op_seq: number;
    based_on: number;
    base: string;
    discarded_at: Date;
    content_hash: string | null;
    submitted_at: Date | null;
    submitted_by: number | null;
    submitted_replay: number | null;
    review_reason: string | null;
    approved_by: number | null;
    approved_at: Date | null;
  }>,
) => db('edition').where({ id }).update(values);

export interface ConflictRow {
  readonly cell_id: number;
  readonly draft_zone_id: number | null;
  readonly running_zone_id: number | null;
}
export const listConflicts = (db: Knex, id: number): Promise<ConflictRow[]> =>
  db('edition_conflict')
    .where({ edition_id: id })
    .orderBy('cell_id')
    .select('cell_id', 'draft_zone_id', 'running_zone_id');

export async function replaceConflicts(db: Knex, id: number, rows: readonly ConflictRow[]): Promise<void> {
  await db('edition_conflict').where({ edition_id: id }).delete();
  await inBatches(rows, (batch) =>
    db('edition_conflict').insert(batch.map((row) => ({ edition_id: id, ...row }))),
  );
}

export const dropConflicts = (db: Knex, id: number, cellIds: readonly number[]) =>
  db('edition_conflict')
    .where({ edition_id: id })
    .whereIn('cell_id', [...cellIds])
    .delete();
