import { expect, test } from 'vitest';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { buildRoadGraph } from '../../shared/rules/roads/graph.ts';
import type { Client } from '../../server/simulator/client.ts';
import { Vehicle } from '../../server/simulator/movement.ts';
import { Phone, type Manner } from '../../server/simulator/phone.ts';
import { Traffic } from '../../server/simulator/traffic.ts';
import { generateTown } from '../../server/town/generate.ts';
import { randomStream } from '../../server/town/random.ts';
import { roadLinks } from '../../server/town/road-links.ts';

const noon = Date.UTC(2026, 2, 2, 4, 0, 0);
const town = generateTown();

/** A client of nobody: it notes what would be sent, and answers what a phone asks. */
function notes(answers: Record<string, unknown> = {}) {
  const sent: { name: string; at: number; body: never }[] = [];
  const sockets: boolean[] = [];
  let now = 0;
  const client = {
    call: (name: string, parts: { body?: unknown } = {}) => {
      sent.push({ name, at: now, body: parts.body as never });
      return Promise.resolve(answers[name] ?? {});
    },
    listen: () => ({ connect: () => sockets.push(true), disconnect: () => sockets.push(false) }),
  } as unknown as Client;
  return { client, sent, sockets, at: (instant: number) => (now = instant) };
}

async function traffic(seed: number, speed: number, minutes: number): Promise<string[]> {
  const { client, sent } = notes();
  const source = new Traffic(client, town, { seed, perDay: 400, at: noon, speed });
  for (let second = 0; second <= minutes * 60; second += 10) await source.act(noon + second * 1000);
  return sent.map(({ body }) => JSON.stringify(body));
}

test('ten times as fast: six minutes bring what an hour brings, the same reports in the same order', async () => {
  const hour = await traffic(7, 1, 60);
  expect(hour.length).toBeGreaterThan(10);
  expect(await traffic(7, 10, 6)).toEqual(hour);
  // control: another seed is another day
  expect(await traffic(8, 1, 60)).not.toEqual(hour);
});

const shift = {
  on: true,
  startsAt: new Date(noon - 3_600_000).toISOString(),
  endsAt: new Date(noon + 4 * 3_600_000).toISOString(),
};
const graph = buildRoadGraph(roadLinks(town.roads));
const place = { lng: 121.45, lat: 29.985 } as never;

async function walk(manner: Partial<Manner>, seconds: number) {
  const told = notes({ readDuty: shift, listTasks: { tasks: [] } });
  const phone = new Phone(told.client, new Vehicle(graph, place, 1), [place], randomStream(3, 'phone'), {
    leads: true,
    lastMoment: false,
    declines: 0,
    misses: 0,
    deadZones: 0,
    crs: 'wgs84',
    clockOffsetMs: 0,
    speed: 1,
    ...manner,
  });
  for (let second = 0; second <= seconds; second++) {
    told.at(noon + second * 1000);
    await phone.act(noon + second * 1000);
  }
  const posts = told.sent.filter(({ name }) => name === 'reportPositions');
  const fixes = posts.flatMap(
    ({ body }) => (body as { fixes: { fixedAt: string; lng: number; lat: number }[] }).fixes,
  );
  return { ...told, posts, fixes };
}

test('in a dead zone nothing goes out; afterwards the backlog comes, oldest first, and the socket again', async () => {
  const { sent, posts, fixes, sockets } = await walk({ deadZones: 0.05 }, 1800);
  const gaps = sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
  expect(Math.max(...gaps), 'half a minute without a word').toBeGreaterThan(30_000);
  expect(Math.max(...posts.map(({ body }) => (body as { fixes: unknown[] }).fixes.length))).toBeGreaterThan(
    2,
  );
  const instants = fixes.map(({ fixedAt }) => Date.parse(fixedAt));
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  expect(sockets.slice(0, 2)).toEqual([false, true]);
  // control: where the network holds every post has one fix
  const steady = await walk({}, 600);
  expect(new Set(steady.posts.map(({ body }) => (body as { fixes: unknown[] }).fixes.length))).toEqual(
    new Set([1]),
  );
  expect(steady.sockets).toEqual([]);
});

test('a phone in GCJ-02 says so, and lies half a kilometre off for whoever does not listen', async () => {
  const { posts, fixes } = await walk({ crs: 'gcj02' }, 60);
  expect(new Set(posts.map(({ body }) => (body as { crs: string }).crs))).toEqual(new Set(['gcj02']));
  const [first] = fixes;
  expect(distanceMetres(first as never, place)).toBeGreaterThan(300);
  const read = toWgs84({ crs: 'gcj02', lng: first!.lng, lat: first!.lat });
  expect(read.ok && distanceMetres(read.value, place)).toBeLessThan(50);
});
