import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { insertLogin } from '../../server/auth/store.ts';

/** Signs people in without their passwords, by rows of their own in the table; answers the tokens in order. */
export async function giveLogins(db: Knex, personIds: readonly number[], at: number): Promise<string[]> {
  const tokens = personIds.map(() => randomBytes(32).toString('base64url'));
  for (const [i, personId] of personIds.entries()) {
    await insertLogin(db, {
      id: randomUUID(),
      tokenHash: createHash('sha256').update(tokens[i]!).digest(),
      personId,
      at,
      expiresAt: at + 7 * 86_400_000,
    });
  }
  return tokens;
}
