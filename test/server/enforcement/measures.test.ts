import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Party, PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { engines } from '../../kit/database.ts';
import { clear, court, individual, organisation, type Act, type Court } from './file-kit.ts';
import { get, photo, uploaded } from './upload-kit.ts';

const days = (n: number) => n * 86_400_000;
const guard = (name: string) => ({ detail: { guard: name } });

/** Things in hand (行政处罚法 56, 行政强制法 22 to 28) and what is imposed beside a fine (9, 57②, 63). */
describe.each(engines())('things and companion penalties [%s]', { timeout: 180_000 }, (engine) => {
  let room: Court;
  let partnerId: never;
  beforeAll(async () => {
    room = await court(engine);
    partnerId = room.second.personId as never;
  });
  afterAll(() => room.town.close());

  async function filed(code: string, party: Party): Promise<{ id: number; evidenceIds: string[] }> {
    const incidentId = await room.incident(code);
    const evidenceIds = await room.photos(incidentId, 1);
    const kind = 'inspection_record';
    const meta = { incidentId: incidentId as never, kind } as const;
    evidenceIds.push((await uploaded(room.town, room.first, await photo('olive'), meta)).id);
    const { output } = await room.open(room.head, incidentId, { open: 'ordinary', party, grounds: '立案' });
    await room.did(room.head, output.id, { act: 'answer', circumstances: clear });
    return { id: output.id, evidenceIds };
  }
  const take = (
    measure: 'preservation' | 'seizure',
    more: Partial<Extract<Act, { act: 'take_things' }>> = {},
  ): Act => ({
    act: 'take_things',
    measure,
    partnerId,
    things: [
      { name: '烧烤炉', quantity: '1台', state: '使用中' },
      { name: '木炭', quantity: '2袋' },
    ],
    keptAt: '执法队物品库',
    party: { refusalNote: '当事人拒绝签名' },
    ...more,
  });
  const inquire = (evidenceIds: string[]) =>
    ({ act: 'inquire', partnerId, licenceShown: true, evidenceIds, summary: '事实清楚' }) as const;
  const paper = async (file: PenaltyFileView, kind: string) => {
    const { id } = file.papers.findLast((one) => one.kind === kind)!;
    return (await get(room.town, `/papers/${id}`, room.head)).text();
  };
  const tell = (amountYuan: number, companions?: object) =>
    ({
      act: 'tell',
      partnerId,
      licenceShown: true,
      rightsTold: true,
      proposal: { kind: 'fine', amountYuan, ...(companions && { companions }) },
    }) as Act;

  test('registered, seized, confiscated with the gains; the rest goes back before the file is closed', async () => {
    const { id, evidenceIds } = await filed('EN-02', individual());
    // not without the head, not by one, not the same twice
    expect((await room.act(room.first, id, take('preservation'))).problem).toMatchObject(
      guard('measure_approved'),
    );
    const approve = { act: 'approve_measure', measure: 'preservation', reason: '炉具可能被转移' } as const;
    expect((await room.act(room.first, id, approve)).problem.code).toBe('action_forbidden');
    await room.did(room.head, id, approve);
    const aide = (await room.town.signIn('A1-3')).personId as never;
    const alone = await room.act(room.first, id, take('preservation', { partnerId: aide }));
    expect(alone.problem).toMatchObject(guard('officers_two'));
    const kept = await room.did(room.first, id, take('preservation'));
    // Monday 16 March and seven working days
    expect(kept.periods.find(({ period }) => period === 'decidePreserved')?.lastDate).toBe('2026-03-25');
    const notice = await paper(kept, 'preservation_notice');
    for (const part of [
      '1. 烧烤炉 1台（使用中）',
      '2. 木炭 2袋',
      '执法队物品库',
      '当事人拒绝签名',
      '第五十六条',
    ])
      expect(notice).toContain(part);
    expect((await room.act(room.first, id, take('preservation'))).problem).toMatchObject(
      guard('measure_single'),
    );
    expect((await room.act(room.first, id, inquire(evidenceIds))).problem).toMatchObject(
      guard('preservation_decided'),
    );
    await room.did(room.first, id, {
      act: 'release_things',
      measure: 'preservation',
      outcome: 'seized',
      reason: '需要扣押',
    });
    // to seize both are qualified for coercion: a licence for the look of the town alone is not enough
    const { db } = room.town.deps;
    const licence = () => db('licence').where({ person_id: room.second.personId });
    await licence().update({ fields: ['市容'] });
    const urgent = take('seizure', { urgent: true, reason: '当事人正在转移' });
    expect((await room.act(room.first, id, urgent)).problem).toMatchObject(guard('officers_coercive'));
    await licence().update({ fields: ['市容', '行政强制'] });
    expect((await room.act(room.first, id, take('seizure'))).problem).toMatchObject(
      guard('measure_approved'),
    );
    const seized = await room.did(room.first, id, urgent);
    await licence().update({ fields: [] });
    expect(seized.periods.filter(({ endedAt }) => endedAt === null).map(({ period }) => period)).toEqual(
      expect.arrayContaining(['seize', 'approveUrgent']),
    );
    expect(await paper(seized, 'seizure_decision')).toContain('二十四小时内');
    await room.did(room.head, id, { act: 'approve_measure', measure: 'seizure', reason: '同意' });
    const [grill, coal] = (await room.head.ok('readFile', { params: { fileId: id } })).measures.at(
      -1,
    )!.things;

    await room.did(room.first, id, inquire(evidenceIds));
    for (const [companions, code] of [
      [undefined, 'companion_missing'],
      [{ thingIds: [grill!.id] }, 'companion_missing'],
      [{ gainsYuan: 860, stopBusiness: '停业三日' }, 'companion_unlawful'],
      [{ gainsYuan: 860, thingIds: [999_999] }, 'thing_unknown'],
    ] as const)
      expect((await room.act(room.first, id, tell(1000, companions))).problem.code).toBe(code);
    const companions = { gainsYuan: 860, thingIds: [grill!.id] };
    const told = await room.did(room.first, id, tell(1000, companions));
    expect(await paper(told, 'prior_notice')).toContain('没收违法所得人民币捌佰陆拾元整');
    await room.did(room.first, id, { act: 'hear', outcome: 'waived', party: { refusalNote: '拒签' } });
    await room.did(room.first, id, { act: 'sign' });
    await room.did(room.second, id, { act: 'sign' });
    const decide = (more: object): Act => ({
      act: 'decide',
      proposal: { kind: 'fine', amountYuan: 1000, companions: { ...companions, ...more } },
      text: '禁烧区露天烧烤',
      evidenceIds,
    });
    for (const more of [{ gainsYuan: 861 }, { thingIds: [grill!.id, coal!.id] }])
      expect((await room.act(room.head, id, decide(more))).problem.code).toBe('penalty_raised');
    const decided = await room.did(room.head, id, decide({}));
    const text = await paper(decided, 'penalty_decision');
    for (const part of ['1. 没收违法所得', '2. 没收烧烤炉1台', '3. 罚款人民币壹仟元整'])
      expect(text).toContain(part);
    expect(decided.measures.at(-1)).toMatchObject({
      endedAt: null,
      things: [{ outcome: 'confiscated' }, { outcome: null }],
    });
    await room.did(room.first, id, { act: 'serve', mode: 'left' });
    const pay = (amountYuan: number, receiptNumber: string): Act => ({
      act: 'pay',
      channel: 'bank',
      amountYuan,
      receiptNumber,
    });
    await room.did(room.first, id, pay(1000, 'G-1'));
    expect((await room.act(room.head, id, { act: 'close' })).problem).toMatchObject(
      guard('decision_settled'),
    );
    expect((await room.act(room.first, id, pay(861, 'G-2'))).problem.code).toBe('payment_excessive');
    await room.did(room.first, id, pay(860, 'G-3'));
    expect((await room.act(room.head, id, { act: 'close' })).problem).toMatchObject(guard('measures_over'));
    await room.town.advance(60_000, 60_000);
    const back = await room.did(room.first, id, {
      act: 'release_things',
      measure: 'seizure',
      outcome: 'returned',
      reason: '与本案无关',
    });
    expect(await paper(back, 'release_decision')).not.toContain('烧烤炉');
    expect(await room.did(room.head, id, { act: 'close' })).toMatchObject({ state: 'closed' });
    // control: the table itself holds what the rules say
    await expect(
      db('file_measure').insert({
        file_id: id,
        kind: 'seizure',
        reason: 'x',
        began_at: new Date(room.town.now()),
        taken_by: [room.first.personId],
      }),
    ).rejects.toThrow(/two qualified officers/);
  });

  test('a stop of business: a hearing of right, decided by the heads together; never on the spot', async () => {
    const { id, evidenceIds } = await filed('FD-05', organisation());
    await room.did(room.first, id, inquire(evidenceIds));
    expect((await room.act(room.first, id, tell(5000))).problem.code).toBe('companion_missing');
    const stopBusiness = '停止该场所的生产经营活动，至住宿与生产区域分开为止';
    const told = await room.did(room.first, id, tell(5000, { stopBusiness }));
    expect(told.progress).toMatchObject({ hearingRight: true, heavy: true });
    await room.did(room.first, id, { act: 'hear', outcome: 'waived', party: { refusalNote: '拒签' } });
    await room.did(room.first, id, { act: 'sign' });
    await room.did(room.second, id, { act: 'sign' });
    const decide = (discussion: string): Act => ({
      act: 'decide',
      proposal: { kind: 'fine', amountYuan: 5000, companions: { stopBusiness } },
      text: '三合一场所',
      evidenceIds,
      discussion,
    });
    expect((await room.act(room.head, id, decide(''))).problem).toMatchObject(guard('discussed_together'));
    const decided = await room.did(room.head, id, decide('集体讨论，一致同意'));
    expect(await paper(decided, 'penalty_decision')).toContain(`1. 责令停产停业：${stopBusiness}`);
    expect(decided.decisionCompanions).toEqual({ stopBusiness });

    const simple = await room.open(room.first, await room.incident('FD-01'), {
      open: 'simple',
      partnerId,
      party: individual(),
      circumstances: clear,
      proposal: { kind: 'fine', amountYuan: 200, companions: { gainsYuan: 10 } },
    });
    expect(simple.problem.code).toBe('companion_blocked');
  });

  test('thirty days, once thirty more, then an alarm; an urgent seizure nobody approved calls after a day', async () => {
    const { id } = await filed('EN-02', individual());
    const other = await filed('EN-02', individual());
    await room.did(room.head, id, { act: 'approve_measure', measure: 'seizure', reason: '查清来源' });
    await room.did(room.first, id, take('seizure'));
    await room.did(room.first, other.id, take('seizure', { urgent: true, reason: '当事人逃离' }));
    const calls = async (fileId: number) =>
      (await room.dispatcher.ok('readSnapshot')).alarms
        .filter(({ kind, detail }) => kind === 'file_period_over' && detail['fileId'] === fileId)
        .map(({ detail }) => detail['period']);
    await room.pass(days(2), days(1));
    expect(await calls(other.id)).toEqual(['approveUrgent']);
    expect(await calls(id)).toEqual([]);
    await room.pass(days(20), days(5));
    const longer = { act: 'extend_seizure', reason: '案情复杂，等待鉴定' } as const;
    const extended = await room.did(room.head, id, longer);
    // 16 March and 60 days
    expect(extended.periods.find(({ period }) => period === 'seizeExtended')?.lastDate).toBe('2026-05-15');
    expect((await room.act(room.head, id, longer)).problem).toMatchObject(guard('extension_single'));
    await room.pass(days(15), days(5));
    expect(await calls(id)).toEqual([]);
    await room.pass(days(30), days(5));
    expect(await calls(id)).toEqual(['seizeExtended']);
    expect((await room.act(room.head, other.id, longer)).problem).toMatchObject(guard('extension_single'));
    const moved = await room.did(room.head, other.id, {
      act: 'transfer',
      to: '公安机关',
      reason: '涉嫌犯罪',
    });
    expect(moved.measures).toMatchObject([
      { things: [{ outcome: 'transferred' }, { outcome: 'transferred' }] },
    ]);
    expect(
      (await room.act(room.head, id, { act: 'waive', ground: 'unproven', education: '无' })).problem,
    ).toMatchObject(guard('measures_over'));
  });
});
