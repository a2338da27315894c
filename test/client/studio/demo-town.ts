import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../server/app.ts';
import { readConfig } from '../../../server/kernel/config.ts';
import type { Deps } from '../../../server/kernel/deps.ts';
import { noFault } from '../../../server/kernel/fault.ts';
import { createLog } from '../../../server/kernel/log.ts';
import { createMetrics } from '../../../server/kernel/metrics.ts';
import { createWake } from '../../../server/kernel/wake.ts';
import { seedDemo } from '../../../server/seed.ts';
import { freshDatabase, type Engine } from '../../kit/database.ts';

/** The product on the whole synthetic town of 192 cells, by the machine's clock. */
export interface DemoTown {
  readonly address: string;
  /** Signs in; answers the name and token of a login. */
  signIn(name: string, password: string): Promise<{ readonly name: string; readonly token: string }>;
  close(): Promise<void>;
}

export async function openDemoTown(engine: Engine): Promise<DemoTown> {
  const database = await freshDatabase(engine);
  const deps: Deps = {
    db: database.db,
    engine,
    now: () => Date.now(),
    newId: () => randomUUID(),
    log: createLog('silent'),
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_FOLDER: database.folder }),
    wake: createWake(),
    metrics: createMetrics(),
    fault: noFault,
    demo: true,
  };
  await seedDemo(deps, () => undefined);
  const app = await createApp(deps);
  await new Promise<void>((done) => app.server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking.then(() => app.tick());
  }, 1000);
  return {
    address,
    async signIn(name, password) {
      const response = await fetch(`${address}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, password }),
      });
      const token = /grid_login=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
      if (!token) throw new Error(`sign-in of ${name} failed: ${response.status}`);
      return { name, token };
    },
    async close() {
      clearInterval(timer);
      await ticking;
      await app.close();
      await new Promise((done) => {
        app.server.close(done);
        app.server.closeAllConnections();
      });
      await database.close();
    },
  };
}
