import type { Client } from 'pg';
import type { Deps } from '../kernel/deps.ts';

/** Delays between attempts to connect anew, ms; the last one repeats. */
const retryMs = [100, 300, 1000, 3000] as const;

/**
 * Listens on channel `ledger` through a connection of its own, outside the pool, and calls `wake` at each
 * notification with the number that the ledger reached, and after each reconnect without one. Losing the connection costs only time: the relay polls.
 */
export function listenToLedger(deps: Deps, wake: (reached?: number) => void): { close(): Promise<void> } {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;

  function retry(): void {
    if (closed || timer) return;
    const delay = retryMs[Math.min(failures, retryMs.length - 1)];
    failures += 1;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, delay);
  }

  function lost(gone: Client, error?: unknown): void {
    if (gone !== client) return;
    client = undefined;
    if (!closed) deps.log.warn({ error }, 'notifications of the ledger are lost; connecting anew');
    gone.end().catch(() => undefined);
    retry();
  }

  async function connect(): Promise<void> {
    try {
      // the same settings as the pool's connections, but no member of it
      const fresh = (await deps.db.client.acquireRawConnection()) as Client;
      if (closed) {
        await fresh.end();
        return;
      }
      client = fresh;
      fresh.on('error', (error) => lost(fresh, error));
      fresh.on('end', () => lost(fresh));
      fresh.on('notification', ({ payload }) => wake(Number(payload)));
      await fresh.query('listen ledger');
      failures = 0;
      wake();
    } catch (error) {
      if (client) lost(client, error);
      else retry();
    }
  }

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}
