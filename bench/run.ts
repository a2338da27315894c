import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { missing, startBenchPostgres } from './database.ts';
import { rowMark, type Row } from './rows.ts';

/**
 * `npm run bench [-- --json] [-- NAME…]`: runs the programs of this folder one after the other and prints one
 * table, or one JSON array. A program that fails or overruns its time leaves a row that says so.
 */
const programs = [
  'screen',
  'offer',
  'create',
  'snapshot',
  'fanout',
  'ingest',
  'claims',
  'growth',
  'shift',
  'embedded',
  'replay',
  'planning',
  'strokes',
  'officer',
  'map',
] as const;
const limitMs = 240_000;

const words = process.argv.slice(2);
const json = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((word) => !(programs as readonly string[]).includes(word));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}; there are ${programs.join(', ')}\n`);
  process.exit(2);
}
const chosen = programs.filter((name) => wanted.length === 0 || wanted.includes(name));
const say = (line: string) => process.stderr.write(`${line}\n`);

let stopPostgres: (() => Promise<void>) | undefined;
const rows: Row[] = [];
try {
  const why = missing();
  const needsPostgres = chosen.some(
    (name) => !['embedded', 'replay', 'planning', 'strokes', 'officer', 'map'].includes(name),
  );
  if (why && needsPostgres) say(`PostgreSQL: ${why}`);
  else if (needsPostgres) {
    say('PostgreSQL: starting, seeding the synthetic town …');
    const server = await startBenchPostgres();
    stopPostgres = server.stop;
    process.env.BENCH_POSTGRES = server.folder;
  }
  for (const name of chosen) {
    say(`${name} …`);
    rows.push(...(await run(name)));
  }
} finally {
  await stopPostgres?.();
}
process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
process.exitCode = rows.some(({ note }) => note?.startsWith('failed')) ? 1 : 0;

/** One program, in its own process group, so that nothing of it outlives its time. */
async function run(name: string): Promise<Row[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--expose-gc', join(import.meta.dirname, `${name}.ts`)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
      cwd: join(import.meta.dirname, '..'),
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let overran = false;
  const timer = setTimeout(() => {
    overran = true;
    killGroup(child.pid);
  }, limitMs);
  const found: Row[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(rowMark)) found.push(JSON.parse(line.slice(rowMark.length)) as Row);
    else say(line);
  }
  const code = await ended;
  clearTimeout(timer);
  killGroup(child.pid);
  if (code === 0 && !overran) return found;
  const note = overran ? `failed: not done within ${limitMs / 1000} s` : `failed: ended with ${code}`;
  return [...found, { name, ours: null, unit: '', peer: null, floor: null, ratio: null, goal: null, note }];
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // all of it is gone already
  }
}

function table(all: readonly Row[]): string {
  const heads = ['name', 'ours', 'unit', 'peer', 'floor', 'ratio', 'goal', 'pass'] as const;
  const cell = (value: string | number | boolean | null | undefined): string => {
    if (typeof value === 'boolean') return value ? 'yes' : 'NO';
    return value === null || value === undefined ? '–' : `${value}`;
  };
  const lines = [heads as readonly string[], ...all.map((row) => heads.map((head) => cell(row[head])))];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const text = lines.map((line) =>
    line.map((one, i) => (i === 0 || i === 2 ? one.padEnd(widths[i]!) : one.padStart(widths[i]!))).join('  '),
  );
  const notes = all.flatMap(({ name, note }) => (note ? [`  ${name}: ${note}`] : []));
  return `${text.join('\n')}\n\n${machine()}\n${notes.join('\n')}\n`;
}

/** What the figures were taken on. */
function machine(): string {
  const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? process.arch;
  const cores = readdirSync('/sys/devices/system/cpu').filter((entry) => /^cpu\d+$/.test(entry)).length;
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
  return `Node ${process.version}, ${cores} × ${cpu}, load ${load} at the end`;
}
