import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoPostgres } from './kit/postgres.ts';

/**
 * `npm test`: every test that can run on this machine. Says what could not run and why, and ends with the
 * line `N passed, N failed[, N skipped]`. Arguments go to vitest (`npm test -- test/rules`).
 */

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** What this machine lacks, as sentences. */
function leftOut(): string[] {
  const out: string[] = [];
  const noPostgres = whyNoPostgres();
  if (noPostgres) out.push(`Not run: the database tests on a real PostgreSQL (${noPostgres}).`);
  const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
  if (!process.env.CHROMIUM && !browsers.some(onPath))
    out.push('Not run: the tests in a browser (no Chromium is installed).');
  if (!onPath('redis-server'))
    out.push('Not run: the tests of several server processes (no redis-server is installed).');
  return out;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}

const folder = mkdtempSync(join(tmpdir(), 'grid-tests-'));
const report = join(folder, 'results.json');
const notes = leftOut();
for (const note of notes) process.stdout.write(`${note}\n`);

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: join(import.meta.dirname, '..') },
);

const results = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Results) : undefined;
rmSync(folder, { recursive: true, force: true });

const passed = results?.numPassedTests ?? 0;
const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
// A file that could not be loaded has no tests of its own, but it is a failure.
const unloaded = results?.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
);
let failed = (results?.numFailedTests ?? 0) + (unloaded?.length ?? 0);
if (status !== 0 && failed === 0) {
  process.stdout.write('The test run itself failed outside of any test; see above.\n');
  failed = 1;
}
if (passed + failed === 0) process.stdout.write('No test ran.\n');

for (const note of notes) process.stdout.write(`${note}\n`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
