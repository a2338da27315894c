import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/kernel/config.ts';
import { openDatabase } from '../../server/kernel/database.ts';
import type { Deps } from '../../server/kernel/deps.ts';
import { killAt, noFault, type Fault } from '../../server/kernel/fault.ts';
import { createLog } from '../../server/kernel/log.ts';
import { createMetrics } from '../../server/kernel/metrics.ts';
import { createWake } from '../../server/kernel/wake.ts';

/**
 * The product in a process of its own, as server/main.ts assembles it but for the pages, the demo town and the
 * simulator. It loads, says so, and begins when its parent tells it which database to serve: so the next
 * process can load while the last one still works. It ends with its parent.
 */

/** What the parent asks. `kill` arms `STEP:N` of server/kernel/fault.ts from now on. */
export type Order =
  | { readonly kind: 'start'; readonly url?: string; readonly folder: string; readonly killAt?: string }
  | { readonly kind: 'kill'; readonly at: string }
  | { readonly kind: 'usage'; readonly collect?: boolean };

/**
 * What the process tells. CPU is user and system time since its start, all threads, microseconds; `heapBytes` is what
 * lives on the heap, where a full collection was asked for before.
 */
export type Report =
  | { readonly kind: 'loaded' | 'armed' }
  | { readonly kind: 'ready'; readonly address: string }
  | {
      readonly kind: 'usage';
      readonly rssBytes: number;
      readonly heapBytes: number;
      readonly cpuMicros: number;
    };

/** A full collection, as V8 offers it to whoever asks for it by flag. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

let fault: Fault = killAt(process.env.GRID_KILL_AT);
const tell = (report: Report) => process.send?.(report);

async function start({ url, folder }: Extract<Order, { kind: 'start' }>): Promise<void> {
  const log = createLog(process.env.LOG_LEVEL ?? 'error');
  const database = await openDatabase({ url, folder, log });
  const deps: Deps = {
    db: database.db,
    engine: database.engine,
    now: () => Date.now(),
    newId: () => randomUUID(),
    log,
    config: readConfig({ PORT: '0', DATA_FOLDER: folder }),
    wake: createWake(),
    metrics: createMetrics(),
    fault: (step) => fault(step),
    demo: false,
  };
  const app = await createApp(deps);
  await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking.then(() => app.tick()).catch((error: unknown) => log.error({ error }, 'tick failed'));
  }, 1000);
  process.on('SIGTERM', () => {
    void (async () => {
      clearInterval(timer);
      await ticking;
      await app.close();
      await database.close();
      process.exit(0);
    })();
  });
  tell({
    kind: 'ready',
    address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
  });
}

process.on('disconnect', () => process.exit(1));
process.on('message', (order: Order) => {
  if (order.kind === 'start') {
    start(order).catch((error: unknown) => {
      process.stderr.write(`the server did not start: ${String(error)}\n`);
      process.exit(1);
    });
  } else if (order.kind === 'kill') {
    fault = order.at === '' ? noFault : killAt(order.at);
    tell({ kind: 'armed' });
  } else {
    const { user, system } = process.cpuUsage();
    if (order.collect) collectGarbage();
    const { rss, heapUsed } = process.memoryUsage();
    tell({ kind: 'usage', rssBytes: rss, heapBytes: heapUsed, cpuMicros: user + system });
  }
});
tell({ kind: 'loaded' });
