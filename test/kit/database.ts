import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { freshDatabase, type FreshDatabase } from './place.ts';
import { whyNoPostgres } from './postgres.ts';
import type { Engine } from './templates.ts';

export { engines, freshDatabase, freshPlace, type FreshDatabase, type Place } from './place.ts';
export type { Engine } from './templates.ts';

/**
 * Runs the same tests on both engines, each on one fresh database for the whole block. Where PostgreSQL is not
 * installed its half is skipped and its title says why. With KEEP_DATABASES=1 the database of a failed test is
 * kept and its name printed.
 */
export function describeEachEngine(
  title: string,
  tests: (engine: Engine, database: () => FreshDatabase) => void,
): void {
  for (const engine of ['embedded', 'postgresql'] as const) {
    const missing = engine === 'postgresql' ? whyNoPostgres() : undefined;
    const suffix = missing ? ` not run: ${missing}` : '';
    describe.skipIf(missing !== undefined)(`${title} [${engine}]${suffix}`, () => {
      let database: FreshDatabase | undefined;
      let failed = false;
      beforeAll(async () => {
        database = await freshDatabase(engine);
      });
      afterEach(({ task }) => {
        failed ||= task.result?.state === 'fail';
      });
      afterAll(async () => {
        await database?.close(failed && process.env.KEEP_DATABASES === '1');
      });
      tests(engine, () => database ?? unopened());
    });
  }
}

function unopened(): never {
  throw new Error('The database is open only inside tests.');
}
