import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { reportListed } from '../../../server/import.ts';
import { readOptions } from '../../../server/intake/import/options.ts';
import type { ReasonCode } from '../../../server/intake/import/reasons.ts';
import { runImport, type ImportResult } from '../../../server/intake/import/run.ts';
import { readConfig } from '../../../server/kernel/config.ts';
import type { Deps } from '../../../server/kernel/deps.ts';
import { noFault } from '../../../server/kernel/fault.ts';
import { createLog } from '../../../server/kernel/log.ts';
import { createMetrics } from '../../../server/kernel/metrics.ts';
import { createWake } from '../../../server/kernel/wake.ts';
import type { Database } from '../../../server/kernel/database.ts';
import { monday } from '../../kit/town.ts';

/** What a command needs, on a test's database with the clock standing on a Monday. */
export const depsOf = ({ db, engine }: Pick<Database, 'db' | 'engine'>): Deps => ({
  db,
  engine,
  now: () => monday,
  newId: () => randomUUID(),
  log: createLog('silent'),
  config: readConfig({ LOG_LEVEL: 'silent' }),
  wake: createWake(),
  metrics: createMetrics(),
  fault: noFault,
  demo: false,
});

/** The bytes of a file of data/real. */
export const realFile = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../../data/real', name));

/** Imports a file by the words of a command line; source and licence are given already. */
export async function importFile(
  deps: Deps,
  line: string,
  content: Buffer | string,
  matters: ReadonlyMap<string, string> = new Map(),
): Promise<ImportResult> {
  const asked = readOptions([...line.split(' '), '--source', 'a survey', '--licence', 'test only']);
  if (asked.act !== 'import') throw new Error('not an import');
  const file = { name: asked.file, bytes: Buffer.from(content) };
  return runImport(deps, { ...asked.request, matters }, file, { say: () => undefined, report: reportListed });
}

/** How often each reason stands in a result. */
export function reasonsOf(result: ImportResult): Partial<Record<ReasonCode, number>> {
  const counts: Partial<Record<ReasonCode, number>> = {};
  for (const { code } of result.findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Rows of every table: equal before and after means that nothing was written. */
export async function rowCounts(db: Knex): Promise<Record<string, number>> {
  const { rows } = await db.raw(
    `select relname from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'spatial_ref_sys' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { relname } of rows as { relname: string }[])
    counts[relname] = Number((await db(relname).count({ n: '*' }))[0]?.n);
  return counts;
}

export interface Square {
  readonly code: string;
  readonly ring: readonly (readonly [number, number])[];
}

/** A grid of cells that share their corners exactly: codes row by row from the south-west. */
export function grid(
  west: number,
  south: number,
  step: readonly [number, number],
  [columns, rows]: readonly [number, number],
  code: (index: number) => string,
): Square[] {
  const x = (i: number) => west + i * step[0];
  const y = (i: number) => south + i * step[1];
  return Array.from({ length: columns * rows }, (_, index) => {
    const [i, j] = [index % columns, Math.floor(index / columns)];
    return {
      code: code(index),
      ring: [
        [x(i), y(j)],
        [x(i + 1), y(j)],
        [x(i + 1), y(j + 1)],
        [x(i), y(j + 1)],
        [x(i), y(j)],
      ] as const,
    };
  });
}

/** Squares as a GeoJSON text. */
export const geoJson = (
  squares: readonly Square[],
  place: (position: readonly [number, number]) => readonly [number, number] = (p) => p,
): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: squares.map(({ code, ring }) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Polygon', coordinates: [ring.map(place)] },
    })),
  });

/** Sixteen cells of the town code 330205103 round Cicheng's old town. */
export const ningbo = (): Square[] =>
  grid(121.42, 29.96, [0.01, 0.01], [4, 4], (i) => `330205103018${String(i + 1).padStart(3, '0')}`);
