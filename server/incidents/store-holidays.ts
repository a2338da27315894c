import type { Knex } from 'knex';
import type { HolidayYear } from '../../shared/contract/holidays.ts';

/** All SQL that names calendar_day. */

type Kind = HolidayYear['days'][number]['kind'];
interface DayRow {
  readonly day: string;
  readonly kind: Kind;
  readonly name: string;
  readonly source: string;
}

/** Holidays and make-up working days (civil dates); a year without rows makes deadlines provisional. */
export const insertCalendar = (db: Knex, days: readonly DayRow[]) =>
  db('calendar_day')
    .insert(days.map((day) => ({ ...day })))
    .onConflict('day')
    .merge();

/** The calendar's rows between two civil dates. */
export const listCalendar = (db: Knex, from: string, to: string): Promise<Pick<DayRow, 'day' | 'kind'>[]> =>
  db('calendar_day').whereBetween('day', [from, to]).orderBy('day').select('day', 'kind');

/** Every row, in the order of the days. */
export const listHolidays = (db: Knex): Promise<DayRow[]> =>
  db('calendar_day').orderBy('day').select('day', 'kind', 'name', 'source');

/** Puts the days of a year in the place of those that stood there. */
export async function replaceHolidays(
  db: Knex,
  year: number,
  source: string,
  days: HolidayYear['days'],
): Promise<void> {
  await db('calendar_day')
    .whereBetween('day', [`${year}-01-01`, `${year}-12-31`])
    .delete();
  await insertCalendar(
    db,
    days.map(({ date, kind, name }) => ({ day: date, kind, name, source })),
  );
}
