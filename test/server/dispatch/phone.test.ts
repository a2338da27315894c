import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

describe.each(engines().slice(-1))('the phone in the street on %s', (engine) => {
  let at: TestTown;
  let room: Phone;
  let own: Phone;
  let mate: Phone;
  let other: Phone;

  beforeAll(async () => {
    at = await town(engine);
    room = await at.person('dispatcher');
    await addTeam(at.deps.db, { code: 'A', at: at.now(), place: cellCentre(0, 0) });
    await addTeam(at.deps.db, { code: 'B', at: at.now(), place: cellCentre(3, 3), zoneNumbers: [4] });
    own = await at.signIn('A-1');
    mate = await at.signIn('A-2');
    other = await at.signIn('B-1');
  });
  afterAll(() => at.close());

  const stand = (phone: Phone, place: { lng: number; lat: number }) =>
    phone.ok('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [{ fixedAt: new Date(at.now()).toISOString(), ...place, accuracyMetres: 5 }],
      },
    });

  async function taskOnScene() {
    await stand(own, cellCentre(0, 0));
    await stand(other, cellCentre(3, 3));
    await at.app.tick();
    // fixes are written in batches beside the answer: the engine sees them once they are in the table
    await expect
      .poll(async () => (await at.deps.db('team_latest').where('fix_at', '>=', new Date(at.now()))).length, {
        timeout: 40_000,
      })
      .toBe(2);
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'FD-01', point: cellCentre(0, 0), crs: 'wgs84', address: '民权路 1 号' },
    });
    let id = (await own.ok('readPhone')).tasks[0]?.assignment.id;
    if (id === undefined) {
      const { assignment } = await room.ok('dispatchIncident', { params: { incidentId: incident.id } });
      id = assignment!.id;
    }
    const params = { assignmentId: id };
    await own.ok('acceptAssignment', { params });
    await own.ok('departAssignment', { params });
    await own.ok('arriveAssignment', { params });
    return { params, incidentId: incident.id };
  }

  test('one read shows team, task, fix and the next check-in; the day tells answers and who looked', async () => {
    const { params } = await taskOnScene();
    const phone = await own.ok('readPhone');
    expect(phone.duty.on).toBe(true);
    expect(phone.team?.members.map((member) => member.licensed)).toEqual([true, true]);
    expect(phone.tasks.map(({ assignment }) => assignment.state)).toEqual(['on_scene']);
    expect(phone.checkIns).toEqual([
      {
        assignmentId: params.assignmentId,
        dueAt: new Date(at.now() + 600_000).toISOString(),
        missed: 0,
      },
    ]);
    await room.ok('readTrail', {
      params: { teamId: phone.team!.id },
      query: { minutes: 30, purpose: '核对到场' },
    });
    const day = await mate.ok('readMyDay');
    expect(day).toMatchObject({ offered: 1, accepted: 1, declined: 0, active: 1 });
    expect(day.viewers.map(({ purpose }) => purpose)).toEqual(['核对到场']);
    expect((await other.ok('readMyDay')).viewers).toEqual([]);
    await own.ok('handleAssignment', {
      params,
      body: { disposition: '已驶离', liability: 'education' },
    });
  });

  test('a step done without a network keeps its own time, between the step before and now', async () => {
    const { params, incidentId } = await taskOnScene();
    const arrived = at.now();
    await at.advance(20 * 60_000, 60_000);
    await own.ok('checkIn', { params });
    const done = await own.ok('handleAssignment', {
      params,
      body: {
        disposition: '离线时处置',
        liability: 'education',
        doneAt: new Date(arrived + 5 * 60_000).toISOString(),
      },
    });
    expect(Date.parse(done.endedAt!)).toBe(arrived + 5 * 60_000);
    const { incident } = await room.ok('readIncident', { params: { incidentId } });
    expect(Date.parse(incident.handledAt!)).toBe(arrived + 5 * 60_000);
  });

  test('a time ahead or before the step before is moved inside', async () => {
    const { params } = await taskOnScene();
    const arrived = at.now();
    await at.advance(60_000);
    const body = { disposition: '处置', liability: 'education' } as const;
    const done = await own.ok('handleAssignment', {
      params,
      body: { ...body, doneAt: new Date(arrived - 3_600_000).toISOString() },
    });
    expect(Date.parse(done.endedAt!)).toBe(arrived);
  });

  test('two prompts without an answer bring an alarm, a check-in ends it; control: one prompt does not', async () => {
    const { params } = await taskOnScene();
    const missed = async () =>
      (await room.ok('readSnapshot')).alarms.filter(({ kind }) => kind === 'check_in_missed').length;
    await at.advance(11 * 60_000, 30_000);
    expect(await missed()).toBe(0);
    await at.advance(10 * 60_000, 30_000);
    expect(await missed()).toBe(1);
    await mate.ok('checkIn', { params });
    expect(await missed()).toBe(0);
    expect((await own.ok('readPhone')).checkIns[0]?.missed).toBe(0);
    await at.advance(12 * 60_000, 30_000);
    expect(await missed()).toBe(0);
    await own.ok('handleAssignment', { params, body: { disposition: '毕', liability: 'none' } });
  });

  test('a call for help reaches the room and the nearest team with its place, and outlives the incident', async () => {
    const { params } = await taskOnScene();
    await own.ok('requestHelp', { params, body: { want: 'backup', text: '围观人多' } });
    const place = { ...cellCentre(1, 1), crs: 'wgs84', accuracyMetres: 9 } as const;
    const { alarm, helpers } = await own.ok('raiseSos', { body: { place } });
    expect(alarm.detail).toMatchObject({ name: 'A-1', teamCode: 'A' });
    const again = await own.ok('raiseSos', { body: { place } });
    expect(again.alarm.id).toBe(alarm.id);
    const near = (await other.ok('readPhone')).sos;
    expect(helpers).toHaveLength(1);
    expect(near.map(({ name }) => name)).toEqual(['A-1']);
    await own.ok('handleAssignment', { params, body: { disposition: '毕', liability: 'none' } });
    const standing = (await room.ok('readSnapshot')).alarms.map(({ kind }) => kind);
    expect(standing).toContain('sos');
    expect(standing).not.toContain('help_requested');
    await room.ok('acknowledgeAlarm', { params: { alarmId: alarm.id } });
    expect((await own.ok('readPhone')).sos[0]?.acknowledgedBy).toBe('dispatcher-1');
    await own.ok('endSos');
    expect((await own.ok('readPhone')).sos).toEqual([]);
  });

  test('somebody of another team may not check in or call for a task that is not theirs', async () => {
    const { params } = await taskOnScene();
    expect((await other.call('checkIn', { params })).problem.code).toBe('action_forbidden');
    const body = { want: 'transfer', text: '不归本队' } as const;
    expect((await other.call('requestHelp', { params, body })).problem.code).toBe('action_forbidden');
  });

  test('a task that is taken back is told of with its reason for half an hour, to that team alone', async () => {
    await stand(other, cellCentre(3, 3));
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'CY-17', point: cellCentre(3, 3), crs: 'wgs84' },
    });
    const { team } = await other.ok('readPhone');
    const { id } = await room.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: team!.id, override: 'order' },
    });
    await room.ok('recallAssignment', { params: { assignmentId: id }, body: { reason: '报告人撤回' } });
    const told = async (phone: Phone) => (await phone.ok('readPhone')).calledOff;
    expect(await told(other)).toMatchObject([
      { assignmentId: id, incidentId: incident.id, reason: 'recalled', text: '报告人撤回' },
    ]);
    expect((await told(own)).map(({ assignmentId }) => assignmentId)).not.toContain(id);
    await at.advance(31 * 60_000, 60_000);
    expect(await told(other)).toEqual([]);
  });
});
