import type { Knex } from 'knex';
import type { Measure, MeasureKind, ThingOutcome } from '../../shared/contract/enforcement.ts';

/** All SQL that names file_measure and file_thing. */

interface MeasureRow {
  id: number;
  kind: MeasureKind;
  reason: string;
  approved_by: number | null;
  approved_at: string | null;
  began_at: string | null;
  kept_at: string;
  extended_at: string | null;
  ended_at: string | null;
}

interface ThingRow {
  id: number;
  measure_id: number;
  name: string;
  quantity: string;
  state: string;
  outcome: ThingOutcome | null;
}

/** Measures of a file with their lists, oldest first. */
export async function measuresOf(db: Knex, fileId: number): Promise<Measure[]> {
  const rows = await db<MeasureRow>('file_measure')
    .where({ file_id: fileId } as object)
    .orderBy('id');
  const things = await db<ThingRow>('file_thing')
    .whereIn(
      'measure_id',
      rows.map(({ id }) => id),
    )
    .orderBy('id');
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    approvedBy: row.approved_by as Measure['approvedBy'],
    approvedAt: row.approved_at,
    beganAt: row.began_at,
    keptAt: row.kept_at,
    extendedAt: row.extended_at,
    endedAt: row.ended_at,
    things: things
      .filter((thing) => thing.measure_id === row.id)
      .map(({ id, name, quantity, state, outcome }) => ({ id, name, quantity, state, outcome })),
  }));
}

/** Writes a measure that was approved ahead, or that begins at once. */
export async function insertMeasure(
  db: Knex,
  m: {
    fileId: number;
    kind: MeasureKind;
    reason: string;
    approvedBy: number | null;
    approvedAt: number | null;
    /** Instant and crew of an urgent one. */
    begun: Record<string, unknown>;
  },
): Promise<number> {
  const [row] = await db('file_measure')
    .insert({
      file_id: m.fileId,
      kind: m.kind,
      reason: m.reason,
      approved_by: m.approvedBy,
      approved_at: m.approvedAt === null ? null : new Date(m.approvedAt),
      ...m.begun,
    })
    .returning('id');
  return row.id as number;
}

export const updateMeasure = (db: Knex, id: number, change: Record<string, unknown>) =>
  db('file_measure').where({ id }).update(change);

export const insertThings = (
  db: Knex,
  measureId: number,
  things: readonly { name: string; quantity: string; state: string }[],
) => db('file_thing').insert(things.map((thing) => ({ measure_id: measureId, ...thing })));

/** What became of things that had no end yet: all of a measure, or those named. */
export const endThings = (
  db: Knex,
  measureId: number,
  outcome: ThingOutcome,
  at: number,
  thingIds?: readonly number[],
) => {
  const query = db('file_thing').where({ measure_id: measureId }).whereNull('outcome');
  if (thingIds) void query.whereIn('id', [...thingIds]);
  return query.update({ outcome, ended_at: new Date(at) });
};

/** Measures that run, and the things that they have in hand. */
export async function inHand(tx: { readonly db: Knex }, fileId: number) {
  const running = (await measuresOf(tx.db, fileId)).filter(
    ({ beganAt, endedAt }) => beganAt !== null && endedAt === null,
  );
  return {
    running,
    things: running.flatMap(({ things }) => things.filter(({ outcome }) => outcome === null)),
  };
}
