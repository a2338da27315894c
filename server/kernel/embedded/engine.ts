import { PGlite } from '@electric-sql/pglite';
import { slimPostgis } from './bundle.ts';
import { DurableFiles } from './durable-files.ts';

/** The one backend of the embedded database, spoken to in PostgreSQL's wire protocol. */
export interface Engine {
  /** Runs complete messages and returns everything that the backend answers. */
  exchange(messages: Uint8Array): Promise<Buffer>;
  /** Files and folders synced since the start. */
  syncs(): number;
  close(): Promise<void>;
}

interface EngineOptions {
  /** Folder of the database files. */
  readonly files: string;
  /** Folder that keeps what is made once from the installed packages. */
  readonly cache: string;
  /** False only while a data folder is prepared that is synced as a whole afterwards. */
  readonly durable: boolean;
}

// The stock parameters turn fsync off by -F. wal_sync_method=fsync: with fdatasync the backend skips the
// calls that DurableFiles mends.
const stock = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
const settings = [
  'wal_sync_method=fsync',
  'shared_buffers=16MB',
  'jit=off',
  'min_wal_size=16MB',
  'max_wal_size=128MB',
  'TimeZone=UTC',
];

/** Starts the backend on a folder that holds a database, or makes one there. */
export async function startEngine({ files, cache, durable }: EngineOptions): Promise<Engine> {
  const storage = new DurableFiles(files);
  const wanted = durable ? settings : [...settings, 'fsync=off', 'wal_recycle=off'];
  const pg = await PGlite.create({
    fs: storage,
    extensions: { postgis: slimPostgis(cache, durable ? 'serve' : 'make') },
    startParams: [...stock, ...wanted.flatMap((setting) => ['-c', setting])],
    initDbStartParams: ['--wal-segsize=4'],
  });
  // An error leaves the backend by an exception that does not put the C stack back: each failed statement
  // took 1,120 bytes, and after 2,978 of them everything was refused with "stack depth limit exceeded".
  const { ___stack_pointer: stack } = pg.Module as unknown as { ___stack_pointer: WebAssembly.Global<'i32'> };
  const stackBase = stack.value;
  return {
    async exchange(messages) {
      stack.value = stackBase;
      const parts: Uint8Array[] = [];
      // The answer is a view of the backend's memory, overwritten by the next one: copy it.
      const onRawData = (data: Uint8Array) => void parts.push(data.slice());
      await pg.runExclusive(() => pg.execProtocolRawStream(messages, { syncToFs: false, onRawData }));
      return Buffer.concat(parts);
    },
    syncs: () => storage.syncs,
    close: () => pg.close(),
  };
}
