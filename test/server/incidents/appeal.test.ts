import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { court, type Court } from '../enforcement/file-kit.ts';

const minutes = (n: number) => n * 60_000;
const days = (n: number) => n * 86_400_000;

/** 超时申诉: once, by the leader; the room, then the head; a silence is told by the clock. */
describe.each(engines())('an appeal against an overdue mark [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let leader: Phone;
  let other: Phone;

  beforeAll(async () => {
    room = await court(engine);
    const { db } = room.town.deps;
    await addTeam(db, { code: 'B1', at: room.town.now(), place: cellCentre(2, 2), licensed: 2 });
    await db('person').whereIn('name', ['A1-1', 'B1-1']).update({ role: 'leader' });
    leader = await room.town.signIn('A1-1');
    other = await room.town.signIn('B1-1');
  });
  afterAll(() => room.town.close());

  /** A fire lane (two hours day and night), handled after some minutes, checked by the other team and closed. */
  async function closed(after: number): Promise<number> {
    const { db } = room.town.deps;
    const fresh = () => db.raw('update team_latest set fix_at = ?', [new Date(room.town.now())]);
    const task = async (phone: Phone, incidentId: number) => ({
      assignmentId: (await phone.ok('listTasks')).tasks.find(({ incident }) => incident.id === incidentId)!
        .assignment.id,
    });
    const go = async (phone: Phone, incidentId: number) => {
      const params = await task(phone, incidentId);
      await phone.ok('acceptAssignment', { params });
      await phone.ok('departAssignment', { params });
      await phone.ok('arriveAssignment', { params, body: { reason: '现场' } });
      return params;
    };
    await fresh();
    const incidentId = await room.incident('FD-01');
    const params = { incidentId };
    await room.dispatcher.ok('assignTeam', { params, body: { teamId: room.teamId } });
    const own = await go(leader, incidentId);
    await room.town.advance(minutes(after), minutes(after));
    await leader.ok('handleAssignment', {
      params: own,
      body: { disposition: '劝离', liability: 'education' },
    });
    await fresh();
    await room.dispatcher.ok('offerCheck', { params });
    await go(other, incidentId);
    await other.ok('reportCheck', { params, body: { passed: true } });
    await room.dispatcher.ok('closeIncident', { params });
    return incidentId;
  }
  const alarmed = async (incidentId: number) =>
    (await room.dispatcher.ok('readSnapshot')).alarms
      .filter((alarm) => alarm.incidentId === incidentId && alarm.clearedAt === null)
      .map(({ kind }) => kind);
  const appealOf = async (incidentId: number) =>
    (await room.head.ok('readFieldFile', { params: { incidentId } })).appeal;

  test('only for what was handled late, only by its leader, only once; both levels, and the clock when nobody answers', async () => {
    const inTime = await closed(30);
    const late = await closed(150);
    const params = { incidentId: late };
    const body = { text: '通信中断，到场时间有记录' };
    const early = await leader.call('submitAppeal', { params: { incidentId: inTime }, body });
    expect(early.problem).toMatchObject({ detail: { guard: 'deadline_missed' } });
    for (const phone of [other, room.second])
      expect((await phone.call('submitAppeal', { params, body })).problem.code).toBe('action_forbidden');
    expect((await leader.ok('readMyDay')).overdue).toMatchObject([{ incidentId: late, appeal: null }]);
    const appeal = await leader.ok('submitAppeal', { params, body });
    // Monday afternoon and three working days: Thursday
    expect(appeal).toMatchObject({ result: null, answerBy: expect.stringMatching(/^2026-03-19T/) });
    const again = await leader.call('submitAppeal', { params, body });
    expect(again.problem).toMatchObject({ detail: { guard: 'appeal_first' } });
    const yes = { approve: true, text: '情况属实' };
    const head = await room.head.call('answerAppeal', { params, body: yes });
    expect(head.problem).toMatchObject({ detail: { guard: 'appeal_endorsed' } });

    await room.pass(days(2), days(1));
    expect(await alarmed(late)).not.toContain('appeal_unanswered');
    await room.pass(days(2), days(1));
    expect(await alarmed(late)).toContain('appeal_unanswered');
    await room.dispatcher.ok('answerAppeal', { params, body: yes });
    expect(await alarmed(late)).not.toContain('appeal_unanswered');
    const twice = await room.dispatcher.call('answerAppeal', { params, body: yes });
    expect(twice.problem).toMatchObject({ detail: { guard: 'appeal_unreviewed' } });
    await room.pass(days(6), days(1));
    expect(await alarmed(late)).toContain('appeal_unanswered');
    await room.head.ok('answerAppeal', { params, body: yes });
    expect(await appealOf(late)).toMatchObject({ result: 'approved', secondReview: { approved: true } });
    // the mark stays: handled after the deadline, whatever the score makes of it
    const { incident, timeline } = await room.dispatcher.ok('readIncident', { params });
    expect(Date.parse(incident.handledAt!)).toBeGreaterThan(Date.parse(incident.deadlineAt!));
    expect(timeline.filter(({ type }) => type.startsWith('appeal.')).map(({ type }) => type)).toEqual([
      'appeal.submitted',
      'appeal.escalated',
      'appeal.reviewed',
      'appeal.escalated',
      'appeal.reviewed',
    ]);
    expect((await room.head.call('answerAppeal', { params, body: yes })).problem).toMatchObject({
      detail: { guard: 'appeal_open' },
    });
  });
});

describe('an appeal that the room refuses', { timeout: 60_000 }, () => {
  test('is refused for good, says why, and the head is not asked', async () => {
    const room = await court(engines().at(-1)!);
    const { db } = room.town.deps;
    await db('person').where({ name: 'A1-1' }).update({ role: 'leader' });
    const leader = await room.town.signIn('A1-1');
    const incidentId = await room.incident('FD-01');
    const params = { incidentId };
    await room.dispatcher.ok('assignTeam', { params, body: { teamId: room.teamId } });
    const assignmentId = (await leader.ok('listTasks')).tasks[0]!.assignment.id;
    await leader.ok('acceptAssignment', { params: { assignmentId } });
    await leader.ok('departAssignment', { params: { assignmentId } });
    await leader.ok('arriveAssignment', { params: { assignmentId }, body: { reason: '现场' } });
    await room.town.advance(minutes(150), minutes(150));
    await leader.ok('handleAssignment', {
      params: { assignmentId },
      body: { disposition: '劝离', liability: 'education' },
    });
    await room.dispatcher.ok('requestCheck', { params });
    await room.dispatcher.ok('closeIncident', { params });
    await leader.ok('submitAppeal', { params, body: { text: '堵车' } });
    const body = { approve: false, text: '路况有记录，不属实' };
    const refused = await room.dispatcher.ok('answerAppeal', { params, body });
    expect(refused).toMatchObject({
      result: 'refused',
      firstReview: { text: body.text },
      secondReview: null,
    });
    const head = await room.head.call('answerAppeal', { params, body: { approve: true, text: '' } });
    expect(head.problem).toMatchObject({ detail: { guard: 'appeal_open' } });
    await room.town.close();
  });
});
