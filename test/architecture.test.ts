import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

/** The walls of ARCHITECTURE.md: who may import whom, and where SQL, clocks and barrels may stand. */

const top = join(import.meta.dirname, '..');

function filesUnder(folder: string): string[] {
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesUnder(join(folder, entry.name))
      : /\.(ts|tsx)$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(top, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((m) =>
    relative(top, normalize(join(top, dirname(file), m[1]!.replace(/\?.*$/, '')))),
  );
}

/** Sentences that the server prints; they import no more than other sentences. */
const printed: ReadonlySet<string> = new Set(['client/words/zh-CN-report.ts', 'client/words/en-report.ts']);

/** Says why `file` may not import `target`, or nothing when it may. */
export function wallBroken(file: string, target: string): string | undefined {
  const [room, domain] = file.split('/') as [string, string];
  const [to, toDomain] = target.split('/') as [string, string];
  if (room === 'shared') {
    if (to !== 'shared') return 'shared imports only shared';
    if (domain === 'contract' && toDomain !== 'contract') return 'contract imports only contract';
  }
  if (room === 'server') {
    // what is printed says what the screen says
    if (printed.has(target)) return undefined;
    if (to === 'client' || to === 'test' || to === 'bench') return 'server imports only server and shared';
    if (domain === 'kernel' && to === 'server' && toDomain !== 'kernel') return 'the kernel knows no domain';
    if (domain === 'kernel' && to === 'shared' && toDomain !== 'contract')
      return 'the kernel imports contract only';
    const inDomain = file.split('/').length > 2 && domain !== 'kernel';
    const otherDomain =
      to === 'server' &&
      target.split('/').length > 2 &&
      toDomain !== 'kernel' &&
      toDomain !== 'town' &&
      toDomain !== domain;
    if (inDomain && otherDomain && !/\/store(-[a-z]+)?\.ts$/.test(target))
      return 'a domain sees only the store.ts of another';
    if (inDomain && to === 'server' && ['app.ts', 'main.ts'].includes(toDomain))
      return 'nobody imports app or main';
  }
  if (room === 'client' && to !== 'client' && to !== 'shared') return 'client imports only client and shared';
  return undefined;
}

const sources = ['shared', 'server', 'client'].flatMap((room) => filesUnder(room));

test('the walls stand', () => {
  const broken = sources.flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const why = wallBroken(file, target);
      return why ? [`${file} -> ${target}: ${why}`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

test('sentences that the server prints know no page', () => {
  const beyond = [...printed]
    .flatMap((file) => importsOf(file))
    .filter((f) => !/^client\/words\/[\w-]+\.ts$/.test(f));
  expect(beyond).toEqual([]);
});

test('control: the wall test sees a broken wall', () => {
  expect(wallBroken('server/planning/report-pdf.ts', 'client/words/en.ts')).toBeTruthy();
  expect(wallBroken('client/map/town-map.ts', 'server/kernel/deps.ts')).toBeTruthy();
  expect(wallBroken('server/incidents/commands.ts', 'server/teams/commands.ts')).toBeTruthy();
  expect(wallBroken('server/incidents/commands.ts', 'server/teams/store.ts')).toBeUndefined();
  expect(wallBroken('shared/contract/geo.ts', 'shared/rules/datum.ts')).toBeTruthy();
});

test('no folder or file is named after nothing', () => {
  expect(sources.filter((file) => /\b(utils?|helpers?|common|misc|index)\b/.test(file))).toEqual([]);
});

test('business time comes from Deps.now', () => {
  const allowed = /^(server\/(main|create-administrator)\.ts|server\/kernel\/|server\/simulator\/|client\/)/;
  const clocks = /new Date\(\)|Date\.now\(\)|(?<!\.)\bnow\(\)\s*(?:at time zone|-|<|>|\+)|current_timestamp/;
  const guilty = sources.filter((f) => !allowed.test(f) && clocks.test(readFileSync(join(top, f), 'utf8')));
  expect(guilty).toEqual([]);
});

test('rules use no randomness, clock or platform', () => {
  const guilty = filesUnder('shared').filter((f) =>
    /Math\.random|Date\.now|from 'node:|process\.|window\.|document\./.test(
      readFileSync(join(top, f), 'utf8'),
    ),
  );
  expect(guilty).toEqual([]);
});

test('SQL that locks never orders by distance, uses no ctid, and measures in metres', () => {
  const guilty = [...sources.filter((f) => f.startsWith('server/')), ...sqlFiles()].filter((f) => {
    const text = readFileSync(join(top, f), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|--|\*).*$/gm, '');
    return /\bctid\b/.test(text) || lockedDistance(text);
  });
  expect(guilty).toEqual([]);
});

/** True when one statement level holds both `<->` ordering and FOR UPDATE (outside a CTE). */
function lockedDistance(text: string): boolean {
  return [...text.matchAll(/select[^;`]*?order by[^;`()]*<->[^;`()]*for update/gi)].length > 0;
}

test('control: the distance lint sees the trap', () => {
  expect(lockedDistance('select id from t order by pos_m <-> $1 limit 1 for update skip locked')).toBe(true);
});

function sqlFiles(): string[] {
  return readdirSync(join(top, 'sql'))
    .filter((f) => statSync(join(top, 'sql', f)).isFile())
    .map((f) => `sql/${f}`);
}
