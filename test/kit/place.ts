import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../server/kernel/database.ts';
import { whyNoPostgres } from './postgres.ts';
import { copyTemplate, runSql, template, type Engine } from './templates.ts';

export type { Engine } from './templates.ts';

/** A migrated, empty database that nobody else uses, not opened yet. */
export interface Place {
  readonly engine: Engine;
  /** Connection string (PostgreSQL only). */
  readonly url?: string;
  /** DATA_FOLDER of the embedded database; on PostgreSQL a folder for uploads. */
  readonly folder: string;
  /** Removes it; `keep` leaves it for a look and prints where it is. */
  discard(keep?: boolean): Promise<void>;
}

/** A fresh database, opened. */
export interface FreshDatabase extends Database {
  readonly url?: string;
  readonly folder: string;
  readonly close: (keep?: boolean) => Promise<void>;
}

/** The engines that can run on this machine. */
export function engines(): Engine[] {
  return whyNoPostgres() ? ['embedded'] : ['embedded', 'postgresql'];
}

/** Makes a place: a copy of the prepared folder, or a clone of the template database. */
export async function freshPlace(engine: Engine): Promise<Place> {
  const from = await template(engine);
  const folder = mkdtempSync(join(tmpdir(), 'grid-town-'));
  if (engine === 'embedded') {
    copyTemplate(from, folder);
    return {
      engine,
      folder,
      async discard(keep) {
        if (keep) process.stdout.write(`kept for a look: the embedded database in ${folder}\n`);
        else rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  const name = `town_${randomBytes(6).toString('hex')}`;
  const url = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(from.folder)}`;
  await runSql(url('postgres'), `create database ${name} template town`);
  return {
    engine,
    url: url(name),
    folder,
    async discard(keep) {
      rmSync(folder, { recursive: true, force: true });
      if (keep) {
        writeFileSync(join(from.folder, 'keep'), '');
        process.stdout.write(`kept for a look: database ${name}\n`);
      } else await runSql(url('postgres'), `drop database if exists ${name} with (force)`);
    },
  };
}

/** Makes a place and opens it. */
export async function freshDatabase(engine: Engine): Promise<FreshDatabase> {
  const place = await freshPlace(engine);
  const { folder, url } = place;
  const database = await openDatabase({ url, folder });
  return {
    ...database,
    folder,
    ...(url !== undefined && { url }),
    async close(keep) {
      await database.close();
      await place.discard(keep);
    },
  };
}
