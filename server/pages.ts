import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const top = join(import.meta.dirname, '..');
const stamp = join(top, 'dist', '.built');

/** Builds the pages when they are missing or older than their sources, in a process of its own. */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const newest = Math.max(
    ...(await Promise.all(['client', 'shared', 'vite.config.ts', 'package-lock.json'].map(newestIn))),
  );
  if (existsSync(stamp) && (await stat(stamp)).mtimeMs >= newest) return;
  say('pages: building …');
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(top, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
      {
        cwd: top,
        // React's small and quick form, whatever the process that asks runs as
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the pages did not build (exit ${code})`)),
    );
  });
  await writeFile(stamp, '');
}

/** Newest change below a path, milliseconds. */
async function newestIn(path: string): Promise<number> {
  const full = join(top, path);
  const info = await stat(full);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(full, { recursive: true });
  const times = await Promise.all(entries.map(async (entry) => (await stat(join(full, entry))).mtimeMs));
  return Math.max(info.mtimeMs, ...times);
}
