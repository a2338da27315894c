import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderTaken, lockFolder } from '../../../server/kernel/embedded/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grid-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that does nothing until it is killed. */
function idleProcess() {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
}

test('a folder is taken once, and again after its release', () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderTaken);
  release();
  lockFolder(folder)();
});

test('the lock of another living process is respected and named', async () => {
  const other = idleProcess();
  writeFileSync(join(folder, 'lock'), `${other.pid} \n`);
  expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${other.pid}.*DATA_FOLDER`));
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('exit', resolve));
  lockFolder(folder)();
});

test('a lock is void when its number was given to another process since', async () => {
  const other = idleProcess();
  writeFileSync(join(folder, 'lock'), `${other.pid} 1\n`);
  expect(() => lockFolder(folder)()).not.toThrow();
  other.kill('SIGKILL');
});

test('a damaged lock file does not keep the product from starting', () => {
  writeFileSync(join(folder, 'lock'), '');
  expect(() => lockFolder(folder)()).not.toThrow();
});
