import type { Knex } from 'knex';
import type { PlanningSettings } from '../../shared/contract/editions.ts';

const name = 'planning';

/** What holds until the town says otherwise; all assumed, to be decided by its planners. */
export const usualSettings: PlanningSettings = {
  tolerance: 0.05,
  leastCompactness: 0.25,
  minimumSharedMetres: 5,
  leadSeconds: 900,
  replayMaximumMedianError: 0.1,
  statisticsDays: 90,
  targetSeconds: [600, 1200, 1800, 3600],
};

export async function readSettings(db: Knex): Promise<PlanningSettings> {
  const row = await db('setting').where({ name }).first('value');
  return { ...usualSettings, ...(row?.value as Partial<PlanningSettings> | undefined) };
}

export const saveSettings = (db: Knex, settings: PlanningSettings, at: number) =>
  db('setting')
    .insert({ name, value: JSON.stringify(settings), changed_at: new Date(at) })
    .onConflict('name')
    .merge();
