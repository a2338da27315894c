import { createServer, type Server, type Socket } from 'node:net';
import type { Engine } from './engine.ts';
import {
  endsExchange,
  fatal,
  message,
  messageLength,
  ownStatementNames,
  splitMessages,
  typeOf,
} from './messages.ts';

interface Connection {
  readonly id: number;
  readonly socket: Socket;
  /** Bytes that are not a whole message yet. */
  pending: Buffer;
  started: boolean;
  /** Whole messages of the exchange that is being sent. */
  messages: Buffer[];
  /** Exchanges that wait for the backend. */
  readonly exchanges: Buffer[];
  listens: boolean;
  gone: boolean;
}

interface WireOptions {
  readonly engine: Engine;
  /** Path of the Unix socket; removed first if it exists. */
  readonly path: string;
  readonly idleInTransactionMs: number;
  /** Called once when the backend answers no more. */
  readonly onBroken: (reason: string) => void;
}

/** The front of the embedded database. */
export interface Wire {
  /** Milliseconds since the backend worked last; 0 while work waits. */
  readonly quietMs: () => number;
  readonly close: () => Promise<void>;
}

const protocolVersion = 196_608;
const maximumConnections = 64;
const maximumMessageBytes = 256 * 1024 * 1024;

/**
 * Serves many connections from the one backend. A connection has the backend from the first message of an
 * exchange until ReadyForQuery says that no transaction is open, so that neither statements nor transactions
 * of two connections mix. (pglite-socket 0.2.11 lets other connections in between the messages of one
 * exchange: a parameterised query that arrived in two parts was answered with another query's rows.)
 * NOTIFY reaches every connection that sent LISTEN, as on a real server.
 */
export async function serveWire({ engine, path, idleInTransactionMs, onBroken }: WireOptions): Promise<Wire> {
  const connections = new Set<Connection>();
  const waiting: Connection[] = [];
  const greeting = await engine.exchange(startupMessage());
  let owner: Connection | undefined;
  let ownerTimer: NodeJS.Timeout | undefined;
  let running = false;
  let broken = false;
  let lastWorkAt = performance.now();
  let nextId = 1;

  /** Connections wait in order; the one in a transaction passes all others. */
  function next(): Connection | undefined {
    if (owner) return owner.exchanges.length > 0 ? owner : undefined;
    return waiting.shift();
  }

  async function pump(): Promise<void> {
    if (running || broken) return;
    running = true;
    try {
      for (let connection = next(); connection; connection = next()) await serve(connection);
    } catch (error) {
      fail(`the backend failed: ${(error as Error).message}`);
    } finally {
      running = false;
      lastWorkAt = performance.now();
    }
  }

  async function serve(connection: Connection): Promise<void> {
    clearTimeout(ownerTimer);
    const exchange = connection.exchanges.shift();
    if (!exchange || connection.gone) return;
    owner = connection;
    const answer = splitMessages(await engine.exchange(exchange));
    const ready = answer.filter((part) => typeOf(part) === 'Z').at(-1);
    if (!ready) return fail('the backend gave no ReadyForQuery');
    const others = [...connections].filter((each) => each.listens && each !== connection);
    const own: Buffer[] = [];
    for (const part of answer) {
      if (typeOf(part) === 'A') others.forEach((each) => each.socket.write(part));
      if (typeOf(part) === 'A' && !connection.listens) continue;
      if (typeOf(part) !== 'Z') own.push(part);
    }
    connection.socket.write(Buffer.concat([...own, ready]));
    if (String.fromCharCode(ready[5]!) === 'I') {
      owner = undefined;
      if (connection.exchanges.length > 0) waiting.push(connection);
    } else if (connection.gone) await release(connection);
    else ownerTimer = setTimeout(() => expel(connection), idleInTransactionMs).unref();
  }

  /** Ends the transaction of a connection that went away in the middle of it. */
  async function release(connection: Connection): Promise<void> {
    if (owner !== connection) return;
    clearTimeout(ownerTimer);
    await engine.exchange(message('Q', 'rollback'));
    owner = undefined;
  }

  function expel(connection: Connection): void {
    if (owner !== connection || running) return;
    connection.socket.end(fatal('25P03', 'terminating connection due to idle-in-transaction timeout'));
    void leave(connection);
  }

  async function leave(connection: Connection): Promise<void> {
    if (connection.gone) return;
    connection.gone = true;
    connections.delete(connection);
    connection.exchanges.length = 0;
    const place = waiting.indexOf(connection);
    if (place >= 0) waiting.splice(place, 1);
    if (owner !== connection || running || broken) return;
    running = true;
    try {
      await release(connection);
    } finally {
      running = false;
    }
    await pump();
  }

  function fail(reason: string): void {
    if (broken) return;
    broken = true;
    for (const { socket } of connections) socket.destroy();
    onBroken(reason);
  }

  function receive(connection: Connection, data: Buffer): void {
    connection.pending = connection.pending.length > 0 ? Buffer.concat([connection.pending, data]) : data;
    if (!connection.started && !start(connection)) return;
    for (
      let length = messageLength(connection.pending);
      length !== undefined;
      length = messageLength(connection.pending)
    ) {
      const raw = connection.pending.subarray(0, length);
      connection.pending = connection.pending.subarray(length);
      take(connection, raw);
    }
    if (connection.pending.length > maximumMessageBytes) connection.socket.destroy();
    void pump();
  }

  function take(connection: Connection, raw: Buffer): void {
    const type = typeOf(raw);
    if (type === 'X') {
      connection.socket.end();
      return;
    }
    if ((type === 'Q' || type === 'P') && /\blisten\b/i.test(raw.toString('latin1', 5, 80))) {
      connection.listens = true;
    }
    connection.messages.push(ownStatementNames(raw, `c${connection.id}_`));
    if (!endsExchange(type)) return;
    connection.exchanges.push(Buffer.concat(connection.messages));
    connection.messages = [];
    if (connection !== owner && !waiting.includes(connection)) waiting.push(connection);
  }

  /** Answers the opening of a connection; true once ordinary messages follow. */
  function start(connection: Connection): boolean {
    const { socket } = connection;
    while (connection.pending.length >= 8) {
      const length = connection.pending.readInt32BE(0);
      if (connection.pending.length < length) return false;
      const version = connection.pending.readInt32BE(4);
      connection.pending = connection.pending.subarray(Math.max(length, 8));
      if (version === protocolVersion) {
        if (connections.size > maximumConnections) {
          socket.end(fatal('53300', 'too many connections'));
          return false;
        }
        socket.write(greeting);
        connection.started = true;
        return true;
      }
      const wantsEncryption = version === 80_877_103 || version === 80_877_104;
      if (wantsEncryption) socket.write('N');
      else {
        // A CancelRequest: one backend in single-user mode cannot be interrupted.
        socket.destroy();
        return false;
      }
    }
    return false;
  }

  const server = createServer((socket) => {
    const connection: Connection = {
      id: nextId,
      socket,
      pending: Buffer.alloc(0),
      started: false,
      messages: [],
      exchanges: [],
      listens: false,
      gone: false,
    };
    nextId += 1;
    connections.add(connection);
    socket.on('data', (data) => {
      try {
        receive(connection, data);
      } catch {
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => void leave(connection));
  });
  await listen(server, path);

  return {
    quietMs: () => (running || waiting.length > 0 || owner ? 0 : performance.now() - lastWorkAt),
    async close() {
      for (const { socket } of connections) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (owner) await release(owner);
    },
  };
}

function startupMessage(): Buffer {
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(protocolVersion, 4);
  return Buffer.concat([head, parameters]);
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
