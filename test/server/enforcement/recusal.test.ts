import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { clear, court, glass, individual, type Court } from './file-kit.ts';

const proposal = { kind: 'fine', amountYuan: 200 } as const;

describe.each(engines())('recusal after the task was accepted [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  let image: string;
  beforeAll(async () => {
    room = await court(engine);
    image = await glass();
  });
  afterAll(() => room.town.close());

  const accepted = async (phone: Phone, teamId: number) => {
    await room.town.deps.db.raw('update team_latest set fix_at = ?', [new Date(room.town.now())]);
    const incidentId = await room.incident('FD-01');
    await room.dispatcher.ok('assignTeam', { params: { incidentId }, body: { teamId } });
    const { tasks } = await phone.ok('listTasks');
    const { assignment } = tasks.find(({ incident }) => incident.id === incidentId)!;
    await phone.ok('acceptAssignment', { params: { assignmentId: assignment.id } });
    return incidentId;
  };
  const calls = async (incidentId: number) =>
    (await room.dispatcher.ok('readSnapshot')).alarms.filter(
      (alarm) => alarm.kind === 'help_requested' && alarm.incidentId === incidentId,
    );

  test('one of two stands back: out of the file, no signature counts, another team is asked for', async () => {
    const incidentId = await accepted(room.first, room.teamId);
    const { output: file } = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: room.second.personId,
      party: individual(),
      circumstances: clear,
      proposal,
    });
    expect(file.officers).toEqual([room.first.personId, room.second.personId]);
    const params = { incidentId };
    const foreign = await room.first.call('declareRecusal', {
      params,
      body: { personId: room.second.personId, reason: '听说是亲戚' },
    });
    expect(foreign.problem.code).toBe('action_forbidden');
    const reason = '当事人是近亲属';
    expect(await room.second.ok('declareRecusal', { params, body: { reason } })).toMatchObject({
      fileIds: [file.id],
      licensedLeft: 1,
    });
    const after = await room.first.ok('readFile', { params: { fileId: file.id } });
    expect(after.officers).toEqual([room.first.personId]);
    expect(await calls(incidentId)).toMatchObject([
      { teamId: room.teamId, personId: room.second.personId, detail: { want: 'transfer', text: reason } },
    ]);
    const told = await room.act(room.first, file.id, {
      act: 'tell',
      partnerId: room.second.personId,
      licenceShown: true,
      rightsTold: true,
      proposal,
    });
    expect(told.problem.code).toBe('officer_recused');
    const { timeline } = await room.dispatcher.ok('readIncident', { params });
    expect(timeline.map(({ type }) => type)).toContain('officer.recused');
    // said again it changes nothing but is told
    expect(await room.second.ok('declareRecusal', { params, body: { reason } })).toMatchObject({
      fileIds: [],
    });
  });

  test('one of three: two are left, nobody is called; the head decides of an officer whom the party objects to', async () => {
    const { teamId, people } = await addTeam(room.town.deps.db, {
      code: 'C1',
      at: room.town.now(),
      place: cellCentre(1, 1),
      licensed: 3,
      skills: ['消防初训'],
    });
    const [one, two, three] = await Promise.all(people.map(({ name }) => room.town.signIn(name)));
    const incidentId = await accepted(one!, teamId);
    const recused = await room.head.ok('declareRecusal', {
      params: { incidentId },
      body: { personId: two!.personId, reason: '当事人申请回避，审查属实' },
    });
    expect(recused).toMatchObject({ licensedLeft: 2, fileIds: [] });
    expect(await calls(incidentId)).toEqual([]);
    // who dissuades needs one officer who answers for it, not two who decide (control: the first test)
    const soft = await room.incident('CY-01');
    const pair = await addTeam(room.town.deps.db, {
      code: 'D1',
      at: room.town.now(),
      place: cellCentre(1, 1),
      licensed: 2,
      auxiliaries: 1,
    });
    const [lead, mate] = await Promise.all(pair.people.map(({ name }) => room.town.signIn(name)));
    const assigned = await room.dispatcher.ok('assignTeam', {
      params: { incidentId: soft },
      body: { teamId: pair.teamId, kind: 'dissuade', override: 'order' },
    });
    await lead!.ok('acceptAssignment', { params: { assignmentId: assigned.id } });
    const off = { params: { incidentId: soft }, body: { reason: '当事人是邻居' } };
    expect(await mate!.ok('declareRecusal', off)).toMatchObject({ licensedLeft: 1 });
    expect(await calls(soft)).toEqual([]);
    await lead!.ok('declareRecusal', off);
    expect(await calls(soft), 'nobody is left who may answer for the auxiliary').toHaveLength(1);
    // control: without the one who stood back the other two open and tell as ever
    const { output: file } = await room.open(one!, incidentId, {
      open: 'simple',
      partnerId: three!.personId,
      party: individual(),
      circumstances: clear,
      proposal,
    });
    const step = (body: object) => one!.ok('actOnFile', { params: { fileId: file.id }, body: body as never });
    const partnerId = three!.personId;
    await step({ act: 'tell', partnerId, licenceShown: true, rightsTold: true, proposal });
    expect((await step({ act: 'hear', partnerId, outcome: 'waived', party: { image } })).state).toBe('heard');
  });
});
