import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { apiBase } from '../shared/contract/routes.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** One call over a kept connection; cheaper for the client than fetch, so that less of it is in the figures. */
export function call<T>(
  address: string,
  token: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<Reply<T>> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const message = request(
      `${address}${apiBase}${path}`,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(sent !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(sent),
            'idempotency-key': randomUUID(),
          }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body: (text === '' ? null : JSON.parse(text)) as T });
        });
      },
    );
    message.on('error', reject);
    message.end(sent);
  });
}

/** As `call`, but throws unless the answer is 2xx. */
export async function done<T>(...args: Parameters<typeof call>): Promise<T> {
  const { status, body } = await call<T>(...args);
  if (status >= 300) throw new Error(`${args[3]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Works off a list with so many at once. */
export async function each<T>(
  list: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const waiting = list.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of waiting) await work(one);
    }),
  );
}
