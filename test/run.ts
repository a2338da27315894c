import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { whyNoPostgres } from './kit/postgres.ts';

/**
 * `npm test`: every test that can run on this machine. Says what could not run and why, what had to run twice, and ends with the
 * line `N passed, N failed[, N skipped]`. Arguments go to vitest (`npm test -- test/rules`).
 */

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}
interface Results {
  readonly testResults: readonly FileResult[];
}

const root = join(import.meta.dirname, '..');

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

/** Runs vitest; answers its report and whether it ended well. */
function run(...asked: string[]): { results: Results | undefined; ended: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'grid-tests-'));
  const report = join(folder, 'results.json');
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...asked,
    ],
    { stdio: 'inherit', cwd: root },
  );
  const results = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Results) : undefined;
  rmSync(folder, { recursive: true, force: true });
  return { results, ended: status === 0 };
}

/** Tests of a file by their outcome; a file that could not be loaded has none of its own, but it is a failure. */
const outcomes = ({ status, assertionResults }: FileResult) =>
  status === 'failed' && assertionResults.length === 0
    ? ['failed']
    : assertionResults.map((result) => result.status);

/** A browser on a crowded machine gets one more chance for a few files, by itself and said aloud; the server never. */
const drivesBrowser = (name: string) => /^test\/(client|journeys)\//.test(name);
const mostChances = 3;

const notes = leftOut();
for (const note of notes) process.stdout.write(`${note}\n`);
const first = run(...process.argv.slice(2));
let { ended } = first;
const files = new Map((first.results?.testResults ?? []).map((file) => [relative(root, file.name), file]));
const failing = [...files].filter(([, file]) => outcomes(file).includes('failed')).map(([name]) => name);
if (failing.length > 0 && failing.length <= mostChances && failing.every(drivesBrowser)) {
  process.stdout.write(`Once more, by themselves: ${failing.join(', ')}\n`);
  const second = run(...failing);
  ({ ended } = second);
  for (const file of second.results?.testResults ?? []) files.set(relative(root, file.name), file);
  if (ended) notes.push(`Failed beside the others and passed alone: ${failing.join(', ')}`);
}

const all = [...files.values()].flatMap(outcomes);
const passed = all.filter((outcome) => outcome === 'passed').length;
let failed = all.filter((outcome) => outcome === 'failed').length;
const skipped = all.length - passed - failed;
if (!ended && failed === 0) {
  process.stdout.write('The test run itself failed outside of any test; see above.\n');
  failed = 1;
}
if (passed + failed === 0) process.stdout.write('No test ran.\n');

for (const note of notes) process.stdout.write(`${note}\n`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
