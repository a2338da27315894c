import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { clear, court, glass, individual, organisation, type Act, type Court } from './file-kit.ts';
import { photo, uploaded } from './upload-kit.ts';

const yuan = (amountYuan: number) => ({ kind: 'fine', amountYuan }) as const;
const days = (n: number) => n * 86_400_000;

describe.each(engines())('the ordinary procedure [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let second: never;
  let evidenceIds: string[];
  let image: string;
  beforeAll(async () => {
    room = await court(engine);
    second = room.second.personId as never;
    image = await glass();
  });
  afterAll(() => room.town.close());

  /** A registered file of a fire lane with its inquiry done. */
  async function investigated(more: Partial<Extract<Act, { act: 'inquire' }>> = {}, party = individual()) {
    const incidentId = await room.incident('FD-01');
    evidenceIds = await room.photos(incidentId, 2);
    evidenceIds.push(
      (
        await uploaded(room.town, room.first, await photo('olive'), {
          incidentId: incidentId as never,
          kind: 'inspection_record',
        })
      ).id,
    );
    const { output } = await room.open(room.head, incidentId, {
      open: 'ordinary',
      party,
      grounds: '符合立案标准',
    });
    await room.did(room.head, output.id, { act: 'answer', circumstances: clear });
    await room.did(room.first, output.id, {
      act: 'inquire',
      partnerId: second,
      licenceShown: true,
      evidenceIds,
      summary: '事实清楚',
      ...more,
    });
    return output.id;
  }
  const tell = (amount: number, hearingRight = false): Act => ({
    act: 'tell',
    partnerId: second,
    licenceShown: true,
    rightsTold: true,
    proposal: yuan(amount),
    hearingRight,
  });
  const decide = (amount: number, more: Partial<Extract<Act, { act: 'decide' }>> = {}): Act => ({
    act: 'decide',
    proposal: yuan(amount),
    text: '占用消防车通道',
    evidenceIds,
    ...more,
  });
  async function signed(id: number) {
    await room.did(room.first, id, { act: 'sign' });
    await room.did(room.second, id, { act: 'sign' });
  }

  test('from filing to closing, with every wrong turn refused', async () => {
    const early = await room.open(room.first, await room.incident('FD-01'), {
      open: 'ordinary',
      party: individual(),
      grounds: '立案',
    });
    expect(early.problem.code).toBe('action_forbidden'); // only the head files
    const id = await investigated();
    const file = await room.first.ok('readFile', { params: { fileId: id } });
    // filed 16 March 2026 + 90 days: 14 June, whatever weekday it is
    expect(file.decideBy).toBe('2026-06-14T16:00:00.000Z');
    expect(file.periods).toMatchObject([
      { period: 'decideOrdinary', lastDate: '2026-06-14', provisional: false },
    ]);
    expect((await room.act(room.head, id, decide(300))).problem.code).toBe('transition_illegal'); // untold
    expect((await room.act(room.first, id, tell(501))).problem.code).toBe('amount_unlawful');
    const told = await room.did(room.first, id, tell(300));
    expect(told.papers.map(({ kind }) => kind)).toEqual(['prior_notice']);
    expect((await room.act(room.head, id, decide(300))).problem.code).toBe('transition_illegal'); // unheard
    await room.did(room.second, id, {
      act: 'hear',
      outcome: 'heard',
      text: '当时去买早餐',
      party: { image },
    });
    expect((await room.act(room.head, id, decide(300))).problem).toMatchObject({
      detail: { guard: 'officers_two' },
    });
    await signed(id);
    expect((await room.act(room.head, id, decide(301))).problem.code).toBe('penalty_raised');
    expect((await room.act(room.head, id, decide(300, { evidenceIds: [] }))).problem).toMatchObject({
      detail: { guard: 'evidence_verified' },
    });
    expect((await room.act(room.first, id, decide(300))).problem.code).toBe('action_forbidden');
    const decided = await room.did(room.head, id, decide(300));
    expect(decided).toMatchObject({ state: 'decided', versionAtDecision: 2, lawApplied: 'decision' });
    const electronic = await room.act(room.first, id, { act: 'serve', mode: 'electronic' });
    expect(electronic.problem).toMatchObject({ detail: { guard: 'service_consented' } });
    await room.pass(days(3), days(3));
    await room.did(room.first, id, { act: 'serve', mode: 'left' });
    const unpaid = await room.act(room.head, id, { act: 'enforce' });
    expect(unpaid.problem).toMatchObject({ detail: { guard: 'payment_overdue' } });
    expect((await room.act(room.head, id, { act: 'close' })).problem).toMatchObject({
      detail: { guard: 'decision_settled' },
    });
    const cash = await room.act(room.first, id, {
      act: 'pay',
      channel: 'cash_on_spot',
      amountYuan: 300,
      receiptNumber: 'C-1',
      cashGround: 'small',
    });
    expect(cash.problem.code).toBe('cash_unlawful');
    // 19 March + 15 days = 3 April; Qingming (4 to 6 April) is not reached
    const served = await room.first.ok('readFile', { params: { fileId: id } });
    expect(served.periods.find(({ period }) => period === 'pay')?.lastDate).toBe('2026-04-03');
    await room.pass(days(18), days(1));
    // 6 April: three days late, 3 % a day
    expect((await room.first.ok('readFile', { params: { fileId: id } })).payment).toMatchObject({
      lateYuan: 27,
    });
    await room.did(room.head, id, { act: 'enforce' });
    await room.did(room.first, id, { act: 'pay', channel: 'bank', amountYuan: 327, receiptNumber: 'B-9' });
    const closed = await room.did(room.head, id, { act: 'close' });
    expect(closed.state).toBe('closed');
    expect(closed.periods.every(({ endedAt }) => endedAt !== null)).toBe(true);
    const revoked = await room.did(room.head, id, { act: 'revoke', outcome: 'revoked', reason: '复议撤销' });
    expect(revoked).toMatchObject({ state: 'revoked', decision: { amountYuan: 300 } });
  });

  test('nobody says a word for five working days: heard by the lapse of time', async () => {
    const id = await investigated();
    await room.did(room.first, id, tell(200, true));
    const hasty = await room.act(room.first, id, { act: 'hear', outcome: 'heard', text: '有话说' });
    expect(hasty.problem).toMatchObject({ detail: { guard: 'hearing_over' } });
    await room.pass(days(9), days(1));
    const file = await room.first.ok('readFile', { params: { fileId: id } });
    expect(file).toMatchObject({ state: 'heard', progress: { statement: 'period_over' } });
  });

  test('a hearing: asked in time, announced seven working days ahead, its chair no investigator; then review is compulsory', async () => {
    const id = await investigated({}, organisation());
    expect((await room.act(room.first, id, tell(4999, true))).problem.code).toBe('amount_unlawful');
    await room.did(room.first, id, tell(5000, true));
    await room.did(room.first, id, { act: 'request_hearing', text: '要求听证' });
    const chairId = room.reviewer.personId as never;
    const place = '镇政府三楼会议室';
    const soon = {
      act: 'announce_hearing',
      heldAt: new Date(room.town.now() + days(2)).toISOString(),
      chairId,
      place,
    } as const;
    expect((await room.act(room.first, id, soon)).problem).toMatchObject({
      detail: { guard: 'hearing_ahead' },
    });
    const heldAt = new Date(room.town.now() + days(14)).toISOString();
    const able = { act: 'announce_hearing', heldAt, place, chairId: room.dispatcher.personId } as const;
    expect((await room.act(room.first, id, able)).problem).toMatchObject({ detail: { guard: 'chair_able' } });
    const biased = await room.act(room.first, id, {
      act: 'announce_hearing',
      heldAt,
      place,
      chairId: second,
    });
    expect(biased.problem).toMatchObject({ detail: { guard: 'chair_independent' } });
    await room.did(room.first, id, { act: 'announce_hearing', heldAt, place, chairId });
    const before = await room.act(room.reviewer, id, { act: 'hold_hearing', record: '听证笔录' });
    expect(before.problem).toMatchObject({ detail: { guard: 'hearing_due' } });
    await room.pass(days(14), days(1));
    await room.did(room.reviewer, id, { act: 'hold_hearing', record: '听证笔录' });
    await room.did(room.reviewer, id, { act: 'hear', outcome: 'heard', text: '申辩意见' });
    await signed(id);
    expect((await room.act(room.head, id, decide(5000))).problem).toMatchObject({
      detail: { guard: 'review_needless' },
    });
    await room.did(room.first, id, { act: 'request_review' });
    const own = await room.act(room.first, id, { act: 'review', passed: true, text: '通过' });
    expect(own.problem.code).toBe('action_forbidden');
    expect((await room.act(room.head, id, decide(5000))).problem).toMatchObject({
      detail: { guard: 'review_passed' },
    });
    await room.did(room.reviewer, id, { act: 'review', passed: true, text: '通过' });
    expect(await room.did(room.head, id, decide(5000))).toMatchObject({ state: 'decided' });
  });

  test('complex cases are decided together; a refused review goes back to the inquiry; after 90 days it is too late', async () => {
    const id = await investigated({ complex: true, reviewCompulsory: true });
    await room.did(room.first, id, tell(500));
    await room.did(room.first, id, { act: 'hear', outcome: 'waived', party: { image } });
    await room.did(room.first, id, { act: 'request_review' });
    const back = await room.did(room.reviewer, id, { act: 'review', passed: false, text: '证据不足' });
    expect(back.state).toBe('investigated');
    await room.did(room.first, id, tell(500));
    await room.did(room.first, id, { act: 'hear', outcome: 'waived' });
    await room.did(room.first, id, { act: 'request_review' });
    await room.did(room.reviewer, id, { act: 'review', passed: true, text: '通过' });
    await signed(id);
    expect((await room.act(room.head, id, decide(500))).problem).toMatchObject({
      detail: { guard: 'discussed_together' },
    });
    await room.pass(days(91), days(91));
    const late = await room.act(room.head, id, decide(500, { discussion: '集体讨论记录' }));
    expect(late.problem).toMatchObject({ detail: { guard: 'period_running' } });
  });

  test('recalled by the county: no decision from that day; waived and transferred files end', async () => {
    const id = await investigated();
    await room.did(room.first, id, tell(200));
    await room.did(room.first, id, { act: 'hear', outcome: 'waived' });
    await signed(id);
    const { db } = room.town.deps;
    const at = new Date(room.town.now());
    const [before] = await db('matter_version')
      .where({ matter_code: 'FD-01' })
      .whereNull('valid_to')
      .update({ valid_to: at })
      .returning('*');
    await db('matter_version').insert({
      ...before,
      id: undefined,
      version: before.version + 1,
      status: 'recalled',
      valid_from: at,
      valid_to: null,
      body: JSON.stringify(before.body),
    });
    expect((await room.act(room.head, id, decide(200))).problem).toMatchObject({
      code: 'matter_recalled',
      detail: { articles: expect.stringContaining('第三十八条') },
    });
    const moved = await room.did(room.head, id, {
      act: 'transfer',
      to: '江北区消防救援大队',
      reason: '事项收回',
    });
    expect(moved.state).toBe('transferred');
    expect(
      (await room.act(room.head, id, { act: 'waive', ground: 'unproven', education: 'x' })).problem.code,
    ).toBe('transition_illegal');
  });
});
