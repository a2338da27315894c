import { io, type Socket } from 'socket.io-client';
import { answerAll } from './child.ts';

/**
 * Officers' phones in a process of their own: each on its own socket, each with a fix a second at a moment of its
 * own, drifting about where it began. Answers how many fixes were sent and how many were taken.
 */
export interface OfficersQuestion {
  readonly kind: 'begin' | 'halt' | 'go' | 'count' | 'stop';
  readonly address?: string;
  readonly tokens?: readonly string[];
  /** Fixes a second of each. */
  readonly hertz?: number;
  /** Where each begins. */
  readonly places?: readonly { readonly lng: number; readonly lat: number }[];
  /** Name of the event that a bare server takes; absent: the product's own message. */
  readonly bare?: boolean;
}
export interface OfficersAnswer {
  readonly sent: number;
  readonly taken: number;
}

let sockets: Socket[] = [];
let timers: NodeJS.Timeout[] = [];
let halted = false;
let sent = 0;
let taken = 0;

answerAll(async (question: OfficersQuestion): Promise<OfficersAnswer> => {
  if (question.kind === 'begin') await begin(question);
  if (question.kind === 'halt') halted = true;
  if (question.kind === 'go') halted = false;
  if (question.kind === 'stop') {
    for (const timer of timers) clearInterval(timer);
    for (const socket of sockets) socket.disconnect();
    [timers, sockets] = [[], []];
  }
  const answer = { sent, taken };
  if (question.kind === 'begin') [sent, taken] = [0, 0];
  return answer;
});

async function begin({
  address = '',
  tokens = [],
  hertz = 1,
  places = [{ lng: 121.44, lat: 29.98 }],
  bare,
}: OfficersQuestion) {
  for (let from = 0; from < tokens.length; from += 50) {
    const some = tokens.slice(from, from + 50).map((token) =>
      io(address, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { authorization: `Bearer ${token}` },
        ...(!bare && { auth: { since: null, want: [], client: 'bench' } }),
      }),
    );
    await Promise.all(
      some.map((socket) => new Promise<void>((resolve) => socket.once('connect', () => resolve()))),
    );
    sockets.push(...some);
  }
  const period = 1000 / hertz;
  for (const [i, socket] of sockets.entries()) {
    const place = { ...places[i % places.length]! };
    const step = () => {
      if (halted) return;
      sent += 1;
      place.lng += 1.2e-4 * Math.sin(sent + i);
      place.lat += 1.2e-4 * Math.cos(sent * 1.7 + i);
      if (bare) socket.emit('position', { id: i, ...place, at: Date.now() }, () => (taken += 1));
      else {
        const fix = {
          fixedAt: new Date().toISOString(),
          ...place,
          accuracyMetres: 6,
          speedMetresPerSecond: 12,
        };
        socket.emit(
          'position',
          { crs: 'wgs84', fixes: [fix] },
          (answer: { ok: boolean; accepted?: number }) => {
            taken += answer.accepted ?? 0;
          },
        );
      }
    };
    setTimeout(() => timers.push(setInterval(step, period)), (i / sockets.length) * period);
  }
}
