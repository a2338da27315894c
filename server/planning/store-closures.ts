import type { Knex } from 'knex';
import type { CalendarRule, Closure } from '../../shared/contract/closures.ts';

/** All SQL about temporary closures and calendar rules. */

interface Hours {
  readonly from: string;
  readonly to: string | null;
  readonly weekdays: readonly number[];
  readonly minuteFrom: number;
  readonly minuteTo: number;
  readonly reason: string;
}

const closureColumns = `c.id, c.name, c.road_ids "roadIds", st_asgeojson(c.area, 7)::json#>'{coordinates,0}' area, c.reason,
  c.valid_from "from", c.valid_to "to", c.weekdays, c.minute_from "minuteFrom", c.minute_to "minuteTo", c.ordered_by "orderedBy",
  applies_at(:at::timestamptz, c.valid_from, c.valid_to, c.weekdays, '{}', c.minute_from, c.minute_to) active`;

/** Closures that are not over, or all of them. */
export async function listClosures(db: Knex, at: number, all: boolean): Promise<Closure[]> {
  const found = await db.raw(
    `select ${closureColumns} from closure c where :all or c.valid_to is null or c.valid_to > :at::timestamptz order by c.id`,
    { at: new Date(at).toISOString(), all },
  );
  return found.rows as Closure[];
}

export async function findClosure(db: Knex, id: number, at: number): Promise<Closure | undefined> {
  const found = await db.raw(`select ${closureColumns} from closure c where c.id = :id`, {
    at: new Date(at).toISOString(),
    id,
  });
  return found.rows[0] as Closure | undefined;
}

export async function insertClosure(
  db: Knex,
  closure: Hours & {
    readonly name: string;
    readonly roadIds: readonly number[];
    readonly area: readonly (readonly [number, number])[] | null;
  },
  orderedBy: number | null,
  at: number,
): Promise<number> {
  const area =
    closure.area && `POLYGON((${[...closure.area, closure.area[0]!].map((p) => p.join(' ')).join(',')}))`;
  const [row] = await db('closure')
    .insert({
      name: closure.name,
      road_ids: [...closure.roadIds],
      area: area === null ? null : db.raw('st_geomfromtext(?, 4326)', [area]),
      reason: closure.reason,
      valid_from: closure.from,
      valid_to: closure.to,
      weekdays: [...closure.weekdays],
      minute_from: closure.minuteFrom,
      minute_to: closure.minuteTo,
      ordered_by: orderedBy,
      at: new Date(at),
    })
    .returning('id');
  return row.id as number;
}

/** Ends a closure now; one that has not begun never takes effect. */
export const endClosure = (db: Knex, id: number, at: number) =>
  db('closure')
    .where({ id })
    .update({ valid_to: db.raw('greatest(valid_from, ?::timestamptz)', [new Date(at).toISOString()]) });

/** How many of these roads there are, and how many roads an area meets. */
export async function countRoads(
  db: Knex,
  roadIds: readonly number[],
  area: readonly (readonly [number, number])[] | null,
): Promise<{ known: number; met: number }> {
  const text = area && `POLYGON((${[...area, area[0]!].map((p) => p.join(' ')).join(',')}))`;
  const found = await db.raw(
    `select (select count(*) from road where id = any (:ids::int[])) known,
       (select count(*) from road where :area::text is not null and st_intersects(geom, st_geomfromtext(:area, 4326))) met`,
    { ids: [...roadIds], area: text } as never,
  );
  return found.rows[0] as { known: number; met: number };
}

const ruleColumns = `r.id, r.edition_id "editionId", r.name, r.dates::text[] dates, r.reason, r.valid_from "from", r.valid_to "to",
  r.weekdays, r.minute_from "minuteFrom", r.minute_to "minuteTo", r.ordered_by "orderedBy",
  applies_at(:at::timestamptz, r.valid_from, r.valid_to, r.weekdays, r.dates, r.minute_from, r.minute_to) active`;

/** Calendar rules that are not over, or all of them; the newest first. */
export async function listRules(db: Knex, at: number, all = false): Promise<CalendarRule[]> {
  const found = await db.raw(
    `select ${ruleColumns} from calendar_rule r where :all or r.valid_to is null or r.valid_to > :at::timestamptz order by r.id desc`,
    { at: new Date(at).toISOString(), all },
  );
  return found.rows as CalendarRule[];
}

export async function findRule(db: Knex, id: number, at: number): Promise<CalendarRule | undefined> {
  const found = await db.raw(`select ${ruleColumns} from calendar_rule r where r.id = :id`, {
    at: new Date(at).toISOString(),
    id,
  });
  return found.rows[0] as CalendarRule | undefined;
}

export async function insertRule(
  db: Knex,
  rule: Hours & { readonly editionId: number; readonly name: string; readonly dates: readonly string[] },
  orderedBy: number | null,
  at: number,
): Promise<number> {
  const [row] = await db('calendar_rule')
    .insert({
      edition_id: rule.editionId,
      name: rule.name,
      dates: [...rule.dates],
      reason: rule.reason,
      valid_from: rule.from,
      valid_to: rule.to,
      weekdays: [...rule.weekdays],
      minute_from: rule.minuteFrom,
      minute_to: rule.minuteTo,
      ordered_by: orderedBy,
      at: new Date(at),
    })
    .returning('id');
  return row.id as number;
}

export const endRule = (db: Knex, id: number, at: number) =>
  db('calendar_rule')
    .where({ id })
    .update({ valid_to: db.raw('greatest(valid_from, ?::timestamptz)', [new Date(at).toISOString()]) });
