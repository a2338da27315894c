import { loadServer } from '../test/load/server-process.ts';
import type { BareAnswer, BareQuestion } from './bare.ts';
import { startChild } from './child.ts';
import type { ConsolesAnswer, ConsolesQuestion } from './consoles.ts';
import { layCrowd } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { OfficersAnswer, OfficersQuestion } from './officers.ts';
import { emit, median, pause, scaled } from './rows.ts';

/**
 * CPU of the server per position that a console receives: 500 officers at 1 Hz on sockets of their own, 200 consoles
 * (20 where every position is an event of its own).
 * Three servers in turn: the product with its checks and its history on the disk, a Socket.IO that tells every
 * console of every position, and raw WebSockets with one packed frame a tick. Each is measured with and without
 * consoles; the difference is the fan-out. Officers and consoles are other processes.
 */
const why = missing();
const name = 'CPU per delivered position, fan-out alone';

if (why) emit({ name, ours: null, unit: 'µs', note: `not run: ${why}` });
else {
  const rounds = 5;
  const officerCount = scaled(500, 100);
  // a frame costs so little that twenty consoles of ours drown in the noise of the ingest
  const consoleCount = { ours: scaled(200, 40), naive: 20, raw: scaled(200, 40) };
  const windowMs = scaled(4000, 1000);
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, {
    teams: Math.ceil(officerCount / 4),
    each: 4,
    signedIn: true,
    dispatchers: consoleCount.ours,
  });
  const server = await loadServer();
  const naive = startChild<BareQuestion, BareAnswer>('bare');
  const packed = startChild<BareQuestion, BareAnswer>('bare');
  const consoles = startChild<ConsolesQuestion, ConsolesAnswer>('consoles');
  const phones = [0, 1, 2].map(() => startChild<OfficersQuestion, OfficersAnswer>('officers'));
  const arms = [
    {
      how: 'ours',
      address: await server.start(town.place),
      cpu: async () => (await server.usage()).cpuMicros,
    },
    {
      how: 'naive',
      address: (await naive.ask({ kind: 'naive' })).address,
      cpu: async () => (await naive.ask({ kind: 'usage' })).cpuMicros,
    },
    {
      how: 'raw',
      address: (await packed.ask({ kind: 'packed' })).address,
      cpu: async () => (await packed.ask({ kind: 'usage' })).cpuMicros,
    },
  ] as const;
  try {
    for (const [i, { how, address }] of arms.entries()) {
      await phones[i]!.ask({
        kind: 'begin',
        address,
        tokens: crowd.tokens,
        places: crowd.places,
        hertz: 1,
        bare: how !== 'ours',
      });
      await phones[i]!.ask({ kind: 'halt' });
    }
    const alone = arms.map(() => [] as number[]);
    const fanned = arms.map(() => [] as number[]);
    const bytes = arms.map(() => [] as number[]);
    const ingest = arms.map(() => [] as number[]);
    const delivered: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [i, { how, address, cpu }] of arms.entries()) {
        await phones[i]!.ask({ kind: 'go' });
        const quiet = await span(cpu, i);
        await consoles.ask({ kind: 'open', how, address, count: consoleCount[how], tokens: crowd.room });
        const busy = await span(cpu, i);
        await consoles.ask({ kind: 'close' });
        await phones[i]!.ask({ kind: 'halt' });
        alone[i]!.push(quiet.cpu / Math.max(1, quiet.taken));
        fanned[i]!.push((busy.cpu - (quiet.cpu * busy.ms) / quiet.ms) / Math.max(1, busy.positions));
        bytes[i]!.push(busy.bytes / Math.max(1, busy.rows));
        ingest[i]!.push((quiet.taken * 1000) / quiet.ms);
        if (i === 0) delivered.push((busy.positions * 1000) / busy.ms);
      }
    }
    const [own, simple, raw] = fanned.map(median);
    emit({
      name,
      ours: own!,
      unit: 'µs',
      peer: simple!,
      floor: raw!,
      goal: { of: 'ratio', is: 'below', than: 1 / 40 },
      note: `peer: a Socket.IO event per position and console; floor: raw WebSockets, one frame a tick; ${Math.round(median(delivered))} positions delivered a second`,
    });
    emit({
      name: 'bytes per row of a position frame',
      ours: median(bytes[0]!),
      unit: 'bytes',
      peer: median(bytes[1]!),
      floor: median(bytes[2]!),
      goal: { of: 'ours', is: 'below', than: 10 },
      note: '9 bytes a row by the contract, heading and age of the fix among them, and 20 a frame',
    });
    emit({
      name: 'CPU per position taken in over a socket, checked and on the disk',
      ours: median(alone[0]!),
      unit: 'µs',
      floor: median(alone[1]!),
      note: `floor: a bare Socket.IO that answers and keeps nothing; ${Math.round(median(ingest[0]!))} a second came in`,
    });
  } finally {
    for (const child of [naive, packed, consoles, ...phones]) child.end();
    await server.stop();
    await town.close();
  }

  /** CPU and deliveries of one window, after the traffic has settled. */
  async function span(cpu: () => Promise<number>, arm: number) {
    await pause(700);
    await phones[arm]!.ask({ kind: 'count' });
    await consoles.ask({ kind: 'count' });
    const takenBefore = (await phones[arm]!.ask({ kind: 'count' })).taken;
    const [before, at] = [await cpu(), performance.now()];
    await pause(windowMs);
    const [after, ms] = [await cpu(), performance.now() - at];
    const taken = (await phones[arm]!.ask({ kind: 'count' })).taken - takenBefore;
    return { cpu: after - before, ms, taken, ...(await consoles.ask({ kind: 'count' })) };
  }
}
process.exit(0);
