import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact, systemActor } from '../../../server/kernel/transact.ts';
import { engines, freshDatabase, freshPlace, type Place } from '../../kit/database.ts';
import { depsOf, geoJson, ningbo } from './desk.ts';

const top = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'grid-import-'));
const engine = engines().includes('postgresql') ? 'postgresql' : 'embedded';
let place: Place;

beforeAll(async () => {
  place = await freshPlace(engine);
});
afterAll(async () => {
  await place.discard();
  rmSync(folder, { recursive: true });
});

/** Runs `npm run import` as a person does; answers its exit code and what it said. */
function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/import.ts', ...args], {
    cwd: top,
    env: { ...env, DATA_FOLDER: place.folder, ...(place.url && { DATABASE_URL: place.url }) },
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test(
  'the command refuses, tries, writes and exports, with 2, 1 and 0 as exit codes',
  { timeout: 180_000 },
  async () => {
    const cells = file('cells.geojson', geoJson(ningbo()));
    const half = ['cells', cells, '--crs', 'wgs84', '--source', 'survey'];
    const unsaid = await run(half);
    expect([unsaid.code, unsaid.said]).toEqual([2, expect.stringContaining('--licence is compulsory')]);
    const whole = [...half, '--licence', 'own'];
    const missing = await run(['cells', join(folder, 'none'), ...whole.slice(2)]);
    expect([missing.code, missing.said]).toEqual([2, expect.stringContaining('cannot be read')]);

    const report = join(folder, 'report.csv');
    const refused = await run([...whole, '--report', report]);
    expect([refused.code, refused.said]).toEqual([
      1,
      expect.stringContaining('cells refused: nothing was written'),
    ]);
    expect(readFileSync(report, 'utf8')).toContain(
      'error,town_missing,尚无城镇,create-town,the database is empty',
    );

    const born = [...whole, '--create-town', '慈城镇'];
    const tried = await run([...born, '--dry-run']);
    expect([tried.code, tried.said]).toEqual([
      0,
      expect.stringContaining('dry run, nothing was written: 16 features'),
    ]);
    const written = await run(born);
    expect([written.code, written.said]).toEqual([
      0,
      expect.stringContaining('cells imported: 16 features, 16 cells, 16 new'),
    ]);

    const copy = join(folder, 'copy.geojson');
    const exported = await run(['export', 'cells', copy]);
    expect([exported.code, exported.said]).toEqual([0, expect.stringContaining('16 rows in')]);
    const again = await run(['cells', copy, '--crs', 'wgs84', '--source', 'survey', '--licence', 'own']);
    expect([again.code, again.said]).toEqual([0, expect.stringContaining('cells: nothing new')]);
  },
);

test('one command may announce more facts than a statement has room for', { timeout: 120_000 }, async () => {
  const database = await freshDatabase(engine);
  try {
    const deps = depsOf(database);
    await transact(deps, systemActor, async (tx) => {
      for (let i = 0; i < 10_000; i += 1)
        tx.announce('town.imported', 'town', { layer: 'cells', rows: i, licence: '', source: '' });
    });
    expect(await deps.db('event').max({ last: 'seq' }).count({ n: '*' })).toEqual([
      { last: 10_000, n: 10_000 },
    ]);
  } finally {
    await database.close();
  }
});
