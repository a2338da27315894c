import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Body } from '../../../shared/contract/api.ts';
import { engines } from '../../kit/database.ts';
import { room, type Room } from './scene-kit.ts';

/** 浙江省综合行政执法条例 art. 30: auxiliaries may help under an officer who answers for them, by name. */
describe.each(engines())('a task open to auxiliaries [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const aidesAt = (x: number, y: number, code = 'N1') =>
    here.team(code, x, y, { licensed: 0, auxiliaries: 2 });
  const card = (incidentId: number, query = {}) =>
    here.dispatcher.ok('recommendTeams', { params: { incidentId }, query });
  const send = (incidentId: number, body: Body<'assignTeam'>) =>
    here.dispatcher.call('assignTeam', { params: { incidentId }, body });
  const codesOf = async (incidentId: number, teamId: number, query = {}) =>
    (await card(incidentId, query)).candidates
      .find((one) => one.teamId === teamId)!
      .reasons.map(({ code }) => code);

  test('without an officer on duty nobody may send them, whatever the reason', async () => {
    const aides = await aidesAt(0, 0);
    const incidentId = await here.incident(0, 0);
    expect((await card(incidentId, { kind: 'dissuade' })).supervision).toEqual({
      personId: null,
      choices: [],
    });
    expect(await codesOf(incidentId, aides.teamId, { kind: 'dissuade' })).toEqual(['supervisor_missing']);
    const sent = await send(incidentId, {
      teamId: aides.teamId,
      kind: 'dissuade',
      override: 'order',
    });
    expect(sent.problem).toMatchObject({
      code: 'team_ineligible',
      detail: { codes: ['supervisor_missing'] },
    });
  });

  test('given to another team it may become another task, with whom the dispatcher names; the need follows', async () => {
    const officers = await here.team('N2', 0, 0);
    const aides = await aidesAt(0, 1);
    const other = await here.team('N3', 3, 3, { zoneNumbers: [4] });
    const incidentId = await here.incident(0, 0);
    const { id } = await here.assign(incidentId, officers);
    const reassign = (body: Body<'reassignAssignment'>) =>
      here.dispatcher.call('reassignAssignment', { params: { assignmentId: id }, body });
    const law = await reassign({ teamId: aides.teamId, override: 'order' });
    expect(law.problem, 'control: for the same task two officers are needed').toMatchObject({
      code: 'team_ineligible',
      detail: { codes: ['licences_few'] },
    });
    const body = { teamId: aides.teamId, kind: 'dissuade', override: 'order' } as const;
    const nobody = await reassign({ ...body, supervisorId: aides.phone.personId });
    expect(nobody.problem.code).toBe('supervisor_invalid');
    expect((await here.lead(incidentId))?.teamId, 'refused as a whole').toBe(officers.teamId);
    const given = await reassign({ ...body, supervisorId: other.phone.personId });
    expect(given.output).toMatchObject({
      teamId: aides.teamId,
      kind: 'dissuade',
      supervisor: { personId: other.phone.personId, name: 'N3-1' },
    });
    const { incident } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    expect(incident.needs).toMatchObject([{ kind: 'dissuade' }]);
  });

  test('the leader of the own zone answers for them, or whom the dispatcher names; it stands everywhere', async () => {
    const aides = await aidesAt(0, 0);
    const near = await here.team('N2', 0, 0, { zoneNumbers: [4] });
    const own = await here.team('N3', 1, 1);
    const incidentId = await here.incident(0, 0);
    expect(await codesOf(incidentId, aides.teamId), 'to handle takes two officers').toEqual(['licences_few']);
    const asked = await card(incidentId, { kind: 'dissuade' });
    expect(asked.candidates[0]).toMatchObject({ teamId: aides.teamId, rank: 1 });
    expect(asked.supervision!.personId).toBe(own.phone.personId);
    expect(asked.supervision!.choices.map(({ teamId }) => teamId)).toEqual([
      own.teamId,
      own.teamId,
      near.teamId,
      near.teamId,
    ]);
    const sent = await send(incidentId, {
      teamId: aides.teamId,
      kind: 'dissuade',
      supervisorId: near.phone.personId,
    });
    const supervisor = { personId: near.phone.personId, name: 'N2-1' };
    expect(sent.output).toMatchObject({ kind: 'dissuade', manual: false, supervisor });
    const { tasks } = await aides.phone.ok('readPhone');
    expect(tasks).toMatchObject([{ assignment: { supervisor } }]);
    const { incident, timeline } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    expect(incident.needs).toMatchObject([{ kind: 'dissuade' }]);
    expect(timeline.at(-1)).toMatchObject({
      type: 'assignment.offered',
      data: { assignment: { supervisor } },
    });
    expect((await here.decisions(incidentId)).at(-1)!.incident).toMatchObject({
      taskKind: 'dissuade',
      supervisorId: near.phone.personId,
    });
    expect((await here.accept(aides, sent.output.id)).state).toBe('accepted');
  });

  test('whoever was named and has gone home answers for nobody: the task is not accepted', async () => {
    const aides = await aidesAt(0, 0);
    const own = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    const sent = await send(incidentId, { teamId: aides.teamId, kind: 'secure' });
    expect(sent.output.supervisor).toMatchObject({ personId: own.phone.personId });
    await own.phone.ok('setDuty', { body: { on: false } });
    const late = await aides.phone.call('acceptAssignment', { params: { assignmentId: sent.output.id } });
    expect([late.status, late.problem.detail]).toMatchObject([409, { guard: 'team_eligible' }]);
  });

  test('only an officer with a licence may be named, and only where auxiliaries may act', async () => {
    const aides = await aidesAt(0, 0);
    const own = await here.team('N2', 0, 0);
    const incidentId = await here.incident(0, 0);
    const name = (supervisorId: number, kind: 'secure' | 'handle', teamId: number) =>
      send(incidentId, {
        teamId,
        kind,
        supervisorId,
        override: 'order',
      });
    const aide = await name(aides.phone.personId, 'secure', aides.teamId);
    expect([aide.status, aide.problem.code]).toEqual([422, 'supervisor_invalid']);
    const handled = await name(own.phone.personId, 'handle', own.teamId);
    expect([handled.status, handled.problem.code]).toEqual([422, 'supervisor_invalid']);
    // control: a team with an officer of its own is answered for by that officer
    const sent = await send(incidentId, { teamId: own.teamId, kind: 'secure', override: 'order' });
    expect(sent.output.supervisor).toEqual({ personId: own.phone.personId, name: 'N2-1' });
  });

  test('whoever follows a decline is asked for the same task', async () => {
    const first = await aidesAt(0, 0);
    const second = await aidesAt(1, 0, 'N2');
    await here.team('N3', 3, 3);
    await here.policy((policy) => {
      policy.mode = 'auto';
    });
    const incidentId = await here.incident(0, 0, 'CY-17');
    const standing = (await here.lead(incidentId))!;
    await here.dispatcher.ok('recallAssignment', { params: { assignmentId: standing.id } });
    const sent = await send(incidentId, {
      teamId: first.teamId,
      kind: 'dissuade',
      override: 'order',
    });
    await first.phone.ok('declineAssignment', {
      params: { assignmentId: sent.output.id },
      body: { reason: 'vehicle' },
    });
    expect(await here.lead(incidentId)).toMatchObject({ teamId: second.teamId, kind: 'dissuade' });
  });
});
