import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** A receiver outside the product, on a free port of 127.0.0.1, that answers what the test says. */
export interface Receiver {
  readonly address: string;
  /** Name and port, as an operator lists them. */
  readonly host: string;
  readonly got: Received[];
  answer: { status: number; body?: string; headers?: Record<string, string> };
  close(): Promise<void>;
}

export async function receiver(): Promise<Receiver> {
  const got: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      got.push({
        path: request.url ?? '',
        headers: request.headers,
        body,
        text: body.toString('utf8'),
      });
      response.writeHead(made.answer.status, made.answer.headers ?? {}).end(made.answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made: Receiver = {
    address: `http://${host}`,
    host,
    got,
    answer: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return made;
}
