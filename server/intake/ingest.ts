import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../kernel/deps.ts';
import type { Bearer, DeviceBook } from './devices.ts';
import type { Door, Message, PhoneIntake } from './phones.ts';

/** Most bytes of a message that are read; the rest is let through unread. */
const bodyLimit = 1_048_576;
/** A stranger hears "not found" after this time, whatever was looked up. */
const strangerMs = 250;
/** A phone waits no longer than this for its answer, whatever the database does; its message is worked on all the same. */
const answerMs = 2000;

/**
 * The door for ready phone apps, below `/ingest`. Whoever holds a credential of ours always hears 200: each of these
 * apps repeats a refused message for ever, or throws its queue away, and both lose positions. Never 429, never 3xx.
 */
export function ingestDoor(deps: Deps, book: DeviceBook, phones: PhoneIntake) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const began = performance.now();
    const [path, query] = splitOnce(request.url ?? '', '?');
    const door = doorOf(path);
    const secret = door && secretOf(door, path, request);
    const bearer: Bearer = secret ? await book.find(secret) : { verdict: 'unknown' };
    if (bearer.verdict === 'unknown') {
      await wait(Math.max(0, strangerMs - (performance.now() - began)));
      response.writeHead(404, { 'content-length': 0 }).end();
      return;
    }
    const message: Message = { query, body: await bodyOf(request), receivedAt: deps.now() };
    let commands: readonly object[] = [];
    if (bearer.verdict === 'valid')
      commands = await within(
        phones.take(door!, bearer.device, message).catch((error: unknown): object[] => {
          deps.log.warn({ error }, 'a message of a phone could not be taken in full');
          return [];
        }),
      );
    else deps.metrics.positions.inc({ source: sources[door!], result: bearer.verdict });
    answer(response, door!, commands);
  };
}

const sources = { traccar: 'traccar_client', owntracks: 'owntracks', forward: 'traccar_forward' } as const;

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function doorOf(path: string): Door | undefined {
  if (path === '/owntracks' || path === '/owntracks/') return 'owntracks';
  if (path.startsWith('/traccar-forward/')) return 'forward';
  return path.startsWith('/t/') ? 'traccar' : undefined;
}

/** The credential: in the path, or the password of HTTP Basic. What a message says of itself identifies nobody. */
function secretOf(door: Door, path: string, request: IncomingMessage): string | undefined {
  const text =
    door === 'owntracks' ? basicPassword(request.headers.authorization) : path.split('/').slice(2).join('/');
  return text !== undefined && /^[\w-]{22,128}$/.test(text) ? text : undefined;
}

function basicPassword(header = ''): string | undefined {
  const basic = /^Basic +([\w+/=-]{1,1000})$/i.exec(header);
  return basic ? splitOnce(Buffer.from(basic[1]!, 'base64').toString('utf8'), ':')[1] : undefined;
}

/** The body as lenient UTF-8, whatever its length says; a sender that breaks off has sent what it has sent. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    if (request.destroyed) return resolve('');
    const parts: Buffer[] = [];
    let length = 0;
    const done = () => resolve(length > bodyLimit ? tooLong : Buffer.concat(parts).toString('utf8'));
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= bodyLimit) parts.push(part);
      else parts.length = 0;
    });
    return void request.once('end', done).once('close', done).once('error', done);
  });
}

/** Stands for a message that is too long to be one: it counts as unreadable. */
const tooLong = '\u0000';

/** The answer to a phone waits for the work, but not for ever. */
async function within(work: Promise<readonly object[]>): Promise<readonly object[]> {
  const stop = new AbortController();
  const late = wait(answerMs, [] as object[], { signal: stop.signal, ref: false }).catch((): object[] => []);
  const commands = await Promise.race([work, late]);
  stop.abort();
  return commands;
}

/** Traccar wants nothing but the 200; OwnTracks a JSON array, or some of its versions send the same again for ever. */
function answer(response: ServerResponse, door: Door, commands: readonly object[]): void {
  if (door !== 'owntracks') {
    response.writeHead(200, { 'content-length': 0 }).end();
    return;
  }
  const text = JSON.stringify(commands);
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}
