import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../log.ts';
import { cacheFolder } from './cache.ts';
import { lockFolder } from './lock.ts';

/** What the worker is told at its start. */
export type WorkerTask =
  | { readonly kind: 'prepare'; readonly cache: string }
  | {
      readonly kind: 'serve';
      readonly folder: string;
      readonly cache: string;
      readonly socketFolder: string;
      readonly idleInTransactionMs: number;
    };
export type ToWorker = { readonly kind: 'stop' };
export type FromWorker =
  | { readonly kind: 'prepared' | 'ready' | 'stopped' }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly text: string };

/** A running embedded database. */
export interface Embedded {
  /** The `host` for a PostgreSQL client: the folder of the Unix socket `.s.PGSQL.5432`. */
  readonly socketFolder: string;
  close(): Promise<void>;
}

interface EmbeddedOptions {
  /** Folder of the product's local data; the database lives in `database` below it. */
  readonly folder: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly idleInTransactionMs?: number;
}

// A Unix socket's path may have 107 bytes on Linux and 103 on macOS.
const longestSocketPath = 103;

/**
 * Starts PGlite with PostGIS in a thread of its own, behind a Unix socket, on `folder`/database (mode 0700).
 * Throws `FolderTaken` when another process has the folder. Should the thread fail, it is started again on
 * the same files, which recover like a server's after a crash.
 */
export async function startEmbedded({
  folder,
  log,
  idleInTransactionMs = 5_000,
}: EmbeddedOptions): Promise<Embedded> {
  const home = resolve(folder, 'database');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(home);
  // Checking 27 MB of WebAssembly before the first use costs a second and a half; each function is checked
  // when it is first called all the same.
  setFlagsFromString('--wasm-lazy-validation');
  const cache = cacheFolder(home);
  const socketFolder = socketHome(home);
  let stopping = false;
  let worker: Worker | undefined;
  let restarts = 0;

  async function serve(): Promise<void> {
    const task: WorkerTask = { kind: 'serve', folder: home, cache, socketFolder, idleInTransactionMs };
    worker = await run(task, 'ready', log);
    worker.once('exit', () => {
      if (stopping) return;
      restarts += 1;
      log.error({ restarts }, 'the embedded database stopped unexpectedly and is started again');
      setTimeout(
        () => {
          if (!stopping)
            serve().catch((error: Error) => log.error({ reason: error.message }, 'restart failed'));
        },
        Math.min(restarts, 10) * 200,
      );
    });
  }

  try {
    if (!existsSync(join(home, 'files')) && !existsSync(join(cache, 'empty'))) {
      log.info('preparing the embedded database, once');
      const preparer = await run({ kind: 'prepare', cache }, 'prepared', log);
      await preparer.terminate();
    }
    await serve();
  } catch (error) {
    unlock();
    throw error;
  }

  return {
    socketFolder,
    async close() {
      if (stopping) return;
      stopping = true;
      if (worker) await stop(worker);
      if (socketFolder !== home) rmSync(socketFolder, { recursive: true, force: true });
      unlock();
    },
  };
}

/** Starts the worker and waits for its word; an early end is an error. */
async function run(task: WorkerTask, word: FromWorker['kind'], log: EmbeddedOptions['log']): Promise<Worker> {
  const worker = new Worker(new URL('./boot.mjs', import.meta.url), {
    workerData: task,
    execArgv: [],
    // With the usual 4 MB, recursion and deeply nested JSON ended the thread before PostgreSQL's own limit.
    resourceLimits: { stackSizeMb: 64 },
  });
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (news: FromWorker) => {
      if (news.kind === word) resolve();
      if (news.kind === 'log') log[news.level](news.text);
      if (news.kind === 'broken') log.error({ reason: news.reason }, 'the embedded database failed');
    });
    worker.on('error', (error) => {
      log.error({ reason: String(error) }, 'the embedded database failed');
      reject(error);
    });
    worker.once('exit', (code) => reject(new Error(`The embedded database ended with code ${code}.`)));
  });
  return worker;
}

async function stop(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const limit = setTimeout(() => void worker.terminate(), 30_000);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  worker.postMessage({ kind: 'stop' } satisfies ToWorker);
  await ended;
  clearTimeout(limit);
}

function socketHome(home: string): string {
  const path = join(home, '.s.PGSQL.5432');
  return Buffer.byteLength(path) <= longestSocketPath ? home : mkdtempSync(join(tmpdir(), 'grid-dispatch-'));
}
