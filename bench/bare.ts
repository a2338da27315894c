import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Server } from 'socket.io';
import { answerAll } from './child.ts';

/**
 * Servers without a product, each a floor or the obvious way: `emit` passes a message on to everybody,
 * `naive` tells every console of every position at once, `echo` is an express that reads JSON and says 202.
 */
export interface BareQuestion {
  readonly kind: 'emit' | 'naive' | 'echo' | 'usage';
}
export interface BareAnswer {
  readonly address: string;
  readonly cpuMicros: number;
}

let address = '';

answerAll<BareQuestion, BareAnswer>(async ({ kind }) => {
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
      io.on('connection', (socket) => {
        if (socket.handshake.auth.console) void socket.join('consoles');
        socket.on('report', (message: unknown) => io.emit('event', message));
        socket.on('position', (position: unknown, answer: () => void) => {
          io.to('consoles').emit('position', position);
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
