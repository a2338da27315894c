import type { Knex } from 'knex';

/** The incident with every one that was merged into it, by way of others too. */
export async function familyOf(db: Knex, id: number): Promise<number[]> {
  const found = await db.raw(
    `with recursive family as (
       select id from incident where id = ? union select i.id from incident i join family f on i.merged_into = f.id)
     select id from family order by id`,
    [id],
  );
  return (found.rows as { id: number }[]).map((row) => row.id);
}
