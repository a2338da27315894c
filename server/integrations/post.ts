import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { checkAddress, type AddressRefusal, type Network } from './guard.ts';

/** Longest wait for a receiver, and most of an answer that is read. */
const limits = { milliseconds: 15_000, bytes: 1_048_576, keptBytes: 1024 } as const;

/** What a receiver said, or why nothing was heard. */
export type Posted =
  | {
      readonly ok: true;
      readonly status: number;
      /** The first kilobyte. */
      readonly answer: string;
      readonly retryAfterSeconds: number | null;
    }
  | { readonly ok: false; readonly error: AddressRefusal | 'timeout' | 'unreachable' | 'answer_large' };

/**
 * Sends exact bytes to a receiver outside. The address is checked and pinned, a redirect is an answer and not followed,
 * and neither a slow nor an endless answer holds anything up.
 */
export async function post(
  network: Network,
  address: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer | string },
  milliseconds: number = limits.milliseconds,
): Promise<Posted> {
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<'late'>((resolve) => {
    signal.addEventListener('abort', () => resolve('late'), { once: true });
  });
  const checked = await Promise.race([checkAddress(address, network), late]);
  if (checked === 'late') return { ok: false, error: 'timeout' };
  if (!checked.ok) return { ok: false, error: checked.refusal };
  return exchange(checked.url, checked.pinned, message, signal);
}

function exchange(
  url: URL,
  pinned: string,
  { headers, body }: Parameters<typeof post>[2],
  signal: AbortSignal,
): Promise<Posted> {
  const bytes = Buffer.from(body as string);
  const family = isIP(pinned);
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal,
    headers: { ...headers, 'content-length': String(bytes.length), 'user-agent': 'grid-dispatch' },
    // the name stays in TLS and Host, the connection goes to the number that was checked
    lookup: (_host, wanted, done) => {
      if (wanted.all) (done as (e: null, all: object[]) => void)(null, [{ address: pinned, family }]);
      else done(null, pinned, family);
    },
  };
  return new Promise((resolve) => {
    const failed = () => resolve({ ok: false, error: signal.aborted ? 'timeout' : 'unreachable' });
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length <= limits.keptBytes + part.length) parts.push(part);
        if (length <= limits.bytes) return;
        resolve({ ok: false, error: 'answer_large' });
        request.destroy();
      });
      response.once('error', failed).once('aborted', failed);
      response.once('end', () =>
        resolve({
          ok: true,
          status: response.statusCode ?? 0,
          answer: printable(Buffer.concat(parts).subarray(0, limits.keptBytes)),
          retryAfterSeconds: secondsOf(response.headers['retry-after'], response.headers.date),
        }),
      );
    });
    request.once('error', failed);
    request.end(bytes);
  });
}

/** A database of text keeps no U+0000. */
const printable = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\u0000', '');

/** Retry-After in seconds, or as a date against the receiver's own clock. */
function secondsOf(header: string | undefined, date: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,9}$/.test(header.trim())
    ? Number(header)
    : (Date.parse(header) - Date.parse(date ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 86_400) : null;
}
