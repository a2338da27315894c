import type { Knex } from 'knex';

/** Something that falls due: what kind, about whom, since when. */
export interface Due {
  readonly id: number;
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: number;
}

/**
 * Notes that something falls due at an instant (ms UTC). Rows are only added, never cancelled: whoever handles one
 * looks whether it still matters. So no command ever waits for the tick that holds a row.
 */
export const plan = (db: Knex, kind: string, subject: string, dueAt: number) =>
  db('due')
    .insert({ kind, subject, due_at: new Date(dueAt) })
    .onConflict(['kind', 'subject'])
    .ignore();

/** What is due now, oldest first; nothing is locked yet. */
export async function listDue(db: Knex, kinds: readonly string[], at: number, limit: number): Promise<Due[]> {
  const rows = await db('due')
    .whereIn('kind', [...kinds])
    .where('due_at', '<=', new Date(at))
    .orderBy(['due_at', 'id'])
    .limit(limit)
    .select('id', 'kind', 'subject', 'due_at');
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind as string,
    subject: row.subject as string,
    dueAt: new Date(row.due_at).getTime(),
  }));
}

/** Takes one row away for good; false when somebody else has it or did it. */
export async function takeDue(db: Knex, id: number): Promise<boolean> {
  const taken = await db.raw(
    `with mine as (select id from due where id = ? for update skip locked)
     delete from due using mine where due.id = mine.id returning due.id`,
    [id],
  );
  return taken.rows.length > 0;
}

/** Takes every due row of a kind that nobody holds: one act answers them all. */
export const takeAllDue = (db: Knex, kind: string, at: number) =>
  db.raw(
    `with mine as (select id from due where kind = ? and due_at <= ? for update skip locked)
     delete from due using mine where due.id = mine.id`,
    [kind, new Date(at)],
  );

/** Puts a row off whose handling failed, so that it does not stand in the way of the others. */
export const postpone = (db: Knex, id: number, dueAt: number) =>
  db('due')
    .where({ id })
    .update({ due_at: new Date(dueAt) });
