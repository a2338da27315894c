import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actNames } from '../../../client/console/files/act-table.ts';
import { notNow } from '../../../client/console/files/possible.ts';
import type { FileActName } from '../../../shared/contract/file-acts.ts';
import { RoleSchema, type Role } from '../../../shared/contract/roles.ts';
import { engines } from '../../kit/database.ts';
import type { Phone } from '../../kit/town.ts';
import { clear, court, glass, individual, type Act, type Court } from './file-kit.ts';
import { photo, uploaded } from './upload-kit.ts';

/** What the page of the files says "not now" to, the server refuses too: in every state, for every role, each act. */
describe('acts that a screen bars', { timeout: 120_000 }, () => {
  let room: Court;
  let image: string;
  let evidenceIds: string[];
  let bodies: Readonly<Record<FileActName, Act>>;
  let tried = 0;

  beforeAll(async () => {
    room = await court(engines().at(-1)!);
    image = await glass();
  });
  afterAll(() => room?.town.close());

  const proposal = { kind: 'fine', amountYuan: 200 } as const;

  /** A well-formed body of every act. */
  function formed(): Readonly<Record<FileActName, Act>> {
    const partnerId = room.second.personId as never;
    const told = { partnerId, licenceShown: true, rightsTold: true, proposal };
    const list: readonly Act[] = [
      { act: 'tell', ...told },
      { act: 'hear', partnerId, outcome: 'waived', party: { image } },
      { act: 'sign' },
      {
        act: 'decide',
        proposal,
        text: '事实清楚',
        evidenceIds,
        signatures: [
          { personId: room.first.personId, image: null },
          { personId: partnerId, image },
        ],
      },
      { act: 'serve', partnerId, mode: 'handed', party: { image } },
      { act: 'register_decision' },
      { act: 'pay', channel: 'bank', amountYuan: 200, receiptNumber: 'R-1' },
      { act: 'hand_in_cash' },
      { act: 'bank_cash', slip: 'S-1' },
      { act: 'close' },
      { act: 'convert', reason: '当事人有异议', partnerId },
      { act: 'identify', partnerId, party: individual(), circumstances: clear },
      { act: 'answer', circumstances: clear },
      { act: 'note_public', text: '办理中' },
      { act: 'register', grounds: '符合立案标准' },
      { act: 'inquire', partnerId, licenceShown: true, evidenceIds, summary: '事实清楚' },
      { act: 'approve_measure', measure: 'preservation', reason: '可能灭失' },
      {
        act: 'take_things',
        measure: 'preservation',
        partnerId,
        things: [{ name: '路障', quantity: '1个' }],
        keptAt: '物品库',
      },
      { act: 'extend_seizure', reason: '案情复杂' },
      { act: 'release_things', measure: 'preservation', outcome: 'returned', reason: '无需保存' },
      { act: 'request_hearing', text: '要求听证' },
      {
        act: 'announce_hearing',
        heldAt: new Date(room.town.now() + 30 * 86_400_000).toISOString(),
        place: '镇政府三楼会议室',
        chairId: room.reviewer.personId,
      },
      { act: 'hold_hearing', record: '听证笔录' },
      { act: 'request_review' },
      { act: 'review', passed: true, text: '通过' },
      { act: 'waive', ground: 'unproven', education: '已教育' },
      { act: 'transfer', to: '公安机关', reason: '涉嫌犯罪' },
      { act: 'publish' },
      { act: 'withdraw_publication', reason: '决定已撤销' },
      { act: 'enforce' },
      { act: 'serve_demand', mode: 'mail' },
      { act: 'note_remedy', remedy: 'review' },
      { act: 'end_remedy', remedy: 'review' },
      { act: 'revoke', outcome: 'revoked', reason: '复议撤销' },
    ];
    return Object.fromEntries(list.map((body) => [body.act, body])) as Record<FileActName, Act>;
  }

  /** Tries whatever the page bars for these people; answers the acts that it offers, by role. */
  async function barred(fileId: number): Promise<Record<string, FileActName[]>> {
    const offered: Record<string, FileActName[]> = {};
    for (const [role, phone] of [
      ['officer', room.first],
      ['head', room.head],
      ['legalReviewer', room.reviewer],
    ] as const satisfies readonly (readonly [Role, Phone])[]) {
      const file = await phone.ok('readFile', { params: { fileId } });
      const looker = { role, personId: phone.personId, nowMs: room.town.now(), recordsMade: true };
      offered[role] = [];
      for (const act of actNames) {
        const no = notNow(act, file, looker);
        if (no === null) {
          offered[role].push(act);
          continue;
        }
        // said again, these stand as they were: the screen spares the second word
        if (no.why === 'condition' && no.condition.endsWith('_once')) continue;
        const { status, problem } = await room.act(phone, fileId, bodies[act]);
        tried += 1;
        expect({ role, act, state: file.state, no, status, code: problem.code }).toMatchObject({
          code: expect.stringMatching(/^(?!body_).+/),
        });
      }
    }
    return offered;
  }

  test('the whole ordinary way: in each state what is offered is what the law lets this person do', async () => {
    const incidentId = await room.incident('FD-01');
    evidenceIds = await room.photos(incidentId, 2);
    const record = await uploaded(room.town, room.first, await photo('olive'), {
      incidentId: incidentId as never,
      kind: 'inspection_record',
    });
    evidenceIds.push(record.id);
    bodies = formed();
    const { output } = await room.open(room.head, incidentId, {
      open: 'ordinary',
      party: individual(),
      grounds: '符合立案标准',
    });
    const { id } = output;
    const steps: Record<string, Record<string, FileActName[]>> = {};
    const look = async (name: string) => (steps[name] = await barred(id));
    await look('opened');
    await room.did(room.head, id, bodies.answer);
    await room.did(room.first, id, bodies.inquire);
    await look('investigated');
    await room.did(room.first, id, bodies.tell);
    await look('told');
    await room.did(room.first, id, { act: 'hear', outcome: 'waived' });
    await room.did(room.first, id, bodies.sign);
    await room.did(room.second, id, bodies.sign);
    await look('heard');
    await room.did(room.first, id, bodies.request_review);
    await look('legal_review');
    await room.did(room.reviewer, id, bodies.review);
    await room.did(room.head, id, { act: 'decide', proposal, text: '事实清楚', evidenceIds });
    await look('decided');
    await room.did(room.first, id, bodies.serve);
    await look('served');
    await room.did(room.first, id, bodies.pay);
    await look('paid');
    await room.did(room.head, id, bodies.close);
    await look('closed');
    expect(steps['opened']).toEqual({
      officer: ['answer', 'inquire', 'take_things'],
      head: ['answer', 'approve_measure', 'waive', 'transfer'],
      legalReviewer: [],
    });
    expect(steps['heard']).toEqual({
      officer: ['take_things', 'request_review'],
      head: ['decide', 'approve_measure', 'waive', 'transfer'],
      legalReviewer: ['request_review'],
    });
    expect(steps['legal_review']?.['legalReviewer']).toEqual(['review']);
    expect(steps['served']?.['officer']).toEqual(['register_decision', 'pay', 'note_remedy']);
    expect(steps['paid']?.['head']).toContain('close');
    expect(steps['closed']?.['officer']).toEqual(['note_remedy']);
    expect(tried).toBeGreaterThan(500);
  });

  test('control: an act that is offered is taken by the server; every role of the contract is a role', async () => {
    const incidentId = await room.incident('FD-01');
    const { output } = await room.open(room.head, incidentId, { open: 'ordinary', grounds: '立案' });
    const looker = {
      role: 'head',
      personId: room.head.personId,
      nowMs: room.town.now(),
      recordsMade: false,
    } as const;
    expect(notNow('waive', output, looker)).toBeNull();
    expect((await room.did(room.head, output.id, bodies.waive)).state).toBe('no_penalty');
    const { output: other } = await room.open(room.head, incidentId, { open: 'ordinary', grounds: '立案' });
    const sent = RoleSchema.options.flatMap((role) =>
      actNames.flatMap((act) => {
        const no = notNow(act, other, { ...looker, role });
        return no?.why === 'role' && no.roles.includes(role) ? [`${role} ${act}`] : [];
      }),
    );
    // nobody is sent to somebody else of the own role
    expect(sent).toEqual([]);
  });
});
