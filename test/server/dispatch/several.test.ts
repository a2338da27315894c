import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { room, type Room } from './scene-kit.ts';

/** Several teams for one incident, teams that are promised elsewhere, incidents that nobody can take yet. */
describe.each(engines())('two half teams [%s]', (engine) => {
  let here: Room;
  beforeAll(async () => {
    here = await room(engine);
  });
  afterAll(() => here.town.close());
  const card = async (incidentId: number) => here.dispatcher.ok('recommendTeams', { params: { incidentId } });
  const proposals = async () => (await here.dispatcher.ok('readSnapshot')).proposals;

  test('one officer here and one there: both are proposed, a person sends them, both may accept', async () => {
    const first = await here.team('H1', 1, 1, { licensed: 1 });
    const second = await here.team('H2', 2, 2, { licensed: 1 });
    const incidentId = await here.incident(1, 1);
    const { shortfall } = await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    expect(shortfall.map(({ code }) => code)).toEqual(['licences_few']);
    const [proposal, ...others] = await proposals();
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({ kind: 'combine', incidentId, toTeamId: first.teamId });
    // nothing happens by itself
    expect(await here.lead(incidentId)).toBeUndefined();
    await here.dispatcher.ok('acceptProposal', { params: { proposalId: proposal!.id } });
    const { assignments } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    expect(assignments.map(({ teamId, isLead, state }) => [teamId, isLead, state])).toEqual([
      [first.teamId, true, 'offered'],
      [second.teamId, false, 'offered'],
    ]);
    for (const [i, crew] of [first, second].entries())
      expect((await here.accept(crew, assignments[i]!.id)).state).toBe('accepted');
  });

  test('control: one half alone may not be sent, nor does a half that lost the other accept', async () => {
    const third = await here.team('H3', 3, 3, { licensed: 1 });
    const incidentId = await here.incident(3, 3);
    const sent = await here.dispatcher.call('assignTeam', {
      params: { incidentId },
      body: { teamId: third.teamId, override: 'order' },
    });
    expect(sent.problem).toMatchObject({ code: 'team_ineligible', detail: { codes: ['licences_few'] } });
    const fourth = await here.team('H4', 3, 3, { licensed: 1 });
    await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    const proposal = (await proposals()).find((one) => one.incidentId === incidentId)!;
    await here.dispatcher.ok('acceptProposal', { params: { proposalId: proposal.id } });
    const { assignments } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    const beside = assignments.find(({ isLead }) => !isLead)!;
    const half = beside.teamId === third.teamId ? third : fourth;
    const lead = half === third ? fourth : third;
    await half.phone.ok('declineAssignment', {
      params: { assignmentId: beside.id },
      body: { reason: 'vehicle' },
    });
    const alone = await lead.phone.call('acceptAssignment', {
      params: { assignmentId: assignments.find(({ isLead }) => isLead)!.id },
    });
    expect(alone.status).toBe(409);
  });

  test('a team that is promised to a joint operation is not asked for work that runs into it', async () => {
    const crew = await here.team('J1', 0, 3);
    const incidentId = await here.incident(0, 3);
    const own = async () => (await card(incidentId)).candidates.find(({ teamId }) => teamId === crew.teamId)!;
    expect((await own()).reasons).toEqual([]);
    const body = {
      title: '夜市综合查一次',
      initiator: '镇政府',
      participants: ['市场监管所'],
      ground: 'checks_at_once' as const,
      plan: '一起查',
      startsAt: new Date(here.town.now() + 2_100_000).toISOString(),
      endsAt: new Date(here.town.now() + 7_200_000).toISOString(),
    };
    const head = await here.town.person('head');
    const nobody = await head.call('planJointOperation', { body: { ...body, teamIds: [9999] } });
    expect(nobody.problem.code).toBe('team_unknown');
    const operation = await head.ok('planJointOperation', { body: { ...body, teamIds: [crew.teamId] } });
    expect(operation.teamIds).toEqual([crew.teamId]);
    expect((await own()).reasons).toMatchObject([{ code: 'team_reserved', cause: body.title }]);
    // a person may take it all the same, and says why
    const sent = await here.assign(incidentId, crew, 'order');
    expect(sent.state).toBe('offered');
  });

  test('what a team on a scene has left to do shrinks with the time, and is never guessed to be done', async () => {
    await here.policy((policy) => {
      policy.capacity = 2;
    });
    const crew = await here.team('W1', 3, 0, { capacity: 2 });
    const { id } = await here.assign(await here.incident(3, 0), crew, 'order');
    const params = { assignmentId: id };
    await here.accept(crew, id);
    await crew.phone.ok('departAssignment', { params });
    await crew.phone.ok('arriveAssignment', { params, body: { reason: '到场' } });
    const incidentId = await here.incident(3, 1);
    const workMs = async () => {
      await here.freshen();
      return (await card(incidentId)).candidates.find(({ teamId }) => teamId === crew.teamId)!.cost!.workMs;
    };
    expect(await workMs()).toBe(1_200_000);
    await here.town.advance(600_000, 60_000);
    expect(await workMs()).toBe(600_000);
    await here.town.advance(900_000, 60_000);
    expect(await workMs()).toBe(120_000);
    await here.policy((policy) => {
      policy.capacity = 1;
    });
  });

  test('who waits learns its place and when a team may come', async () => {
    const { db } = here.town.deps;
    await db('team').update({ on_duty: false });
    const crew = await here.team('Q1', 2, 0);
    const taken = await here.incident(2, 0);
    await here.assign(taken, crew);
    const low = await here.incident(2, 1);
    const high = await here.incident(2, 2);
    await here.dispatcher.ok('prioritiseIncident', { params: { incidentId: high }, body: { priority: 1 } });
    const [behind, first] = [(await card(low)).queue!, (await card(high)).queue!];
    expect(first.rank).toBe(1);
    expect(behind.rank).toBeGreaterThan(first.rank);
    expect(behind.waiting).toBe(first.waiting);
    expect(first.expectedStartAt).toBeGreaterThan(here.town.now());
    expect(behind.expectedStartAt).toBeGreaterThanOrEqual(first.expectedStartAt!);
    // control: whoever can be sent has no place in the queue
    await here.team('Q2', 2, 2);
    expect((await card(high)).queue).toBeUndefined();
  });
});
