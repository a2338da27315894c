import type { Knex } from 'knex';

/** Team on duty of each person at an instant, which may lie in the past: an act done without a network comes later. */
export async function teamsAt(
  db: Knex,
  personIds: readonly number[],
  at: number,
): Promise<Map<number, number>> {
  const instant = new Date(at);
  const rows = await db('duty')
    .whereIn('person_id', [...personIds])
    .where('signed_on_at', '<=', instant)
    .where((query) => query.whereNull('signed_off_at').orWhere('signed_off_at', '>', instant))
    .orderBy('signed_on_at')
    .select('person_id', 'team_id');
  return new Map(rows.map((row) => [row.person_id as number, row.team_id as number]));
}
