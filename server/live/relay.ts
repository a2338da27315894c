import type { LedgerEvent } from '../../shared/contract/events.ts';
import { eventsAfter, head as readHead } from '../audit/store.ts';
import type { Deps } from '../kernel/deps.ts';
import { audience, type Room } from './audience.ts';
import { listenToLedger } from './listen.ts';

/** A fact with its readers. */
export interface Relayed {
  readonly event: LedgerEvent;
  readonly readers: readonly Room[];
}

/** Reads the ledger in order, once a process; everybody in this process who follows it follows the relay. */
export interface Relay {
  /** Number of the last fact that was read. */
  readonly head: number;
  /** Facts after a number that are in memory; undefined when they begin before the memory does. */
  recent(seq: number, limit: number): readonly Relayed[] | undefined;
  /** Facts after a number, from the database, none beyond `head`. */
  load(seq: number, limit: number): Promise<readonly Relayed[]>;
  /** Reads to the present end of the ledger. */
  catchUp(): Promise<void>;
  /** Calls back with each fact in order, before any reader gets it; the answer stops it. */
  onFact(ear: (event: LedgerEvent) => void): () => void;
  /** Calls back whenever `head` has moved; the answer stops it. */
  onAdvance(ear: () => void): () => void;
  close(): Promise<void>;
}

/** Facts kept in memory, for readers that are at most this far behind. */
const kept = 2000;
const batch = 500;
/** The guarantee: whatever wakes are lost, the ledger is read this often. */
const pollMs = 500;

/** Starts at the present end of the ledger. Woken after each commit of this process and by NOTIFY of the others. */
export async function startRelay(deps: Deps): Promise<Relay> {
  let head = await readHead(deps.db);
  let memory: Relayed[] = [];
  let reading: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let failing = false;
  const factEars = new Set<(event: LedgerEvent) => void>();
  const advanceEars = new Set<() => void>();

  function take(events: readonly LedgerEvent[]): void {
    for (const event of events) {
      if (event.seq !== head + 1)
        deps.log.error({ expected: head + 1, seq: event.seq }, 'the ledger has a gap');
      head = event.seq;
      memory.push({ event, readers: audience(event) });
      deps.metrics.eventLagSeconds.observe({ stage: 'relayed' }, lagSeconds(deps, event));
      for (const ear of factEars) ear(event);
    }
    if (memory.length > 2 * kept) memory = memory.slice(-kept);
    for (const ear of advanceEars) ear();
  }

  async function readOn(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const events = await eventsAfter(deps.db, head, batch);
        if (closed) return;
        if (events.length > 0) take(events);
        if (events.length < batch) break;
      }
    } while (again);
  }

  function catchUp(): Promise<void> {
    again = true;
    reading ??= readOn().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  const wake = (): void => {
    if (closed) return;
    catchUp().then(
      () => (failing = false),
      (error: unknown) => {
        if (!closed && !failing) deps.log.error({ error }, 'the ledger cannot be read; trying on');
        failing = true;
      },
    );
  };
  /** Own commits wake twice: the notification brings nothing that was not read at the commit. */
  const heard = (reached = Infinity): void => {
    if (reached > head) wake();
  };
  const deafen = deps.wake.listen(wake);
  const timer = setInterval(wake, pollMs);
  const ear = deps.engine === 'postgresql' ? listenToLedger(deps, heard) : undefined;

  return {
    get head() {
      return head;
    },
    recent(seq, limit) {
      const first = memory[0]?.event.seq ?? head + 1;
      if (seq + 1 < first) return undefined;
      return memory.slice(seq + 1 - first, seq + 1 - first + limit);
    },
    async load(seq, limit) {
      const events = await eventsAfter(deps.db, seq, Math.min(limit, head - seq));
      return events.map((event) => ({ event, readers: audience(event) }));
    },
    catchUp,
    onFact(ear) {
      factEars.add(ear);
      return () => factEars.delete(ear);
    },
    onAdvance(ear) {
      advanceEars.add(ear);
      return () => advanceEars.delete(ear);
    },
    async close() {
      closed = true;
      deafen();
      clearInterval(timer);
      await ear?.close();
      await reading?.catch(() => undefined);
    },
  };
}

/** Seconds since a fact was decided, on the server's clock. */
export const lagSeconds = (deps: Deps, event: LedgerEvent): number =>
  Math.max(0, (deps.now() - Date.parse(event.at)) / 1000);
