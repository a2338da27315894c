import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';

/** One entry of the list of built files. */
interface Built {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly assets?: readonly string[];
}

/** What the officer's door needs before it can show a task: the door, its pages and styles; the map stays out. */
function officerFiles(folder: string): ReadonlySet<string> {
  const list = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Built>;
  const files = new Set(['officer.html']);
  const visit = (name: string) => {
    const { file, css = [], imports = [], dynamicImports = [], assets = [] } = list[name]!;
    if (files.has(file)) return;
    for (const each of [file, ...css, ...assets]) files.add(each);
    imports.forEach(visit);
    dynamicImports.filter((each) => !each.includes('map')).forEach(visit);
  };
  visit('officer.html');
  return files;
}

/** Builds the pages (one HTML door per person who lives in the product) and runs the tests. */
export default defineConfig(({ mode }) => {
  let outDir = '';
  return {
    root: 'client',
    plugins: [
      react(),
      { name: 'out', configResolved: (config) => void (outDir = resolve(config.root, config.build.outDir)) },
      mode !== 'test' &&
        VitePWA({
          strategies: 'injectManifest',
          srcDir: 'officer',
          filename: 'officer-worker.ts',
          // the officer's app says when a new version is taken; no other door has a worker
          injectRegister: false,
          manifest: false,
          injectManifest: {
            // one file without imports, which every browser takes as a plain worker
            rollupFormat: 'iife',
            globPatterns: ['officer.html', 'assets/*.{js,css}'],
            maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
            manifestTransforms: [
              (entries) => {
                const wanted = officerFiles(outDir);
                return { manifest: entries.filter(({ url }) => wanted.has(url)), warnings: [] };
              },
            ],
          },
        }),
    ],
    worker: { format: 'es' },
    build: {
      outDir: '../dist',
      emptyOutDir: true,
      manifest: true,
      rollupOptions: {
        input: {
          admin: 'client/admin.html',
          console: 'client/console.html',
          officer: 'client/officer.html',
          studio: 'client/studio.html',
        },
      },
    },
    test: {
      root: '.',
      include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
      globalSetup: 'test/kit/global-setup.ts',
      // a machine of two cores shared with a browser and two databases is slow at times
      testTimeout: 90_000,
      hookTimeout: 240_000,
      maxWorkers: 2,
      // a state that is waited for comes, sooner or later
      expect: { poll: { timeout: 20_000 } },
    },
  };
});
