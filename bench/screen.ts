import { io } from 'socket.io-client';
import { loadServer } from '../test/load/server-process.ts';
import type { BareAnswer, BareQuestion } from './bare.ts';
import { startChild } from './child.ts';
import { done } from './client.ts';
import { layCrowd, spots } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { OfficersAnswer, OfficersQuestion } from './officers.ts';
import { emit, quantile, scaled } from './rows.ts';

/**
 * From the moment a dispatcher sends a new incident to the moment a second dispatcher's socket hands it over, with
 * 200 officers at 1 Hz beside; the server, the officers and the dispatchers are three processes. Floor: a bare
 * Socket.IO server that passes the same message on. The commit with its sync is in ours, not in the floor.
 */
const why = missing();
const goals = { p50: 50, max: 300 };
const peers = { p50: 1514, max: 2939 };
const names = { p50: 'incident to second dispatcher, p50', max: 'incident to second dispatcher, max' };

if (why) {
  for (const key of ['p50', 'max'] as const)
    emit({ name: names[key], ours: null, unit: 'ms', peer: peers[key], note: `not run: ${why}` });
} else {
  const rounds = 5;
  const a_round = scaled(1000, 50) / rounds;
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams: 50, each: 4, signedIn: true });
  const places = await spots(town.db);
  const server = await loadServer();
  const officers = startChild<OfficersQuestion, OfficersAnswer>('officers');
  const bare = startChild<BareQuestion, BareAnswer>('bare');
  try {
    const address = await server.start(town.place);
    await officers.ask({ kind: 'begin', address, tokens: crowd.tokens, places: crowd.places, hertz: 1 });
    const { address: bareAddress } = await bare.ask({ kind: 'emit' });

    const [first, second] = [crowd.room[0]!, crowd.room[1]!];
    const screen = io(address, {
      transports: ['websocket'],
      extraHeaders: { authorization: `Bearer ${second}` },
      auth: { since: null, client: 'bench' },
    });
    const waiting = new Map<string, () => void>();
    screen.on('event', ({ type, data }: { type: string; data: { incident?: { text: string } } }) => {
      if (type === 'incident.reported') waiting.get(data.incident!.text)?.();
    });
    await new Promise<void>((resolve) => screen.once('hello', () => resolve()));
    const [sender, receiver] = [0, 1].map(() =>
      io(bareAddress, { transports: ['websocket'], forceNew: true }),
    );
    receiver!.on('event', ({ text }: { text: string }) => waiting.get(text)?.());
    await Promise.all(
      [sender!, receiver!].map(
        (s) => new Promise<void>((r) => (s.connected ? r() : s.once('connect', () => r()))),
      ),
    );

    let number = 0;
    const one = async (send: (text: string) => unknown): Promise<number> => {
      const text = `bench ${(number += 1)}`;
      const before = performance.now();
      const seen = new Promise<void>((resolve) => waiting.set(text, resolve));
      const sent = send(text);
      await seen;
      const took = performance.now() - before;
      await sent;
      return took;
    };
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const warming = round < 0;
      for (let i = 0; i < (warming ? 20 : a_round); i++) {
        const point = places[number % places.length]!;
        const body = (text: string) => ({
          matterCode: 'CY-01',
          text,
          point,
          crs: 'wgs84',
          source: 'dispatcher',
        });
        const took = await one((text) => done(address, first, 'POST', '/incidents', body(text)));
        if (!warming) ours.push(took);
      }
      for (let i = 0; i < (warming ? 20 : a_round); i++) {
        const took = await one((text) => sender!.emit('report', { text, more: 'x'.repeat(600) }));
        if (!warming) floor.push(took);
      }
    }
    const { sent, taken } = await officers.ask({ kind: 'stop' });
    const note = `${ours.length} incidents; ${taken} of ${sent} fixes taken meanwhile; TicketsCAD's figures are recorded ones`;
    for (const [key, q] of [
      ['p50', 0.5],
      ['max', 1],
    ] as const)
      emit({
        name: names[key],
        ours: quantile(ours, q),
        unit: 'ms',
        peer: peers[key],
        floor: quantile(floor, q),
        goal: { of: 'ours', is: 'below', than: goals[key] },
        note,
      });
    for (const socket of [screen, sender!, receiver!]) socket.disconnect();
  } finally {
    officers.end();
    bare.end();
    await server.stop();
    await town.close();
  }
}
process.exit(0);
