import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import type { Deps } from './kernel/deps.ts';
import { noFault } from './kernel/fault.ts';
import { createLog } from './kernel/log.ts';
import { createMetrics } from './kernel/metrics.ts';
import { migrate } from './kernel/migrate.ts';
import { Refused } from './kernel/refused.ts';
import { systemActor, transact } from './kernel/transact.ts';
import { createWake } from './kernel/wake.ts';
import { hashPassword } from './auth/login.ts';
import { findPerson, insertPerson, setPasswordHash } from './auth/store.ts';

/**
 * `npm run admin:create`: makes an administrator on a real database. Asks for name and password on the terminal,
 * or reads them as two lines of standard input; there is no default password anywhere.
 */
const config = readConfig(process.env);
const log = createLog(config.LOG_LEVEL);
const database = await openDatabase({
  ...(config.DATABASE_URL !== undefined && { url: config.DATABASE_URL }),
  folder: config.DATA_FOLDER,
  log,
});
try {
  await migrate(database.db);
  const { name, password } = await ask();
  const deps: Deps = {
    db: database.db,
    engine: database.engine,
    now: () => Date.now(),
    newId: () => randomUUID(),
    log,
    config,
    wake: createWake(),
    metrics: createMetrics(),
    fault: noFault,
    demo: false,
  };
  await createAdministrator(deps, name, password);
  process.stdout.write(`administrator ${name} may sign in now\n`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.code}: ${JSON.stringify(error.detail)}\n`);
  process.exitCode = 2;
} finally {
  await database.close();
}

/** Refuses a short password, one that equals the name, and a name that is taken. */
async function createAdministrator(deps: Deps, name: string, password: string): Promise<void> {
  if (password.length < 12 || password.toLowerCase() === name.toLowerCase()) {
    throw new Refused('password_weak', { rule: 'at least 12 characters and not the name' });
  }
  const hash = await hashPassword(password);
  await transact(deps, systemActor, async (tx) => {
    if (await findPerson(tx.db, name)) throw new Refused('name_taken', { name });
    const personId = await insertPerson(tx.db, { name, displayName: name, role: 'administrator' }, tx.at);
    await setPasswordHash(tx.db, personId, hash, tx.at);
    tx.announce('person.created', `person/${personId}`, {
      personId: personId as never,
      name,
      role: 'administrator',
    });
  });
}

async function ask(): Promise<{ name: string; password: string }> {
  const shown = process.stdin.isTTY;
  let muted = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!muted) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: shown });
  const answer = async (question: string) => {
    process.stdout.write(shown ? question : '');
    const { value } = await lines[Symbol.asyncIterator]().next();
    return String(value ?? '').trim();
  };
  const name = await answer('sign-in name: ');
  muted = true;
  const password = await answer('password (12 characters or more): ');
  lines.close();
  if (shown) process.stdout.write('\n');
  if (!name) throw new Refused('fields_invalid', { field: 'name', remedy: 'give a sign-in name' });
  return { name, password };
}
