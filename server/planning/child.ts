import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Work in a process of its own: `outcome` holds what it answers, and fails when the process ends without an answer. */
export interface ChildWork<T> {
  readonly outcome: Promise<T>;
  stop(): void;
}

/**
 * Runs a file of this folder in a process of its own, so that seconds of arithmetic keep nobody waiting. It is told
 * `order` once and sends back `{ progress }` as often as it likes and `{ outcome }` once.
 */
export function inChild<T>(
  file: 'replay-child.ts' | 'draw-child.ts',
  order: object,
  progress: (share: number) => void = () => undefined,
): ChildWork<T> {
  const child: ChildProcess = fork(join(import.meta.dirname, file), {
    execArgv: ['--import', 'tsx'],
    // typed arrays pass unchanged
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const outcome = new Promise<T>((resolve, reject) => {
    child.on('message', (message: { progress: number } | { outcome: T }) => {
      if ('outcome' in message) resolve(message.outcome);
      else progress(message.progress);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.send(order);
  });
  return { outcome, stop: () => void child.kill() };
}
