import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CircumstancesAnswered, Party } from '../../../shared/contract/enforcement.ts';
import { engines } from '../../kit/database.ts';
import { catalogue, clear, court, glass, individual, organisation, type Court } from './file-kit.ts';

const yuan = (amountYuan: number) => ({ kind: 'fine', amountYuan }) as const;

describe.each(engines())('on the spot, computed and never chosen [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  beforeAll(async () => {
    room = await court(engine);
  });
  afterAll(() => room.town.close());

  type Correction = 'expired' | 'refused' | 'running';
  /** Writes an order with its outcome as the record would stand after it was ordered and seen. */
  async function ordered(incidentId: number, outcome: Correction) {
    const { db } = room.town.deps;
    await db.transaction(async (tx) => {
      const [row] = await tx('correction_order')
        .insert({
          incident_id: incidentId,
          number: `试责改${incidentId}`,
          text: '立即清理',
          basis: '试',
          served_at: new Date(room.town.now() - 60_000),
          due_at: new Date(room.town.now() - 30_000),
          team_id: room.teamId,
          ...(outcome !== 'running' && { outcome, outcome_at: new Date(room.town.now()) }),
        })
        .returning('id');
      for (const phone of [room.first, room.second])
        await tx('penalty_signature').insert({
          subject: `order/${row.id}`,
          purpose: 'order',
          person_id: phone.personId,
          taken_by: phone.personId,
          at: new Date(room.town.now() - 60_000),
        });
    });
  }

  test.each<[string, Party, number, Partial<CircumstancesAnswered>, Correction | null, string | number]>([
    ['FD-01', individual(), 200, {}, null, 200],
    ['FD-01', individual(), 201, {}, null, 'amount_exceeded'],
    ['FD-01', organisation(), 3000, {}, null, 'amount_exceeded'],
    ['CY-02', individual(), 200, {}, 'running', 'correction_missing'],
    ['CY-02', individual(), 200, {}, 'expired', 200],
    ['CY-06', individual(), 50, {}, null, 'penalty_nonexistent'],
    ['CY-08', organisation(), 3000, {}, 'expired', 3000],
    ['EN-02', organisation(), 3000, {}, null, 'companion_blocked'],
    ['CY-20', individual(), 100, { partyPresent: false }, null, 'party_absent'],
    ['FS-01', individual(), 50, {}, null, 50],
    ['FS-01', individual(), 200, {}, null, 'amount_unlawful'],
    ['FS-01', individual(), 200, {}, 'refused', 200],
    ['FS-01', individual(), 100, {}, null, 'amount_unlawful'],
    ['CY-17', individual(), 50, { minorHarmless: null }, 'refused', 'exemption_unanswered'],
    ['CY-17', individual({ idNumber: '330205198805200120' }), 50, {}, 'refused', 'identity_unknown'],
  ])('%s, %o, %i yuan, %o, order %s', async (code, party, amount, more, correction, expected) => {
    const incidentId = await room.incident(code);
    if (correction) await ordered(incidentId, correction);
    const question = {
      party,
      partyKind: party.kind,
      partnerId: room.second.personId as never,
      circumstances: { ...clear, ...more },
      proposal: yuan(amount),
    };
    const answer = await room.first.ok('askSimple', { params: { incidentId }, body: question });
    const opened = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: question.partnerId,
      party,
      circumstances: question.circumstances,
      proposal: question.proposal,
    });
    const allowed = typeof expected === 'number';
    expect(answer.allowed ? answer.maxAmountYuan : answer.code).toBe(expected);
    expect(answer.articles).toMatch(/第.+条|处罚依据/);
    expect(opened.status === 200 ? opened.output.state : opened.problem.code).toBe(
      allowed ? 'opened' : expected,
    );
    const { files } = await room.first.ok('listFiles', { params: { incidentId } });
    expect(files.map(({ procedure, matterCode }) => [procedure, matterCode])).toEqual(
      allowed ? [['simple', code]] : [],
    );
  });

  test('litter, 50 yuan: opened, told, waived, decided by two, served, registered, paid, closed', async () => {
    const incidentId = await room.incident('CY-10');
    const second = room.second.personId as never;
    const image = await glass();
    const open = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: second,
      party: individual(),
      circumstances: clear,
      proposal: yuan(50),
    });
    const { id } = open.output;
    await room.did(room.first, id, {
      act: 'tell',
      partnerId: second,
      licenceShown: true,
      rightsTold: true,
      proposal: yuan(50),
    });
    await room.did(room.first, id, { act: 'hear', partnerId: second, outcome: 'waived', party: { image } });
    const block = await room.first.ok('takeNumbers', {
      body: { kind: 'onspot_decision', count: 3, device: 'phone-1' },
    });
    const number = block.numbers[1]!.number;
    // the control: one signature is not two
    const alone = await room.act(room.first, id, {
      act: 'decide',
      proposal: yuan(50),
      text: '随地丢弃果皮',
      signatures: [{ personId: room.first.personId, image }],
    });
    expect(alone.problem).toMatchObject({ code: 'officers_insufficient' });
    const raised = await room.act(room.first, id, {
      act: 'decide',
      proposal: yuan(50.5),
      text: '随地丢弃果皮',
      signatures: [
        { personId: room.first.personId, image },
        { personId: second, image },
      ],
    });
    expect(raised.problem.code).toBe('amount_unlawful');
    const decided = await room.did(room.first, id, {
      act: 'decide',
      number,
      proposal: yuan(50),
      text: '随地丢弃果皮',
      signatures: [
        { personId: room.first.personId, image },
        { personId: second, image },
      ],
    });
    expect(decided).toMatchObject({ state: 'decided', decision: { number, amountYuan: 50 } });
    expect(decided.papers.map(({ kind }) => kind)).toEqual(['onspot_decision']);
    const served = await room.did(room.first, id, {
      act: 'serve',
      partnerId: second,
      mode: 'handed',
      party: { refusalNote: '当事人拒绝签字' },
    });
    expect(served.payment).toMatchObject({ paidYuan: 0, lateYuan: 0 });
    // 16 March + 15 days = 31 March
    expect(served.periods.find(({ period }) => period === 'pay')?.lastDate).toBe('2026-03-31');
    await room.did(room.first, id, { act: 'register_decision' });
    const tooMuch = await room.act(room.first, id, {
      act: 'pay',
      channel: 'bank',
      amountYuan: 51,
      receiptNumber: 'B-1',
    });
    expect(tooMuch.problem.code).toBe('payment_excessive');
    const closed = await room.did(room.first, id, {
      act: 'pay',
      channel: 'bank',
      amountYuan: 50,
      receiptNumber: 'B-1',
    });
    expect(closed).toMatchObject({ state: 'closed', payment: { paidYuan: 50 } });
    const { blocks } = await room.first.ok('listNumbers');
    expect(blocks.find((one) => one.id === block.id)?.numbers.map(({ state }) => state)).toEqual([
      'free',
      'used',
      'free',
    ]);
    // one act, one fine (29): the same party once more
    const again = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: second,
      party: individual(),
      circumstances: clear,
      proposal: yuan(50),
    });
    expect(again.problem.code).toBe('act_penalised');
  });

  test('who reads the party: the handlers, the head and the reviewer; others see it masked', async () => {
    const incidentId = await room.incident('CY-10');
    const open = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: room.second.personId,
      party: individual(),
      circumstances: clear,
      proposal: yuan(20),
    });
    const params = { fileId: open.output.id };
    for (const phone of [room.first, room.second, room.head, room.reviewer])
      expect((await phone.ok('readFile', { params })).party).toEqual(individual());
    const seen = await room.dispatcher.ok('readFile', { params });
    expect(seen).toMatchObject({
      partyMasked: true,
      party: { name: '张𬭎', idNumber: '330*************' + seen.party!.idNumber!.slice(-2) },
    });
    const { db } = room.town.deps;
    const stored =
      JSON.stringify(await db('party').select('*')) + JSON.stringify(await db('event').select('body'));
    for (const secret of ['张𬭎', '13800000000', '民权路1号', individual().idNumber!])
      expect(stored).not.toContain(secret);
    expect(stored).toContain('CY-10'); // control: the search finds what is there
  });

  test('the database refuses what the program must not do', async () => {
    const incidentId = await room.incident('CY-10');
    const { db } = room.town.deps;
    const open = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: room.second.personId,
      party: individual(),
      circumstances: clear,
      proposal: yuan(20),
    });
    const at = new Date(room.town.now());
    const decision = (more: object) => ({
      file_id: open.output.id,
      number: `数${Math.random()}`,
      procedure: 'simple',
      party_kind: 'individual',
      kind: 'fine',
      amount_yuan: 20,
      law_least_yuan: 20,
      law_most_yuan: 500,
      text: 'x',
      decided_at: at,
      received_at: at,
      decided_by: room.first.personId,
      ...more,
    });
    const write = (more: object, signers: number[]) =>
      db.transaction(async (tx) => {
        for (const person of signers)
          await tx('penalty_signature').insert({
            subject: `file/${open.output.id}`,
            purpose: 'decision',
            person_id: person,
            taken_by: person,
            at,
          });
        await tx('penalty_decision').insert(decision(more));
        throw new Error('would have been written');
      });
    const commit = (signers: number[]) =>
      db.transaction(async (tx) => {
        for (const person of signers)
          await tx('penalty_signature').insert({
            subject: `file/${open.output.id}`,
            purpose: 'decision',
            person_id: person,
            taken_by: person,
            at,
          });
        await tx('penalty_decision').insert(decision({}));
        await tx.raw('set constraints all immediate');
        throw new Error('would have been written');
      });
    const two = [room.first.personId, room.second.personId];
    await expect(write({ amount_yuan: 201 }, two)).rejects.toThrow(/check constraint/);
    await expect(write({ amount_yuan: 19 }, two)).rejects.toThrow(/check constraint/);
    await expect(write({ benchmark_least_yuan: 30, benchmark_most_yuan: 50 }, two)).rejects.toThrow(
      /check constraint/,
    );
    await expect(write({}, two)).rejects.toThrow('would have been written'); // control
    await expect(commit(two.slice(0, 1))).rejects.toThrow(/two licensed officers/);
    await expect(commit([room.first.personId, room.dispatcher.personId])).rejects.toThrow(
      /two licensed officers/,
    );
    await expect(commit(two)).rejects.toThrow('would have been written'); // control
    await db('licence')
      .where({ person_id: room.second.personId })
      .update({ revoked_at: new Date(at.getTime() - 1) });
    await expect(commit(two)).rejects.toThrow(/two licensed officers/);
    await db('licence').where({ person_id: room.second.personId }).update({ revoked_at: null });
    expect(catalogue).toHaveLength(46);
  });
});
