import type { Knex } from 'knex';
import type { OfferLoop } from '../../shared/rules/dispatch/offer-loop.ts';

/** Who moves the search on: the engine, a person, or nobody since a person recalled it. */
type Going = 'auto' | 'person' | 'stopped';

export interface LoopRow {
  readonly going: Going;
  readonly startedBy: number | null;
  readonly loop: OfferLoop;
}

interface Row {
  incident_id: number;
  going: Going;
  state: string;
  started_by: number | null;
}

const parsed = (row: Row): LoopRow => ({
  going: row.going,
  startedBy: row.started_by,
  loop: JSON.parse(row.state) as OfferLoop,
});

/** The search of an incident whose row the caller holds. */
export async function findLoop(db: Knex, incidentId: number): Promise<LoopRow | undefined> {
  const row = await db<Row>('offer_loop').where({ incident_id: incidentId }).first();
  return row && parsed(row);
}

/** The searches of several incidents: incident id -> row. */
export async function findLoops(db: Knex, incidentIds: readonly number[]): Promise<Map<number, LoopRow>> {
  const rows = await db<Row>('offer_loop').whereIn('incident_id', [...incidentIds]);
  return new Map(rows.map((row) => [row.incident_id, parsed(row)]));
}

/** Writes where a search stands now; one that is closed leaves no row. */
export const saveLoop = (db: Knex, { going, startedBy, loop }: LoopRow) =>
  loop.phase === 'closed'
    ? db('offer_loop').where({ incident_id: loop.incidentId }).delete()
    : db('offer_loop')
        .insert({
          incident_id: loop.incidentId,
          going,
          phase: loop.phase,
          state: JSON.stringify(loop),
          started_by: startedBy,
        })
        .onConflict('incident_id')
        .merge();

/** The incident needs no search any more, or a new one from the start. */
export const dropLoop = (db: Knex, incidentId: number) =>
  db('offer_loop').where({ incident_id: incidentId }).delete();
