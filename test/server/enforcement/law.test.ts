import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { catalogue, clear, court, glass, individual, type Act, type Court } from './file-kit.ts';
import { photo, uploaded } from './upload-kit.ts';

const yuan = (amountYuan: number) => ({ kind: 'fine', amountYuan }) as const;
const days = (n: number) => n * 86_400_000;

describe.each(engines())('what the law asks of a file [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let second: never;
  let image: string;
  beforeAll(async () => {
    room = await court(engine);
    second = room.second.personId as never;
    image = await glass();
  });
  afterAll(() => room.town.close());

  /** Facts about an incident: type, and what they carry. */
  const factsOf = async (incidentId: number) =>
    (await room.dispatcher.ok('readIncident', { params: { incidentId } })).timeline as unknown as {
      type: string;
      data: { text?: string; doneAt?: string; late?: boolean };
    }[];

  /** An ordinary file with its inquiry done, or refused where `more` says so. */
  async function filed(code: string) {
    const incidentId = await room.incident(code);
    const record = await uploaded(room.town, room.first, await photo('olive'), {
      incidentId: incidentId as never,
      kind: 'inspection_record',
    });
    const { output } = await room.open(room.head, incidentId, {
      open: 'ordinary',
      party: individual(),
      grounds: '符合立案标准',
    });
    await room.did(room.first, output.id, { act: 'answer', circumstances: clear });
    return { id: output.id, incidentId, evidenceIds: [record.id] };
  }
  const inquire = (evidenceIds: string[], complex = false): Act => ({
    act: 'inquire',
    partnerId: second,
    licenceShown: true,
    evidenceIds,
    summary: '事实清楚',
    complex,
  });
  const tell = (amount: number, doneAt?: string): Act => ({
    act: 'tell',
    partnerId: second,
    licenceShown: true,
    rightsTold: true,
    proposal: yuan(amount),
    ...(doneAt && { doneAt }),
  });
  async function toldAndSigned(id: number, amount: number) {
    await room.did(room.first, id, tell(amount));
    await room.did(room.first, id, { act: 'hear', outcome: 'waived' });
    await room.did(room.first, id, { act: 'sign' });
    await room.did(room.second, id, { act: 'sign' });
  }
  const decide = (amount: number, evidenceIds: string[], discussion = ''): Act => ({
    act: 'decide',
    proposal: yuan(amount),
    text: '占用消防车通道',
    evidenceIds,
    discussion,
  });
  /** A file decided by the head: 300 yuan for a fire lane. */
  async function decided() {
    const file = await filed('FD-01');
    await room.did(room.first, file.id, inquire(file.evidenceIds));
    await toldAndSigned(file.id, 300);
    await room.did(room.head, file.id, decide(300, file.evidenceIds));
    return file;
  }

  test('a complex case passes legal review whatever was ticked, and the minutes of its discussion are kept', async () => {
    const { id, incidentId, evidenceIds } = await filed('FD-01');
    const inquired = await room.did(room.first, id, inquire(evidenceIds, true));
    expect(inquired.progress).toMatchObject({ complex: true, reviewCompulsory: true });
    await toldAndSigned(id, 300);
    expect((await room.act(room.head, id, decide(300, evidenceIds, '记录'))).problem).toMatchObject({
      detail: { guard: 'review_needless' },
    });
    await room.did(room.first, id, { act: 'request_review' });
    await room.did(room.reviewer, id, { act: 'review', passed: true, text: '通过' });
    expect((await room.act(room.head, id, decide(300, evidenceIds))).problem).toMatchObject({
      detail: { guard: 'discussed_together' },
    });
    const minutes = '负责人三人集体讨论，一致同意罚款，张𬭎系初犯';
    const done = await room.did(room.head, id, decide(300, evidenceIds, minutes));
    expect(done).toMatchObject({ state: 'decided', minutes: { text: minutes, by: room.head.personId } });
    const officer = await room.first.ok('readFile', { params: { fileId: id } });
    expect(officer.minutes?.text).toBe(minutes);
    const watcher = await room.dispatcher.ok('readFile', { params: { fileId: id } });
    expect(watcher.minutes).toMatchObject({ text: null, by: room.head.personId });
    expect((await factsOf(incidentId)).filter(({ type }) => type === 'decision.discussed')).toMatchObject([
      { data: { text: '' } },
    ]);
    // what was said of the party stands nowhere in the clear; control: the fact itself is found
    const { db } = room.town.deps;
    const ledger = JSON.stringify(await db('event').select('type', 'body'));
    expect(ledger).not.toContain('一致同意');
    expect(ledger).toContain('decision.discussed');
    expect(JSON.stringify(await db('penalty_minutes').select('*'))).not.toContain('一致同意');
    await expect(db('penalty_minutes').where({ file_id: id }).delete()).rejects.toThrow(/append|change/);
  });

  test('a converted file waits for the head to file it; the 90 days run from then', async () => {
    const incidentId = await room.incident('FD-01');
    const opened = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: second,
      party: individual(),
      circumstances: clear,
      proposal: yuan(200),
    });
    const { id } = opened.output;
    await room.did(room.first, id, { act: 'answer', circumstances: { ...clear, partyPresent: false } });
    const converted = await room.did(room.first, id, { act: 'convert', reason: '当事人离开' });
    expect(converted).toMatchObject({ procedure: 'ordinary', state: 'opened', decideBy: null });
    const record = await uploaded(room.town, room.first, await photo('teal'), {
      incidentId: incidentId as never,
      kind: 'inspection_record',
    });
    expect((await room.act(room.first, id, inquire([record.id]))).problem).toMatchObject({
      detail: { guard: 'filing_approved' },
    });
    const own = await room.act(room.first, id, { act: 'register', grounds: '立案' });
    expect(own.problem.code).toBe('action_forbidden');
    const registered = await room.did(room.head, id, { act: 'register', grounds: '符合立案标准' });
    expect(registered).toMatchObject({ state: 'opened', progress: { filedAt: expect.any(String) } });
    expect(registered.decideBy).not.toBeNull();
    const twice = await room.act(room.head, id, { act: 'register', grounds: '再立' });
    expect(twice.problem).toMatchObject({ detail: { guard: 'filing_pending' } });
    expect((await room.did(room.first, id, inquire([record.id]))).state).toBe('investigated');
  });

  test('an auxiliary books no money, answers no question of the law and registers nothing', async () => {
    const aide = await room.town.signIn('A1-3');
    const { id } = await decided();
    const forbidden: Act[] = [
      { act: 'answer', circumstances: clear },
      { act: 'pay', channel: 'bank', amountYuan: 300, receiptNumber: 'A-1' },
      { act: 'register_decision' },
      { act: 'note_public', text: '已付' },
      { act: 'hand_in_cash' },
      {
        act: 'announce_hearing',
        heldAt: new Date(room.town.now()).toISOString(),
        place: '会议室',
        chairId: second,
      },
      { act: 'close' },
    ];
    for (const body of forbidden)
      expect([body.act, (await room.act(aide, id, body)).problem.code]).toEqual([
        body.act,
        'action_forbidden',
      ]);
    // control: papers are served by auxiliaries too (30)
    expect(await room.did(aide, id, { act: 'serve', mode: 'left' })).toMatchObject({ state: 'served' });
  });

  test('what was signed on a phone that was offline for three days is recorded as done then; 31 days are too many', async () => {
    const incidentId = await room.incident('FD-01');
    const sent = await room.incident('FD-01');
    await room.dispatcher.ok('dispatchIncident', { params: { incidentId: sent } });
    expect(
      (await room.dispatcher.ok('readIncident', { params: { incidentId: sent } })).assignments,
    ).toHaveLength(1);
    const then = (seconds: number) => new Date(start + seconds * 1000).toISOString();
    const start = room.town.now();
    const before = { open: 'simple', partnerId: second, party: individual(), circumstances: clear } as const;
    await room.pass(days(3), days(3));
    const opened = await room.open(room.first, incidentId, {
      ...before,
      proposal: yuan(200),
      doneAt: then(10),
    });
    expect(opened.status).toBe(200);
    const { id } = opened.output;
    await room.did(room.first, id, tell(200, then(20)));
    await room.did(room.first, id, {
      act: 'hear',
      partnerId: second,
      outcome: 'waived',
      party: { image },
      doneAt: then(30),
    });
    await room.did(room.first, id, {
      act: 'decide',
      signatures: [
        { personId: room.first.personId, image },
        { personId: second, image },
      ],
      proposal: yuan(200),
      text: '占用消防车通道',
      doneAt: then(40),
    });
    const served = await room.did(room.first, id, {
      act: 'serve',
      partnerId: second,
      mode: 'handed',
      party: { image },
      doneAt: then(50),
    });
    expect(served).toMatchObject({ state: 'served', progress: { servedAt: then(50) } });
    expect(served.progress.servedLate).toBeUndefined();
    expect((await factsOf(incidentId)).find(({ type }) => type === 'penalty.decided')?.data.doneAt).toBe(
      then(40),
    );
    // control: an act that comes as it is done carries no time of its own
    const prompt = await room.did(room.first, id, { act: 'register_decision' });
    expect(prompt.progress.registeredAt).toBeDefined();
    const registered = (await factsOf(incidentId)).find(({ type }) => type === 'decision.registered');
    expect(registered && 'doneAt' in registered.data).toBe(false);
    // a notice that ran out before the phone had a network was posted all the same, and ends by itself
    const noticed = await room.incident('FD-01');
    const notice = await room.open(room.first, noticed, {
      open: 'notice',
      partnerId: second,
      plate: '浙B00001',
      place: '民权路',
      photoIds: await room.photos(noticed, 3),
      dueAt: then(3600),
      actAt: then(0),
      doneAt: then(60),
    });
    expect(notice.output).toMatchObject({ state: 'notice_posted' });
    await room.pass(1000);
    expect(await room.first.ok('readFile', { params: { fileId: notice.output.id } })).toMatchObject({
      state: 'notice_expired',
    });
    // nothing was done on an incident before its team was asked; without a team the phone's word stands (above)
    const early = await room.open(room.first, sent, { ...before, proposal: yuan(200), doneAt: then(-600) });
    expect(early.problem.code).toBe('done_at_invalid');
    // a phone whose clock is a minute ahead loses nothing, an hour ahead is refused
    const clocks = [60_000, 3_600_000].map((ms) => new Date(room.town.now() + ms).toISOString());
    const [near, far] = [await room.incident('FD-01'), await room.incident('FD-01')];
    const slack = await room.open(room.first, near, { ...before, proposal: yuan(200), doneAt: clocks[0] });
    expect(slack.output).toMatchObject({ openedAt: new Date(room.town.now()).toISOString() });
    const ahead = await room.open(room.first, far, { ...before, proposal: yuan(200), doneAt: clocks[1] });
    expect(ahead.problem.code).toBe('done_at_invalid');
    const old = new Date(room.town.now() - days(31)).toISOString();
    const other = await room.open(room.first, await room.incident('FD-01'), {
      ...before,
      proposal: yuan(200),
      doneAt: old,
    });
    expect(other.problem.code).toBe('done_at_invalid');
  });

  test('cash taken on the spot: handed in, then banked, two working days each, beyond the end of the file', async () => {
    const incidentId = await room.incident('CY-10');
    const { output } = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: second,
      party: individual(),
      circumstances: clear,
      proposal: yuan(50),
    });
    const { id } = output;
    await room.did(room.first, id, tell(50));
    await room.did(room.first, id, { act: 'hear', partnerId: second, outcome: 'waived', party: { image } });
    const signed = await room.did(room.first, id, {
      act: 'decide',
      signatures: [
        { personId: room.first.personId, image },
        { personId: second, image },
      ],
      proposal: yuan(50),
      text: '随地吐痰',
    });
    const running = (file: { periods: { period: string; endedAt: string | null }[] }) =>
      file.periods.filter(({ endedAt }) => endedAt === null).map(({ period }) => period);
    expect(running(signed)).toContain('registerDecision');
    await room.did(room.first, id, { act: 'serve', partnerId: second, mode: 'handed', party: { image } });
    expect(running(await room.did(room.first, id, { act: 'register_decision' }))).not.toContain(
      'registerDecision',
    );
    expect((await room.act(room.first, id, { act: 'hand_in_cash' })).problem.code).toBe('transition_illegal');
    const paid = await room.did(room.first, id, {
      act: 'pay',
      channel: 'cash_on_spot',
      amountYuan: 50,
      receiptNumber: `C-${engine}`,
      cashGround: 'small',
    });
    expect(paid).toMatchObject({ state: 'closed', payment: { cash: 'held' } });
    expect(running(paid)).toEqual(['handInCash']);
    expect((await room.act(room.first, id, { act: 'bank_cash', slip: 'S' })).problem.code).toBe(
      'transition_illegal',
    );
    const handed = await room.did(room.first, id, { act: 'hand_in_cash' });
    expect(handed.payment?.cash).toBe('handed_in');
    expect(running(handed)).toEqual(['bankCash']);
    const banked = await room.did(room.head, id, { act: 'bank_cash', slip: 'S-1' });
    expect(banked).toMatchObject({ state: 'closed', payment: { cash: 'banked' } });
    expect(running(banked)).toEqual([]);
    expect((await room.act(room.first, id, { act: 'hand_in_cash' })).problem.code).toBe('transition_illegal');
  });

  test('late service is recorded and marked; the days of a review are not late days; enforced only after the demand', async () => {
    const { id, incidentId } = await decided();
    await room.pass(days(14), days(14));
    const served = await room.did(room.first, id, { act: 'serve', mode: 'left' });
    expect(served).toMatchObject({ state: 'served', progress: { servedLate: true } });
    expect((await factsOf(incidentId)).find(({ type }) => type === 'decision.served')?.data.late).toBe(true);
    const payBy = Date.parse(served.payment!.payBy!);
    // ten days late, of which a review took four
    await room.pass(payBy + days(2) - room.town.now(), days(8));
    await room.did(room.head, id, { act: 'note_remedy', remedy: 'review' });
    const again = await room.act(room.head, id, { act: 'note_remedy', remedy: 'review' });
    expect(again.problem.code).toBe('transition_illegal');
    await room.pass(days(3), days(3));
    await room.did(room.head, id, { act: 'end_remedy', remedy: 'review' });
    await room.pass(days(4), days(4));
    const owed = await room.head.ok('readFile', { params: { fileId: id } });
    expect(owed.remedies).toMatchObject([{ remedy: 'review', endedAt: expect.any(String) }]);
    // payBy is 24:00 of the last day, so the instant now is the tenth day after it
    expect(owed.payment?.lateYuan).toBe((10 - 4) * 9);
    const demanded = await room.did(room.head, id, { act: 'enforce' });
    expect(demanded.state).toBe('enforcing');
    expect(demanded.papers.map(({ kind }) => kind)).toContain('demand_letter');
    const hasty = await room.act(room.head, id, { act: 'close', enforced: true });
    expect(hasty.problem).toMatchObject({ detail: { guard: 'demand_over' } });
    const letter = await room.did(room.first, id, { act: 'serve_demand', mode: 'left' });
    const court = letter.periods.find(({ period }) => period === 'demandCourt')!;
    await room.pass(Date.parse(court.endsAt) - room.town.now() - 1000, days(20));
    expect((await room.act(room.head, id, { act: 'close', enforced: true })).problem).toMatchObject({
      detail: { guard: 'demand_over' },
    });
    await room.pass(1000);
    await room.did(room.reviewer, id, { act: 'note_remedy', remedy: 'lawsuit' });
    expect((await room.act(room.head, id, { act: 'close', enforced: true })).problem).toMatchObject({
      detail: { guard: 'remedy_over' },
    });
    await room.did(room.reviewer, id, { act: 'end_remedy', remedy: 'lawsuit' });
    expect(await room.did(room.head, id, { act: 'close', enforced: true })).toMatchObject({
      state: 'closed',
    });
  });

  test('a law that changed and is milder in one part only goes to legal review, which says what applies', async () => {
    const { id, evidenceIds } = await filed('FD-02');
    await room.did(room.first, id, inquire(evidenceIds));
    const onTheSpot = await room.incident('FD-02');
    const known = catalogue.find(({ code }) => code === 'FD-02')!;
    const { db } = room.town.deps;
    // 0 to 500 became 100 to 400
    const [before] = await db('matter_version')
      .where({ matter_code: 'FD-02' })
      .whereNull('valid_to')
      .update({ valid_to: new Date(room.town.now()) })
      .returning('*');
    await db('matter_version').insert({
      ...before,
      id: undefined,
      version: before.version + 1,
      valid_from: new Date(room.town.now()),
      valid_to: null,
      body: JSON.stringify({ ...known, fineIndividual: [100, 400] }),
    });
    const simple = await room.open(room.first, onTheSpot, {
      open: 'simple',
      partnerId: second,
      party: individual(),
      circumstances: clear,
      proposal: yuan(200),
      actAt: new Date(room.town.now() - 60_000).toISOString(),
    });
    expect(simple.problem).toMatchObject({
      code: 'law_unclear',
      detail: { articles: expect.stringContaining('第三十七条') },
    });
    const told = await room.did(room.first, id, tell(450));
    expect(told.progress).toMatchObject({ lawUnclear: true, reviewCompulsory: true });
    await room.did(room.first, id, { act: 'hear', outcome: 'waived' });
    await room.did(room.first, id, { act: 'sign' });
    await room.did(room.second, id, { act: 'sign' });
    expect((await room.act(room.head, id, decide(450, evidenceIds))).problem).toMatchObject({
      detail: { guard: 'review_needless' },
    });
    await room.did(room.first, id, { act: 'request_review' });
    const silent = await room.act(room.reviewer, id, { act: 'review', passed: true, text: '通过' });
    expect(silent.problem).toMatchObject({ detail: { guard: 'law_chosen' } });
    await room.did(room.reviewer, id, { act: 'review', passed: true, text: '从旧', lawApplied: 'decision' });
    // 450 is above the text that was chosen
    expect((await room.act(room.head, id, decide(450, evidenceIds))).problem.code).toBe('amount_unlawful');
    const done = await room.did(room.head, id, decide(400, evidenceIds));
    expect(done).toMatchObject({ state: 'decided', lawApplied: 'decision' });
  });

  test('the list of matters says who holds the power, and a recall shows in it at once', async () => {
    const statusOf = async (code: string) =>
      (await room.first.ok('listMatters')).matters.find((one) => one.code === code)?.status;
    expect(await statusOf('EN-07')).toBe('delegated');
    const administrator = await room.town.person('administrator');
    const known = catalogue.find(({ code }) => code === 'EN-07')!;
    await administrator.ok('publishMatter', {
      params: { matterCode: 'EN-07' },
      body: {
        document: '收回公告',
        status: 'recalled',
        holder: '江北区',
        priority: known.priority,
        deadlineClock: known.deadlineClock,
        deadlineValue: known.deadlineValue,
        skill: known.skill,
        equipment: known.equipment,
        evidence: known.evidence,
        note: known.note,
        fineIndividual: known.fineIndividual,
        fineOrg: known.fineOrg,
      },
    });
    expect(await statusOf('EN-07')).toBe('recalled');
    expect(await statusOf('FD-01')).toBe('delegated');
  });
});
