import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { buildRoadGraph } from '../../shared/rules/roads/graph.ts';
import { demoPassword } from '../demo.ts';
import { generateTown } from '../town/generate.ts';
import { randomStream } from '../town/random.ts';
import { roadLinks } from '../town/road-links.ts';
import { CallRefused, signIn } from './client.ts';
import { Colleague } from './colleague.ts';
import { Vehicle } from './movement.ts';
import { Phone, type Manner } from './phone.ts';
import { Traffic } from './traffic.ts';

/**
 * Live traffic for the demo town and the benches: a client of the public interface only. Reproducible by
 * SIMULATOR_SEED; SIMULATOR_SPEED multiplies driving, work and arrivals, SIMULATOR_PER_DAY is the mean of incidents a day at speed 1.
 */
const { SIMULATOR_ADDRESS: address = 'http://127.0.0.1:3000' } = process.env;
const speed = Number(process.env.SIMULATOR_SPEED ?? 1);
const seed = Number(process.env.SIMULATOR_SEED ?? 1);
const perDay = Number(process.env.SIMULATOR_PER_DAY ?? 400);

const town = generateTown();
const roads = buildRoadGraph(roadLinks(town.roads));
const actors: { act(at: number): Promise<void> }[] = [];
const phones: Phone[] = [];

const teams = [...new Set(Array.from({ length: 10 }, (_, i) => `t${String(i + 1).padStart(2, '0')}`))];
const officerOfTheDemo = (await demoOfficer()) ?? '';

for (const [index, team] of teams.entries()) {
  const beat = beatOf(index);
  for (const crew of ['a', 'b']) {
    const car = new Vehicle(roads, beat[0]!, speed);
    for (const number of [1, 2, 3, 4]) {
      const name = `${team}-${crew}-${number}`;
      if (name === officerOfTheDemo) continue;
      const random = randomStream(seed, name);
      const client = await signIn(address, name, demoPassword('officer'));
      const human = officerOfTheDemo.startsWith(`${team}-${crew}`);
      const phone = new Phone(client, car, beat, random, mannerOf(name, number === (human ? 2 : 1), human));
      phones.push(phone);
      actors.push(phone);
    }
  }
}
// the officer at the door is on duty with the crew, so that it may decide; the phone is left to a person
if (officerOfTheDemo) {
  const atTheDoor = await signIn(address, officerOfTheDemo, demoPassword('officer'));
  const { on, startsAt } = await atTheDoor.call('readDuty');
  if (!on && startsAt !== null && Date.parse(startsAt) <= Date.now())
    await atTheDoor.call('setDuty', { body: { on: true } }).catch((error: unknown) => {
      if (!(error instanceof CallRefused)) throw error;
    });
}
const room = await signIn(address, 'dispatcher-9', demoPassword('dispatcher'));
const colleague = new Colleague(room, randomStream(seed, 'colleague'), speed);
await colleague.begin(Date.now());
actors.push(colleague, new Traffic(room, town, { seed, perDay, at: Date.now(), speed }));

function mannerOf(name: string, leads: boolean, lastMoment: boolean): Manner {
  return {
    leads,
    lastMoment,
    declines: 0.03,
    misses: 0.02,
    deadZones: 0.002,
    // one device reports in GCJ-02 and says so, one has a clock 90 s slow
    crs: name === 't05-a-3' || name === 't05-b-3' ? 'gcj02' : 'wgs84',
    clockOffsetMs: name === 't08-a-4' || name === 't08-b-4' ? -90_000 : 0,
    speed,
  };
}

/** Places that a team walks and drives to between tasks: the middles of its zones' cells. */
function beatOf(team: number): LngLat[] {
  const zones = [2 * team + 1, 2 * team + 2];
  const cells = town.cells.features.filter((cell) => zones.includes(cell.properties.zoneNumber));
  return cells.map(({ geometry }) => {
    const ring = geometry.coordinates[0]!;
    const mean = (axis: 0 | 1) => ring.reduce((sum, corner) => sum + corner[axis]!, 0) / ring.length;
    return lngLat(mean(0), mean(1));
  });
}

/** The officer whose sign-in the door shows: that phone is left to a person. */
async function demoOfficer(): Promise<string | undefined> {
  const answer = (await (await fetch(`${address}/api/v1/demo`)).json()) as {
    signIns: { role: string; name: string }[];
  };
  return answer.signIns.find((one) => one.role === 'officer')?.name;
}

process.on('SIGTERM', () => {
  for (const phone of phones) phone.stop();
  process.exit(0);
});

for (;;) {
  const at = Date.now();
  await Promise.all(
    actors.map((actor) =>
      actor.act(at).catch((error: unknown) => process.stderr.write(`simulator: ${String(error)}\n`)),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, Math.max(50, 1000 - (Date.now() - at))));
}
