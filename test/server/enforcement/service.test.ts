import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { engines } from '../../kit/database.ts';
import { clear, court, glass, individual, type Act, type Court } from './file-kit.ts';
import { get, photo, uploaded } from './upload-kit.ts';

const days = (n: number) => n * 86_400_000;

/** Service by announcement, the evidence that a decision lists, and orders on powers that were taken back. */
describe.each(engines())('service, evidence, power [%s]', { timeout: 180_000 }, (engine) => {
  let room: Court;
  let image: string;
  let partnerId: never;
  beforeAll(async () => {
    room = await court(engine);
    image = await glass();
    partnerId = room.second.personId as never;
  });
  afterAll(() => room.town.close());

  const paper = async (file: PenaltyFileView, kind: string) => {
    const { id } = file.papers.findLast((one) => one.kind === kind)!;
    return (await get(room.town, `/papers/${id}`, room.head)).text();
  };

  test('the decision of a file on the spot lists its evidence one by one', async () => {
    const incidentId = (await room.incident('FD-01')) as never;
    const add = async (colour: string, meta: object) =>
      (await uploaded(room.town, room.first, await photo(colour), { incidentId, ...meta })).id;
    // a phone sends the small copy first, the original follows; both are one piece
    const original = randomUUID();
    await add('red', { photoKind: 'far', originalId: original });
    const whole = await uploaded(
      room.town,
      room.first,
      await photo('firebrick', 900, 700),
      { incidentId, photoKind: 'far' },
      original,
    );
    const plate = await add('navy', { photoKind: 'near', slot: '车牌' });
    const elsewhere = await uploaded(room.town, room.first, await photo('olive'), {
      incidentId: (await room.incident('FD-01')) as never,
    });
    const proposal = { kind: 'fine', amountYuan: 200 } as const;
    const { output } = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId,
      party: individual(),
      circumstances: clear,
      proposal,
    });
    const { id } = output;
    expect(output.evidenceIds).toEqual([]);
    await room.did(room.first, id, {
      act: 'tell',
      partnerId,
      licenceShown: true,
      rightsTold: true,
      proposal,
    });
    await room.did(room.first, id, {
      act: 'hear',
      partnerId,
      outcome: 'heard',
      text: '去买早餐',
      party: { image },
    });
    const decided = await room.did(room.first, id, {
      act: 'decide',
      proposal,
      text: '占用消防车通道',
      signatures: [
        { personId: room.first.personId, image: null },
        { personId: partnerId, image },
      ],
    });
    expect(decided.evidenceIds.toSorted()).toEqual([whole.id, plate].toSorted());
    expect(decided.evidenceIds).not.toContain(elsewhere.id);
    const text = await paper(decided, 'onspot_decision');
    for (const part of [
      '现场照片（全景，2026年3月16日10时00分）',
      '现场照片（车牌，2026年3月16日10时00分）',
      '3. 当事人的陈述和申辩',
    ])
      expect(text).toContain(part);
    const { custody } = await room.first.ok('readEvidence', { params: { incidentId } });
    expect(custody.filter(({ act, note }) => act === 'attached' && note === `file/${id}`)).toHaveLength(2);
  });

  test('an announced decision counts as served thirty days after the announcement, whenever that was written down', async () => {
    const incidentId = (await room.incident('FD-01')) as never;
    const evidenceIds = await room.photos(incidentId, 1);
    const record = { incidentId, kind: 'inspection_record' } as const;
    evidenceIds.push((await uploaded(room.town, room.first, await photo('olive'), record)).id);
    const { output } = await room.open(room.head, incidentId, {
      open: 'ordinary',
      party: individual(),
      grounds: '立案',
    });
    const { id } = output;
    const proposal = { kind: 'fine', amountYuan: 300 } as const;
    await room.did(room.head, id, { act: 'answer', circumstances: clear });
    const acts: Act[] = [
      { act: 'inquire', partnerId, licenceShown: true, evidenceIds, summary: '事实清楚' },
      { act: 'tell', partnerId, licenceShown: true, rightsTold: true, proposal },
      { act: 'hear', outcome: 'waived', party: { image } },
      { act: 'sign' },
    ];
    for (const act of acts) await room.did(room.first, id, act);
    await room.did(room.second, id, { act: 'sign' });
    await room.did(room.head, id, { act: 'decide', proposal, text: '占用消防车通道', evidenceIds });
    const announcedAt = new Date(room.town.now() + days(2)).toISOString();
    await room.pass(days(9), days(3));
    const announced = await room.did(room.first, id, {
      act: 'serve',
      mode: 'announcement',
      doneAt: announcedAt,
    });
    // 18 March and thirty days: 17 April; nobody owes anything before
    expect(announced).toMatchObject({ state: 'decided', progress: { announcedAt } });
    expect(announced.periods.find(({ period }) => period === 'announceService')?.lastDate).toBe('2026-04-17');
    expect(announced.periods.some(({ period }) => period === 'pay')).toBe(false);
    const again = await room.act(room.first, id, { act: 'serve', mode: 'announcement' });
    expect(again.problem.code).toBe('transition_illegal');
    await room.pass(Date.parse('2026-04-17T15:59:59.000Z') - room.town.now(), days(6));
    const before = await room.first.ok('readFile', { params: { fileId: id } });
    expect(before.state).toBe('decided');
    await room.pass(1000);
    const served = await room.first.ok('readFile', { params: { fileId: id } });
    expect(served).toMatchObject({
      state: 'served',
      progress: { serviceMode: 'announcement', servedAt: '2026-04-17T16:00:00.000Z' },
    });
    // 17 April and fifteen days is 2 May, in the Labour Day rest: paid by 6 May
    expect(served.periods.find(({ period }) => period === 'pay')?.lastDate).toBe('2026-05-06');
  });

  test('nothing is ordered on a matter that was taken back', async () => {
    const incidentId = (await room.incident('CY-02')) as never;
    const body = {
      text: '清除堆放物',
      basis: '浙江省城市市容和环境卫生管理条例',
      dueAt: new Date(room.town.now() + days(1)).toISOString(),
      served: true,
      signatures: [],
    };
    const call = () => room.first.call('orderCorrection', { params: { incidentId }, body });
    // control: before, it is the state of the incident that stands against it
    expect((await call()).problem.code).not.toBe('matter_recalled');
    const { db } = room.town.deps;
    await db('matter_version')
      .where({ matter_code: 'CY-02' })
      .whereNull('valid_to')
      .update({ status: 'recalled' });
    expect((await call()).problem).toMatchObject({
      code: 'matter_recalled',
      detail: { articles: expect.stringContaining('第三十八条') },
    });
  });
});
