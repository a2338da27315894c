import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express from 'express';
import { Server } from 'socket.io';
import { frameTickMs } from '../server/positions/frames.ts';
import { answerAll } from './child.ts';

/**
 * Servers without a product, each a floor or the obvious way: `emit` passes a message on to everybody,
 * `naive` tells every console of every position at once, `packed` writes one packed frame a tick to raw WebSockets,
 * `echo` is an express that reads JSON and says 202.
 */
export interface BareQuestion {
  readonly kind: 'emit' | 'naive' | 'packed' | 'echo' | 'usage';
}
export interface BareAnswer {
  readonly address: string;
  readonly cpuMicros: number;
}

interface Place {
  readonly lng: number;
  readonly lat: number;
}
const changed = new Map<number, Place>();

/** A server of the library below Socket.IO, whose class it hands out. */
interface RawServer {
  readonly clients: ReadonlySet<{ send(bytes: Buffer): void }>;
  handleUpgrade(...args: unknown[]): void;
  emit(event: string, ...args: unknown[]): void;
}

/** Eight bytes a row: id, two offsets, status and age; built once a tick, written to every raw socket. */
function packRaw(server: HttpServer, io: Server): void {
  const { wsEngine } = io.engine.opts as unknown as { wsEngine: new (options: object) => RawServer };
  const raw = new wsEngine({ noServer: true, perMessageDeflate: false });
  server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url === '/raw')
      raw.handleUpgrade(request, socket, head, (one: unknown) => raw.emit('connection', one));
  });
  setInterval(() => {
    if (changed.size === 0) return;
    const frame = Buffer.alloc(4 + 8 * changed.size);
    let at = 4;
    for (const [id, { lng, lat }] of changed) {
      frame.writeUInt16LE(id, at);
      frame.writeInt16LE(Math.round((lng - 121.45) * 2.5e5) % 32_768, at + 2);
      frame.writeInt16LE(Math.round((lat - 29.98) * 2.5e5) % 32_768, at + 4);
      at += 8;
    }
    changed.clear();
    for (const client of raw.clients) client.send(frame);
  }, frameTickMs);
}

let address = '';

answerAll(async ({ kind }: BareQuestion): Promise<BareAnswer> => {
  if (kind !== 'usage') {
    const app = express();
    if (kind === 'echo') {
      app.use(express.json());
      app.post('/api/v1/positions', (request, response) => {
        const { fixes } = request.body as { fixes: unknown[] };
        response.status(202).json({ accepted: fixes.length });
      });
    }
    const server = createServer(app);
    if (kind !== 'echo') {
      const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
      if (kind === 'packed') packRaw(server, io);
      io.on('connection', (socket) => {
        if (socket.handshake.auth.console) void socket.join('consoles');
        socket.on('report', (message: unknown) => io.emit('event', message));
        socket.on('position', (position: unknown, answer: () => void) => {
          if (kind === 'naive') io.to('consoles').emit('position', position);
          else changed.set((position as { id: number }).id, position as Place);
          answer();
        });
      });
    }
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const { user, system } = process.cpuUsage();
  return { address, cpuMicros: user + system };
});
