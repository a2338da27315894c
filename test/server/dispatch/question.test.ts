import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { room, type Crew, type Room } from './scene-kit.ts';

describe.each(engines())('a team that does not come nearer is asked [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const stand = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) {
      await here.town.advance(10_000, 10_000);
      await here.freshen();
    }
  };
  const questions = async (crew: Crew) => (await crew.phone.ok('readPhone')).questions;
  const alarms = async () => (await here.dispatcher.ok('readSnapshot')).alarms;
  const proposals = async () => (await here.dispatcher.ok('readSnapshot')).proposals;
  /** A team that has accepted and stands where it stood until it is asked. */
  async function asked(departed = true) {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 3);
    const { id } = await here.assign(incidentId, crew);
    await here.accept(crew, id);
    if (departed) await crew.phone.ok('departAssignment', { params: { assignmentId: id } });
    while ((await questions(crew)).length === 0) await stand(10);
    return { crew, incidentId, params: { assignmentId: id } };
  }
  const facts = async (incidentId: number) =>
    (await here.dispatcher.ok('readIncident', { params: { incidentId } })).timeline.map(({ type }) => type);

  test('first the phone alone; on the way begins the patience anew, a second stall troubles the room at once', async () => {
    const { crew, incidentId, params } = await asked(false);
    expect(await questions(crew)).toMatchObject([{ ...params, state: 'stalled' }]);
    expect(await here.alarms(), 'the room is not troubled yet').toEqual([]);
    await crew.phone.ok('answerQuestion', { params, body: { word: 'on_the_way' } });
    expect(await questions(crew)).toEqual([]);
    await stand(60);
    expect(await here.alarms()).toEqual([]);
    while ((await questions(crew)).length === 0) await stand(10);
    expect(await here.alarms()).toEqual(['team_stalled']);
    await here.move(crew, 1, 1);
    await here.town.advance(30_000, 10_000);
    expect([await here.alarms(), await questions(crew)]).toEqual([[], []]);
    expect(await facts(incidentId)).toEqual(expect.arrayContaining(['team.asked', 'team.answered']));
  });

  test('held up tells the room why, and another team is proposed if nothing changes', async () => {
    const { crew, incidentId, params } = await asked();
    const silent = await crew.phone.call('answerQuestion', { params, body: { word: 'held_up' } });
    expect([silent.status, silent.problem.code]).toEqual([422, 'fields_invalid']);
    await crew.phone.ok('answerQuestion', { params, body: { word: 'held_up', reason: 'traffic' } });
    expect(await alarms()).toMatchObject([
      { kind: 'team_stalled', incidentId, detail: { word: 'held_up', reason: 'traffic', text: '' } },
    ]);
    const other = await here.team('N2', 0, 0);
    expect(await proposals()).toEqual([]);
    await stand(150);
    expect(await proposals()).toMatchObject([{ kind: 'give', incidentId, toTeamId: other.teamId }]);
  });

  test('cannot calls the room and seeks another team at once; the call stands though the team moves on', async () => {
    const { crew, incidentId, params } = await asked();
    const other = await here.team('N2', 0, 0);
    await crew.phone.ok('answerQuestion', { params, body: { word: 'cannot', text: '车辆故障' } });
    expect(await here.alarms()).toEqual(['help_requested', 'team_stalled']);
    expect(await proposals()).toMatchObject([{ kind: 'give', incidentId, toTeamId: other.teamId }]);
    await here.move(crew, 1, 1);
    await here.town.advance(30_000, 10_000);
    expect(await here.alarms()).toEqual(['help_requested']);
  });

  test('an answer that comes after the arrival changes nothing, and nobody answers for another team', async () => {
    const { crew, params } = await asked();
    const other = await here.team('N2', 0, 0);
    const body = { word: 'on_the_way' } as const;
    const foreign = await other.phone.call('answerQuestion', { params, body });
    expect(foreign.problem.code).toBe('action_forbidden');
    await crew.phone.ok('arriveAssignment', { params, body: { reason: '步行到场' } });
    expect((await crew.phone.ok('answerQuestion', { params, body })).state).toBe('on_scene');
    const told = await here.town.deps.db('event').where({ type: 'team.answered' });
    expect(told).toEqual([]);
  });

  test('已动身,未接单: movement without an answer is seen and quiets the silence, and is no acceptance', async () => {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 3);
    const { id } = await here.assign(incidentId, crew);
    await here.town.advance(5000);
    const movingAt = async () =>
      (await crew.phone.ok('readPhone')).tasks.find(({ assignment }) => assignment.id === id)?.assignment
        .movingAt;
    await here.freshen();
    await here.town.advance(2000);
    expect(await movingAt(), 'control: standing').toBeNull();
    await here.move(crew, 1, 1);
    await here.town.advance(2000);
    expect(await movingAt()).not.toBeNull();
    expect(await here.lead(incidentId)).toMatchObject({ id, state: 'offered' });
    await here.town.advance(60_000, 10_000);
    expect((await here.lead(incidentId))?.id, 'the offer ran out').not.toBe(id);
    expect(await here.alarms()).not.toContain('offer_unanswered');
    expect(await facts(incidentId)).toEqual(expect.arrayContaining(['team.moved', 'assignment.expired']));
  });

  test('control: the same silence of a team that stands sounds', async () => {
    const crew = await here.team('N1', 0, 0);
    await here.assign(await here.incident(3, 3), crew);
    await here.town.advance(65_000, 5000);
    expect(await here.alarms()).toContain('offer_unanswered');
  });
});
