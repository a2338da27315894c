import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDatabase } from '../server/kernel/database.ts';

/**
 * Opens an embedded database on a folder, asks it one question, and says what that cost. `node start.ts ours|plain
 * FOLDER [batches]`; with batches it then writes them, 500 rows each, and watches its own event loop meanwhile.
 */
const [, , kind, folder, batches = '0'] = process.argv;
const sql = (batch: number) =>
  `insert into bench_rows select ${batch * 500} + n, st_setsrid(st_makepoint(121.4 + n * 1e-5, 29.9), 4326) from generate_series(1, 500) n`;
const table =
  'create table if not exists bench_rows (id int primary key, point geometry(Point, 4326)); create index if not exists bench_rows_point on bench_rows using gist (point)';

interface Opened {
  ask(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

async function ours(): Promise<Opened> {
  const { db, close } = await openDatabase({ folder: folder! });
  await db.raw('create extension if not exists postgis');
  return { ask: (text) => db.raw(text), close };
}

/** As the packages' own pages show it: in this thread, with its extension as it comes. */
async function plain(): Promise<Opened> {
  const { PGlite } = await import('@electric-sql/pglite');
  const { postgis } = await import('@electric-sql/pglite-postgis');
  const db = await PGlite.create({ dataDir: folder!, extensions: { postgis } });
  await db.exec('create extension if not exists postgis');
  return { ask: (text) => db.exec(text), close: () => db.close() };
}

const before = performance.now();
const opened = kind === 'ours' ? await ours() : await plain();
await opened.ask('select postgis_version()');
const startMs = performance.now() - before;
const { user, system } = process.cpuUsage();
const startRss = process.resourceUsage().maxRSS * 1024;

let lagMs = 0;
if (batches !== '0') {
  await opened.ask(table);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let batch = 0; batch < Number(batches); batch++) {
    await opened.ask(sql(batch));
    // a turn of the loop between two batches, or a database in this thread would not be seen to hold it up
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  delay.disable();
  lagMs = delay.percentile(99) / 1e6;
}
await opened.close();
process.stdout.write(
  `${JSON.stringify({ startMs, cpuMs: (user + system) / 1000, peakBytes: startRss, lagMs })}\n`,
);
process.exit(0);
