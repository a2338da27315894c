import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { startEngine } from './engine.ts';
import { copyFiles, prepareFiles } from './prepared.ts';
import type { FromWorker, ToWorker, WorkerTask } from './start.ts';
import { startUpkeep } from './upkeep.ts';
import { serveWire } from './wire.ts';

/** The thread of the embedded database: the backend is synchronous and would stop the server's event loop. */
const task = workerData as WorkerTask;
const port = parentPort!;
const tell = (news: FromWorker) => port.postMessage(news);

if (task.kind === 'prepare') {
  await prepareFiles(task.cache);
  tell({ kind: 'prepared' });
} else {
  const files = join(task.folder, 'files');
  if (!existsSync(files)) copyFiles(join(task.cache, 'empty'), files);
  const socket = join(task.socketFolder, '.s.PGSQL.5432');
  rmSync(socket, { force: true });
  const engine = await startEngine({ files, cache: task.cache, durable: true });
  const wire = await serveWire({
    engine,
    path: socket,
    idleInTransactionMs: task.idleInTransactionMs,
    onBroken(reason) {
      tell({ kind: 'broken', reason });
      process.exit(1);
    },
  });
  const upkeep = startUpkeep({ socketFolder: task.socketFolder, quietMs: wire.quietMs, tell });
  port.on('message', (order: ToWorker) => {
    if (order.kind === 'stop') void stop();
  });
  tell({ kind: 'ready' });

  const stop = async () => {
    await upkeep.stop();
    await wire.close();
    await engine.close();
    rmSync(socket, { force: true });
    tell({ kind: 'stopped' });
    port.close();
  };
}
