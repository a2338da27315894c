import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emit, median, scaled } from './rows.ts';

/**
 * Start of the embedded database, first and later, against the plain packages in the same run; and how long the main
 * thread is kept from its work while batches of 500 places are written. Each start is a process of its own.
 */
interface Cost {
  readonly startMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly lagMs: number;
}

function start(kind: 'ours' | 'plain', folder: string, batches = 0): Cost {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'start.ts'), kind, folder, String(batches)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 120_000 },
  );
  if (status !== 0) throw new Error(`start of ${kind} ended with ${status}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Cost;
}

const kinds = ['ours', 'plain'] as const;
const first = { ours: [] as Cost[], plain: [] as Cost[] };
const later = { ours: [] as Cost[], plain: [] as Cost[] };
for (let round = 0; round < scaled(5, 1); round++) {
  for (const kind of kinds) {
    const folder = mkdtempSync(join(tmpdir(), 'grid-bench-'));
    try {
      first[kind].push(start(kind, folder));
      later[kind].push(start(kind, folder, 30));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
const of = (costs: readonly Cost[], what: keyof Cost): number => median(costs.map((cost) => cost[what]));
emit({
  name: 'embedded database, first start, CPU',
  ours: of(first.ours, 'cpuMs') / 1000,
  unit: 's',
  peer: of(first.plain, 'cpuMs') / 1000,
  goal: { of: 'ratio', is: 'below', than: 0.5 },
  note: `peer: PGlite with PostGIS as the packages come; on the clock ${(of(first.ours, 'startMs') / 1000).toFixed(1)} s against ${(of(first.plain, 'startMs') / 1000).toFixed(1)} s`,
});
emit({
  name: 'embedded database, later start, CPU',
  ours: of(later.ours, 'cpuMs') / 1000,
  unit: 's',
  peer: of(later.plain, 'cpuMs') / 1000,
});
emit({
  name: 'embedded database, peak memory at the start',
  ours: of(first.ours, 'peakBytes') / 1e6,
  unit: 'MB',
  peer: of(first.plain, 'peakBytes') / 1e6,
});
emit({
  name: 'main loop held up by batches of 500 places, p99',
  ours: of(later.ours, 'lagMs'),
  unit: 'ms',
  peer: of(later.plain, 'lagMs'),
  goal: { of: 'ours', is: 'below', than: 10 },
});
process.exit(0);
