import { Client } from 'pg';
import type { FromWorker } from './start.ts';

interface UpkeepOptions {
  readonly socketFolder: string;
  readonly quietMs: () => number;
  readonly tell: (news: FromWorker) => void;
}

const periodMs = 5_000;
/** Upkeep waits for a pause of this length … */
const quietEnoughMs = 100;
/** … but not longer than this, when the database is never at rest. */
const patienceMs = 60_000;
const walLimitBytes = 32 * 1024 * 1024;
const checkpointEveryMs = 5 * 60_000;

/**
 * Does by timer what a server does in background processes, which the single-user backend has not: checkpoint
 * (else the write-ahead log grows without end), VACUUM and ANALYZE by the thresholds of autovacuum. One act a
 * turn, in a pause of the other work.
 */
export function startUpkeep({ socketFolder, quietMs, tell }: UpkeepOptions): { stop(): Promise<void> } {
  let client: Client | undefined;
  let dueSince = performance.now();
  let checkpointAt = performance.now();
  let underWay: Promise<void> | undefined;

  async function turn(): Promise<void> {
    const now = performance.now();
    if (quietMs() < quietEnoughMs && now - dueSince < patienceMs) return;
    dueSince = now;
    client ??= await connect(socketFolder, () => (client = undefined));
    const wal = await walBytes(client);
    if (wal > walLimitBytes || (wal > 0 && now - checkpointAt > checkpointEveryMs)) {
      await client.query('checkpoint');
      checkpointAt = now;
      return;
    }
    const act = await mostUrgentAct(client);
    if (act) await client.query(act);
  }

  const timer = setInterval(() => {
    underWay ??= turn()
      .catch((error: Error) => tell({ kind: 'log', level: 'warn', text: `upkeep: ${error.message}` }))
      .finally(() => (underWay = undefined));
  }, periodMs);

  return {
    async stop() {
      clearInterval(timer);
      await underWay;
      await client?.end();
    },
  };
}

async function connect(host: string, onLost: () => void): Promise<Client> {
  const client = new Client({ host, port: 5432, user: 'postgres', database: 'postgres' });
  client.on('error', onLost);
  await client.connect();
  return client;
}

/** Bytes of write-ahead log that a restart would have to replay. */
export async function walBytes(client: Client): Promise<number> {
  const { rows } = await client.query(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()',
  );
  return Number(rows[0].bytes);
}

/** The table most in need, and what it needs, by autovacuum's default thresholds; undefined: none. */
export async function mostUrgentAct(client: Client): Promise<string | undefined> {
  // The backend writes its counters at most once a second by a timer that it does not have here.
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query(`
    select format('%s %s', case when dead > 1 or old then 'vacuum (analyze)' else 'analyze' end, relid::regclass) as act
    from (
      select s.relid,
        s.n_dead_tup / (50 + 0.2 * greatest(c.reltuples, 0)) as dead,
        s.n_mod_since_analyze / (50 + 0.1 * greatest(c.reltuples, 0)) as changed,
        age(c.relfrozenxid) > 150000000 as old
      from pg_stat_all_tables s join pg_class c on c.oid = s.relid
      where c.relkind in ('r', 'm') and s.schemaname <> 'pg_toast'
    ) need
    where dead > 1 or changed > 1 or old
    order by greatest(dead, changed) desc limit 1`);
  return rows[0]?.act;
}
