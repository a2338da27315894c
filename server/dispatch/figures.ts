import type { Knex } from 'knex';
import { dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { reportedSince } from '../incidents/store-field.ts';
import { firstOffers } from './store.ts';

/** Nearest-rank percentile: the smallest value that at least this share of all does not exceed. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

/** How fast the room sends somebody: from report to the first offer, over the incidents of the town's present day. */
export async function figuresOf(
  db: Knex,
  at: number,
): Promise<{ dispatchP90Seconds: number | null; dispatched: number }> {
  const reported = await reportedSince(db, startOfDay(dayOf(at)));
  const offers = await firstOffers(
    db,
    reported.map(({ id }) => id),
  );
  const seconds = reported
    .flatMap(({ id, reportedAt }) => {
      const offeredAt = offers.get(id);
      return offeredAt === undefined ? [] : [(offeredAt - reportedAt) / 1000];
    })
    .toSorted((a, b) => a - b);
  return { dispatchP90Seconds: percentile(seconds, 0.9), dispatched: seconds.length };
}
