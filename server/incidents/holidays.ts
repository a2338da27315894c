import type { z } from 'zod';
import type {
  HolidayYear,
  PublishedHolidaysSchema,
  PublishHolidaysSchema,
} from '../../shared/contract/holidays.ts';
import { runsAlways } from '../../shared/rules/deadlines/clock.ts';
import { holidayFaults } from '../../shared/rules/holidays.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { recountRun } from './deadline.ts';
import { incidentView, listCounting, lockIncident, updateIncident } from './store.ts';
import { listHolidays, replaceHolidays } from './store-holidays.ts';

/** The published years, the newest first. */
export const readHolidayYears = async (db: Tx['db']): Promise<HolidayYear[]> => {
  const years = new Map<number, HolidayYear>();
  for (const { day, kind, name, source } of await listHolidays(db)) {
    const year = Number(day.slice(0, 4));
    const one = years.get(year) ?? { year, source, days: [] };
    one.days.push({ date: day, kind, name });
    years.set(year, one);
  }
  return [...years.values()].toSorted((a, b) => b.year - a.year);
};

/**
 * The days of a year are published, or corrected: they replace what stood there, and every running deadline that counts
 * working time is counted anew. One that moves is told with where it was.
 */
export async function publishHolidays(
  tx: Tx,
  year: number,
  { source, days }: z.output<typeof PublishHolidaysSchema>,
): Promise<z.output<typeof PublishedHolidaysSchema>> {
  const faults = holidayFaults(year, days);
  if (faults.length > 0)
    throw new Refused(
      'holidays_invalid',
      { year },
      faults.map(({ row, fault }) => ({ path: `body.days.${row - 1}`, message: fault })),
    );
  await replaceHolidays(tx.db, year, source, days);
  const { counted, moved } = await recountAll(tx, source);
  tx.announce('holidays.published', `holidays/${year}`, { year, days: days.length, source, moved });
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date));
  return { year: { year, source, days: sorted }, counted, moved };
}

async function recountAll(tx: Tx, source: string): Promise<{ counted: number; moved: number }> {
  let [counted, moved] = [0, 0];
  for (const id of await listCounting(tx.db)) {
    const row = await lockIncident(tx.db, id);
    if (!row?.clock_run || runsAlways(row.clock_run.clock)) continue;
    counted += 1;
    const was = row.deadline_at;
    const now = await updateIncident(tx.db, id, await recountRun(tx.db, row, tx.at));
    if (was === now.deadline_at || was === null) continue;
    moved += 1;
    tx.announce('deadline.recounted', `incident/${id}`, {
      incident: incidentView(now),
      wasAt: was,
      reason: source,
    });
  }
  return { counted, moved };
}
