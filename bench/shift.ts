import { io } from 'socket.io-client';
import { decodeFrame } from '../shared/contract/frame.ts';
import { loadServer } from '../test/load/server-process.ts';
import { startChild } from './child.ts';
import { done } from './client.ts';
import type { ConsolesAnswer, ConsolesQuestion } from './consoles.ts';
import { layCrowd, spots } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { OfficersAnswer, OfficersQuestion } from './officers.ts';
import { emit, pause, quantile, scaled } from './rows.ts';

/**
 * A long stretch of work: 2,000 officers at 1 Hz, 20 consoles, an incident every second. From a fix of one officer to
 * the frame that shows it; facts of the ledger that a console lacks at the end. Memory of the server over a minute of work
 * after another minute, in which everybody came on line and the heap found its size: what the process holds, mean of the
 * first and of the last ten seconds, and what lives on its heap after a full collection at either end. BENCH_SHIFT_SECONDS
 * sets the length of the stretch (60; 600 is the long form), which begins after as long a warm-up, 60 s at most.
 */
const why = missing();
const names = {
  lag: 'fix to frame, 2,000 officers and 20 consoles, p99',
  lost: 'facts that a console missed meanwhile',
  memory: 'memory of the server after a minute of warm-up, end of the stretch against its beginning',
  heap: 'what lives on its heap, end of the stretch against its beginning',
};
const tickMs = 200;

if (why)
  for (const name of Object.values(names)) emit({ name, ours: null, unit: '', note: `not run: ${why}` });
else {
  const count = scaled(2000, 80);
  const seconds = Number(process.env.BENCH_SHIFT_SECONDS ?? 60);
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams: count / 4, each: 4, signedIn: true, dispatchers: 20 });
  const places = await spots(town.db);
  const server = await loadServer();
  const officers = startChild<OfficersQuestion, OfficersAnswer>('officers');
  const consoles = startChild<ConsolesQuestion, ConsolesAnswer>('consoles');
  try {
    const address = await server.start(town.place);
    const connect = async (token: string) => {
      const socket = io(address, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { authorization: `Bearer ${token}` },
        auth: { since: null, client: 'bench' },
      });
      await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
      return socket;
    };
    // the first officer is moved by this process, the others by theirs
    const [probe, ...others] = crowd.tokens;
    await officers.ask({ kind: 'begin', address, tokens: others, places: crowd.places.slice(1), hertz: 1 });
    await consoles.ask({ kind: 'open', how: 'ours', address, count: 19, tokens: crowd.room.slice(1) });
    const phone = await connect(probe!);
    const screen = await connect(crowd.room[0]!);
    const probeId = crowd.officerIds[0]!;
    const facts: number[] = [];
    let looking: ((lat: number) => void) | undefined;
    screen.on('event', ({ seq }: { seq: number }) => facts.push(seq));
    screen.on('positions', (bytes: ArrayBuffer | Uint8Array) => {
      const frame = decodeFrame(bytes);
      const row = frame ? Array.from(frame.id).findIndex((id, i) => id === probeId && !frame.isTeam[i]) : -1;
      if (row >= 0) looking?.(frame!.lat[row]!);
    });
    const lags: number[] = [];
    const memory: number[] = [];
    const warm = Math.min(60, seconds);
    let made = 0;
    let heapBefore = 0;
    const began = performance.now();
    for (let i = 0; performance.now() < began + (warm + seconds) * 1000; i++) {
      const warming = performance.now() < began + warm * 1000;
      if (!warming && heapBefore === 0) heapBefore = (await server.usage(true)).heapBytes;
      // small steps to and fro from where the officer stands: a leap would rightly be doubted
      const lat = crowd.places[0]!.lat + (1 + Math.abs((i % 100) - 50)) * 2e-5;
      const shown = new Promise<void>((resolve) => {
        looking = (now) => {
          if (Math.abs(now - lat) < 5e-6) resolve();
        };
      });
      const before = performance.now();
      const fix = {
        fixedAt: new Date().toISOString(),
        lng: crowd.places[0]!.lng,
        lat,
        accuracyMetres: 5,
        speedMetresPerSecond: 2,
      };
      phone.emit('position', { crs: 'wgs84', fixes: [fix] }, () => undefined);
      await Promise.race([shown, pause(10_000)]);
      if (!warming) lags.push(performance.now() - before);
      const point = places[i % places.length];
      await done(address, crowd.room[0]!, 'POST', '/incidents', {
        matterCode: 'CY-01',
        text: `shift ${i}`,
        point,
        crs: 'wgs84',
      });
      made += 1;
      if (!warming) memory.push((await server.usage()).rssBytes / 1e6);
      await pause(Math.max(0, 1000 - (performance.now() - before)));
    }
    const heapAfter = (await server.usage(true)).heapBytes;
    await pause(2000);
    const { sent, taken } = await officers.ask({ kind: 'stop' });
    const gaps = facts.filter((seq, i) => i > 0 && seq !== facts[i - 1]! + 1).length;
    const note = `${count} officers, ${Math.round(seconds)} s, ${made} incidents, ${taken} of ${sent} fixes taken`;
    emit({
      name: names.lag,
      ours: quantile(lags, 0.99),
      unit: 'ms',
      goal: { of: 'ours', is: 'below', than: tickMs + 50 },
      note,
    });
    emit({
      name: names.lost,
      ours: gaps,
      unit: 'gaps',
      goal: { of: 'ours', is: 'below', than: 1 },
      note: `${facts.length} facts came`,
    });
    const few = Math.max(1, Math.min(10, Math.floor(memory.length / 4)));
    const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const [early, late] = [mean(memory.slice(0, few)), mean(memory.slice(-few))];
    emit({
      name: names.memory,
      ours: late / early,
      unit: 'times',
      goal: { of: 'ours', is: 'below', than: 1.1 },
      note: `${Math.round(early)} MB, then ${Math.round(late)} MB, means of ${few} s`,
    });
    emit({
      name: names.heap,
      ours: heapAfter / heapBefore,
      unit: 'times',
      goal: { of: 'ours', is: 'below', than: 1.1 },
      note: `after a full collection ${Math.round(heapBefore / 1e6)} MB, then ${Math.round(heapAfter / 1e6)} MB`,
    });
    for (const socket of [phone, screen]) socket.disconnect();
  } finally {
    officers.end();
    consoles.end();
    await server.stop();
    await town.close();
  }
}
process.exit(0);
