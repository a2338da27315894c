import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, type App } from '../../../server/app.ts';
import { eventsAfter, head } from '../../../server/audit/store.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { town, type TestTown } from '../../kit/town.ts';
import { audience, concerns, roomsOf } from '../../../server/live/audience.ts';
import { Console, offerTo, policyChanged, tell, townImported, until } from './console.ts';

/** Deterministic choice for the random walk (mulberry32). */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.each(engines())('the stream of facts [%s]', (engine) => {
  let t: TestTown;
  let room: string;
  let street: string;
  let streetId: number;
  let teamId: number;

  beforeAll(async () => {
    t = await town(engine);
    room = (await t.person('dispatcher')).token;
    const team = await addTeam(t.deps.db, { code: 'T01', at: t.now(), place: cellCentre(1, 1) });
    teamId = team.teamId;
    const officer = await t.signIn(team.people[0]!.name);
    street = officer.token;
    streetId = officer.personId;
  });
  afterAll(() => t.close());

  const ledger = async (
    since: number,
    who: { role: 'dispatcher' | 'officer'; id: number; teamId: number | null },
  ) =>
    (await eventsAfter(t.deps.db, since, 100_000))
      .filter((event) => concerns(audience(event), roomsOf(who)))
      .map(({ seq }) => seq);
  const dispatcher = { role: 'dispatcher', id: -1, teamId: null } as const;

  test('two consoles get the same facts, in order, from sixteen writers at once', async () => {
    const since = await head(t.deps.db);
    const consoles = [new Console(t.address, room, { since }), new Console(t.address, room, { since })];
    await Promise.all(consoles.map((console) => console.connected()));
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let i = 0; i < 5; i++) await tell(t.deps, 'policy.changed', policyChanged(writer), 1 + (i % 3));
      }),
    );
    const expected = await ledger(since, dispatcher);
    expect(expected.length).toBe(16 * 9);
    for (const console of consoles) {
      await until(() => console.seq === expected.at(-1));
      expect(console.seqs).toEqual(expected);
      console.close();
    }
  });

  /**
   * A walk of cuts: facts are written all the time, for the room, for the team and for other teams; each client is
   * cut at random moments and comes back by itself. `broken` clients forget their number, as Socket.IO's own
   * recovery does after a restart.
   */
  async function walk(cuts: number, seed: number, broken: boolean) {
    const roll = dice(seed);
    const since = await head(t.deps.db);
    const people = [
      { token: room, who: dispatcher },
      { token: room, who: dispatcher },
      { token: street, who: { role: 'officer', id: streetId, teamId } as const },
    ];
    const clients = people.map(({ token }) => new Console(t.address, token, { since }));
    await Promise.all(clients.map((client) => client.connected()));
    const shift = { on: true };
    const writer = (async () => {
      for (let i = 0; shift.on; i++) {
        const kind = roll();
        if (kind < 0.4) await tell(t.deps, 'policy.changed', policyChanged(i), 1 + Math.floor(roll() * 4));
        else if (kind < 0.7) await tell(t.deps, 'assignment.offered', offerTo(teamId));
        else if (kind < 0.9) await tell(t.deps, 'assignment.offered', offerTo(teamId + 1));
        else await tell(t.deps, 'town.imported', townImported);
      }
    })();
    for (let i = 0; i < cuts; i++) {
      const client = clients[i % clients.length]!;
      const met = client.hellos.length;
      await new Promise((resolve) => setTimeout(resolve, roll() * 15));
      if (broken) client.seq = null;
      client.cut();
      if (broken) client.seq = null;
      await until(() => client.hellos.length > met);
    }
    shift.on = false;
    await writer;
    await tell(t.deps, 'town.imported', townImported);
    const end = await head(t.deps.db);
    const results = [];
    for (const [i, client] of clients.entries()) {
      await until(() => client.events.at(-1)?.seq === end);
      results.push({ received: client.seqs, expected: await ledger(since, people[i]!.who) });
      client.close();
    }
    return results;
  }

  test(
    '200 random cuts: every client ends with exactly its facts, in order, none twice',
    { timeout: 120_000 },
    async () => {
      for (const { received, expected } of await walk(200, 7, false)) expect(received).toEqual(expected);
    },
  );

  test(
    'control: clients that forget their number miss facts in the same walk',
    { timeout: 120_000 },
    async () => {
      const results = await walk(60, 7, true);
      expect(results.some(({ received, expected }) => received.length < expected.length)).toBe(true);
    },
  );

  test('cut for longer: what happened meanwhile comes first', async () => {
    const client = await new Console(t.address, room, { since: await head(t.deps.db) }).connected();
    const since = client.seq!;
    client.socket.disconnect();
    for (let i = 0; i < 30; i++) await tell(t.deps, 'policy.changed', policyChanged(i), 10);
    client.socket.connect();
    const expected = await ledger(since, dispatcher);
    await until(() => client.events.length >= expected.length);
    expect(client.seqs).toEqual(expected);
    expect(client.hellos.at(-1)?.replay).toBe(300);
    client.close();
  });

  test("a restart of the server loses nothing: the number is the client's, the facts are the ledger's", async () => {
    const since = await head(t.deps.db);
    let app: App = await createApp(t.deps);
    await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
    const { port } = app.server.address() as { port: number };
    const client = await new Console(`http://127.0.0.1:${port}`, room, { since }).connected();
    await tell(t.deps, 'policy.changed', policyChanged(1), 5);
    await until(() => client.events.length === 5);
    await app.close();
    await new Promise((resolve) => app.server.close(resolve));
    await until(() => !client.socket.connected);
    await tell(t.deps, 'policy.changed', policyChanged(2), 10);
    app = await createApp(t.deps);
    await new Promise<void>((resolve) => app.server.listen(port, '127.0.0.1', resolve));
    await until(() => client.events.length >= 15);
    await tell(t.deps, 'policy.changed', policyChanged(3));
    await until(() => client.events.length >= 16);
    expect(client.seqs).toEqual(await ledger(since, dispatcher));
    client.close();
    await app.close();
    await new Promise((resolve) => app.server.close(resolve));
  });

  test('beyond the window a client is told to take a snapshot, then gets what follows it', async () => {
    const since = await head(t.deps.db);
    await tell(t.deps, 'policy.changed', policyChanged(1), 3);
    await t.advance(25 * 3_600_000, 3_600_000);
    const token = (await t.person('dispatcher', `late-${engine}`)).token;
    const client = await new Console(t.address, token, { since }).connected();
    const now = await head(t.deps.db);
    await until(() => client.resnapshots.length === 1);
    expect(client.resnapshots).toEqual([{ reason: 'window', head: now }]);
    await tell(t.deps, 'policy.changed', policyChanged(2));
    await until(() => client.events.length === 1);
    expect(client.seqs).toEqual([now + 1]);
    client.close();
    const dispatcherPhone = await t.person('dispatcher', `reader-${engine}`);
    const old = await dispatcherPhone.call('listEvents', { query: { since } });
    expect([old.status, old.problem.code]).toEqual([410, 'window_exceeded']);
    const fresh = await dispatcherPhone.ok('listEvents', { query: { since: now, limit: 1 } });
    expect(fresh.events.map(({ seq }) => seq)).toEqual([now + 1]);
  });

  test('more than 20,000 facts back is beyond the window too; a number from another ledger is said to be so', async () => {
    const token = (await t.person('dispatcher', `ahead-${engine}`)).token;
    const ahead = await new Console(t.address, token, { since: 1_000_000 }).connected();
    await until(() => ahead.resnapshots.length === 1);
    expect(ahead.resnapshots[0]?.reason).toBe('ahead');
    ahead.close();
    const since = await head(t.deps.db);
    for (let i = 0; i < 10; i++)
      await tell(t.deps, 'incident.noted', { incidentId: 1 as never, text: '' }, 2000);
    const inside = await new Console(t.address, token, { since }).connected();
    await until(() => inside.events.length === 20_000);
    expect(inside.seqs).toEqual(Array.from({ length: 20_000 }, (_, i) => since + 1 + i));
    inside.close();
    await tell(t.deps, 'policy.changed', policyChanged(1));
    const outside = await new Console(t.address, token, { since }).connected();
    await until(() => outside.resnapshots.length === 1);
    expect(outside.resnapshots[0]?.reason).toBe('window');
    outside.close();
  });
});
