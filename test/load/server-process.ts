import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Order, Report } from './serve.ts';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Opens the database and listens; answers the address. */
  start(place: { url?: string; folder: string }): Promise<string>;
  /** Lets the process kill itself at the Nth passage of a step from now on (`inserted:2`); empty: no more. */
  killAt(at: string): Promise<void>;
  /** `collect`: after a full collection, which holds the server up for a moment. */
  usage(collect?: boolean): Promise<{ rssBytes: number; heapBytes: number; cpuMicros: number }>;
  /** SIGKILL, if it still lives. */
  kill(): void;
  /** Stops it as an administrator would. */
  stop(): Promise<void>;
  /** Settles when the process is gone, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

/** Starts a process and waits until its modules are loaded. */
export async function loadServer(): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), {
    // as `npm start` runs it: young memory of 8 MB a half instead of 16, which costs no time that could be measured
    execArgv: ['--import', 'tsx', '--max-semi-space-size=4'],
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  await answer(child, 'loaded');
  const ask = (order: Order, kind: Report['kind']) => {
    const answered = answer(child, kind);
    // a process that is just dying cannot be told anything more
    child.send(order, () => undefined);
    return answered;
  };
  return {
    pid: child.pid!,
    async start(place) {
      const { url, folder } = place;
      const report = await ask({ kind: 'start', folder, ...(url !== undefined && { url }) }, 'ready');
      return (report as Extract<Report, { kind: 'ready' }>).address;
    },
    async killAt(at) {
      await ask({ kind: 'kill', at }, 'armed');
    },
    async usage(collect = false) {
      return (await ask({ kind: 'usage', collect }, 'usage')) as Extract<Report, { kind: 'usage' }>;
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(limit);
    },
    ended,
  };
}

function answer(child: ChildProcess, kind: Report['kind']): Promise<Report> {
  return new Promise((resolve, reject) => {
    const hear = (report: Report) => {
      if (report.kind !== kind) return;
      child.off('message', hear);
      child.off('exit', end);
      resolve(report);
    };
    const end = (code: number | null, signal: string | null) =>
      reject(new Error(`the server ended (${signal ?? code}) instead of saying "${kind}"`));
    child.on('message', hear);
    child.once('exit', end);
  });
}
