import type { Knex } from 'knex';

/** All SQL about replays and lists of incidents. */

export interface ReplayRow {
  readonly id: number;
  readonly edition_id: number;
  readonly content_hash: string;
  readonly request: string;
  readonly state: 'running' | 'done' | 'refused' | 'failed';
  readonly progress: number;
  readonly refused: string | null;
  readonly calibration: string | null;
  readonly report: string | null;
  readonly made_by: number | null;
  readonly at: string;
}

export const findReplay = (db: Knex, id: number): Promise<ReplayRow | undefined> =>
  db('replay').where({ id }).first();

export async function insertReplay(
  db: Knex,
  replay: { editionId: number; contentHash: string; request: unknown; madeBy: number | null; at: number },
): Promise<number> {
  const [row] = await db('replay')
    .insert({
      edition_id: replay.editionId,
      content_hash: replay.contentHash,
      request: JSON.stringify(replay.request),
      state: 'running',
      made_by: replay.madeBy,
      at: new Date(replay.at),
    })
    .returning('id');
  return row.id as number;
}

/** Takes the oldest replay that nobody works on. */
export async function claimReplay(db: Knex, at: number): Promise<ReplayRow | undefined> {
  const found = await db.raw(
    `update replay set claimed_at = :at where id = (select id from replay
       where state = 'running' and (claimed_at is null or claimed_at < :at::timestamptz - interval '10 minutes')
       order by id limit 1 for update skip locked) returning *`,
    { at: new Date(at).toISOString() },
  );
  return found.rows[0] as ReplayRow | undefined;
}

export const noteProgress = (db: Knex, id: number, progress: number, at: number) =>
  db('replay')
    .where({ id, state: 'running' })
    .update({ progress, claimed_at: new Date(at) });

export const finishReplay = (
  db: Knex,
  id: number,
  end: { state: 'done' | 'refused' | 'failed'; refused?: string; calibration?: unknown; report?: unknown },
  at: number,
) =>
  db('replay')
    .where({ id, state: 'running' })
    .update({
      state: end.state,
      progress: 1,
      refused: end.refused ?? null,
      calibration: end.calibration === undefined ? null : JSON.stringify(end.calibration),
      report: end.report === undefined ? null : JSON.stringify(end.report),
      done_at: new Date(at),
    });

export const listReports = (
  db: Knex,
  editionId: number,
): Promise<{ id: number; at: string; title: string | null; error: number | null }[]> =>
  db('replay')
    .where({ edition_id: editionId, state: 'done' })
    .orderBy('id', 'desc')
    .select(
      'id',
      'at',
      db.raw(`(report::json)->>'title' as title`),
      db.raw(
        `case when (report::json)->>'overridden' is not null
           then ((report::json)->'calibration'->>'medianRelativeError')::float8 end as error`,
      ),
    );

export interface ListRow {
  readonly id: number;
  readonly name: string;
  readonly from_at: string;
  readonly to_at: string;
  readonly incidents: number;
  readonly synthetic: boolean;
}

const listColumns = ['id', 'name', 'from_at', 'to_at', 'incidents', 'synthetic'] as const;

export const listLists = (db: Knex): Promise<ListRow[]> =>
  db('incident_list').orderBy('id', 'desc').select(listColumns);

/** Adds a list; the same bytes answer the list that is there. */
export async function addList(
  db: Knex,
  list: {
    name: string;
    sha256: string;
    from: number;
    to: number;
    incidents: number;
    synthetic: boolean;
    body: string;
    by: number | null;
    at: number;
  },
): Promise<ListRow> {
  await db('incident_list')
    .insert({
      name: list.name,
      sha256: list.sha256,
      from_at: new Date(list.from),
      to_at: new Date(list.to),
      incidents: list.incidents,
      synthetic: list.synthetic,
      body: list.body,
      added_by: list.by,
      at: new Date(list.at),
    })
    .onConflict('sha256')
    .ignore();
  return (await listOfHash(db, list.sha256))!;
}

/** The list with this content, when it is there. */
export const listOfHash = (db: Knex, sha256: string): Promise<ListRow | undefined> =>
  db('incident_list').where({ sha256 }).first(listColumns);

export const findList = (db: Knex, id: number): Promise<(ListRow & { body: string }) | undefined> =>
  db('incident_list').where({ id }).first();
