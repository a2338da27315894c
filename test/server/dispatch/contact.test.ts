import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

const scene = cellCentre(1, 0);
const number = '13911112222';

/** The reporter's telephone: for the team on the task and the room, each look in the ledger, nowhere else. */
describe.each(engines())('calling the reporter [%s]', (engine) => {
  let at: TestTown;
  let room: Phone;
  let officer: Phone;
  let stranger: Phone;

  beforeAll(async () => {
    at = await town(engine);
    room = await at.person('dispatcher');
    await addTeam(at.deps.db, { code: 'A1', at: at.now(), place: scene, auxiliaries: 1 });
    await addTeam(at.deps.db, { code: 'B1', at: at.now(), place: cellCentre(3, 3) });
    officer = await at.signIn('A1-1');
    stranger = await at.signIn('B1-1');
  });
  afterAll(() => at.close());

  const task = async (reporter: object) => {
    const { incident } = await room.ok('createIncident', {
      body: { matterCode: 'CY-01', point: scene, crs: 'wgs84', ...reporter },
    });
    const { assignment } = await room.ok('dispatchIncident', { params: { incidentId: incident.id } });
    return { incident, params: { assignmentId: assignment!.id } };
  };
  const looks = async (incidentId: number) =>
    (await room.ok('readIncident', { params: { incidentId } })).timeline.filter(
      ({ type }) => type === 'reporter.contacted',
    );

  test('from the acceptance to the end, for the own team and the room; strangers are refused and leave no fact', async () => {
    const { incident, params } = await task({ reporterName: '王居民', reporterPhone: number });
    const early = await officer.call('callReporter', { params });
    expect([early.status, early.problem.code]).toEqual([409, 'task_idle']);
    expect((await officer.ok('readPhone')).callable).toEqual([]);
    await officer.ok('acceptAssignment', { params });
    expect((await officer.ok('readPhone')).callable).toEqual([incident.id]);
    for (const role of ['planner', 'auditor', 'administrator', 'gridWorker'] as const) {
      const { status, problem } = await (await at.person(role)).call('callReporter', { params });
      expect([role, status, problem.code]).toEqual([role, 403, 'action_forbidden']);
    }
    const foreign = await stranger.call('callReporter', { params });
    expect([foreign.status, foreign.problem.code]).toEqual([403, 'action_forbidden']);
    expect(await looks(incident.id)).toEqual([]);

    const contact = { name: '王**', phone: number };
    const own = await officer.ok('callReporter', { params });
    expect(own).toEqual({ contacts: [contact] });
    const helper = await at.signIn('A1-3');
    expect(await helper.ok('callReporter', { params })).toEqual({ contacts: [contact] });
    expect(await room.ok('callReporter', { params })).toEqual({ contacts: [contact] });
    const facts = await looks(incident.id);
    expect(facts.map(({ actor }) => actor.id)).toEqual([officer.personId, helper.personId, room.personId]);
    expect(facts[0]!.data).toMatchObject({ incidentId: incident.id, assignmentId: params.assignmentId });

    await officer.ok('returnAssignment', { params, body: { reason: '现场未发现问题' } });
    const late = await officer.call('callReporter', { params });
    expect([late.status, late.problem.code]).toEqual([409, 'task_idle']);
    expect(await looks(incident.id)).toHaveLength(3);
  });

  test('the number stands in no view, no fact and no kept answer; of a merged report it is handed out too', async () => {
    const { incident, params } = await task({ reporterPhone: '13800001111' });
    const other = await room.ok('createIncident', {
      body: { matterCode: 'CY-01', point: scene, crs: 'wgs84', reporterPhone: number, file: false },
    });
    await room.ok('mergeIncident', {
      params: { incidentId: other.incident.id },
      body: { into: incident.id },
    });
    await officer.ok('acceptAssignment', { params });
    const { contacts } = await officer.ok('callReporter', { params });
    expect(contacts.map(({ phone }) => phone)).toEqual(['13800001111', number]);
    const { db } = at.deps;
    const seen = JSON.stringify([
      await officer.ok('readPhone'),
      await officer.ok('listTasks'),
      await officer.ok('readIncident', { params: { incidentId: incident.id } }),
      await room.ok('readSnapshot'),
      await db('event').select('body'),
      await db('idempotency'),
    ]);
    for (const kept of [number, '13800001111']) expect(seen).not.toContain(kept);
    // control: it is kept where it belongs
    expect(JSON.stringify(await db('report'))).toContain(number);
    await officer.ok('returnAssignment', { params, body: { reason: '现场未发现问题' } });
  });

  test('nobody left a number: the phone offers no call, and the answer is empty', async () => {
    const { params } = await task({ reporterName: '李居民' });
    await officer.ok('acceptAssignment', { params });
    expect((await officer.ok('readPhone')).callable).toEqual([]);
    expect(await officer.ok('callReporter', { params })).toEqual({ contacts: [] });
  });
});
