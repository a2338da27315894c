import type { Knex } from 'knex';
import type { CorrectionOrder, CorrectionOutcome } from '../../shared/contract/enforcement.ts';

/** All SQL that names correction_order. */

export interface OrderRow {
  id: number;
  incident_id: number;
  number: string;
  text: string;
  basis: string;
  served_at: string;
  due_at: string;
  outcome: CorrectionOutcome | null;
  team_id: number | null;
}

export const orderView = (row: OrderRow): CorrectionOrder =>
  ({
    id: row.id,
    incidentId: row.incident_id,
    number: row.number,
    text: row.text,
    basis: row.basis,
    servedAt: row.served_at,
    dueAt: row.due_at,
    outcome: row.outcome,
  }) as CorrectionOrder;

/** The id of the order that is about to be written: its signatures name it before the row is complete. */
export const nextOrderId = async (db: Knex): Promise<number> =>
  Number((await db.raw(`select nextval(pg_get_serial_sequence('correction_order', 'id')) id`)).rows[0].id);

export async function insertOrder(
  db: Knex,
  o: {
    id: number;
    incidentId: number;
    number: string;
    text: string;
    basis: string;
    servedAt: number;
    dueAt: number;
    teamId: number;
  },
): Promise<OrderRow> {
  const found = await db.raw(
    `insert into correction_order (id, incident_id, number, text, basis, served_at, due_at, team_id)
     overriding system value values (?, ?, ?, ?, ?, ?, ?, ?) returning *`,
    [o.id, o.incidentId, o.number, o.text, o.basis, new Date(o.servedAt), new Date(o.dueAt), o.teamId],
  );
  return found.rows[0] as OrderRow;
}

export const findOrder = (db: Knex, id: number): Promise<OrderRow | undefined> =>
  db<OrderRow>('correction_order').where({ id }).first();

/** Orders of incidents, oldest first. */
export const ordersOf = (db: Knex, incidentIds: readonly number[]): Promise<OrderRow[]> =>
  db<OrderRow>('correction_order')
    .whereIn('incident_id', [...incidentIds])
    .orderBy('id');

export const endOrder = (db: Knex, id: number, outcome: CorrectionOutcome, by: number | null, at: number) =>
  db('correction_order')
    .where({ id })
    .update({ outcome, outcome_at: new Date(at), outcome_by: by });

/** What became of the last order: what the trigger of a two-step matter asks. */
export async function correctionOf(
  db: Knex,
  incidentIds: readonly number[],
): Promise<'none' | 'running' | CorrectionOutcome> {
  const last = (await ordersOf(db, incidentIds)).at(-1);
  return last ? (last.outcome ?? 'running') : 'none';
}
