import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { court, glass, type Court } from './file-kit.ts';
import { photo, uploaded } from './upload-kit.ts';

const minutes = (n: number) => n * 60_000;

describe.each(engines())('the whole way of an incident [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let aide: Phone;
  let other: Phone;
  let otherTeam: number;
  let image: string;

  beforeAll(async () => {
    room = await court(engine);
    const { teamId } = await addTeam(room.town.deps.db, {
      code: 'B1',
      at: room.town.now(),
      place: cellCentre(2, 2),
      licensed: 2,
      auxiliaries: 1,
      skills: ['市容'],
    });
    otherTeam = teamId;
    aide = await room.town.signIn('A1-3');
    other = await room.town.signIn('B1-1');
    image = await glass();
  });
  afterAll(() => room.town.close());

  const freshen = () =>
    room.town.deps.db.raw('update team_latest set fix_at = ?', [new Date(room.town.now())]);
  const state = async (incidentId: number) =>
    (await room.dispatcher.ok('readIncident', { params: { incidentId } })).incident.state;
  const types = async (incidentId: number) =>
    (await room.dispatcher.ok('readIncident', { params: { incidentId } })).timeline.map(({ type }) => type);
  const publicReport = async () =>
    (
      await room.dispatcher.ok('createIncident', {
        body: {
          matterCode: 'CY-01',
          point: cellCentre(0, 0),
          crs: 'wgs84',
          source: 'hotline_12345',
          file: false,
        },
      })
    ).incident.id as number;
  const task = async (phone: Phone, incidentId: number) =>
    (await phone.ok('listTasks')).tasks.find(({ incident }) => incident.id === incidentId)!.assignment;
  /** Accepts, sets off, arrives. */
  async function go(phone: Phone, incidentId: number, accept = phone) {
    const params = { assignmentId: (await task(phone, incidentId)).id };
    await accept.ok('acceptAssignment', { params });
    await phone.ok('departAssignment', { params });
    await phone.ok('arriveAssignment', { params, body: { reason: '现场' } });
    return params;
  }
  async function onScene(matterCode = 'CY-01') {
    await freshen();
    const incidentId = await room.incident(matterCode);
    await room.dispatcher.ok('assignTeam', {
      params: { incidentId },
      body: { teamId: room.teamId },
    });
    return { incidentId, params: await go(room.first, incidentId) };
  }
  async function handled() {
    const { incidentId, params } = await onScene();
    await room.first.ok('handleAssignment', {
      params,
      body: { disposition: '劝离', liability: 'education' },
    });
    return incidentId;
  }

  test('a public report is verified by the nearest, the next when the first declines; absence needs a photo', async () => {
    await freshen();
    const incidentId = await publicReport();
    const params = { incidentId };
    await room.dispatcher.ok('requestVerification', { params });
    expect(await task(room.first, incidentId)).toMatchObject({
      kind: 'verify',
      isLead: false,
      state: 'offered',
    });
    await room.first.ok('declineAssignment', {
      params: { assignmentId: (await task(room.first, incidentId)).id },
      body: { reason: 'on_scene_elsewhere' },
    });
    expect(await task(other, incidentId)).toMatchObject({ kind: 'verify', state: 'offered' });
    // who stands on no such task says nothing
    const stranger = await room.first.call('completeVerification', { params, body: { result: 'exists' } });
    expect(stranger.problem.code).toBe('task_missing');
    await go(other, incidentId);
    const unseen = await other.call('completeVerification', { params, body: { result: 'not_exists' } });
    expect(unseen.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'absence_photographed' } });
    const cheap = await room.dispatcher.call('rejectIncident', { params, body: { reason: 'not_exists' } });
    expect(cheap.status).toBe(409);
    await uploaded(room.town, other, await photo('grey'), {
      incidentId: incidentId as never,
      photoKind: 'far',
    });
    await other.ok('completeVerification', { params, body: { result: 'not_exists', text: '无此情况' } });
    expect((await other.ok('listTasks')).tasks).toEqual([]);
    expect(await state(incidentId)).toBe('reported');
    await room.dispatcher.ok('rejectIncident', { params, body: { reason: 'not_exists' } });
    expect(await types(incidentId)).toEqual([
      'incident.reported',
      'verification.requested',
      'assignment.offered',
      'assignment.declined',
      'assignment.offered',
      'assignment.accepted',
      'team.departed',
      'team.arrived',
      'evidence.added',
      'verification.completed',
      'incident.rejected',
    ]);
  });

  test('not exists without a verification is no reason to reject; the source decides who is verified', async () => {
    const incidentId = await publicReport();
    const params = { incidentId };
    const bare = await room.dispatcher.call('rejectIncident', { params, body: { reason: 'not_exists' } });
    expect(bare.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'absence_verified' } });
    const own = await room.incident('CY-01');
    const filed = await room.dispatcher.call('requestVerification', { params: { incidentId: own } });
    expect(filed.problem.code).toBe('transition_illegal');
  });

  test('settled on the spot: found on patrol, photo before and after, no penalty open', async () => {
    const { incident } = await room.first.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84', source: 'patrol' },
    });
    expect(incident).toMatchObject({ state: 'reported', source: 'patrol' });
    const params = { incidentId: incident.id };
    const settings = await room.head.ok('readEnforcementSettings');
    await room.head.ok('changeEnforcementSettings', { body: { ...settings, photosForClosing: true } });
    const body = { disposition: '商户当场收回' };
    const bare = await room.first.call('settleIncident', { params, body });
    expect(bare.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'photos_paired' } });
    for (const photoKind of ['before', 'after'] as const)
      await uploaded(room.town, room.first, await photo('grey', 300, 200), {
        incidentId: incident.id,
        photoKind,
      });
    expect(await room.first.ok('settleIncident', { params, body })).toMatchObject({
      state: 'closed',
      liability: 'education',
      handledBy: room.first.personId,
    });
    await room.head.ok('changeEnforcementSettings', { body: settings });
  });

  test('order to correct: two signatures, a numbered paper, re-inspection by itself, then corrected', async () => {
    const { incidentId } = await onScene('CY-02');
    const params = { incidentId };
    const order = {
      text: '清除堆放物',
      basis: '浙江省城市市容和环境卫生管理条例',
      dueAt: new Date(room.town.now() + minutes(30)).toISOString(),
      served: true,
      party: { refusalNote: '拒绝签字' },
    };
    const sign = (...people: Phone[]) =>
      people.map(({ personId }) => ({ personId: personId as never, image }));
    const alone = await room.first.call('orderCorrection', {
      params,
      body: { ...order, signatures: sign(room.first) },
    });
    expect(alone.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'officers_two' } });
    const withAide = await room.first.call('orderCorrection', {
      params,
      body: { ...order, signatures: sign(room.first, aide) },
    });
    expect(withAide.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'officers_two' } });
    const made = await room.first.ok('orderCorrection', {
      params,
      body: { ...order, signatures: sign(room.first, room.second) },
    });
    expect(made).toMatchObject({ outcome: null, number: '慈执责改〔2026〕第00001号' });
    expect(await state(incidentId)).toBe('correction_pending');
    expect((await room.first.ok('listTasks')).tasks).toEqual([]);
    const early = await room.first.call('failCorrection', { params, body: { outcome: 'expired' } });
    expect(early.problem).toMatchObject({ detail: { guard: 'order_due' } });
    await room.town.advance(minutes(29), minutes(29));
    await freshen();
    expect((await room.first.ok('listTasks')).tasks).toEqual([]);
    await room.town.advance(minutes(1), minutes(1));
    expect(await task(room.first, incidentId)).toMatchObject({ kind: 'correct', state: 'offered' });
    await go(room.first, incidentId);
    await room.first.ok('confirmCorrection', { params, body: { liability: 'order_only' } });
    expect(await state(incidentId)).toBe('handled');
    const { orders } = await room.first.ok('readFieldFile', { params });
    expect(orders).toMatchObject([{ outcome: 'corrected' }]);
    const { papers } = await room.first.ok('listPapers', { params });
    expect(papers.map(({ kind, number }) => [kind, number])).toEqual([['correction_order', made.number]]);
  });

  test('an order handed over in a dead zone and told after its time and the shift stands as it was handed over', async () => {
    const { incidentId } = await onScene('CY-17');
    const params = { incidentId };
    const served = room.town.now() + minutes(1);
    await room.town.advance(minutes(90), minutes(90));
    const made = await room.first.ok('orderCorrection', {
      params,
      body: {
        text: '清除宠物粪便',
        basis: '宁波市养犬管理条例',
        doneAt: new Date(served).toISOString(),
        dueAt: new Date(served + minutes(30)).toISOString(),
        served: true,
        signatures: [room.first, room.second].map(({ personId }) => ({ personId: personId as never, image })),
      },
    });
    expect(made).toMatchObject({ servedAt: new Date(served).toISOString(), outcome: null });
    const late = await room.first.call('orderCorrection', {
      params,
      body: { text: 'x', basis: 'y', dueAt: new Date(served).toISOString(), served: true, signatures: [] },
    });
    expect(late.status, 'control: a time that was over when it was given').toBeGreaterThanOrEqual(400);
    await freshen();
    await room.first.ok('confirmCorrection', {
      params,
      body: { liability: 'order_only', doneAt: new Date(served + minutes(25)).toISOString() },
    });
    const { incident } = await room.dispatcher.ok('readIncident', { params });
    expect(incident.handledAt).toBe(new Date(served + minutes(25)).toISOString());
  });

  test('refused at once: the same team goes on as the lead, and the second step of the matter is open', async () => {
    const { incidentId } = await onScene('CY-17');
    const params = { incidentId };
    await room.first.ok('orderCorrection', {
      params,
      body: {
        text: '清除宠物粪便',
        basis: '宁波市养犬管理条例',
        dueAt: new Date(room.town.now() + minutes(60)).toISOString(),
        served: true,
        signatures: [room.first, room.second].map(({ personId }) => ({ personId: personId as never, image })),
      },
    });
    await room.first.ok('failCorrection', { params, body: { outcome: 'refused', text: '当场拒绝' } });
    expect(await state(incidentId)).toBe('on_scene');
    expect(await task(room.first, incidentId)).toMatchObject({
      isLead: true,
      kind: 'handle',
      state: 'on_scene',
    });
    const assignmentId = (await task(room.first, incidentId)).id;
    await room.first.ok('handleAssignment', {
      params: { assignmentId },
      body: { disposition: '拒不改正,立案', liability: 'ordinary' },
    });
    expect(await state(incidentId)).toBe('handled');
  });

  test('checked by another team, failed, reworked by the same, checked again, closed', async () => {
    const incidentId = await handled();
    const params = { incidentId };
    await freshen();
    await room.dispatcher.ok('offerCheck', { params });
    expect((await task(other, incidentId)).kind).toBe('check');
    const self = await room.first.call('reportCheck', { params, body: { passed: true } });
    expect(self.problem).toMatchObject({ detail: { guard: 'checker_independent' } });
    await go(other, incidentId);
    await other.ok('reportCheck', { params, body: { passed: false, text: '仍占道' } });
    await room.dispatcher.ok('failCheck', { params, body: { text: '仍占道' } });
    expect(await state(incidentId)).toBe('rework');
    await room.dispatcher.ok('acceptRework', { params });
    expect(await task(room.first, incidentId)).toMatchObject({ isLead: true, state: 'accepted' });
    const own = { assignmentId: (await task(room.first, incidentId)).id };
    await room.first.ok('departAssignment', { params: own });
    await room.first.ok('arriveAssignment', { params: own, body: { reason: '现场' } });
    await room.first.ok('handleAssignment', {
      params: own,
      body: { disposition: '已清理', liability: 'education' },
    });
    await room.dispatcher.ok('offerCheck', { params });
    await go(other, incidentId);
    await other.ok('reportCheck', { params, body: { passed: true } });
    await room.dispatcher.ok('closeIncident', { params });
    expect((await types(incidentId)).filter((type) => /check|rework|closed/.test(type))).toEqual([
      'check.assigned',
      'check.reported',
      'check.failed',
      'rework.accepted',
      'check.assigned',
      'check.reported',
      'incident.closed',
    ]);
  });

  test('more time: asked by the team, granted twice by others, never a third time, never after the deadline', async () => {
    const { incidentId, params: own } = await onScene('CY-01');
    const params = { incidentId };
    const deadline = async () =>
      Date.parse((await room.dispatcher.ok('readIncident', { params })).incident.deadlineAt!);
    const body = { kind: 'extension', reason: '商户外出' } as const;
    const before = await deadline();
    expect((await other.call('requestTime', { params, body })).problem.code).toBe('action_forbidden');
    const asked = await room.first.ok('requestTime', { params, body });
    expect((await room.first.call('requestTime', { params, body })).problem.code).toBe('request_open');
    await room.dispatcher.ok('answerTime', { params: { requestId: asked.id }, body: { approve: false } });
    expect(await deadline()).toBe(before);
    for (let i = 0; i < 2; i++) {
      const { id } = await room.first.ok('requestTime', { params, body });
      await room.dispatcher.ok('answerTime', { params: { requestId: id }, body: { approve: true } });
    }
    expect(await deadline()).toBeGreaterThan(before);
    const third = await room.first.call('requestTime', { params, body });
    expect(third.problem).toMatchObject({ detail: { guard: 'extensions_left' } });
    const hold = await room.first.ok('requestTime', {
      params,
      body: { kind: 'hold', reason: '等待鉴定', minutes: 60 },
    });
    await room.head.ok('answerTime', { params: { requestId: hold.id }, body: { approve: true } });
    const held = await room.first.call('handleAssignment', {
      params: own,
      body: { disposition: '劝离', liability: 'education' },
    });
    expect(held.problem.code).toBe('incident_held');
    await room.town.advance(minutes(60), minutes(60));
    await room.first.ok('handleAssignment', {
      params: own,
      body: { disposition: '劝离', liability: 'education' },
    });
  });

  test('transferred with a receipt: the team is free, the other organ has it', async () => {
    const { incidentId } = await onScene();
    const params = { incidentId };
    const body = { to: '江北区交警大队', ground: 'other_organ', reason: '不属本镇职权' } as const;
    const bare = await room.dispatcher.call('transferIncident', { params, body });
    expect(bare.problem).toMatchObject({ detail: { guard: 'receipt_kept' } });
    const done = await room.dispatcher.ok('transferIncident', {
      params,
      body: { ...body, receipt: '交警收〔2026〕12号' },
    });
    expect(done).toMatchObject({ state: 'transferred', liability: 'transferred', assignmentId: null });
    expect((await room.first.ok('listTasks')).tasks).toEqual([]);
    const { teams } = await room.dispatcher.ok('readSnapshot');
    expect(teams.find(({ id }) => id === room.teamId)?.status).toBe('available');
  });

  test('joint operation: planned with its organs, ended once with results of those who took part', async () => {
    const planned = await room.dispatcher.ok('planJointOperation', {
      body: {
        title: '夜市综合查一次',
        initiator: '慈城镇综合行政执法队',
        participants: ['江北区市场监管局', '慈城派出所'],
        ground: 'checks_at_once',
        plan: '三组分片,一次进店',
        objects: ['甲店', '乙店'],
        startsAt: new Date(room.town.now()).toISOString(),
        endsAt: new Date(room.town.now() + minutes(120)).toISOString(),
      },
    });
    const params = { operationId: planned.id };
    const result = (organ: string) => ({ results: [{ object: '甲店', organ, result: '无照,责令改正' }] });
    const stranger = await room.dispatcher.call('endJointOperation', { params, body: result('镇海区某局') });
    expect(stranger.problem).toMatchObject({ detail: { guard: 'organ_taking_part' } });
    await room.dispatcher.ok('endJointOperation', { params, body: result('慈城派出所') });
    const again = await room.dispatcher.call('endJointOperation', { params, body: result('慈城派出所') });
    expect(again.problem.code).toBe('joint_ended');
    expect((await room.dispatcher.ok('listJointOperations')).operations).toHaveLength(1);
  });

  test('the ledger of all this holds', async () => {
    expect(otherTeam).toBeGreaterThan(0);
    expect(await room.head.ok('verifyLedger')).toMatchObject({ ok: true, faults: [] });
  });
});
