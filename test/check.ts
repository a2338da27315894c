import { spawnSync } from 'node:child_process';

/** `npm run check`: every static guard, one after the other; stops at the first that fails. */
const steps: [string, string[]][] = [
  ['tsc', ['--noEmit']],
  ['oxlint', ['--type-aware', 'shared', 'server', 'client', 'test', 'bench', 'vite.config.ts']],
  ['prettier', ['--check', '--log-level', 'warn', 'shared', 'server', 'client', 'test', 'bench', '*.ts']],
  ['knip', []],
  ['lockfile-lint', ['--path', 'package-lock.json', '--validate-integrity', '--empty-hostname', 'true']],
  ['vitest', ['run', 'test/architecture.test.ts', 'test/sql/schema.test.ts']],
];

for (const [tool, args] of steps) {
  process.stdout.write(`check: ${tool}\n`);
  const { status } = spawnSync(`node_modules/.bin/${tool}`, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
