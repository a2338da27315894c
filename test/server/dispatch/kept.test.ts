import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recommend } from '../../../server/dispatch/card.ts';
import { engines } from '../../kit/database.ts';
import { room, type Crew, type Room } from './scene-kit.ts';

/** The server keeps crews, kit and closures between decisions; the database says when they have changed. */
describe.each(engines())('what the engine keeps in memory [%s]', (engine) => {
  let here: Room;
  let crew: Crew;
  let incidentId: number;
  beforeAll(async () => {
    here = await room(engine);
    crew = await here.team('K1', 1, 1);
    await here.team('K2', 2, 1);
    incidentId = await here.incident(1, 1);
  });
  afterAll(() => here.town.close());

  type Db = Parameters<typeof recommend>[0]['db'];
  const codes = async (db: unknown = here.town.deps.db): Promise<string[]> => {
    const look = { db: db as Db, deps: here.town.deps, at: here.town.now() };
    const { candidates } = await recommend(look, incidentId);
    return candidates.find(({ teamId }) => teamId === crew.teamId)!.reasons.map(({ code }) => code);
  };
  const revoke = (db: Pick<Room['town']['deps'], 'db'>['db'], at: Date | null) =>
    db('licence').where({ person_id: crew.phone.personId }).update({ revoked_at: at });
  const longAgo = () => new Date(here.town.now() - 1000);

  test('a change that no command made counts at the next look', async () => {
    expect(await codes()).toEqual([]);
    await revoke(here.town.deps.db, longAgo());
    expect(await codes()).toContain('licences_few');
    await revoke(here.town.deps.db, null);
    expect(await codes()).toEqual([]);
  });

  test('a transaction sees its own change, nobody else does, and one that is rolled back leaves nothing', async () => {
    const { db } = here.town.deps;
    await expect(
      db.transaction(async (tx) => {
        await revoke(tx as never, longAgo());
        expect(await codes(tx)).toContain('licences_few');
        // the embedded database serves one transaction at a time: there nobody can look meanwhile
        expect(engine === 'postgresql' ? await codes() : []).toEqual([]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await codes()).toEqual([]);
    await revoke(db, longAgo());
    expect(await codes()).toContain('licences_few');
    await revoke(db, null);
  });

  test('control: without its trigger the change is not seen', async () => {
    const { db } = here.town.deps;
    expect(await codes()).toEqual([]);
    await db.raw('alter table licence disable trigger licence_revision');
    await revoke(db, longAgo());
    expect(await codes()).toEqual([]);
    await db.raw('alter table licence enable trigger licence_revision');
    await revoke(db, longAgo());
    expect(await codes()).toContain('licences_few');
  });
});
