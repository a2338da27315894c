import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

describe.each(engines())('from a report to a cleared scene [%s]', (engine) => {
  let place: TestTown;
  let dispatcher: Phone;
  let officer: Phone;
  let teamId: number;

  beforeAll(async () => {
    place = await town(engine);
    dispatcher = await place.person('dispatcher');
    ({ teamId } = await addTeam(place.deps.db, { code: 'A1', at: place.now(), place: cellCentre(0, 0) }));
    await addTeam(place.deps.db, { code: 'A2', at: place.now(), place: cellCentre(1, 1) });
    await addTeam(place.deps.db, { code: 'A3', at: place.now(), place: cellCentre(0, 1), licensed: 1 });
    officer = await place.signIn('A1-1');
  });
  afterAll(() => place.close());

  test('the card comes with the incident, and the first team takes it to the end', async () => {
    const { incident, recommendation } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' },
    });
    expect(incident.state).toBe('filed');
    expect(recommendation?.candidates[0]).toMatchObject({ teamId, rank: 1, verdict: 'eligible' });
    expect(recommendation?.candidates.find(({ code }) => code === 'A3')?.reasons).toMatchObject([
      { code: 'licences_few', have: 1, need: 2 },
    ]);
    const params = { incidentId: incident.id };
    const assignment = await dispatcher.ok('assignTeam', { params, body: { teamId: teamId } });
    expect(assignment).toMatchObject({ state: 'offered', teamId, manual: false });
    const own = { assignmentId: assignment.id };
    expect((await officer.ok('listTasks')).tasks).toMatchObject([{ assignment: { id: assignment.id } }]);
    await officer.ok('seeAssignment', { params: own });
    expect(await officer.ok('acceptAssignment', { params: own })).toMatchObject({ state: 'accepted' });
    expect(await officer.ok('departAssignment', { params: own })).toMatchObject({ state: 'en_route' });
    expect(await officer.ok('arriveAssignment', { params: own })).toMatchObject({ state: 'on_scene' });
    const done = { disposition: '当场改正', liability: 'education' } as const;
    expect(await officer.ok('handleAssignment', { params: own, body: done })).toMatchObject({
      state: 'completed',
    });
    const { incident: after, timeline } = await dispatcher.ok('readIncident', { params });
    expect(after).toMatchObject({ state: 'handled', handledBy: officer.personId, assignmentId: null });
    expect(timeline.map(({ type }) => type)).toEqual([
      'incident.reported',
      'incident.filed',
      'assignment.offered',
      'assignment.seen',
      'assignment.accepted',
      'team.departed',
      'team.arrived',
      'incident.handled',
    ]);
  });

  test('declined, then unanswered, then nobody is left: a person is called, and nothing holds a slot', async () => {
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' },
    });
    const params = { incidentId: incident.id };
    const { assignment } = await dispatcher.ok('dispatchIncident', { params });
    expect(assignment).toMatchObject({ teamId, state: 'offered' });
    const body = { reason: 'not_ours' } as const;
    await officer.ok('declineAssignment', { params: { assignmentId: assignment!.id }, body });
    await place.advance(61_000, 5_000);
    const { incident: after, assignments } = await dispatcher.ok('readIncident', { params });
    expect(after.state).toBe('filed');
    expect(assignments.map(({ state }) => state)).toEqual(['declined', 'expired']);
    const { alarms, teams } = await dispatcher.ok('readSnapshot');
    expect(alarms.map(({ kind }) => kind)).toContain('offers_exhausted');
    expect(teams.map(({ freeSlots, assignmentIds }) => [freeSlots, assignmentIds.length])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });
});
