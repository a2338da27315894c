import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { cacheFolder } from './cache.ts';
import { prepareFiles } from './prepared.ts';

/** After `npm ci`: makes the empty database that a first start copies. Never fails the installation. */
setFlagsFromString('--wasm-lazy-validation');
const elsewhere = mkdtempSync(join(tmpdir(), 'grid-dispatch-'));
try {
  await prepareFiles(cacheFolder(elsewhere));
} catch (error) {
  process.stdout.write(
    `The embedded database is not prepared (${(error as Error).message}); the first start does it.\n`,
  );
} finally {
  rmSync(elsewhere, { recursive: true, force: true });
}
