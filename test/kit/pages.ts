import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '../../server/pages.ts';

const top = join(import.meta.dirname, '../..');
const lock = join(top, 'node_modules/.pages-lock');
const staleLockMs = 180_000;

/** Folder of the pages as they are shipped; built once, also when several test files ask at the same time. */
export async function builtPages(): Promise<string> {
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch {
      const made = await stat(lock).catch(() => null);
      if (made && Date.now() - made.mtimeMs > staleLockMs) await rm(lock, { recursive: true, force: true });
      await new Promise((done) => setTimeout(done, 300));
    }
  }
  try {
    await buildPages(() => undefined);
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
  return join(top, 'dist');
}
