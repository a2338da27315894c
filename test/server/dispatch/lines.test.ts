import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Need } from '../../../shared/contract/needs.ts';
import { engines } from '../../kit/database.ts';
import { room, type Room } from './scene-kit.ts';

const handle: Need = { kind: 'handle', count: 1, skills: [], kit: [] };
const tow: Need = { kind: 'assist', count: 1, skills: [], kit: ['拖车'] };

/** An incident that needs several teams: line by line, none twice, none taken away by itself. */
describe.each(engines())('what an incident needs [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const want = (incidentId: number, needs: Need[]) =>
    here.dispatcher.ok('setNeeds', { params: { incidentId }, body: { needs } });
  const card = (incidentId: number, query = {}) =>
    here.dispatcher.ok('recommendTeams', { params: { incidentId }, query });
  const active = async (incidentId: number) =>
    (await here.dispatcher.ok('readIncident', { params: { incidentId } })).assignments
      .filter(({ endedAt }) => endedAt === null)
      .map(({ teamId, line, kind }) => [teamId, line, kind]);
  const dispatch = (incidentId: number) => here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
  const whole = () =>
    here.policy((policy) => {
      policy.matching.fill = 'all_or_nothing';
    });

  test('two teams and one with a tow truck: the lead leaves the truck to the line that needs it', async () => {
    const truck = await here.team('N1', 0, 0, { kit: ['拖车'] });
    const near = await here.team('N2', 1, 0);
    const far = await here.team('N3', 1, 1);
    const incidentId = await here.incident(0, 0);
    expect((await card(incidentId)).lines).toMatchObject([{ line: 0, kind: 'handle', lacking: 1 }]);
    const changed = await want(incidentId, [handle, handle, tow]);
    expect(changed.needs).toHaveLength(3);
    const before = (await card(incidentId)).lines!;
    expect(before.map(({ lacking, nextTeamIds }) => [lacking, nextTeamIds])).toEqual([
      [1, [near.teamId]],
      [1, [far.teamId]],
      [1, [truck.teamId]],
    ]);
    await dispatch(incidentId);
    // the lead first, the others in the order of their numbers
    expect(await active(incidentId)).toEqual([
      [near.teamId, 0, 'handle'],
      [truck.teamId, 2, 'assist'],
      [far.teamId, 1, 'handle'],
    ]);
    const after = (await card(incidentId)).lines!;
    expect(after.map(({ lacking, teamIds }) => [lacking, teamIds])).toEqual([
      [0, [near.teamId]],
      [0, [far.teamId]],
      [0, [truck.teamId]],
    ]);
    const { timeline } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    expect(timeline.map(({ type }) => type)).toContain('needs.set');
  });

  test('partial: what is there goes, the card says what the rest lacks, and whoever comes later is asked', async () => {
    const lead = await here.team('N1', 0, 0);
    const incidentId = await here.incident(0, 0);
    await want(incidentId, [handle, tow]);
    await dispatch(incidentId);
    expect(await active(incidentId)).toEqual([[lead.teamId, 0, 'handle']]);
    const [, line] = (await card(incidentId)).lines!;
    expect(line).toMatchObject({ lacking: 1, nextTeamIds: [] });
    expect(line!.shortfall.map(({ code }) => code)).toContain('kit_missing');
    const truck = await here.team('N2', 2, 2, { kit: ['拖车'] });
    await here.town.advance(61_000, 5000);
    expect((await active(incidentId)).map(([teamId]) => teamId)).toContain(truck.teamId);
  });

  test('whoever declines a line is followed by the next one of that line', async () => {
    await here.team('N1', 0, 0);
    const first = await here.team('N2', 1, 0, { kit: ['拖车'] });
    const second = await here.team('N3', 3, 3, { kit: ['拖车'] });
    const incidentId = await here.incident(0, 0);
    await want(incidentId, [handle, tow]);
    await dispatch(incidentId);
    const { assignments } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    const asked = assignments.find(({ line }) => line === 1)!;
    expect(asked.teamId).toBe(first.teamId);
    await first.phone.ok('declineAssignment', {
      params: { assignmentId: asked.id },
      body: { reason: 'vehicle' },
    });
    expect(await active(incidentId)).toContainEqual([second.teamId, 1, 'assist']);
    const forLine = await card(incidentId, { line: 1 });
    expect(forLine.candidates.find(({ teamId }) => teamId === first.teamId)!.reasons).toContainEqual(
      expect.objectContaining({ code: 'offer_declined', cause: 'vehicle' }),
    );
    const unknown = await here.dispatcher.call('recommendTeams', {
      params: { incidentId },
      query: { line: 2 },
    });
    expect(unknown.problem.code).toBe('need_unknown');
  });

  test('all or nothing: nobody is asked until every line has its team', async () => {
    const lead = await here.team('N1', 0, 0);
    await whole();
    const incidentId = await here.incident(0, 0);
    await want(incidentId, [handle, tow]);
    const { assignment, shortfall } = await dispatch(incidentId);
    expect(assignment).toBeNull();
    expect(shortfall.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['kit_missing', 'lines_lacking']),
    );
    const why = (await card(incidentId)).lines!.map((line) => line.shortfall.map(({ code }) => code));
    expect(why).toEqual([['lines_lacking'], expect.arrayContaining(['kit_missing'])]);
    await here.town.advance(61_000, 5000);
    expect(await active(incidentId)).toEqual([]);
    const truck = await here.team('N2', 2, 2, { kit: ['拖车'] });
    await here.town.advance(61_000, 5000);
    expect(await active(incidentId)).toEqual([
      [lead.teamId, 0, 'handle'],
      [truck.teamId, 1, 'assist'],
    ]);
  });

  test('all or nothing: without a lead nobody goes beside it; one called back leaves its line to a person', async () => {
    const truck = await here.team('N1', 0, 0, { licensed: 1, kit: ['拖车'] });
    await whole();
    const incidentId = await here.incident(0, 0);
    await want(incidentId, [handle, tow]);
    await dispatch(incidentId);
    await here.town.advance(61_000, 5000);
    expect(await active(incidentId)).toEqual([]);
    const lead = await here.team('N2', 1, 1);
    await here.team('N3', 2, 2, { kit: ['拖车'] });
    await here.town.advance(61_000, 5000);
    expect(await active(incidentId)).toEqual([
      [lead.teamId, 0, 'handle'],
      [truck.teamId, 1, 'assist'],
    ]);
    const { assignments } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    const beside = assignments.find(({ line }) => line === 1)!;
    await here.accept(lead, assignments.find(({ line }) => line === 0)!.id);
    await here.dispatcher.ok('recallAssignment', { params: { assignmentId: beside.id } });
    await here.town.advance(61_000, 5000);
    expect((await active(incidentId)).map(([teamId]) => teamId)).toEqual([lead.teamId]);
  });

  test('a person sends a team for a line, against its ranking with a reason', async () => {
    await here.team('N1', 0, 0);
    const best = await here.team('N2', 1, 0, { kit: ['拖车'] });
    const plain = await here.team('N3', 1, 1);
    const incidentId = await here.incident(0, 0);
    await want(incidentId, [handle, tow]);
    const send = (teamId: number, more = {}) =>
      here.dispatcher.call('assignTeam', {
        params: { incidentId },
        body: { teamId, isLead: false, line: 1, ...more },
      });
    expect((await send(plain.teamId)).problem.code).toBe('override_missing');
    expect((await send(best.teamId)).output).toMatchObject({ line: 1, kind: 'assist' });
    expect((await send(plain.teamId, { line: 4 })).problem.code).toBe('need_unknown');
  });

  test('one of several teams is taken for a P1 by a person only; alone it is taken by itself', async () => {
    const lead = await here.team('N1', 0, 1);
    const beside = await here.team('N2', 0, 0);
    const quiet = await here.incident(3, 3, 'CY-17');
    await want(quiet, [handle, handle]);
    await dispatch(quiet);
    for (const { id, teamId } of (await here.dispatcher.ok('readIncident', { params: { incidentId: quiet } }))
      .assignments)
      await here.accept(teamId === lead.teamId ? lead : beside, id);
    const urgent = await here.incident(0, 0, 'FD-01');
    expect((await dispatch(urgent)).assignment).toBeNull();
    const { proposals } = await here.dispatcher.ok('readSnapshot');
    expect(proposals).toMatchObject([{ kind: 'preempt', incidentId: urgent, otherIncidentId: quiet }]);
    // control: without the second team and its line the lead is its incident's only one
    const second = (await here.dispatcher.ok('readSnapshot')).assignments.find(
      ({ teamId }) => teamId === beside.teamId,
    )!;
    await want(quiet, [handle]);
    await here.dispatcher.ok('recallAssignment', {
      params: { assignmentId: second.id },
      body: { reason: '不再需要' },
    });
    await here.town.deps.db('team').where({ id: beside.teamId }).update({ on_duty: false });
    expect((await dispatch(urgent)).assignment).toMatchObject({ teamId: lead.teamId });
  });

  test("the matter's standard may send several", async () => {
    const { db } = here.town.deps;
    await db.raw(`update matter_version set body = body || ? where matter_code = 'CY-17'`, [
      JSON.stringify({ support: [tow] }),
    ]);
    const incidentId = await here.incident(0, 0, 'CY-17');
    const { incident } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    expect(incident.needs).toEqual([handle, tow]);
    const two = await here.dispatcher.call('setNeeds', {
      params: { incidentId },
      body: { needs: [{ ...handle, count: 2 }] },
    });
    expect([two.status, two.problem.code]).toEqual([422, 'fields_invalid']);
    await want(incidentId, [handle]);
    expect((await want(incidentId, [])).needs, 'none: as the matter says').toEqual([handle, tow]);
  });
});
