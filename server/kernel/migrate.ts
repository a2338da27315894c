import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Client } from 'pg';

/** The migrations do not fit the database: a file was changed, is missing or out of order. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

interface Migration {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly checksum: string;
}

interface MigrateOptions {
  /** Folder of the files NNNN_name.sql; the project's own by default. */
  readonly folder?: string;
}

// Any fixed number of our own: two servers that start at once migrate one after the other.
const lockNumber = 715_200_001;
const ownFolder = join(import.meta.dirname, '../../sql');

/**
 * Brings the database to the newest schema: applies the files NNNN_*.sql that are not recorded yet, in order,
 * each in one transaction, and records it with its checksum. Throws `MigrationRefused` before touching
 * anything when an applied file was changed or removed, or a number is missing. Answers the files applied.
 */
export async function migrate(db: Knex, { folder = ownFolder }: MigrateOptions = {}): Promise<string[]> {
  const files = readMigrations(folder);
  await db.transaction(async (tx) => {
    await lock(tx);
    await tx.raw(
      'create table if not exists migration (number int primary key, file text not null, checksum text not null, applied_at timestamptz not null default now())',
    );
  });
  const applied: string[] = [];
  for (;;) {
    const file = await applyNext(db, files);
    if (!file) return applied;
    applied.push(file);
  }
}

/** Applies the first file that is not recorded; undefined when there is none. */
async function applyNext(db: Knex, files: readonly Migration[]): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    await lock(tx);
    const recorded: Pick<Migration, 'number' | 'file' | 'checksum'>[] =
      await tx('migration').orderBy('number');
    compare(recorded, files);
    const next = files[recorded.length];
    if (!next) return undefined;
    // Past knex, which would read `?` as a parameter, as one simple query: the server splits the statements.
    const connection: Client = await tx.client.acquireConnection();
    try {
      await connection.query(next.sql);
    } catch (error) {
      throw new Error(`Migration ${next.file} failed: ${(error as Error).message}`, { cause: error });
    }
    await tx('migration').insert({ number: next.number, file: next.file, checksum: next.checksum });
    return next.file;
  });
}

/** Waits until no other server migrates. The limits of ordinary work bind neither the wait nor a migration. */
async function lock(tx: Knex.Transaction): Promise<void> {
  await tx.raw('set local statement_timeout = 0; set local lock_timeout = 0');
  await tx.raw('select pg_advisory_xact_lock(?)', [lockNumber]);
}

function compare(recorded: readonly Omit<Migration, 'sql'>[], files: readonly Migration[]): void {
  recorded.forEach((row, index) => {
    const file = files[index];
    if (!file) {
      throw new MigrationRefused(
        `The database is newer than this program: migration ${row.file} is applied and not among the files. ` +
          `Start the version that made it, or restore a backup.`,
      );
    }
    if (file.number !== row.number || file.checksum !== row.checksum) {
      throw new MigrationRefused(
        `Migration ${row.file} was applied to this database and has been changed since (now ${file.file}). ` +
          `Restore the file and put the change into a new migration.`,
      );
    }
  });
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort();
  return names.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) {
      const expected = String(index + 1).padStart(4, '0');
      throw new MigrationRefused(
        `The migrations have a gap or a number twice: expected ${expected}, found ${file}.`,
      );
    }
    const sql = readFileSync(join(folder, file), 'utf8');
    return { number, file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}
