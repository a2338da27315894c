import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { createApp } from '../../../server/app.ts';
import { rerun } from '../../../shared/rules/dispatch/record.ts';
import { room, type Room } from './scene-kit.ts';

describe.each(engines().slice(-1))('offers [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const dispatch = (incidentId: number) => here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
  const decline = (
    { phone }: Awaited<ReturnType<Room['team']>>,
    assignmentId: number,
    reason: 'skill_or_kit' | 'vehicle' | 'on_scene_elsewhere' | 'unsafe' | 'recusal' | 'other',
  ) => phone.ok('declineAssignment', { params: { assignmentId }, body: { reason } });

  test('a decline asks the next team at once and says why; the last one brings it to a person', async () => {
    const near = await here.team('N1', 0, 0);
    const far = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    const first = (await dispatch(incidentId)).assignment!;
    expect(first.teamId).toBe(near.teamId);
    expect(await decline(near, first.id, 'skill_or_kit')).toMatchObject({
      state: 'declined',
      reason: 'skill_or_kit',
    });
    const second = (await here.lead(incidentId))!;
    expect(second).toMatchObject({ teamId: far.teamId, state: 'offered' });
    expect((await here.decisions(incidentId)).map(({ kind }) => kind)).toEqual(['first', 'next']);
    expect((await here.decisions(incidentId))[1]!.candidates.at(-1)).toMatchObject({
      teamId: near.teamId,
      reasons: [{ code: 'offer_declined', cause: 'skill_or_kit' }],
    });
    await decline(far, second.id, 'vehicle');
    expect(await here.state(incidentId)).toBe('filed');
    expect(await here.alarms()).toContain('offers_exhausted');
    const { teams, alarms } = await here.dispatcher.ok('readSnapshot');
    expect(teams.find(({ id }) => id === (far.teamId as never))).toMatchObject({
      status: 'unavailable',
      unavailableReason: 'vehicle',
    });
    expect(alarms.find(({ kind }) => kind === 'offers_exhausted')?.detail).toMatchObject({
      tried: [
        { teamId: near.teamId, outcome: 'declined', reason: 'skill_or_kit' },
        { teamId: far.teamId, outcome: 'declined', reason: 'vehicle' },
      ],
    });
  });

  test('other needs words; 回避 follows the person; unsafe calls at once', async () => {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(0, 0);
    const offered = (await dispatch(incidentId)).assignment!;
    const params = { assignmentId: offered.id };
    const wordless = await crew.phone.call('declineAssignment', { params, body: { reason: 'other' } });
    expect([wordless.status, wordless.problem.code]).toEqual([422, 'reason_missing']);
    await decline(crew, offered.id, 'recusal');
    const card = await here.dispatcher.ok('recommendTeams', { params: { incidentId } });
    expect(card.candidates[0]!.reasons.map(({ code }) => code)).toEqual([
      'licences_few',
      'member_recused',
      'offer_declined',
    ]);
    const other = await here.incident(1, 0);
    await decline(crew, (await dispatch(other)).assignment!.id, 'unsafe');
    expect(await here.alarms()).toContain('officer_unsafe');
  });

  test('an offer that nobody answers goes to the next; two make the team "not answering"', async () => {
    const near = await here.team('N1', 0, 0);
    const far = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    const first = (await dispatch(incidentId)).assignment!;
    await here.town.advance(59_000);
    expect(await here.lead(incidentId)).toMatchObject({ id: first.id });
    await here.town.advance(2_000);
    const second = (await here.lead(incidentId))!;
    expect(second.teamId).toBe(far.teamId);
    expect(await here.alarms()).toEqual(['offer_unanswered']);
    const late = await near.phone.call('acceptAssignment', { params: { assignmentId: first.id } });
    expect([late.status, late.problem.code]).toEqual([409, 'offer_ended']);
    expect(late.problem.detail).toMatchObject({ state: 'expired', takenBy: { teamCode: 'N2' } });
    await here.accept(far, second.id);
    expect(await here.alarms()).toEqual([]);
    await dispatch(await here.incident(0, 1));
    await here.town.advance(61_000);
    expect(await here.alarms()).toContain('team_not_answering');
  });

  test('a P1 nobody can take is told at once, and the team that comes free takes it by itself', async () => {
    const only = await here.team('N1', 0, 0);
    const busy = await here.incident(0, 0, 'FD-01');
    const held = await here.assign(busy, only);
    await here.accept(only, held.id);
    const waiting = await here.incident(1, 1);
    const { assignment, shortfall } = await dispatch(waiting);
    expect(assignment).toBeNull();
    expect(shortfall).toMatchObject([{ code: 'teams_busy' }]);
    const params = { assignmentId: held.id };
    await only.phone.ok('departAssignment', { params });
    await only.phone.ok('arriveAssignment', { params });
    await only.phone.ok('handleAssignment', { params, body: { disposition: 'done', liability: 'none' } });
    await here.town.advance(1000);
    expect(await here.lead(waiting)).toMatchObject({ teamId: only.teamId, state: 'offered' });
    expect((await here.decisions(waiting)).at(-1)).toMatchObject({ kind: 'queue' });
  });

  test('automatic mode offers what is filed at once; in assist mode a person chooses first', async () => {
    const crew = await here.team('N1', 0, 0);
    const first = await here.incident(0, 0);
    await here.town.advance(3000);
    expect(await here.lead(first)).toBeUndefined();
    await here.policy((policy) => {
      policy.mode = 'auto';
    });
    await here.town.advance(1000);
    expect(await here.lead(first)).toMatchObject({ teamId: crew.teamId });
    const other = await here.team('N2', 1, 1);
    const second = await here.incident(1, 1);
    expect(await here.lead(second)).toMatchObject({ teamId: other.teamId, offeredBy: null });
  });

  test('a server that stops in the middle goes on where it was', async () => {
    await here.team('N1', 0, 0);
    const far = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    await dispatch(incidentId);
    const { deps } = here.town;
    let clock = deps.now();
    const again = await createApp({ ...deps, now: () => clock });
    clock += 300_000;
    await again.tick();
    expect(await here.lead(incidentId)).toMatchObject({ teamId: far.teamId, state: 'offered' });
    await again.tick();
    expect(await here.lead(incidentId)).toMatchObject({ teamId: far.teamId, state: 'offered' });
    await again.close();
  });

  test('a stored decision, run again from its situation, gives the same bytes', async () => {
    const near = await here.team('N1', 0, 0);
    await here.team('N2', 1, 1);
    await here.team('N3', 2, 1, { licensed: 1, auxiliaries: 2 });
    const incidentId = await here.incident(0, 0);
    await decline(near, (await dispatch(incidentId)).assignment!.id, 'skill_or_kit');
    const rows = await here.town.deps.db('decision').select('body', 'situation');
    expect(rows).toHaveLength(2);
    for (const { body, situation } of rows) expect(rerun(situation as string)).toBe(body);
    const twisted = (rows[0].situation as string).replace(/"seconds":\[(\d+)/, '"seconds":[9$1');
    expect(rerun(twisted), 'control: other facts give other bytes').not.toBe(rows[0].body);
  });
});
