import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/kernel/database.ts';
import { migrate } from '../../server/kernel/migrate.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

export type Engine = 'embedded' | 'postgresql';

/** A migrated, empty database to copy: a folder (embedded) or the server's folder with database `town`. */
export interface Template {
  readonly folder: string;
}

const sqlFolder = join(import.meta.dirname, '../../sql');
const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/grid-dispatch');
const made = new Map<Engine, Promise<Template>>();
let postgres: TestPostgres | undefined;

/** The template of this run, made when it is first asked for: by the process that runs the tests, once. */
export async function template(engine: Engine): Promise<Template> {
  const broker = process.env.GRID_TEST_BROKER;
  if (broker && broker !== ownBroker) return askBroker(broker, engine);
  const known = made.get(engine);
  if (known) return known;
  const making = engine === 'embedded' ? makeEmbedded() : makePostgres();
  made.set(engine, making);
  return making;
}

/** Stops the PostgreSQL of the templates. */
export async function dropTemplates(): Promise<void> {
  const keep = postgres !== undefined && existsSync(join(postgres.folder, 'keep'));
  if (keep) process.stdout.write(`kept for a look: the PostgreSQL cluster in ${postgres!.folder}/data\n`);
  await postgres?.stop(keep);
  postgres = undefined;
  made.clear();
}

/** A migrated folder of the embedded database, kept between runs under the checksum of the migrations. */
async function makeEmbedded(): Promise<Template> {
  const hash = createHash('sha256');
  for (const name of readdirSync(sqlFolder).sort()) {
    if (/^\d{4}_/.test(name)) hash.update(name).update(readFileSync(join(sqlFolder, name)));
  }
  const folder = join(cacheFolder, `town-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return { folder };
  mkdirSync(cacheFolder, { recursive: true });
  const draft = mkdtempSync(join(cacheFolder, 'draft-'));
  const { db, close } = await openDatabase({ folder: draft });
  await migrate(db);
  await close();
  for (const old of readdirSync(cacheFolder).filter((name) => name.startsWith('town-'))) {
    rmSync(join(cacheFolder, old), { recursive: true, force: true });
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run of tests was faster.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return { folder };
}

async function makePostgres(): Promise<Template> {
  postgres = await startPostgres({ fsync: false });
  await runSql(postgres.url('postgres'), 'create database town');
  const { db, close } = await openDatabase({ url: postgres.url('town'), folder: '' });
  await migrate(db);
  await close();
  return { folder: postgres.folder };
}

/** Runs one statement on a connection of its own. */
export async function runSql(url: string, sql: string): Promise<void> {
  const { connect, close } = await openDatabase({ url, folder: '' });
  try {
    const client = await connect();
    await client.query('set statement_timeout = 0');
    await client.query(sql);
    await client.end();
  } finally {
    await close();
  }
}

let ownBroker: string | undefined;

/** Lets the test files, which run in processes of their own, ask this process for templates. */
export async function openBroker(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'grid-broker-'));
  const path = join(folder, 'socket');
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (data) => {
      template(data.toString() as Engine).then(
        (answer) => socket.end(JSON.stringify(answer)),
        (error: Error) => socket.end(JSON.stringify({ error: error.message })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  ownBroker = path;
  process.env.GRID_TEST_BROKER = path;
  return async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
    await dropTemplates();
  };
}

function askBroker(path: string, engine: Engine): Promise<Template> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write(engine));
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('error', reject);
    socket.on('end', () => {
      const answer = JSON.parse(text) as Template & { error?: string };
      if (answer.error) reject(new Error(answer.error));
      else resolve(answer);
    });
  });
}

/** Copies the embedded template to `target`. */
export function copyTemplate(from: Template, target: string): void {
  cpSync(from.folder, target, { recursive: true });
}
