import type { Knex } from 'knex';
import { historyDaysRange, type PositionSettings } from '../../shared/contract/positions.ts';

const name = 'positions';

/** What holds until somebody says otherwise: the shortest. */
export const usualSettings: PositionSettings = { historyDays: historyDaysRange.least };

/** The settings in force. */
export async function readSettings(db: Knex): Promise<PositionSettings> {
  const row = await db('setting').where({ name }).first('value');
  return { ...usualSettings, ...(row?.value as Partial<PositionSettings> | undefined) };
}

export const saveSettings = (db: Knex, settings: PositionSettings, at: number) =>
  db('setting')
    .insert({ name, value: JSON.stringify(settings), changed_at: new Date(at) })
    .onConflict('name')
    .merge();
