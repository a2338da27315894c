import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from './durable-files.ts';
import { startEngine } from './engine.ts';
import { message } from './messages.ts';

/**
 * Makes an empty database with PostGIS once and keeps it in `cache`, so that the next first start copies
 * files instead of running initdb and `create extension` (5 s of work). Answers its folder.
 */
export async function prepareFiles(cache: string): Promise<string> {
  const ready = join(cache, 'empty');
  if (existsSync(ready)) return ready;
  const draft = mkdtempSync(join(cache, 'draft-'));
  const engine = await startEngine({ files: draft, cache, durable: false });
  for (const sql of ['create extension postgis', 'vacuum analyze', 'checkpoint', 'checkpoint']) {
    const answer = await engine.exchange(message('Q', sql));
    if (answer[0] === 69) throw new Error(`Preparing the embedded database failed at: ${sql}`);
  }
  await engine.close();
  rmSync(join(draft, 'postmaster.pid'), { force: true });
  try {
    renameSync(draft, ready);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(ready)) throw error;
  }
  return ready;
}

/** Copies a prepared database to `target`, synced, and visible under that name only when complete. */
export function copyFiles(prepared: string, target: string): void {
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(prepared, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  syncTree(draft);
  renameSync(draft, target);
  syncFolder(join(target, '..'));
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else {
      const fd = openSync(path, 'r+');
      fsyncSync(fd);
      closeSync(fd);
    }
  }
  syncFolder(folder);
}
