import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { readConfig } from '../server/kernel/config.ts';
import { openDatabase, type Database } from '../server/kernel/database.ts';
import type { Deps } from '../server/kernel/deps.ts';
import { noFault } from '../server/kernel/fault.ts';
import { createLog } from '../server/kernel/log.ts';
import { createMetrics } from '../server/kernel/metrics.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { createWake } from '../server/kernel/wake.ts';
import { seedDemo } from '../server/seed.ts';
import { startPostgres, whyNoPostgres } from '../test/kit/postgres.ts';
import { runSql } from '../test/kit/templates.ts';

/** A town of the bench on a database of its own. */
export interface BenchTown {
  readonly db: Knex;
  readonly deps: Deps;
  /** Where a server process finds it. */
  readonly place: { readonly url?: string; readonly folder: string };
  /** Closes the connections of this process and leaves the database, so that a server may have it. */
  release(): Promise<void>;
  close(): Promise<void>;
}

/** A PostgreSQL for the bench, fsync on, with two databases to clone: `town` migrated, `cicheng` seeded. */
export async function startBenchPostgres(): Promise<{ folder: string; stop: () => Promise<void> }> {
  const server = await startPostgres({ fsync: true });
  try {
    await runSql(server.url('postgres'), 'create database town');
    const town = await openDatabase({ url: server.url('town'), folder: '' });
    await migrate(town.db);
    await town.close();
    await runSql(server.url('postgres'), 'create database cicheng template town');
    const cicheng = await openDatabase({ url: server.url('cicheng'), folder: '' });
    await seedDemo(depsOf(cicheng, ''), () => undefined);
    await cicheng.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { folder: server.folder, stop: () => server.stop() };
}

const urlOf = (folder: string, database: string) =>
  `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;

/** Why a program that needs PostgreSQL cannot run here. */
export const missing = whyNoPostgres;

/** The synthetic town on PostgreSQL: on the server of the whole run, or on one of its own. */
export async function postgresTown(template: 'town' | 'cicheng' = 'cicheng'): Promise<BenchTown> {
  const shared = process.env.BENCH_POSTGRES;
  const own = shared === undefined ? await startBenchPostgres() : undefined;
  const server = shared ?? own!.folder;
  const name = `bench_${randomBytes(5).toString('hex')}`;
  await runSql(urlOf(server, 'postgres'), `create database ${name} template ${template}`);
  const folder = mkdtempSync(join(tmpdir(), 'grid-bench-'));
  const url = urlOf(server, name);
  const database = await openDatabase({ url, folder, poolSize: 20 });
  return {
    db: database.db,
    deps: depsOf(database, folder),
    place: { url, folder },
    release: () => Promise.resolve(),
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
      await runSql(urlOf(server, 'postgres'), `drop database if exists ${name} with (force)`);
      await own?.stop();
    },
  };
}

/** The synthetic town on the embedded database; `release` it before a server opens it. */
export async function embeddedTown(): Promise<BenchTown> {
  const folder = mkdtempSync(join(tmpdir(), 'grid-bench-'));
  const database = await openDatabase({ folder });
  const deps = depsOf(database, folder);
  await migrate(database.db);
  await seedDemo(deps, () => undefined);
  let open = true;
  const release = async () => {
    if (open) await database.close();
    open = false;
  };
  return {
    db: database.db,
    deps,
    place: { folder },
    release,
    async close() {
      await release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function depsOf(database: Database, folder: string): Deps {
  return {
    db: database.db,
    engine: database.engine,
    now: () => Date.now(),
    newId: () => randomUUID(),
    log: createLog('silent'),
    config: readConfig({ DATA_FOLDER: folder === '' ? '.' : folder }),
    wake: createWake(),
    metrics: createMetrics(),
    fault: noFault,
    demo: false,
  };
}
