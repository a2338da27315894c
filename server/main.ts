import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { demoSignIns } from './demo.ts';
import { buildPages } from './pages.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import type { Deps } from './kernel/deps.ts';
import { killAt } from './kernel/fault.ts';
import { createLog } from './kernel/log.ts';
import { createMetrics } from './kernel/metrics.ts';
import { migrate } from './kernel/migrate.ts';
import { createWake } from './kernel/wake.ts';
import { leaderOnRoster } from './teams/store-write.ts';
import { startSimulator } from './simulator/start.ts';

/** config -> database -> migrate -> (demo: seed) -> pages -> listen -> tick -> stop cleanly. */

const config = readConfig(process.env);
const log = createLog(config.LOG_LEVEL);
const say = (line: string) => process.stdout.write(`${line}\n`);

say(
  config.DATABASE_URL
    ? 'database: PostgreSQL by DATABASE_URL'
    : `database: embedded, in ${config.DATA_FOLDER}`,
);
const database = await openDatabase({
  ...(config.DATABASE_URL !== undefined && { url: config.DATABASE_URL }),
  folder: config.DATA_FOLDER,
  log,
});
const deps: Deps = {
  db: database.db,
  engine: database.engine,
  now: () => Date.now(),
  newId: () => randomUUID(),
  log,
  config,
  wake: createWake(),
  metrics: createMetrics(),
  fault: killAt(process.env.GRID_KILL_AT),
  demo: database.engine === 'embedded',
};
const applied = await migrate(deps.db);
if (applied.length > 0) say(`database: ${applied.length} migrations applied`);
if (deps.demo) await (await import('./seed.ts')).seedDemo(deps, say);
await buildPages(say);

const app = await createApp(deps);
await new Promise<void>((resolve, reject) => {
  app.server.once('error', reject);
  app.server.listen(config.PORT, config.HOST, resolve);
});
const { port } = app.server.address() as AddressInfo;
const address = `http://${config.HOST}:${port}`;

let ticking = Promise.resolve();
const timer = setInterval(() => {
  ticking = ticking.then(() => app.tick()).catch((error: unknown) => log.error({ error }, 'tick failed'));
}, 1000);
const simulator =
  (config.SIMULATOR ?? deps.demo)
    ? startSimulator({ address, speed: config.SIMULATOR_SPEED, log })
    : undefined;

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  say(`stopping (${signal})`);
  clearInterval(timer);
  await simulator?.stop();
  await ticking;
  await app.close();
  await database.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));

if (deps.demo) {
  for (const s of demoSignIns(await leaderOnRoster(deps.db, deps.now())))
    say(`sign in  ${s.role.padEnd(14)} ${s.name.padEnd(14)} ${s.password.padEnd(20)} ${address}${s.door}`);
}
say(`grid-dispatch is ready at ${address}`);
