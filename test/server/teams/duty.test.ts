import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

describe.each(engines().slice(-1))('duty and status of a team [%s]', (engine) => {
  let place: TestTown;
  let dispatcher: Phone;
  let leader: Phone;
  let member: Phone;
  let teamId: number;

  beforeAll(async () => {
    place = await town(engine);
    dispatcher = await place.person('dispatcher');
    const options = { code: 'D1', at: place.now(), place: cellCentre(0, 0), onDuty: false };
    ({ teamId } = await addTeam(place.deps.db, options));
    leader = await place.signIn('D1-1');
    member = await place.signIn('D1-2');
  });
  afterAll(() => place.close());

  const status = async () =>
    (await dispatcher.ok('readSnapshot')).teams.find(({ id }) => id === (teamId as never));

  test('signing on by the roster puts the team on duty; a stranger to the roster is refused', async () => {
    expect((await status())?.status).toBe('off_duty');
    expect(await leader.ok('readDuty')).toMatchObject({ on: false, teamId });
    expect(await leader.ok('setDuty', { body: { on: true } })).toMatchObject({ on: true, teamId });
    expect(await status()).toMatchObject({ status: 'available', members: [{ personId: leader.personId }] });
    await member.ok('setDuty', { body: { on: true } });
    expect((await leader.ok('readMe')).teamId).toBe(teamId);
    const stranger = await place.person('officer');
    const refused = await stranger.call('setDuty', { body: { on: true } });
    expect([refused.status, refused.problem.code]).toEqual([409, 'guard_unmet']);
  });

  test('a break has a reason and an end, after which the team is there again by itself', async () => {
    const params = { teamId };
    const bare = await leader.call('setTeamStatus', { params, body: { status: 'unavailable' } });
    expect([bare.status, bare.problem.code]).toEqual([422, 'reason_missing']);
    const body = { status: 'unavailable', reason: 'break', minutes: 1 } as const;
    expect(await leader.ok('setTeamStatus', { params, body })).toMatchObject({
      status: 'unavailable',
      unavailableReason: 'break',
    });
    await place.advance(61_000, 10_000);
    expect((await status())?.status).toBe('available');
    expect(await dispatcher.ok('setTeamStatus', { params, body })).toMatchObject({ status: 'unavailable' });
    expect(await leader.ok('setTeamStatus', { params, body: { status: 'available' } })).toMatchObject({
      unavailableReason: null,
    });
  });

  test('with a task nobody leaves it empty: the last one may not sign off, nor may the team go on a break', async () => {
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' },
    });
    const { id } = await dispatcher.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: teamId },
    });
    await member.ok('setDuty', { body: { on: false } });
    for (const refused of [
      await leader.call('setDuty', { body: { on: false } }),
      await leader.call('setTeamStatus', {
        params: { teamId },
        body: { status: 'unavailable', reason: 'break' },
      }),
    ])
      expect([refused.status, refused.problem.code]).toEqual([409, 'team_busy']);
    const late = await leader.call('acceptAssignment', { params: { assignmentId: id } });
    expect(late.problem, 'one licensed officer is left').toMatchObject({
      code: 'guard_unmet',
      detail: { guard: 'team_eligible' },
    });
    await dispatcher.ok('recallAssignment', { params: { assignmentId: id } });
    expect(await leader.ok('setDuty', { body: { on: false } })).toMatchObject({ on: false });
    expect((await status())?.status).toBe('off_duty');
  });
});
