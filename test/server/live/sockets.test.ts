import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assert, asyncProperty, constantFrom, jsonValue } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor, standingLogins } from '../../../server/auth/login.ts';
import { deleteLoginsOf } from '../../../server/auth/store.ts';
import { eventsAfter, head } from '../../../server/audit/store.ts';
import { startRelay } from '../../../server/live/relay.ts';
import { serveSockets, socketLimits } from '../../../server/live/sockets.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { Console, offerTo, policyChanged, tell, townImported, until } from './console.ts';

describe('sockets', () => {
  let t: TestTown;
  let dispatcher: Phone;
  let officer: Phone;
  let teamId: number;

  beforeAll(async () => {
    t = await town('embedded');
    dispatcher = await t.person('dispatcher');
    const team = await addTeam(t.deps.db, { code: 'T01', at: t.now(), place: cellCentre(1, 1) });
    teamId = team.teamId;
    officer = await t.signIn(team.people[0]!.name);
  });
  afterAll(() => t.close());

  const open = (phone: Phone, options: ConstructorParameters<typeof Console>[2] = {}) =>
    new Console(t.address, phone.token, options).connected();
  const closedFor = async (reason: string): Promise<number> =>
    (await t.deps.metrics.socketClosed.get()).values.find((v) => v.labels.reason === reason)?.value ?? 0;

  test("an officer gets what concerns the own team and the house, no frames, nobody's presence", async () => {
    const street = await open(officer);
    const room = await open(dispatcher);
    await tell(t.deps, 'policy.changed', policyChanged(1));
    await tell(t.deps, 'assignment.offered', offerTo(teamId));
    await tell(t.deps, 'assignment.offered', offerTo(teamId + 7));
    await tell(t.deps, 'assignment.withdrawn', {
      ...offerTo(teamId),
      reason: 'better_team' as never,
      text: '',
    });
    await tell(t.deps, 'incident.noted', { incidentId: 1 as never, text: 'call the reporter' });
    room.socket.emit('presence', { subject: 'incident/1001' });
    await tell(t.deps, 'town.imported', townImported);
    await until(() => street.events.at(-1)?.type === 'town.imported');
    await until(() => room.events.at(-1)?.type === 'town.imported' && room.frames.length > 0);
    expect(street.events.map(({ type }) => type)).toEqual([
      'assignment.offered',
      'assignment.withdrawn',
      'town.imported',
    ]);
    expect(street.frames).toEqual([]);
    expect(street.presences).toEqual([]);
    expect(room.events.length).toBe(6);
    street.close();
    room.close();
  });

  test("signing on and off moves a person into and out of the team's room at the very fact", async () => {
    const person = await t.person('officer', 'mover');
    const console = await open(person);
    const duty = (id: number) => ({
      team: { id, status: 'available', members: [] } as never,
      personId: person.personId as never,
    });
    await tell(t.deps, 'assignment.offered', offerTo(50));
    await tell(t.deps, 'duty.started', duty(50));
    await tell(t.deps, 'assignment.offered', offerTo(50));
    await tell(t.deps, 'duty.ended', duty(50));
    await tell(t.deps, 'assignment.offered', offerTo(50));
    await tell(t.deps, 'town.imported', townImported);
    await until(() => console.events.at(-1)?.type === 'town.imported');
    expect(console.events.map(({ type }) => type)).toEqual([
      'duty.started',
      'assignment.offered',
      'duty.ended',
      'town.imported',
    ]);
    console.close();
  });

  test('presence: who looks at an incident, until the line ends', async () => {
    const [a, b] = [await open(dispatcher), await open(await t.person('dispatcher', 'second'))];
    a.socket.emit('presence', { subject: 'incident/1042' });
    const names = () => b.presences.filter(({ subject }) => subject === 'incident/1042').at(-1)?.people;
    await until(() => names()?.length === 1);
    expect(names()?.[0]?.personId).toBe(dispatcher.personId);
    const late = await open(await t.person('dispatcher', 'third'));
    await until(() => late.presences.some(({ subject }) => subject === 'incident/1042'));
    a.cut();
    await until(() => names()?.length === 0);
    for (const console of [a, b, late]) console.close();
  });

  test('no login, a foreign page, or a malformed handshake: no connection', async () => {
    const nobody = new Console(t.address, '');
    const wrong = new Console(t.address, 'x'.repeat(43));
    const foreign = new Console(t.address, dispatcher.token, { headers: { origin: 'https://evil.example' } });
    const own = await open(dispatcher, { headers: { origin: t.address } });
    const odd = new Console(t.address, dispatcher.token, { auth: { since: -1, more: true } });
    const refused = [nobody, wrong, foreign, odd];
    await until(() => refused.every((console) => console.refusals.length > 0));
    expect(refused.map((console) => console.hellos.length)).toEqual([0, 0, 0, 0]);
    expect(odd.refusals[0]).toMatchObject({ ok: false, code: 'fields_invalid' });
    expect(JSON.stringify(odd.refusals[0])).toContain('auth.since');
    for (const console of [...refused, own]) console.close();
  });

  const send = (console: Console, name: string, ...args: unknown[]) =>
    new Promise<{ ok: boolean; code?: string }>((resolve) => {
      (console.socket as unknown as { emit(name: string, ...args: unknown[]): void }).emit(
        name,
        ...args,
        resolve,
      );
    });

  test.each([
    ['seen', undefined],
    ['seen', { seq: -1 }],
    ['seen', { seq: 'many' }],
    ['viewport', { bbox: [1, 2, 3], zoom: 3 }],
    ['viewport', { bbox: [1, 2, 3, 4], zoom: 99 }],
    ['presence', { subject: '../etc' }],
    ['presence', 42],
    ['position', { fixes: [] }],
    ['position', { crs: 'mars', fixes: [] }],
    ['position', { crs: 'wgs84', fixes: [{ fixedAt: 'yesterday', lng: 1, lat: 2 }] }],
    ['no_such_message', {}],
    ['__proto__', {}],
    ['error', {}],
  ])('a malformed %s %o gets an error as answer and the line stays', async (name, body) => {
    const console = await open(name === 'position' ? officer : dispatcher);
    const answer = await send(console, name, body);
    expect(answer.ok).toBe(false);
    expect(['fields_invalid', 'fields_unknown', 'route_unknown', 'crs_missing', 'crs_unknown']).toContain(
      answer.code,
    );
    expect(await send(console, 'seen', { seq: 1 })).toEqual({ ok: true });
    console.close();
  });

  test('whatever comes in, the server answers and lives', async () => {
    const names = constantFrom('seen', 'viewport', 'presence', 'position', 'event', 'hello', 'toString');
    await assert(
      asyncProperty(names, jsonValue(), async (name, body) => {
        const console = await open(dispatcher);
        const answer = await send(console, name, body);
        console.close();
        return typeof answer.ok === 'boolean' && answer.code !== 'bug';
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('a role that may not report positions or watch is told so', async () => {
    const [room, street] = [await open(dispatcher), await open(officer)];
    expect(await send(room, 'position', { crs: 'wgs84', fixes: [] })).toMatchObject({
      code: 'action_forbidden',
    });
    expect(await send(street, 'presence', { subject: 'incident/1' })).toMatchObject({
      code: 'action_forbidden',
    });
    room.close();
    street.close();
  });

  test('more than 20 messages a second are refused one by one; a flood ends the connection', async () => {
    const console = await open(await t.person('dispatcher', 'hasty'));
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(console, 'seen', { seq: 1 })));
    expect(answers.filter(({ code }) => code === 'rate_exceeded').length).toBeGreaterThanOrEqual(20 - 2);
    expect(console.socket.connected).toBe(true);
    for (let i = 0; i < 300; i++) console.socket.emit('seen', { seq: 1 });
    await until(() => console.signedOut !== undefined && !console.socket.connected);
    expect(console.signedOut).toEqual({ reason: 'flood' });
  });

  test('a ninth socket of a login takes the place of its oldest', async () => {
    const phone = await t.person('dispatcher', 'many');
    const consoles: Console[] = [];
    for (let i = 0; i < 9; i++) consoles.push(await open(phone));
    await until(() => consoles[0]!.signedOut !== undefined);
    expect(consoles.map((console) => console.signedOut?.reason)).toEqual([
      'sockets',
      ...Array(8).fill(undefined),
    ]);
    for (const console of consoles) console.close();
  });

  test('a login that ends takes its sockets along: signing out, revocation, another role, deactivation', async () => {
    const [leaver, revoked, moved, fired] = [
      await t.person('dispatcher', 'leaver'),
      await t.person('dispatcher', 'revoked'),
      await t.person('dispatcher', 'moved'),
      await t.person('dispatcher', 'fired'),
    ];
    const consoles = [await open(leaver), await open(revoked), await open(moved), await open(fired)];
    const other = await open(dispatcher);
    await leaver.ok('signOut');
    await deleteLoginsOf(t.deps.db, revoked.personId);
    await t.deps.db('person').where({ id: moved.personId }).update({ role: 'planner' });
    await t.deps.db('person').where({ id: fired.personId }).update({ active: false });
    await until(() => consoles.every((console) => !console.socket.connected));
    expect(consoles.map((console) => console.signedOut?.reason)).toEqual([
      'login_ended',
      'login_ended',
      'role_changed',
      'login_ended',
    ]);
    expect(other.socket.connected).toBe(true);
    other.close();
  });

  test('a client that stops reading is closed; the others miss nothing, and it resumes without a gap', async () => {
    const server = createServer();
    const relay = await startRelay(t.deps);
    const sockets = serveSockets(
      t.deps,
      server,
      relay,
      {
        authenticate: openDoor(t.deps),
        standing: (ids) => standingLogins(t.deps, ids),
        drafts: {
          join: () => Promise.resolve({ seq: 0 }),
          ahead: () => undefined,
          look: () => undefined,
          leave: () => undefined,
        },
        takePositions: () => Promise.reject(new Error('not here')),
      },
      { ...socketLimits, stalledMs: 1000 },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const since = await head(t.deps.db);
    const [stalled, lively] = [
      await new Console(address, dispatcher.token, { since }).connected(),
      await new Console(address, dispatcher.token, { since }).connected(),
    ];
    const wire = (
      stalled.socket.io.engine as unknown as {
        transport: { ws: { _socket: { pause(): void; resume(): void } } };
      }
    ).transport.ws._socket;
    wire.pause();
    const text = '监'.repeat(40_000);
    const before = await closedFor('slow');
    for (let i = 0; i < 150; i++) await tell(t.deps, 'incident.noted', { incidentId: 1 as never, text });
    await until(async () => (await closedFor('slow')) === before + 1);
    expect(lively.socket.connected).toBe(true);
    const expected = (await eventsAfter(t.deps.db, since, 1000)).map(({ seq }) => seq);
    await until(() => lively.seq === expected.at(-1));
    expect(lively.seqs).toEqual(expected);
    wire.resume();
    await until(() => stalled.seq === expected.at(-1));
    expect(stalled.seqs).toEqual(expected);
    expect(stalled.hellos.length).toBe(2);
    expect(await closedFor('slow')).toBe(before + 1);
    stalled.close();
    lively.close();
    await sockets.close();
    await relay.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test('the lag from decision to screen is measured', async () => {
    const console = await open(dispatcher);
    await tell(t.deps, 'policy.changed', policyChanged(5));
    await until(() => console.events.length === 1);
    expect(await send(console, 'seen', { seq: console.events[0]!.seq })).toEqual({ ok: true });
    const { values } = await t.deps.metrics.eventLagSeconds.get();
    const counted = values.filter(
      ({ metricName, labels }) => metricName?.endsWith('_count') && labels.stage === 'seen',
    );
    expect(counted[0]?.value).toBeGreaterThan(0);
    console.close();
  });
});
