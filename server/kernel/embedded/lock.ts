import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process (or this one, a second time) already has the folder open. */
export class FolderTaken extends Error {
  override name = 'FolderTaken';
}

const mine = new Set<string>();

/**
 * Takes `folder` for this process, or throws `FolderTaken`. The embedded database takes no lock itself, and
 * two processes on one folder silently lose rows. The lock names the process and the moment when it started,
 * so that a lock left by a killed process, or a number that was given to another process since, is no lock.
 * Returns the release.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const claim = `${path}.${process.pid}`;
  writeFileSync(claim, `${process.pid} ${startOf(process.pid) ?? ''}\n`);
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        linkSync(claim, path);
        mine.add(path);
        return () => {
          if (mine.delete(path)) rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        removeStale(folder, path);
      }
    }
  } finally {
    rmSync(claim, { force: true });
  }
  throw new FolderTaken(`The data folder ${folder} is being opened by another process.`);
}

/** Removes a lock whose process is gone; puts it back when it turns out to be a rival's fresh one. */
function removeStale(folder: string, path: string): void {
  const judged = readOrEmpty(path);
  refuseIfAlive(folder, path, judged);
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (readOrEmpty(aside) !== judged) linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseIfAlive(folder: string, path: string, content: string): void {
  const [pid, start] = content.trim().split(' ');
  const owner = Number(pid);
  if (!Number.isInteger(owner) || owner <= 0) return;
  if (owner === process.pid && !mine.has(path)) return;
  if (!isAlive(owner) || isDead(owner)) return;
  const started = startOf(owner);
  if (start && started && start !== started) return;
  throw new FolderTaken(
    `The data folder ${folder} is already in use by process ${owner}. ` +
      `Stop that process first, or set DATA_FOLDER to another folder.`,
  );
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True for a killed process that its parent has not collected yet, once its last thread is gone (Linux). */
function isDead(pid: number): boolean {
  if (!/^[ZX]$/.test(statOf(pid)[0] ?? '')) return false;
  try {
    return readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return true;
  }
}

/** Start of a process in clock ticks since boot (Linux), else undefined: field 22 of /proc/PID/stat. */
function startOf(pid: number): string | undefined {
  return statOf(pid)[19];
}

/** The fields of /proc/PID/stat from the third (the state) on; the second may contain spaces. */
function statOf(pid: number): string[] {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
