import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtPages } from '../../kit/pages.ts';

interface Built {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

let folder: string;
beforeAll(async () => {
  folder = await builtPages();
}, 180_000);

/** Files of the officer's door with all its pages; `map` says whether the map counts. */
function filesOf(map: boolean): Set<string> {
  const list = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Built>;
  const files = new Set<string>();
  const visit = (name: string): void => {
    const { file, css = [], imports = [], dynamicImports = [] } = list[name]!;
    if (files.has(file)) return;
    for (const each of [file, ...css]) files.add(each);
    imports.forEach(visit);
    dynamicImports.filter((each) => map || !each.includes('map')).forEach(visit);
  };
  visit('officer.html');
  return files;
}

const kilobytes = (files: ReadonlySet<string>): number =>
  [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, file))).length, 0) /
  1000;

test("the officer's door with every page but the map is at most 200 kB", () => {
  const size = kilobytes(filesOf(false));
  process.stdout.write(`officer door: ${size.toFixed(2)} kB brotli\n`);
  expect(size).toBeLessThanOrEqual(200);
});

test('control: with the map it is more', () => {
  expect(kilobytes(filesOf(true))).toBeGreaterThan(200);
});

test('no schema library travels to the phone', () => {
  for (const file of filesOf(false))
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('ZodError');
});
