import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** A PostgreSQL of the tests' own, in a temporary folder, on a Unix socket only. */
export interface TestPostgres {
  /** Folder of the socket and, in `data`, of the cluster. */
  readonly folder: string;
  /** Connection string for one of its databases. */
  url(database: string): string;
  /** Stops the server as an administrator (fast) or a crash (immediate) would, and starts it again. */
  restart(mode: 'fast' | 'immediate', pauseMs?: number): Promise<void>;
  /** Stops it and removes the folder, unless `keep`. */
  stop(keep?: boolean): Promise<void>;
}

const root = '/usr/lib/postgresql';

/** Folder of the newest installed server programs that have PostGIS beside them; undefined: none. */
export function findPostgres(): string | undefined {
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .map((version) => join(root, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** Why the tests on a real PostgreSQL cannot run here; undefined: they can. */
export function whyNoPostgres(): string | undefined {
  if (process.env.TEST_ENGINES && !process.env.TEST_ENGINES.includes('postgresql')) {
    return 'TEST_ENGINES leaves it out';
  }
  return findPostgres() ? undefined : `no PostgreSQL with PostGIS is installed under ${root}`;
}

// Runs the server until it ends or standard input closes: even if the tests are killed with SIGKILL, the
// server stops and the folder goes.
const guard = `
exec 3<&0
"$@" </dev/null 3<&- & server=$!
( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) 2>/dev/null & watch=$!
exec 3<&-
wait $server
kill $watch 2>/dev/null
`;

/** Makes a cluster and starts it. `fsync: false` for tests that crash nothing. */
export async function startPostgres({ fsync }: { fsync: boolean }): Promise<TestPostgres> {
  const bin = findPostgres();
  if (!bin) throw new Error(whyNoPostgres());
  const folder = mkdtempSync(join(tmpdir(), 'grid-postgres-'));
  const data = join(folder, 'data');
  const account = unprivileged();
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...account, encoding: 'utf8', cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);

  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    `fsync=${fsync ? 'on' : 'off'}`,
    'max_connections=200',
    'shared_buffers=64MB',
    'log_min_messages=fatal',
    'timezone=UTC',
  ].flatMap((setting) => ['-c', setting]);
  let server = start();
  await ready(folder, server);

  function start(): ChildProcess {
    return spawn('sh', ['-c', guard, 'guard', join(bin!, 'postgres'), '-D', data, ...settings], {
      ...account,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  }

  return {
    folder,
    url: (database) => `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`,
    async restart(mode, pauseMs = 0) {
      const ended = end(server);
      process.kill(postmaster(data), mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
      await pause(pauseMs);
      server = start();
      await ready(folder, server);
    },
    async stop(keep = false) {
      const ended = end(server);
      server.stdin?.end();
      await ended;
      if (!keep) spawnSync('rm', ['-rf', folder]);
    },
  };
}

/** Root may not run PostgreSQL: the tests then do it as `postgres`, or as `nobody`. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = accounts.find((each) => each.startsWith('postgres:')) ?? 'nobody:x:65534:65534';
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

const postmaster = (data: string) =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

const end = (server: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (server.exitCode !== null) resolve();
    else server.once('exit', () => resolve());
  });

async function ready(folder: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) break;
    const client = new Client({ host: folder, user: 'postgres', database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error(`PostgreSQL did not start in ${folder}`);
}
