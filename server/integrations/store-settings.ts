import type { Knex } from 'knex';
import type { PushSettings } from '../../shared/contract/push.ts';

/** Two rows of setting: how offers escalate, and the key pair of Web Push. */

export const usualPush: PushSettings = { unseenSeconds: 15 };

export async function readPush(db: Knex): Promise<PushSettings> {
  const row = await db('setting').where({ name: 'push' }).first('value');
  return { ...usualPush, ...(row?.value as Partial<PushSettings> | undefined) };
}

export const savePush = (db: Knex, settings: PushSettings, at: number) =>
  db('setting')
    .insert({ name: 'push', value: JSON.stringify(settings), changed_at: new Date(at) })
    .onConflict('name')
    .merge();

/** The public key, and the private one sealed, in base64. */
export interface StoredKeys {
  readonly publicKey: string;
  readonly sealed: string;
}

export const findKeys = async (db: Knex): Promise<StoredKeys | undefined> =>
  (await db('setting').where({ name: 'vapid' }).first('value'))?.value as StoredKeys | undefined;

/** Keeps keys unless there are some: of two processes the first wins. */
export const keepKeys = (db: Knex, keys: StoredKeys, at: number) =>
  db('setting')
    .insert({ name: 'vapid', value: JSON.stringify(keys), changed_at: new Date(at) })
    .onConflict('name')
    .ignore();
