import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { room, type Room } from './scene-kit.ts';

/** Rounds of the first race, teams of the second. RACE=long is 1,000 rounds and 100 teams: some minutes. */
const isLong = process.env.RACE === 'long';
const rounds = isLong ? { embedded: 1000, postgresql: 1000 } : { embedded: 20, postgresql: 40 };
const many = isLong ? { embedded: 100, postgresql: 100 } : { embedded: 3, postgresql: 16 };

describe.each(engines())('rivals over HTTP [%s]', (engine) => {
  let here: Room;
  beforeAll(async () => {
    here = await room(engine);
  });
  afterAll(() => here.town.close());

  /** One more team on duty, with nobody signed in. */
  const add = (i: number) =>
    addTeam(here.town.deps.db, {
      code: `R${100 + i}`,
      at: here.town.now(),
      place: cellCentre(i % 4, Math.floor(i / 4) % 4),
    });

  /** Every slot is held by exactly the tasks that stand. */
  const slotsAgree = async () => {
    const { rows } = await here.town.deps.db.raw(
      `select t.id from team t where cardinality(t.free_slots) + (select count(*) from assignment a
         where a.team_id = t.id and a.ended_at is null) <> t.capacity`,
    );
    expect(rows).toEqual([]);
  };
  const chainHasNoGap = async () => {
    const { rows } = await here.town.deps.db.raw('select count(*)::int n, max(seq)::int last from event');
    expect(rows[0].n).toBe(rows[0].last);
  };

  test(
    '16 dispatchers on one incident: one gets it, the others learn who did',
    { timeout: 1_800_000 },
    async () => {
      const crews = [];
      for (let i = 0; i < 16; i++) crews.push(await add(i));
      const incidentId = await here.incident(1, 1);
      const params = { incidentId };
      for (let round = 0; round < rounds[engine]; round++) {
        const answers = await Promise.all(
          crews.map(({ teamId }) =>
            here.dispatcher.call('assignTeam', {
              params,
              body: { teamId: teamId, override: 'order' },
            }),
          ),
        );
        const won = answers.filter(({ status }) => status === 200);
        expect(won).toHaveLength(1);
        for (const { status, problem } of answers.filter((answer) => answer !== won[0])) {
          expect([status, problem.code]).toEqual([409, 'incident_taken']);
          expect(problem.detail).toMatchObject({ teamId: won[0]!.output.teamId, by: here.dispatcher.name });
        }
        await here.dispatcher.ok('recallAssignment', { params: { assignmentId: won[0]!.output.id } });
      }
      await slotsAgree();
      await chainHasNoGap();
    },
  );

  test('the same key ten times at once is one act with one answer', async () => {
    const [team] = (await here.dispatcher.ok('readSnapshot')).teams;
    const params = { incidentId: await here.incident(2, 2) };
    const key = '6f1a2f60-54c4-4a10-9a55-3d1c8b7a0001';
    const body = { teamId: team!.id, override: 'order' } as const;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => here.dispatcher.call('assignTeam', { params, body, key })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ output }) => output.id)).size).toBe(1);
    await here.dispatcher.ok('recallAssignment', { params: { assignmentId: answers[0]!.output.id } });
  });

  test('16 incidents want the same team: it goes to one, at every team', { timeout: 1_800_000 }, async () => {
    for (let i = 16; i < many[engine]; i++) await add(i);
    const { teams } = await here.dispatcher.ok('readSnapshot');
    const incidents = await Promise.all(Array.from({ length: 16 }, (_, i) => here.incident(i % 4, i % 3)));
    for (const { id } of teams.slice(0, many[engine])) {
      const answers = await Promise.all(
        incidents.map((incidentId) =>
          here.dispatcher.call('assignTeam', {
            params: { incidentId },
            body: { teamId: id, override: 'order' },
          }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const won = answers.find(({ status }) => status === 200)!;
      const lost = answers.filter((answer) => answer !== won);
      expect(new Set(lost.map(({ status, problem }) => `${status} ${problem.code}`))).toEqual(
        new Set(['409 team_taken']),
      );
      await here.dispatcher.ok('recallAssignment', { params: { assignmentId: won.output.id } });
    }
    await slotsAgree();
  });

  test('the engine and its rivals choose at once: no team twice, no incident twice, nothing but answers', async () => {
    const incidents = await Promise.all(Array.from({ length: 16 }, (_, i) => here.incident(i % 4, i % 4)));
    const answers = await Promise.all(
      incidents.flatMap((incidentId) => [
        here.dispatcher.call('dispatchIncident', { params: { incidentId } }),
        here.dispatcher.call('dispatchIncident', { params: { incidentId } }),
      ]),
    );
    const kinds = answers.map(({ status, problem }) => (status === 200 ? 'done' : problem.code));
    expect(new Set(kinds)).toEqual(new Set(['done', 'incident_taken']));
    await here.town.advance(3000);
    const { assignments } = await here.dispatcher.ok('readSnapshot');
    const active = assignments.filter(({ endedAt }) => endedAt === null);
    expect(new Set(active.map(({ teamId }) => teamId)).size).toBe(active.length);
    expect(active).toHaveLength(16);
    await slotsAgree();
  });
});
