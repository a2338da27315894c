import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../kernel/log.ts';

/** Starts the simulator beside the server, as a process of its own that knows only the public interface. */
export function startSimulator(options: { address: string; speed: number; log: Logger }): {
  stop: () => Promise<void>;
} {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, SIMULATOR_ADDRESS: options.address, SIMULATOR_SPEED: String(options.speed) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('error', (error) => options.log.error({ error }, 'the simulator did not start'));
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
