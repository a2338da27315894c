import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../../shared/contract/api.ts';
import { eventsAfter, head } from '../../../server/audit/store.ts';
import { transact, systemActor } from '../../../server/kernel/transact.ts';
import { teamView } from '../../../server/teams/store.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

describe.each(engines())('snapshot [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;
  let teamId: number;

  beforeAll(async () => {
    t = await town(engine);
    dispatcher = await t.person('dispatcher');
    ({ teamId } = await addTeam(t.deps.db, { code: 'T01', at: t.now(), place: cellCentre(1, 1) }));
    await addTeam(t.deps.db, { code: 'T02', at: t.now(), place: cellCentre(2, 2), onDuty: false });
  });
  afterAll(() => t.close());

  /** One command that changes a team and says so. */
  const touch = () =>
    transact(t.deps, systemActor, async (tx) => {
      await tx.db('team').where({ id: teamId }).increment('version', 1);
      tx.announce('team.changed', `team/${teamId}`, { team: await teamView(tx.db, tx.at, teamId), text: '' });
    });

  /** Version of the team after the facts up to a number. */
  async function versionAt(seq: number): Promise<number> {
    const facts = (await eventsAfter(t.deps.db, 0, 100_000)).filter(
      (event) => event.seq <= seq && event.type === 'team.changed',
    );
    return (facts.at(-1)?.data as { team: { version: number } } | undefined)?.team.version ?? 1;
  }

  test('has the shape of the contract; places only of teams on duty', async () => {
    const snapshot = await dispatcher.ok('readSnapshot');
    expect(api.readSnapshot.output.parse(snapshot)).toEqual(snapshot);
    expect(snapshot.teams.map(({ code }) => code)).toEqual(['T01', 'T02']);
    expect(snapshot.positions.map((position) => position.teamId)).toEqual([teamId]);
    expect(snapshot.seq).toBe(await head(t.deps.db));
  });

  test('tables and number belong together while commands commit', async () => {
    const shift = { on: true };
    const writer = (async () => {
      while (shift.on) await touch();
    })();
    const taken = [];
    for (let i = 0; i < 40; i++) taken.push(await dispatcher.ok('readSnapshot'));
    shift.on = false;
    await writer;
    for (const { seq, teams } of taken)
      expect([seq, teams.find(({ id }) => id === teamId)?.version]).toEqual([seq, await versionAt(seq)]);
    expect(new Set(taken.map(({ seq }) => seq)).size).toBeGreaterThan(5);
  });

  test('control: number and tables read one after the other do not belong together', async () => {
    const seq = await head(t.deps.db);
    await touch();
    const torn = await teamView(t.deps.db, t.now(), teamId);
    expect(torn.version).not.toBe(await versionAt(seq));
  });

  test('is for those who watch the room', async () => {
    const officer = await t.signIn('T01-1');
    expect((await officer.call('readSnapshot')).problem.code).toBe('action_forbidden');
  });
});
