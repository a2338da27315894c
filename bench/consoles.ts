import { get } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { frameHeaderBytes, frameRowBytes } from '../shared/contract/frame.ts';
import { answerAll } from './child.ts';

/**
 * Consoles in a process of their own, with the stock client: counts the officers' positions that arrive and their
 * bytes. `raw` consoles are bare WebSockets whose bytes alone are counted, so that the client costs little.
 */
export interface ConsolesQuestion {
  readonly kind: 'open' | 'count' | 'close';
  readonly how?: 'ours' | 'naive' | 'raw';
  readonly address?: string;
  readonly count?: number;
  /** One login for each console (ours only). */
  readonly tokens?: readonly string[];
}
export interface ConsolesAnswer {
  readonly positions: number;
  readonly rows: number;
  readonly bytes: number;
}

let open: (Socket | TcpSocket)[] = [];
let [positions, rows, bytes] = [0, 0, 0];

answerAll(
  async ({ kind, how, address, count = 0, tokens = [] }: ConsolesQuestion): Promise<ConsolesAnswer> => {
    if (kind === 'close') {
      for (const one of open)
        if ('disconnect' in one) one.disconnect();
        else one.destroy();
      open = [];
    }
    if (kind === 'open') {
      for (let i = 0; i < count; i++)
        open.push(
          how === 'raw'
            ? await rawConsole(address!)
            : await console_(address!, how!, tokens[i % tokens.length]),
        );
    }
    const answer = { positions, rows, bytes };
    [positions, rows, bytes] = [0, 0, 0];
    return answer;
  },
);

async function console_(address: string, how: 'ours' | 'naive', token?: string): Promise<Socket> {
  const socket = io(address, {
    transports: ['websocket'],
    forceNew: true,
    ...(token && { extraHeaders: { authorization: `Bearer ${token}` } }),
    auth: how === 'ours' ? { since: null, client: 'bench' } : { console: true },
  });
  if (how === 'naive')
    socket.on('position', (position: object) => {
      positions += 1;
      rows += 1;
      bytes += JSON.stringify(position).length + 15;
    });
  else
    socket.on('positions', (frame: ArrayBuffer | Uint8Array) => {
      const view = frame instanceof ArrayBuffer ? new Uint8Array(frame) : frame;
      bytes += view.byteLength;
      for (let at = frameHeaderBytes; at < view.byteLength; at += frameRowBytes) {
        rows += 1;
        // the highest bit of the status byte marks the row of a team
        if ((view[at + 6]! & 0x80) === 0) positions += 1;
      }
    });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return socket;
}

function rawConsole(address: string): Promise<TcpSocket> {
  return new Promise((resolve, reject) => {
    const request = get(`${address}/raw`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    });
    request.once('error', reject);
    request.once('upgrade', (_response, socket: TcpSocket) => {
      socket.on('data', (part: Buffer) => {
        bytes += part.length;
        positions += part.length / 8;
        rows += part.length / 8;
      });
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
