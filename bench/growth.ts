import { loadServer } from '../test/load/server-process.ts';
import { startChild } from './child.ts';
import { done } from './client.ts';
import { layCrowd, spots } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { OfficersAnswer, OfficersQuestion } from './officers.ts';
import { emit, exponent, median, pause, scaled, timed } from './rows.ts';

/**
 * The same town with 20, 200 and 2,000 officers in teams of four: what an incident with its recommendation and a
 * snapshot cost, what the server's memory and CPU are with all officers on line at 1 Hz, and the exponent of each.
 */
const why = missing();
const sizes = [20, 200, 2000].map((size) => (size === 2000 ? scaled(size, 400) : size));

interface Costs {
  readonly officers: number;
  readonly create: number;
  readonly snapshot: number;
  readonly rssMegabytes: number;
  readonly cpuShare: number;
  readonly lost: number;
}

async function measure(officers: number): Promise<Costs> {
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams: officers / 4, each: 4, signedIn: true });
  const places = await spots(town.db);
  const server = await loadServer();
  const phones = startChild<OfficersQuestion, OfficersAnswer>('officers');
  try {
    const address = await server.start(town.place);
    const [token] = crowd.room;
    const [create, snapshot]: [number[], number[]] = [[], []];
    for (let i = -5; i < scaled(40, 8); i++) {
      const body = { matterCode: 'CY-01', text: `growth ${i}`, point: places[i + 5], crs: 'wgs84' };
      const made = await timed(() => done(address, token!, 'POST', '/incidents', body));
      const read = await timed(() => done(address, token!, 'GET', '/snapshot'));
      if (i < 0) continue;
      create.push(made);
      snapshot.push(read);
    }
    await phones.ask({ kind: 'begin', address, tokens: crowd.tokens, places: crowd.places, hertz: 1 });
    await pause(3000);
    await phones.ask({ kind: 'count' });
    const before = await server.usage();
    const at = performance.now();
    await pause(scaled(8000, 3000));
    const after = await server.usage();
    const seconds = (performance.now() - at) / 1000;
    await phones.ask({ kind: 'halt' });
    await pause(500);
    const { sent, taken } = await phones.ask({ kind: 'count' });
    return {
      officers,
      create: median(create),
      snapshot: median(snapshot),
      rssMegabytes: after.rssBytes / 1e6,
      cpuShare: (after.cpuMicros - before.cpuMicros) / 1e4 / seconds,
      lost: sent - taken,
    };
  } finally {
    phones.end();
    await server.stop();
    await town.close();
  }
}

if (why) emit({ name: 'growth', ours: null, unit: '', note: `not run: ${why}` });
else {
  const found: Costs[] = [];
  for (const size of sizes) found.push(await measure(size));
  const limits: Record<number, number> = { 200: 200, 2000: 400 };
  for (const { officers, rssMegabytes, cpuShare, lost } of found)
    emit({
      name: `memory of the server, ${officers} officers at 1 Hz`,
      ours: rssMegabytes,
      unit: 'MB',
      ...(limits[officers] && { goal: { of: 'ours', is: 'below', than: limits[officers] } as const }),
      note: `${cpuShare.toFixed(1)} % of a core; ${lost} fixes not answered`,
    });
  for (const [what, unit] of [
    ['create', 'incident with recommendation'],
    ['snapshot', 'snapshot over HTTP'],
    ['cpuShare', 'CPU with all officers at 1 Hz'],
    ['rssMegabytes', 'memory'],
  ] as const)
    emit({
      name: `growth from ${sizes[0]} to ${sizes.at(-1)} officers, ${unit}`,
      ours: exponent(found.map((one) => [one.officers, one[what]])),
      unit: 'exponent',
      note: found.map((one) => `${one.officers}: ${one[what].toFixed(1)}`).join('; '),
    });
}
process.exit(0);
