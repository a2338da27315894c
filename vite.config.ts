import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';

/** Builds the pages (one HTML door per person who lives in the product) and runs the tests. */
export default defineConfig({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    rollupOptions: { input: { console: 'client/console.html' } },
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/kit/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
