import type { Knex } from 'knex';

/** All SQL about when an edition is in force. Two at once are refused by the table itself. */

export interface EffectRow {
  readonly edition_id: number;
  readonly from_at: string | null;
  readonly to_at: string | null;
  readonly approved_by: number | null;
  readonly reason: string;
}

/** Spans in order of time, of one edition or of all. */
export async function listEffects(db: Knex, editionId?: number): Promise<EffectRow[]> {
  const found = await db.raw(
    `select edition_id, lower(during) from_at, upper(during) to_at, approved_by, reason from edition_effect
     where ?::int is null or edition_id = ?::int order by lower(during) nulls first`,
    [editionId ?? null, editionId ?? null],
  );
  return found.rows as EffectRow[];
}

/** True when some span begins after an instant: whoever publishes then would stand in its way. */
export async function isFollowed(db: Knex, after: number): Promise<boolean> {
  const found = await db.raw(`select 1 from edition_effect where lower(during) >= ?::timestamptz limit 1`, [
    new Date(after).toISOString(),
  ]);
  return found.rows.length > 0;
}

/** Closes the running span at an instant and opens one for an edition there. */
export async function openEffect(
  db: Knex,
  effect: { editionId: number; from: number; approvedBy: number | null; reason: string; at: number },
): Promise<void> {
  const from = new Date(effect.from).toISOString();
  await db.raw(
    `update edition_effect set during = tstzrange(lower(during), :from::timestamptz) where during @> :from::timestamptz`,
    { from },
  );
  await db.raw(
    `insert into edition_effect (edition_id, during, approved_by, reason, at) values (?, tstzrange(?::timestamptz, null), ?, ?, ?)`,
    [effect.editionId, from, effect.approvedBy, effect.reason, new Date(effect.at)],
  );
}

/** Takes the last span of an edition away and opens the one that it closed. */
export async function dropEffect(db: Knex, editionId: number, from: number): Promise<void> {
  const instant = new Date(from).toISOString();
  await db.raw(`delete from edition_effect where edition_id = ? and lower(during) = ?::timestamptz`, [
    editionId,
    instant,
  ]);
  await db.raw(
    `update edition_effect set during = tstzrange(lower(during), null) where upper(during) = ?::timestamptz`,
    [instant],
  );
}

/** The edition that the consoles were told of last; undefined before the first time. Locked until the end. */
export async function lockAnnounced(db: Knex): Promise<number | undefined> {
  const row = await db('edition_announced').forUpdate().first('edition_id');
  return row?.edition_id as number | undefined;
}

export const readAnnounced = async (db: Knex): Promise<number | undefined> =>
  (await db('edition_announced').first('edition_id'))?.edition_id as number | undefined;

export const noteAnnounced = (db: Knex, editionId: number, at: number) =>
  db('edition_announced')
    .insert({ only_row: true, edition_id: editionId, at: new Date(at) })
    .onConflict('only_row')
    .merge();

/** Published editions whose time has ended, with how the one after them came. */
export async function listEnded(db: Knex, at: number): Promise<{ id: number; rolledBack: boolean }[]> {
  const found = await db.raw(
    `with ended as (select e.id, max(upper(f.during)) ends from edition e join edition_effect f on f.edition_id = e.id
       where e.status = 'published' group by e.id
       having bool_and(upper(f.during) is not null) and max(upper(f.during)) <= ?::timestamptz)
     select id, exists (select 1 from edition_effect n join edition next on next.id = n.edition_id
       where lower(n.during) = ends and next.rolls_back_to is not null) "rolledBack" from ended order by id`,
    [new Date(at).toISOString()],
  );
  return found.rows as { id: number; rolledBack: boolean }[];
}

/** The edition of the time line at an instant, whatever a calendar rule says; null where none is in force. */
export async function timelineAt(db: Knex, at: number): Promise<number | null> {
  const found = await db.raw('select edition_id from edition_effect where during @> ?::timestamptz', [
    new Date(at).toISOString(),
  ]);
  return (found.rows[0]?.edition_id as number | undefined) ?? null;
}
