import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { court, type Court } from '../enforcement/file-kit.ts';

const minutes = (n: number) => n * 60_000;
const days = (n: number) => n * 86_400_000;

describe.each(engines())(
  'the clock of an incident after its handling [%s]',
  { timeout: 120_000 },
  (engine) => {
    let room: Court;
    let other: Phone;

    beforeAll(async () => {
      room = await court(engine);
      await addTeam(room.town.deps.db, {
        code: 'B1',
        at: room.town.now(),
        place: cellCentre(2, 2),
        licensed: 2,
        skills: ['市容'],
      });
      other = await room.town.signIn('B1-1');
    });
    afterAll(() => room.town.close());

    const freshen = () =>
      room.town.deps.db.raw('update team_latest set fix_at = ?', [new Date(room.town.now())]);
    const read = (incidentId: number) => room.dispatcher.ok('readIncident', { params: { incidentId } });
    const deadline = async (incidentId: number) => Date.parse((await read(incidentId)).incident.deadlineAt!);
    /** Shares of the deadline that were told, in their order. */
    const told = async (incidentId: number) =>
      (await read(incidentId)).timeline
        .filter(({ type }) => type === 'incident.escalated')
        .map(({ data }) => (data as { share?: number | null }).share);
    const taskOf = async (phone: Phone, incidentId: number) =>
      (await phone.ok('listTasks')).tasks.find(({ incident }) => incident.id === incidentId)!.assignment;
    /** Accepts, sets off, arrives. */
    async function go(phone: Phone, incidentId: number) {
      const params = { assignmentId: (await taskOf(phone, incidentId)).id };
      await phone.ok('acceptAssignment', { params });
      await phone.ok('departAssignment', { params });
      await phone.ok('arriveAssignment', { params, body: { reason: '现场' } });
      return params;
    }
    const handling = { disposition: '劝离', liability: 'education' } as const;
    /** A fire lane, two hours that run day and night, with team A1 on the scene. */
    async function onScene() {
      await freshen();
      const incidentId = await room.incident('FD-01');
      await room.dispatcher.ok('assignTeam', { params: { incidentId }, body: { teamId: room.teamId } });
      return { incidentId, own: await go(room.first, incidentId) };
    }

    test('a failed check stops the closing and wakes the clock: its notices and the breach come', async () => {
      const { incidentId, own } = await onScene();
      const params = { incidentId };
      const before = await deadline(incidentId);
      await room.town.advance(minutes(30), minutes(30));
      await room.first.ok('handleAssignment', { params: own, body: handling });
      // three hours in which nobody works on it: the clock rests, nothing is told, no time is asked for
      await room.town.advance(minutes(180), minutes(60));
      expect(await told(incidentId)).toEqual([]);
      const more = await room.dispatcher.call('extendIncident', { params, body: { reason: '再等' } });
      expect(more.problem.code).toBe('transition_illegal');
      await freshen();
      await room.dispatcher.ok('offerCheck', { params });
      await go(other, incidentId);
      await other.ok('reportCheck', { params, body: { passed: false, text: '仍占道' } });
      const closing = await room.dispatcher.call('closeIncident', { params });
      expect(closing.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'check_unfailed' } });
      await room.dispatcher.ok('failCheck', { params, body: { text: '仍占道' } });
      expect(await deadline(incidentId)).toBe(before + minutes(180));
      await room.town.advance(minutes(30), minutes(10));
      expect(await told(incidentId)).toEqual([0.5]);
      await room.dispatcher.ok('acceptRework', { params });
      expect((await read(incidentId)).incident).toMatchObject({
        liability: null,
        handledAt: null,
        handledBy: null,
      });
      await room.town.advance(minutes(61), minutes(10));
      expect(await told(incidentId)).toEqual([0.5, 0.8, 1]);
      const { alarms } = await room.dispatcher.ok('readSnapshot');
      expect(alarms.map((alarm) => [alarm.kind, alarm.incidentId])).toContainEqual([
        'deadline_breached',
        incidentId,
      ]);
      const again = { assignmentId: (await taskOf(room.first, incidentId)).id };
      await room.first.ok('departAssignment', { params: again });
      await room.first.ok('arriveAssignment', { params: again, body: { reason: '现场' } });
      await room.first.ok('handleAssignment', { params: again, body: handling });
      await freshen();
      await room.dispatcher.ok('offerCheck', { params });
      await go(other, incidentId);
      await other.ok('reportCheck', { params, body: { passed: true } });
      await room.dispatcher.ok('closeIncident', { params });
    });

    test('sent to another team after a failed check: the old handling is forgotten, the clock runs', async () => {
      const { incidentId, own } = await onScene();
      const params = { incidentId };
      await room.first.ok('handleAssignment', { params: own, body: handling });
      await room.dispatcher.ok('requestCheck', { params });
      await room.dispatcher.ok('failCheck', { params, body: { text: '仍占道' } });
      await room.dispatcher.ok('redispatchIncident', { params });
      const { incident } = await read(incidentId);
      expect(incident).toMatchObject({ handledAt: null, handledBy: null, liability: null });
      await room.town.advance(minutes(61), minutes(61));
      expect(await told(incidentId)).toEqual([0.5]);
    });

    test('the room booked the handling: the crew that did it does not check it', async () => {
      const { incidentId, own } = await onScene();
      const params = { incidentId };
      await room.dispatcher.ok('handleAssignment', { params: own, body: handling });
      await freshen();
      await room.dispatcher.ok('offerCheck', { params });
      for (const one of [room.first, room.second]) {
        const self = await one.call('reportCheck', { params, body: { passed: true } });
        expect(self.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'checker_independent' } });
      }
      // control: who did not handle it is only asked whether he is there
      const early = await other.call('reportCheck', { params, body: { passed: true } });
      expect(early.problem.code).toBe('task_missing');
      await go(other, incidentId);
      await other.ok('reportCheck', { params, body: { passed: true } });
      await room.dispatcher.ok('closeIncident', { params });
    });

    test('a hold of what is handled does not start the clock when it ends', async () => {
      const { incidentId, own } = await onScene();
      const params = { incidentId };
      const before = await deadline(incidentId);
      await room.first.ok('handleAssignment', { params: own, body: handling });
      await room.dispatcher.ok('holdIncident', { params, body: { minutes: 60, reason: '等待复查' } });
      await room.town.advance(minutes(60), minutes(60));
      expect((await read(incidentId)).incident.holdUntil).toBeNull();
      await room.town.advance(minutes(180), minutes(60));
      expect(await told(incidentId)).toEqual([]);
      expect(await deadline(incidentId)).toBe(before);
    });

    test('another priority has another clock: what was used stays used, what is left runs on', async () => {
      // ten o’clock of a working day, 4 duty hours
      await room.pass(days(1) - ((room.town.now() - Date.parse('2026-03-16T02:00:00Z')) % days(1)), days(1));
      const incidentId = await room.incident('CY-11');
      const params = { incidentId };
      const start = room.town.now();
      const { incident } = await read(incidentId);
      expect(incident.clock).toBe('work_hour');
      const before = await deadline(incidentId);
      await room.town.advance(minutes(60), minutes(60));
      await room.dispatcher.ok('prioritiseIncident', { params, body: { priority: 1 } });
      const urgent = (await read(incidentId)).incident;
      expect(urgent.clock).toBe('urgent_hour');
      // the noon break of two hours is no break any more
      expect(before - Date.parse(urgent.deadlineAt!)).toBe(minutes(120));
      expect(before).toBeGreaterThan(start + minutes(240));
      await room.dispatcher.ok('prioritiseIncident', { params, body: { priority: 3 } });
      expect(await deadline(incidentId)).toBe(before);
    });

    test('after an extension the shares of the longer time are told again', async () => {
      const incidentId = await room.incident('FD-01');
      const params = { incidentId };
      await room.town.advance(minutes(61), minutes(61));
      expect(await told(incidentId)).toEqual([0.5]);
      await room.dispatcher.ok('extendIncident', { params, body: { reason: '车主在外地' } });
      await room.town.advance(minutes(50), minutes(10));
      expect(await told(incidentId)).toEqual([0.5]);
      await room.town.advance(minutes(10), minutes(10));
      expect(await told(incidentId)).toEqual([0.5, 0.5]);
    });

    test('reopened after more than seven days only for a reporter who is not satisfied', async () => {
      const closed = async (reporter: { reporterName?: string }) => {
        const { incident } = await room.first.ok('createIncident', {
          body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84', source: 'patrol', ...reporter },
        });
        await room.first.ok('settleIncident', {
          params: { incidentId: incident.id },
          body: { disposition: '当场收回' },
        });
        return incident.id;
      };
      const [named, nobody] = [await closed({ reporterName: '王某' }), await closed({})];
      await room.pass(days(8), days(8));
      const reopen = (incidentId: number, reporterUnsatisfied: boolean) =>
        room.dispatcher.call('reopenIncident', {
          params: { incidentId },
          body: { reason: '又占道了', reporterUnsatisfied },
        });
      for (const answer of [await reopen(named, false), await reopen(nobody, true)])
        expect(answer.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'reopen_grounded' } });
      expect((await reopen(named, true)).status).toBe(200);
      expect((await read(named)).incident.state).not.toBe('closed');
    });
  },
);
