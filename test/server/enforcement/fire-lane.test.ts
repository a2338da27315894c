import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { clear, court, individual, type Court } from './file-kit.ts';
import { get, photo, uploaded } from './upload-kit.ts';

const minutes = (n: number) => n * 60_000;

/** The first case of the model town, on the server: a car in a fire lane, its driver absent. */
describe.each(engines())('a car in a fire lane, the owner absent [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let near: Phone;
  const spot = cellCentre(2, 1);
  beforeAll(async () => {
    room = await court(engine);
    const { db } = room.town.deps;
    await addTeam(db, {
      code: 'N1',
      at: room.town.now(),
      place: spot,
      licensed: 2,
      skills: ['消防初训'],
    });
    near = await room.town.signIn('N1-1');
  });
  afterAll(() => room.town.close());

  test('from the resident to the closed incident; the file lives on', async () => {
    const place = { ...spot, crs: 'wgs84' } as const;
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: {
        matterCode: 'FD-01',
        point: spot,
        crs: 'wgs84',
        source: 'hotline_12345',
        address: '民权路12号',
        text: '消防车通道被车辆堵住',
        reporterName: '王居民',
        reporterPhone: '13911112222',
        file: false,
      },
    });
    const params = { incidentId: incident.id };
    const task = async (phone: Phone) =>
      (await phone.ok('listTasks')).tasks.find((one) => one.incident.id === incident.id)!.assignment;
    // verified by the nearest
    await room.dispatcher.ok('requestVerification', { params });
    const verify = { assignmentId: (await task(near)).id };
    await near.ok('acceptAssignment', { params: verify });
    await near.ok('departAssignment', { params: verify });
    await near.ok('arriveAssignment', { params: verify });
    await near.ok('completeVerification', { params, body: { result: 'exists', text: '属实' } });
    // filed: P1, two hours by the urgent clock
    const filed = await room.dispatcher.ok('fileIncident', { params, body: { matterCode: 'FD-01' } });
    expect(Date.parse(filed.deadlineAt!) - room.town.now()).toBe(minutes(120));
    // the first declines with a reason, the second goes
    await room.dispatcher.ok('dispatchIncident', { params });
    await near.ok('declineAssignment', {
      params: { assignmentId: (await task(near)).id },
      body: { reason: 'vehicle', text: '车辆故障' },
    });
    const lead = { assignmentId: (await task(room.first)).id };
    await room.first.ok('acceptAssignment', { params: lead });
    await room.town.advance(minutes(4), minutes(1));
    await room.first.ok('departAssignment', { params: lead });
    await room.first.ok('arriveAssignment', { params: lead, body: { reason: '到场' } });

    // the owner is absent: the law answers, and names its articles
    const absent = { ...clear, partyPresent: false };
    const answer = await room.first.ok('askSimple', {
      params,
      body: {
        party: null,
        partyKind: 'individual',
        partnerId: room.second.personId,
        circumstances: absent,
        proposal: { kind: 'fine', amountYuan: 200 },
      },
    });
    expect(answer).toEqual({
      allowed: false,
      code: 'party_absent',
      articles: '行政处罚法第五十一条、第五十二条第一款',
    });
    const forced = await room.open(room.first, incident.id, {
      open: 'simple',
      partnerId: room.second.personId,
      party: individual(),
      circumstances: absent,
      proposal: { kind: 'fine', amountYuan: 200 },
    });
    expect(forced.problem).toMatchObject({ code: 'party_absent', detail: { articles: answer.articles } });

    // a paper on the windscreen instead: three photos, a number from the block that the phone holds, two officers
    const { numbers } = await room.first.ok('takeNumbers', {
      body: { kind: 'inquiry_notice', count: 5, device: 'phone-A1' },
    });
    const photoIds: string[] = [];
    for (const photoKind of ['before', 'far', 'near'] as const)
      photoIds.push(
        (
          await uploaded(room.town, room.first, await photo('grey', 400, 300), {
            incidentId: incident.id,
            photoKind,
            place: { ...place, accuracyMetres: 6 },
          })
        ).id,
      );
    const dueAt = new Date(room.town.now() + minutes(7 * 1440)).toISOString();
    const notice = {
      open: 'notice',
      partnerId: room.second.personId,
      plate: '浙B8K321',
      vehicle: '小型轿车',
      place: '民权路12号门前消防车通道',
      number: numbers[0]!.number,
      photoIds,
      dueAt,
    } as const;
    const poor = await room.open(room.first, incident.id, { ...notice, photoIds: photoIds.slice(0, 2) });
    expect(poor.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'notice_complete' } });
    const { output: file } = await room.open(room.first, incident.id, notice);
    expect(file).toMatchObject({ state: 'notice_posted', procedure: 'notice' });
    expect(file.notice?.statusPath).toBe(numbers[0]!.statusPath);

    // a stranger scans the QR
    const page = await get(room.town, file.notice!.statusPath);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain(numbers[0]!.number);
    expect(text).toContain('等待当事人接受调查');
    for (const secret of ['8K321', '王居民', '13911112222', 'A1-1', '民权路12号', '小型轿车', '合成-'])
      expect(text).not.toContain(secret);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const token = file.notice!.statusPath.slice('/n/'.length);
    expect(await (await fetch(`${room.town.address}/api/v1/notices/${token}`)).json()).toEqual({
      number: numbers[0]!.number,
      state: 'waiting',
      note: '',
      organ: '慈城镇人民政府',
      contact: expect.any(String),
      address: expect.any(String),
      dueAt,
    });
    const other = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    expect((await get(room.town, `/n/${other}`)).status).toBe(404);
    await room.did(room.first, file.id, { act: 'note_public', text: '请携带行驶证前来' });
    expect(await (await get(room.town, `/n/${token}`)).text()).toContain('请携带行驶证前来');

    // the lane is cleared, the room checks and closes
    await uploaded(room.town, room.first, await photo('white'), {
      incidentId: incident.id,
      photoKind: 'after',
      place: { ...place, accuracyMetres: 6 },
    });
    const settings = await room.head.ok('readEnforcementSettings');
    await room.head.ok('changeEnforcementSettings', { body: { ...settings, photosForClosing: true } });
    await room.first.ok('handleAssignment', {
      params: lead,
      body: { disposition: '已联系拖移,通道恢复', liability: 'notice' },
    });
    await room.dispatcher.ok('requestCheck', { params });
    expect((await room.dispatcher.ok('closeIncident', { params })).state).toBe('closed');
    expect((await room.first.ok('readFile', { params: { fileId: file.id } })).state).toBe('notice_posted');

    const { timeline } = await room.dispatcher.ok('readIncident', { params });
    expect(timeline.map(({ type }) => type)).toEqual([
      'incident.reported',
      'verification.requested',
      'assignment.offered',
      'assignment.accepted',
      'team.departed',
      'team.arrived',
      'verification.completed',
      'incident.filed',
      'assignment.offered',
      'assignment.declined',
      'assignment.offered',
      'assignment.accepted',
      'team.asked', // it set off four minutes after it accepted
      'team.departed',
      'team.arrived',
      'evidence.added',
      'evidence.added',
      'evidence.added',
      'notice.posted',
      'paper.made',
      'notice.noted',
      'evidence.added',
      'incident.handled',
      'check.assigned',
      'incident.closed',
    ]);
    expect(await room.head.ok('verifyLedger')).toMatchObject({ ok: true, faults: [] });
  });

  test('the party appears in time: simple if the law allows it then; otherwise the notice runs out by itself', async () => {
    const incidentId = await room.incident('FD-01');
    const photoIds = await room.photos(incidentId, 3);
    const post = async () =>
      (
        await room.open(room.first, incidentId, {
          open: 'notice',
          partnerId: room.second.personId,
          plate: '浙B00001',
          place: '民权路',
          photoIds,
          dueAt: new Date(room.town.now() + minutes(60)).toISOString(),
        })
      ).output.id;
    const [shows, stays] = [await post(), await post()];
    const found = await room.did(room.first, shows, {
      act: 'identify',
      partnerId: room.second.personId,
      party: individual(),
      circumstances: clear,
      proposal: { kind: 'fine', amountYuan: 200 },
    });
    expect(found).toMatchObject({ procedure: 'simple', state: 'opened' });
    await room.pass(minutes(60));
    const late = await room.first.ok('readFile', { params: { fileId: stays } });
    expect(late.state).toBe('notice_expired');
    expect(await (await get(room.town, late.notice!.statusPath)).text()).toContain('已逾期');
    const named = await room.did(room.first, stays, {
      act: 'identify',
      party: individual(),
      circumstances: clear,
    });
    expect(named).toMatchObject({ procedure: 'ordinary', state: 'opened' });
    // 立案 is the head's (54②): until then no inquiry, and the 90 days do not run
    expect(named.decideBy).toBeNull();
    const filed = await room.did(room.head, stays, { act: 'register', grounds: '符合立案标准' });
    expect(filed).toMatchObject({ state: 'opened', progress: { filedAt: expect.any(String) } });
    expect(filed.decideBy).not.toBeNull();
  });
});
