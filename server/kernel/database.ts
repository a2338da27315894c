import knex, { type Knex } from 'knex';
import { Client, type ClientConfig } from 'pg';
import { startEmbedded, type Embedded } from './embedded/start.ts';
import type { Logger } from './log.ts';
import { isStalePlan, keepPlans } from './prepared.ts';
import { typeParsers } from './type-parsers.ts';

/** An open database, whichever engine serves it. */
export interface Database {
  readonly db: Knex;
  readonly engine: 'embedded' | 'postgresql';
  /** A connection of its own, outside the pool (LISTEN, session locks). The caller ends it. */
  readonly connect: () => Promise<Client>;
  readonly close: () => Promise<void>;
}

interface DatabaseOptions {
  /** Address of a PostgreSQL with PostGIS. Absent: the embedded database. */
  readonly url?: string | undefined;
  /** Folder of the product's local data, where the embedded database lives. */
  readonly folder: string;
  readonly log?: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Connections in the pool. */
  readonly poolSize?: number;
  /** An embedded database that runs already on the folder; whoever started it stops it. */
  readonly running?: Embedded;
}

/** How long a database may take to answer a new connection; after that the edge answers 503. */
const connectMs = 2_000;
/**
 * How long a request waits for its turn: rivals on one incident and bursts on the embedded engine, which does one
 * transaction at a time, queue here. At 2 s a burst of 32 commands on a busy machine was answered with 503.
 */
const poolWaitMs = 10_000;
/** How long the embedded database may take for its first answer: on a busy machine more than a request waits. */
const firstWaitMs = 60_000;
const silent = () => undefined;
const quiet = { info: silent, warn: silent, error: silent };

/**
 * Opens the real PostgreSQL at `url`, or starts the embedded one on `folder`. Both are spoken to by the same
 * client, pool and type parsers, so that there is one code path. Throws when the database cannot be reached.
 */
export async function openDatabase({
  url,
  folder,
  log = quiet,
  poolSize = 10,
  running,
}: DatabaseOptions): Promise<Database> {
  const started = url || running ? undefined : await startEmbedded({ folder, log });
  const embedded = running ?? started;
  const connection: ClientConfig = embedded
    ? { host: embedded.socketFolder, port: 5432, user: 'postgres', database: 'postgres' }
    : {
        connectionString: url!,
        application_name: 'grid-dispatch',
        connectionTimeoutMillis: connectMs,
        keepAlive: true,
        statement_timeout: 10_000,
        lock_timeout: 8_000,
        idle_in_transaction_session_timeout: 5_000,
        // compiling a plan costs more than any of our statements
        options: '-c TimeZone=UTC -c jit=off',
      };
  const settings = { ...connection, types: typeParsers };
  const onLost = (error: Error) => log.warn({ reason: error.message }, 'database connection lost');

  const db = knex({
    client: 'pg',
    connection: settings as Knex.PgConnectionConfig,
    acquireConnectionTimeout: poolWaitMs,
    // The query builder prints every lost or refused connection, and throws the same to the caller.
    log: { debug: silent, warn: silent, error: silent, deprecate: silent },
    pool: {
      min: 0,
      max: poolSize,
      // A restart of the server reaches every checked-out connection as an 'error' event, which would end
      // the process if nobody listened.
      afterCreate: (client: Client, done: (error: Error | null, client: Client) => void) => {
        client.on('error', onLost);
        if (!embedded) keepPlans(client);
        done(null, client);
      },
    },
  });

  try {
    await firstContact(db, embedded ? firstWaitMs : 0);
  } catch (error) {
    await db.destroy();
    await started?.close();
    throw error;
  }
  return {
    db,
    engine: embedded ? 'embedded' : 'postgresql',
    async connect() {
      const client = new Client(settings);
      client.on('error', onLost);
      await client.connect();
      return client;
    },
    async close() {
      await db.destroy();
      await started?.close();
    },
  };
}

/** Asks the database something; a first answer that takes longer than a request would wait is waited for. */
async function firstContact(db: Knex, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return void (await db.raw('select 1'));
    } catch (error) {
      if ((error as Error).name !== 'KnexTimeoutError' || performance.now() > until) throw error;
    }
  }
}

/**
 * True when the database could not be reached, gave up the connection or was changed under it: the edge answers 503 with
 * Retry-After, and an act guarded by an idempotency key may run once more.
 */
export function isUnavailable(error: unknown): boolean {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (name === 'KnexTimeoutError' || isStalePlan({ code, message })) return true;
  if (typeof code === 'string') return unavailableCodes.test(code);
  return typeof message === 'string' && unavailableEndings.test(message);
}

// Classes 08 (connection), 53 (resources) and 57P (shutdown, starting up), and what the socket says.
const unavailableCodes =
  /^(08...|53...|57P0[1-5]|25P03|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/;
// The client gives these without a code; knex puts the statement before them.
const unavailableEndings =
  /(^| - )(Connection terminated( unexpectedly| due to connection timeout)?|Client has encountered a connection error and is not queryable|Client was closed and is not queryable|timeout expired)$/;
